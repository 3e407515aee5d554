"""All settings, from the environment. Every fault is named in one error, so that nobody fixes them one by one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SLACK_API = "https://slack.com/api/"
TEAMS_LOGIN = "https://login.microsoftonline.com/"
TEAMS_OPENID = "https://login.botframework.com/v1/.well-known/openidconfiguration"
DEFAULT_PORT = 3000
EXAMPLE_ADDRESS = "https://bridgehead.example.com"
"""What a manifest names where nobody said where the bot is reached."""
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
DATABASES = ("sqlite", "postgres", "postgresql", "postgresql+psycopg")


class SettingsFault(Exception):
    """What is missing or malformed; `faults` holds one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("Settings need attention:\n" + "\n".join(f"  {fault}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process; the README's table explains each."""

    data: Path
    database_url: str
    port: int = DEFAULT_PORT
    url: str = ""
    timezone: str = "UTC"
    admins: frozenset[str] = frozenset()
    slack_api_url: str = SLACK_API
    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""
    teams_app_id: str = ""
    teams_app_secret: str = ""
    teams_tenant_id: str = ""
    teams_login_url: str = TEAMS_LOGIN
    teams_openid_url: str = TEAMS_OPENID
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = ""
    link_hosts: tuple[str, ...] = ()

    @property
    def socket_mode(self) -> bool:
        """Slack comes over a websocket that we open, not over HTTP."""
        return bool(self.slack_app_token)


VARIABLES: Mapping[str, str] = {
    "BRIDGEHEAD_DATA": "folder for the SQLite file and the playground",
    "DATABASE_URL": "sqlite:///FILE or postgresql://...",
    "PORT": "port of the web process",
    "BRIDGEHEAD_URL": "address under which people reach the web process",
    "BRIDGEHEAD_TIMEZONE": "zone of people whose own is unknown",
    "BRIDGEHEAD_ADMINS": "platform ids of the admins",
    "SLACK_BOT_TOKEN": "the bot's token",
    "SLACK_SIGNING_SECRET": "for Slack over HTTP",
    "SLACK_APP_TOKEN": "for Slack over Socket Mode",
    "SLACK_API_URL": "base address of the Web API",
    "TEAMS_APP_ID": "the bot's application id",
    "TEAMS_APP_SECRET": "its client secret",
    "TEAMS_TENANT_ID": "the Entra tenant that it serves",
    "TEAMS_LOGIN_URL": "where its own token comes from",
    "TEAMS_OPENID_URL": "where the Bot Connector says by which keys it signs",
    "BRIDGEHEAD_LLM_URL": "base address of an OpenAI-compatible endpoint that proposes levels",
    "BRIDGEHEAD_LLM_MODEL": "its model",
    "BRIDGEHEAD_LLM_KEY": "its key",
    "BRIDGEHEAD_LINK_HOSTS": "hosts whose links are looked at",
}
"""Every variable that is read; a test holds the README's table against this one."""


def read_settings(environment: Mapping[str, str], *, chat: bool = False) -> Settings:
    """Read and check. `chat` demands what Slack or Teams needs. Raises SettingsFault with all faults at once."""
    given = {name: value for name in VARIABLES if (value := environment.get(name, "").strip())}
    faults: list[str] = []
    data = Path(given.get("BRIDGEHEAD_DATA", ".bridgehead"))
    settings = Settings(
        data=data,
        database_url=_database(given.get("DATABASE_URL", f"sqlite:///{data / 'bridgehead.sqlite'}"), faults),
        port=_port(given.get("PORT", str(DEFAULT_PORT)), faults),
        url=_address("BRIDGEHEAD_URL", own, faults).rstrip("/") if (own := given.get("BRIDGEHEAD_URL")) else "",
        timezone=_timezone(given.get("BRIDGEHEAD_TIMEZONE", "UTC"), faults),
        admins=frozenset(given.get("BRIDGEHEAD_ADMINS", "").replace(",", " ").split()),
        slack_api_url=_address("SLACK_API_URL", given.get("SLACK_API_URL", SLACK_API), faults),
        slack_bot_token=_token(given, "SLACK_BOT_TOKEN", "xoxb-", faults),
        slack_signing_secret=given.get("SLACK_SIGNING_SECRET", ""),
        slack_app_token=_token(given, "SLACK_APP_TOKEN", "xapp-", faults),
        teams_app_id=given.get("TEAMS_APP_ID", ""),
        teams_app_secret=given.get("TEAMS_APP_SECRET", ""),
        teams_tenant_id=given.get("TEAMS_TENANT_ID", ""),
        teams_login_url=_address("TEAMS_LOGIN_URL", given.get("TEAMS_LOGIN_URL", TEAMS_LOGIN), faults),
        teams_openid_url=_address("TEAMS_OPENID_URL", given.get("TEAMS_OPENID_URL", TEAMS_OPENID), faults).rstrip("/"),
        llm_url=_address("BRIDGEHEAD_LLM_URL", url, faults) if (url := given.get("BRIDGEHEAD_LLM_URL")) else "",
        llm_model=given.get("BRIDGEHEAD_LLM_MODEL", ""),
        llm_key=given.get("BRIDGEHEAD_LLM_KEY", ""),
        link_hosts=_hosts(given.get("BRIDGEHEAD_LINK_HOSTS", ""), faults),
    )
    if not (settings.llm_key.isascii() and settings.llm_key.isprintable()):
        faults.append("BRIDGEHEAD_LLM_KEY: expected printable ASCII characters only.")
    if settings.llm_url and not settings.llm_model:
        faults.append("BRIDGEHEAD_LLM_MODEL is missing: BRIDGEHEAD_LLM_URL needs the name of a model.")
    faults += _missing(given) if chat else []
    if faults:
        raise SettingsFault(faults)
    return settings


def _missing(given: Mapping[str, str]) -> list[str]:
    """What is not there for talking to Slack, to Teams, or to whichever of them was begun."""
    teams = {"TEAMS_APP_ID", "TEAMS_APP_SECRET", "TEAMS_TENANT_ID"}
    missing = [
        f"{name} is missing: Teams needs all of {', '.join(sorted(teams))}." for name in sorted(teams - given.keys())
    ]
    if not given.keys() & teams:
        missing = []
    elif not any(name.startswith("SLACK_") for name in given):
        return missing
    if "SLACK_BOT_TOKEN" not in given:
        missing.append("SLACK_BOT_TOKEN is missing: the token that begins with xoxb-.")
    if not given.keys() & {"SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"}:
        missing.append("SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) is missing: set one of them.")
    return missing


def _database(url: str, faults: list[str]) -> str:
    scheme, _, rest = url.partition("://")
    if scheme not in DATABASES or not rest.strip("/"):
        # Never the address itself: it may hold a password.
        faults.append("DATABASE_URL: expected sqlite:///FILE or postgresql://USER@HOST/NAME.")
    return url


def _port(text: str, faults: list[str]) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    faults.append(f"PORT: expected a number from 1 to 65535, got {text!r}.")
    return DEFAULT_PORT


def _timezone(name: str, faults: list[str]) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        faults.append(f"BRIDGEHEAD_TIMEZONE: expected an IANA zone such as Europe/Berlin, got {name!r}.")
    return name


def _address(name: str, url: str, faults: list[str]) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        faults.append(f"{name}: expected an http or https address, got {url!r}.")
    return url if url.endswith("/") else f"{url}/"


def _hosts(text: str, faults: list[str]) -> tuple[str, ...]:
    """Names of hosts in lower case. A whole top level is refused as well as a number: nobody means those."""
    hosts = tuple(dict.fromkeys(text.lower().replace(",", " ").split()))
    faults += [
        f"BRIDGEHEAD_LINK_HOSTS: expected names such as wiki.example.com, got {host!r}."
        for host in hosts
        if not _HOST.fullmatch(host)
    ]
    return hosts


def _token(given: Mapping[str, str], name: str, prefix: str, faults: list[str]) -> str:
    token = given.get(name, "")
    if token and not token.startswith(prefix):
        faults.append(f"{name}: expected a token that begins with {prefix}.")
    return token
