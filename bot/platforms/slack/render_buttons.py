"""Buttons and choices. An action id is `press:<name>:<n>`: the row of PRESSES, and a number that makes it unique."""

from collections.abc import Iterator

from bot.chat.view import Button, Choice, LinkButton, Style
from bot.platforms.payload import clean
from bot.platforms.slack import limits
from bot.platforms.slack.parse import PRESS_PREFIX
from bot.platforms.slack.render_text import address
from bot.platforms.slack.text import plain_text
from bot.platforms.text import Json, cut

LINK_PREFIX = "link:"


def actions(buttons: tuple[Button | LinkButton, ...], cancel: str, numbers: Iterator[int]) -> list[Json]:
    """Blocks of at most 25 buttons; a link button without a real address is left out."""
    made = [element for button in buttons if (element := _element(button, cancel, next(numbers)))]
    step = limits.ACTIONS_ELEMENTS
    return [{"type": "actions", "elements": made[start : start + step]} for start in range(0, len(made), step)]


def choice_section(choice: Choice, press: str, number: int) -> Json:
    """The whole statement, and a button beside it; the chosen one stands out."""
    button = _press(choice.label, press, choice.value, number)
    if choice.chosen:
        button["style"] = Style.PRIMARY.value
    return {"type": "section", "text": plain_text(choice.statement, limits.TEXT_UNITS), "accessory": button}


def _element(button: Button | LinkButton, cancel: str, number: int) -> Json | None:
    if isinstance(button, LinkButton):
        url = address(button.url)
        label = plain_text(button.label, limits.BUTTON_LABEL_UNITS)
        return {"type": "button", "text": label, "url": url, "action_id": f"{LINK_PREFIX}{number}"} if url else None
    made = _press(button.label, button.press, button.value, number)
    if button.style is not Style.PLAIN:
        made["style"] = button.style.value
    if button.confirm:
        made["confirm"] = {
            "title": plain_text(button.label, limits.CONFIRM_TITLE_UNITS),
            "text": plain_text(button.confirm, limits.CONFIRM_TEXT_UNITS),
            "confirm": plain_text(button.label, limits.CONFIRM_BUTTON_UNITS),
            "deny": plain_text(cancel, limits.CONFIRM_BUTTON_UNITS),
        }
        if button.style is Style.DANGER:
            made["confirm"]["style"] = Style.DANGER.value
    return made


def _press(label: str, press: str, value: str, number: int) -> Json:
    name = cut(clean(press), limits.ACTION_ID_UNITS - len(PRESS_PREFIX) - 12)
    made: Json = {
        "type": "button",
        "text": plain_text(label, limits.BUTTON_LABEL_UNITS),
        "action_id": f"{PRESS_PREFIX}{name}:{number}",
    }
    if carried := cut(clean(value), limits.BUTTON_VALUE_UNITS):
        made["value"] = carried
    return made
