"""Limits of texts, options and interactive elements."""

from collections.abc import Callable, Iterable
from typing import Any

Json = dict[str, Any]


class Check:
    """Collects faults with JSON pointers while a payload is walked."""

    def __init__(self, surface: str) -> None:
        self.surface = surface
        self.faults: list[str] = []

    def fault(self, sentence: str, at: str) -> None:
        """Note one fault at a JSON pointer."""
        self.faults.append(f"{sentence} [json-pointer:{at}]")

    def keys(self, node: Json, at: str, allowed: Iterable[str]) -> None:
        """Refuse properties Slack does not know."""
        for key in node.keys() - set(allowed):
            self.fault(f"invalid additional property: {key}", f"{at}/{key}")

    def string(self, node: Json, key: str, at: str, most: int, *, least: int = 1, required: bool = False) -> None:
        """Check a plain string property's length."""
        value = node.get(key)
        if value is None:
            if required:
                self.fault(f"missing required field: {key}", f"{at}/{key}")
            return
        if not isinstance(value, str):
            self.fault("must be a string", f"{at}/{key}")
        elif len(value) > most:
            self.fault(f"must be less than {most + 1} characters", f"{at}/{key}")
        elif len(value) < least:
            self.fault(f"must be more than {least - 1} characters", f"{at}/{key}")

    def text(self, node: Json, key: str, at: str, most: int, *, plain: bool = False, required: bool = False) -> None:
        """Check a text object property. `plain` wants `plain_text`."""
        if node.get(key) is None:
            if required:
                self.fault(f"missing required field: {key}", f"{at}/{key}")
            return
        self.text_object(node[key], f"{at}/{key}", most, plain=plain)

    def text_object(self, value: object, at: str, most: int, *, plain: bool = False) -> None:
        """Check a text object itself."""
        if not isinstance(value, dict):
            self.fault("must be an object", at)
            return
        kind = value.get("type")
        if kind not in ("plain_text", "mrkdwn") or (plain and kind != "plain_text"):
            self.fault("unsupported type: must be plain_text" if plain else f"unsupported type: {kind}", f"{at}/type")
        self.keys(value, at, {"type", "text", "verbatim" if kind == "mrkdwn" else "emoji"})
        self.string(value, "text", at, most, required=True)

    def many(self, node: Json, key: str, at: str, most: int, *, least: int = 1) -> list[Any]:
        """Check a list property's length and return it (empty when it is no list)."""
        value = node.get(key)
        if not isinstance(value, list):
            self.fault("missing required field: " + key if value is None else "must be an array", f"{at}/{key}")
            return []
        if len(value) > most:
            self.fault(f"no more than {most} items allowed", f"{at}/{key}")
        if len(value) < least:
            self.fault(f"no fewer than {least} items allowed", f"{at}/{key}")
        return value

    def number(self, node: Json, key: str, at: str, least: int, most: int) -> None:
        """Check a whole number property's range."""
        value = node.get(key)
        if value is not None and (not isinstance(value, int) or not least <= value <= most):
            self.fault(f"must be between {least} and {most}", f"{at}/{key}")


ElementRule = Callable[[Check, Json, str], None]
_COMMON = frozenset({"type", "action_id", "confirm", "focus_on_load", "placeholder"})


def confirm(check: Check, node: Json, at: str) -> None:
    """Check the confirmation dialog of an element, when it has one."""
    dialog = node.get("confirm")
    if dialog is None:
        return
    at = f"{at}/confirm"
    if not isinstance(dialog, dict):
        check.fault("must be an object", at)
        return
    check.text(dialog, "title", at, 100, plain=True)
    check.text(dialog, "text", at, 300, required=True)
    check.text(dialog, "confirm", at, 30, plain=True)
    check.text(dialog, "deny", at, 30, plain=True)


def option(check: Check, node: object, at: str, *, plain: bool) -> None:
    """Check one option."""
    if not isinstance(node, dict):
        check.fault("must be an object", at)
        return
    check.keys(node, at, {"text", "value", "description", "url"})
    check.text(node, "text", at, 75, plain=plain, required=True)
    check.string(node, "value", at, 150, required=True)
    check.text(node, "description", at, 75, plain=plain)


