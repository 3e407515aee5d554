"""One Web API call: its arguments, however they were sent."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from bot.playground.tickets import SlackError
from bot.playground.workspace import Workspace

Json = dict[str, Any]
_NESTED = frozenset({"blocks", "attachments", "view", "metadata", "prompts", "files", "users", "unfurls"})


@dataclass
class Call:
    """Arguments of query, form and JSON together; nested ones may be JSON in a string."""

    space: Workspace
    args: Json
    base_url: str = ""

    def text(self, name: str, default: str = "") -> str:
        """Return an argument as text; absent and null are the default."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def need(self, name: str) -> str:
        """Return an argument as text or refuse with `invalid_arguments`."""
        value = self.text(name)
        if not value:
            message = f"[ERROR] missing required field: {name}"
            raise SlackError("invalid_arguments", response_metadata={"messages": [message]})
        return value

    def flag(self, name: str) -> bool:
        """Return an argument as a truth value."""
        return self.text(name).lower() in ("true", "1", "yes")

    def whole(self, name: str, default: int) -> int:
        """Return an argument as a whole number."""
        value = self.text(name)
        return int(value) if value.lstrip("-").isdigit() else default

    def nested(self, name: str) -> Any:
        """Return a nested argument; a string is read as JSON, `invalid_<name>_format` when it is none."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            if name == "users":
                return [each.strip() for each in value.split(",")]
            raise SlackError(f"invalid_{name}_format") from None

    def page(self, rows: list[Any], default: int = 100) -> tuple[list[Any], Json]:
        """Cut one page out of rows by `cursor` and `limit`; returns it with its `response_metadata`."""
        start = 0
        if cursor := self.text("cursor"):
            try:
                start = int(base64.b64decode(cursor, validate=True).decode().removeprefix("from:"))
            except ValueError:
                raise SlackError("invalid_cursor") from None
        limit = self.whole("limit", default)
        if not 0 < limit <= 1000:
            raise SlackError("invalid_limit")
        end = start + limit
        cursor = base64.b64encode(f"from:{end}".encode()).decode() if end < len(rows) else ""
        return rows[start:end], {"next_cursor": cursor}
