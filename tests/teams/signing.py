"""The key with which a test's Bot Connector signs, and the tokens it makes."""

import json
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER = "https://api.botframework.com"


@cache
def private_key(number: int = 0) -> rsa.RSAPrivateKey:
    """One of a few keys; making one takes a while."""
    return rsa.generate_private_key(public_exponent=65_537, key_size=2048)


@dataclass
class Signer:
    """Signs for one bot. `endorsements` None: the key names no channels."""

    app_id: str
    kid: str = "key-1"
    number: int = 0
    endorsements: list[str] | None = field(default_factory=lambda: ["msteams"])

    @property
    def jwk(self) -> dict[str, Any]:
        """The public key as a key server shows it."""
        shown: dict[str, Any] = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private_key(self.number).public_key()))
        shown |= {"kid": self.kid, "use": "sig", "kty": "RSA"}
        return shown if self.endorsements is None else shown | {"endorsements": self.endorsements}

    def token(self, service_url: str, **other: Any) -> str:
        """A good token; `other` claims take the place of the good ones, None leaves one out."""
        now = int(time.time())
        good = {"iss": ISSUER, "aud": self.app_id, "nbf": now - 5, "exp": now + 600, "serviceurl": service_url}
        claims = {name: value for name, value in (good | other).items() if value is not None}
        return jwt.encode(claims, private_key(self.number), algorithm="RS256", headers={"kid": self.kid})