def _placeholder(check: Check, node: Json, at: str) -> None:
    check.text(node, "placeholder", at, 150, plain=True)


def button(check: Check, node: Json, at: str) -> None:
    """Check a button."""
    known = {"text", "value", "url", "style", "accessibility_label", "agent_prompt"}
    check.keys(node, at, (_COMMON - {"placeholder", "focus_on_load"}) | known)
    check.text(node, "text", at, 75, plain=True, required=True)
    for key, most in (("value", 2000), ("url", 3000), ("accessibility_label", 75), ("agent_prompt", 4000)):
        check.string(node, key, at, most, least=0)
    if node.get("style") not in (None, "primary", "danger"):
        check.fault("must be one of: primary, danger", f"{at}/style")


def _options(check: Check, node: Json, at: str, most: int, *, plain: bool) -> list[Any]:
    found = check.many(node, "options", at, most)
    for n, each in enumerate(found):
        option(check, each, f"{at}/options/{n}", plain=plain)
    return found


def _initials(check: Check, node: Json, at: str, known: list[Any]) -> None:
    initial = node.get("initial_option")
    if initial is not None and initial not in known:
        check.fault("must be one of the options", f"{at}/initial_option")
    if any(each not in known for each in node.get("initial_options") or ()):
        check.fault("must be among the options", f"{at}/initial_options")


def static_select(check: Check, node: Json, at: str) -> None:
    """Check a static select, single or multi: 100 options or 100 groups of 100."""
    initials = {"initial_options", "max_selected_items"} if node["type"].startswith("multi") else {"initial_option"}
    check.keys(node, at, _COMMON | initials | {"options", "option_groups"})
    _placeholder(check, node, at)
    if "option_groups" not in node:
        _initials(check, node, at, _options(check, node, at, 100, plain=True))
        return
    known: list[Any] = []
    for n, group in enumerate(check.many(node, "option_groups", at, 100)):
        place = f"{at}/option_groups/{n}"
        check.text(group, "label", place, 75, plain=True, required=True)
        known += _options(check, group, place, 100, plain=True)
    _initials(check, node, at, known)


def other_select(check: Check, node: Json, at: str) -> None:
    """Check a select whose choices Slack knows (users, conversations, channels) or the app answers (external)."""
    kind = node["type"].removeprefix("multi_").removesuffix("_select")
    plural = node["type"].startswith("multi")
    known = {
        "users": {"initial_users" if plural else "initial_user"},
        "channels": {"initial_channels" if plural else "initial_channel"},
        "external": {"initial_options" if plural else "initial_option", "min_query_length"},
        "conversations": {"initial_conversations" if plural else "initial_conversation", "filter"}
        | {"default_to_current_conversation"},
    }[kind]
    more = {"max_selected_items"} if plural else {"response_url_enabled"}
    check.keys(node, at, _COMMON | known | more)
    _placeholder(check, node, at)


def choices(check: Check, node: Json, at: str) -> None:
    """Check radio buttons and checkboxes: 10 options."""
    initial = "initial_option" if node["type"] == "radio_buttons" else "initial_options"
    check.keys(node, at, (_COMMON - {"placeholder"}) | {"options", initial})
    _initials(check, node, at, _options(check, node, at, 10, plain=False))


def overflow(check: Check, node: Json, at: str) -> None:
    """Check an overflow menu: 5 options."""
    check.keys(node, at, {"type", "action_id", "confirm", "options"})
    _options(check, node, at, 5, plain=True)


def picker(check: Check, node: Json, at: str) -> None:
    """Check date, time and date-time pickers."""
    initial = {"datepicker": "initial_date", "timepicker": "initial_time", "datetimepicker": "initial_date_time"}
    check.keys(node, at, _COMMON | {initial[node["type"]], "timezone"})
    _placeholder(check, node, at)
    if node["type"] == "datepicker" and node.get("initial_date") is not None:
        check.string(node, "initial_date", at, 10, least=10)


