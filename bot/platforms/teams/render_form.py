"""A Form as a card with inputs. Pure.

| field | input | what comes back |
|---|---|---|
| TEXT, LONG_TEXT | Input.Text | text |
| SELECT | a compact choice; from ten options on, found by typing | the option's value |
| PERSON, PEOPLE | Teams' people picker; beside its people, the known ones (`options`) | Entra object ids |
| CHANNEL | a choice of the known channels (`options`): Teams has no picker of channels | a channel's id |
| DATE | Input.Date | an ISO date |
| FILE | Input.Text for a link: a card takes no file | an address |

What several values come back as, and what a submit carries besides: this package's docstring.
Source: learn.microsoft.com "People Picker in Adaptive Cards"; adaptivecards.io/explorer for the inputs.
"""

from dataclasses import replace
from datetime import date
from itertools import chain

from bot.chat.view import Field, FieldKind, Form, Option, Style, View
from bot.platforms.payload import clean
from bot.platforms.teams import limits
from bot.platforms.teams.elements import note, title, weight
from bot.platforms.teams.markdown import Mentions, escaped
from bot.platforms.teams.render import card, elements, fitted
from bot.platforms.teams.render_buttons import executed
from bot.platforms.teams.words import ENGLISH, Words
from bot.platforms.text import NOTHING, Json, cut, shorten

SUBMIT_VERB, CANCEL_VERB = "submit", "cancel"
SEVERAL = frozenset({FieldKind.PEOPLE})
PEOPLE: Json = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}


def rendered_form(form: Form, words: Words = ENGLISH) -> Json:
    """The form as a card. What does not fit is left out from the end, but for what is required, and counted."""
    mentions = Mentions()
    heading = escaped(shorten(form.title, limits.HEADING_UNITS)) or NOTHING
    intro = elements(View("", form.intro), words, mentions) if form.intro else []
    above = [title(heading), *fitted(intro, words, limits.INTRO_UNITS)]
    buttons = _buttons(form)
    inputs = _inputs(form, words, limits.CARD_UNITS - weight(above) - weight(buttons))
    return card(View(form.title), [*above, *inputs, *buttons], mentions, words)


def _inputs(form: Form, words: Words, room: int) -> list[Json]:
    shown = [(field, _field(field, words)) for field in form.fields]
    left = sum(weight(made) for _, made in shown) - room + weight(note(words.and_more(len(shown))))
    kept: list[list[Json]] = []
    for number, (field, made) in enumerate(reversed(shown), start=1):
        is_over = left > 0 or len(shown) - number >= limits.FIELDS
        if is_over and not field.required:
            left -= weight(made)
        else:
            kept.insert(0, made)
    missing = len(shown) - len(kept)
    return [*chain.from_iterable(kept), *([note(words.and_more(missing))] if missing else [])]


def _buttons(form: Form) -> list[Json]:
    named: Json = {"form": form.form, "value": cut(clean(form.value), limits.VALUE_UNITS)}
    several = " ".join(field.id for field in form.fields if field.kind in SEVERAL)
    data = named | ({"several": several} if several else {})
    made = []
    if form.submit or form.fields:
        made.append(executed(form.submit or form.title, SUBMIT_VERB, data, Style.PRIMARY))
    if form.cancel:
        # Without its own word for it, a client would first want every needed input filled.
        given_up = {"cancel": form.form, "value": named["value"]}
        made.append(executed(form.cancel, CANCEL_VERB, given_up, associatedInputs="none"))
    return [{"type": "ActionSet", "actions": made}] if made else []


def _field(field: Field, words: Words) -> list[Json]:
    """The input with its label, and under it what helps."""
    made: Json = {"id": clean(field.id), "label": _words(field.label, limits.LABEL_UNITS)}
    if field.required:
        made |= {"isRequired": True, "errorMessage": words.fill_in}
    helps = " ".join(filter(None, (field.hint, words.file if field.kind is FieldKind.FILE else "")))
    hint = escaped(shorten(helps, limits.HINT_UNITS))
    under = [note(hint, spacing="Small")] if hint else []
    return [made | _input(field, _texts(field.initial)), *under]


def _input(field: Field, values: tuple[str, ...]) -> Json:
    one = values[0] if values else ""
    match field.kind:
        case FieldKind.SELECT:
            return _choices(field, values[:1])
        case FieldKind.CHANNEL:
            return _choices(_with_none(field, one), values[:1])
        case FieldKind.PERSON:
            return _choices(field, values[:1], are_open=True)
        case FieldKind.PEOPLE:
            return _choices(field, values, are_open=True) | {"isMultiSelect": True}
        case FieldKind.DATE:
            return {"type": "Input.Date"} | ({"value": one} if _is_date(one) else {})
        case FieldKind.FILE:
            return {"type": "Input.Text", "style": "Url", "maxLength": limits.LINK_UNITS}
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            longest = min(field.max_length or limits.INPUT_UNITS, limits.INPUT_UNITS)
            made: Json = {"type": "Input.Text", "maxLength": longest}
            made |= {"isMultiline": True} if field.kind is FieldKind.LONG_TEXT else {}
            return made | ({"value": cut(one, longest)} if one else {})


def _choices(field: Field, values: tuple[str, ...], *, are_open: bool = False) -> Json:
    """Options with what is chosen among them; where the choice is open, the platform offers its people besides."""
    most = limits.PEOPLE_OPTIONS if are_open else limits.OPTIONS
    options = list(field.options) if len(field.options) <= most else [] if are_open else list(field.options[:most])
    shown = {option.value for option in options}
    options += [option for option in field.options if option.value in values and option.value not in shown]
    choices = [
        {"title": _words(option.label, limits.OPTION_LABEL_UNITS), "value": clean(option.value)} for option in options
    ]
    known = {option.value for option in options}
    chosen = [clean(value) for value in values if are_open or value in known]
    made: Json = {"type": "Input.ChoiceSet", "choices": choices}
    made |= {"choices.data": dict(PEOPLE)} if are_open else {"style": _style(field)}
    return made | ({"value": ",".join(chosen)} if chosen else {})


def _style(field: Field) -> str:
    return "filtered" if len(field.options) >= limits.TYPED_OPTIONS else "compact"


def _with_none(field: Field, initial: str) -> Field:
    """The channel that holds is among them even if we do not know its name; and none, which no client offers itself."""
    known = {option.value for option in field.options}
    unknown = (Option(initial, initial),) if initial and initial not in known else ()
    none = () if field.required else (Option(NOTHING, ""),)
    return replace(field, options=(*none, *unknown, *field.options))


def _words(text: str, limit: int) -> str:
    short = shorten(text, limit)
    return short if short.strip() else NOTHING


def _texts(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    several = (value,) if isinstance(value, str) else value or ()
    return tuple(clean(each) for each in several if each.strip())


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
