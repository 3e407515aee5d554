"""Buttons and choices. What a press carries is told in this package's docstring."""

from bot.chat.view import Button, Choice, LinkButton, Style, line
from bot.platforms.payload import clean
from bot.platforms.teams import limits
from bot.platforms.teams.elements import text_block
from bot.platforms.teams.markdown import Mentions, escaped, paragraphs
from bot.platforms.text import NOTHING, Json, cut, shorten, units, web_address

PRESS_VERB = "press"
CHOSEN = "✓ "
"""Before the label of what was chosen: Teams shows no style of a button."""
_STYLES = {Style.PRIMARY: "positive", Style.DANGER: "destructive"}


def action_sets(buttons: tuple[Button | LinkButton, ...]) -> list[Json]:
    """Sets of at most six buttons; a link button without a real address is left out."""
    made = [action for button in buttons if (action := _action(button))]
    step = limits.ACTIONS_PER_SET
    return [{"type": "ActionSet", "actions": made[start : start + step]} for start in range(0, len(made), step)]


def choice_rows(press: str, choices: tuple[Choice, ...]) -> list[Json]:
    """The whole statements, each with its button: beside it where all labels are short, else below it in a box."""
    put = _beside if all(units(choice.label) <= limits.BESIDE_UNITS for choice in choices) else _below
    return [put(_statement(choice), _choose(choice, press)) for choice in choices]


def _statement(choice: Choice) -> list[Json]:
    return [text_block(text) for text in paragraphs(line(choice.statement), Mentions()) or [NOTHING]]


def _choose(choice: Choice, press: str) -> Json:
    """The button of a choice; of what was chosen it is ticked."""
    label = CHOSEN + choice.label if choice.chosen else choice.label
    button = executed(label, PRESS_VERB, _pressed(press, choice.value), Style.PRIMARY if choice.chosen else Style.PLAIN)
    return {"type": "ActionSet", "actions": [button]}


def _beside(said: list[Json], button: Json) -> Json:
    column: Json = {"type": "Column", "verticalContentAlignment": "Center"}
    columns = [column | {"width": "stretch", "items": said}, column | {"width": "auto", "items": [button]}]
    return {"type": "ColumnSet", "columns": columns}


def _below(said: list[Json], button: Json) -> Json:
    items = [*said, button | {"spacing": "Small"}]
    return {"type": "Container", "style": "emphasis", "spacing": "Small", "items": items}


def executed(label: str, verb: str, data: Json, style: Style = Style.PLAIN, **more: object) -> Json:
    """Action.Execute, and Action.Submit with the same data for a client that does not know it."""
    said: Json = {"title": label_of(label), "data": data, **more}
    if style in _STYLES:
        said["style"] = _STYLES[style]
    return {"type": "Action.Execute", "verb": verb, **said, "fallback": {"type": "Action.Submit", **said}}


def label_of(label: str) -> str:
    """The words on a button, which are never read as markup."""
    short = shorten(label, limits.BUTTON_LABEL_UNITS)
    return short if short.strip() else NOTHING


def _action(button: Button | LinkButton) -> Json | None:
    if isinstance(button, LinkButton):
        url = web_address(button.url, limits.LINK_UNITS)
        return {"type": "Action.OpenUrl", "title": label_of(button.label), "url": url} if url else None
    made = executed(button.label, PRESS_VERB, _pressed(button.press, button.value), button.style)
    question = escaped(shorten(button.confirm, limits.TEXT_UNITS))
    if not question:
        return made
    # A card has no dialogue that asks back: the question and the deed unfold below the button.
    return {
        "type": "Action.ShowCard",
        "title": label_of(button.label + "…"),
        "card": {"type": "AdaptiveCard", "body": [text_block(question)], "actions": [made]},
    }


def _pressed(press: str, value: str) -> Json:
    return {"press": cut(clean(press), limits.PRESS_UNITS), "value": cut(clean(value), limits.VALUE_UNITS)}