def text_input(check: Check, node: Json, at: str) -> None:
    """Check inputs one types into."""
    more = {"multiline", "min_length", "max_length", "is_decimal_allowed", "min_value", "max_value"}
    check.keys(node, at, _COMMON | more | {"initial_value", "dispatch_action_config", "min_lines", "max_lines"})
    _placeholder(check, node, at)
    check.number(node, "min_length", at, 0, 3000)
    check.number(node, "max_length", at, 1, 3000)
    check.string(node, "initial_value", at, 3000, least=0) if node["type"] == "plain_text_input" else None
    if node["type"] == "number_input" and not isinstance(node.get("is_decimal_allowed"), bool):
        check.fault("missing required field: is_decimal_allowed", f"{at}/is_decimal_allowed")


def file_input(check: Check, node: Json, at: str) -> None:
    """Check a file input: modals only, 1 to 10 files."""
    if check.surface != "modal":
        check.fault(f"unsupported type: file_input is not allowed in a {check.surface}", f"{at}/type")
    check.number(node, "max_files", at, 1, 10)


def image(check: Check, node: Json, at: str) -> None:
    """Check an image element."""
    check.keys(node, at, {"type", "image_url", "alt_text", "slack_file"})
    check.string(node, "alt_text", at, 2000, required=True)
    check.string(node, "image_url", at, 3000, required="slack_file" not in node)


def small_button(check: Check, node: Json, at: str) -> None:
    """Check an icon button of a context_actions block."""
    check.string(node, "value", at, 2000, least=0)
    check.string(node, "accessibility_label", at, 75)


def feedback(check: Check, node: Json, at: str) -> None:
    """Check the pair of feedback buttons."""
    for key in ("positive_button", "negative_button"):
        if not isinstance(node.get(key), dict):
            check.fault(f"missing required field: {key}", f"{at}/{key}")
            continue
        check.text(node[key], "text", f"{at}/{key}", 75, plain=True, required=True)
        check.string(node[key], "value", f"{at}/{key}", 2000, required=True)


_SELECTS = ("users_select", "channels_select", "conversations_select", "external_select")
ELEMENTS: dict[str, ElementRule] = {
    "button": button,
    "workflow_button": lambda check, node, at: check.text(node, "text", at, 75, plain=True, required=True),
    "static_select": static_select,
    "multi_static_select": static_select,
    **dict.fromkeys((*_SELECTS, *(f"multi_{name}" for name in _SELECTS)), other_select),
    "radio_buttons": choices,
    "checkboxes": choices,
    "overflow": overflow,
    **dict.fromkeys(("datepicker", "timepicker", "datetimepicker"), picker),
    **dict.fromkeys(
        ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"), text_input
    ),
    "file_input": file_input,
    "image": image,
    "icon_button": small_button,
    "feedback_buttons": feedback,
}
_SELECT_KINDS = frozenset(kind for kind in ELEMENTS if kind.endswith("_select"))
_PICKS = _SELECT_KINDS | {"datepicker", "timepicker", "radio_buttons", "checkboxes"}
IN_SECTION = _PICKS | {"button", "overflow", "image", "workflow_button"}
IN_ACTIONS = _PICKS | {"button", "overflow", "datetimepicker", "workflow_button"}
IN_INPUT = _PICKS | {kind for kind in ELEMENTS if kind.endswith("_input")} | {"datetimepicker"}


def element(check: Check, node: object, at: str, allowed: Iterable[str]) -> None:
    """Check one element where only some kinds are allowed."""
    kind = node.get("type") if isinstance(node, dict) else None
    if not isinstance(node, dict) or kind not in set(allowed):
        check.fault(f"unsupported type: {kind}", f"{at}/type")
        return
    if kind != "image":
        check.string(node, "action_id", at, 255)
        confirm(check, node, at)
    ELEMENTS[str(kind)](check, node, at)
