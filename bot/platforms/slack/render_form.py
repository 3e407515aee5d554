"""A Form as a modal, and a View inside a modal. Pure."""

from datetime import date

from bot.chat.view import Field, FieldKind, Form, View
from bot.platforms.payload import clean
from bot.platforms.slack import limits
from bot.platforms.slack.parse import FORM_PREFIX
from bot.platforms.slack.render import ENGLISH, Words, blocks
from bot.platforms.slack.text import plain_text
from bot.platforms.text import Json, cut, shorten, units

FIELD_ACTION = "field"


def modal(form: Form, words: Words = ENGLISH) -> Json:
    """A modal: callback_id `form:<name>`, private_metadata = the form's value, one input per field (block_id = id)."""
    inputs = [_input(field, words) for field in form.fields][: limits.VIEW_BLOCKS]
    space = limits.VIEW_BLOCKS - len(inputs)
    intro = View("", form.intro)
    made: Json = {
        "type": "modal",
        "callback_id": cut(FORM_PREFIX + clean(form.form), limits.CALLBACK_ID_UNITS),
        "title": plain_text(form.title, limits.MODAL_TITLE_UNITS),
        "private_metadata": cut(clean(form.value), limits.PRIVATE_METADATA_UNITS),
        "blocks": [*(blocks(intro, "modal", words, space, 60_000) if form.intro and space else []), *inputs],
    }
    if form.submit or inputs:
        made["submit"] = plain_text(form.submit or form.title, limits.MODAL_BUTTON_UNITS)
    if form.cancel:
        made["close"] = plain_text(form.cancel, limits.MODAL_BUTTON_UNITS)
    return made


def reading(title: str, view: View, words: Words = ENGLISH) -> Json:
    """A modal that only says something: a refusal, an answer, "saving"."""
    return {
        "type": "modal",
        "title": plain_text(title, limits.MODAL_TITLE_UNITS),
        "blocks": blocks(view, "modal", words),
    }


def _input(field: Field, words: Words) -> Json:
    element, left = _element(field)
    hint = " ".join(word for word in (field.hint, words.and_more(left) if left else "") if word)
    made: Json = {
        "type": "input",
        "block_id": cut(clean(field.id), limits.BLOCK_ID_UNITS),
        "label": plain_text(field.label, limits.INPUT_LABEL_UNITS),
        "element": element,
        "optional": not field.required,
    }
    return made | ({"hint": plain_text(hint, limits.INPUT_HINT_UNITS)} if hint.strip() else {})


def _element(field: Field) -> tuple[Json, int]:
    """The input element, and how many options did not fit."""
    one, many = _initial(field)
    made: Json = {"action_id": FIELD_ACTION}
    if field.kind in (FieldKind.PERSON, FieldKind.PEOPLE, FieldKind.CHANNEL):
        # No id is that long; what is too long for Slack would take the whole form with it.
        many = tuple(each for each in many if units(each) <= limits.BLOCK_ID_UNITS)
        one = many[0] if many else ""
    match field.kind:
        case FieldKind.SELECT if field.options:
            return _select(field, made, one)
        case FieldKind.PERSON:
            return made | {"type": "users_select"} | ({"initial_user": one} if one else {}), 0
        case FieldKind.PEOPLE:
            return made | {"type": "multi_users_select"} | ({"initial_users": list(many)} if many else {}), 0
        case FieldKind.CHANNEL:
            made |= {"filter": {"include": ["public", "private"], "exclude_bot_users": True}}
            return made | {"type": "conversations_select"} | ({"initial_conversation": one} if one else {}), 0
        case FieldKind.FILE:
            endings = {"filetypes": [clean(ending) for ending in field.endings]} if field.endings else {}
            return made | {"type": "file_input", "max_files": 1, **endings}, 0
        case FieldKind.DATE:
            return made | {"type": "datepicker"} | ({"initial_date": one} if _is_date(one) else {}), 0
    longest = min(field.max_length, limits.PLAIN_INPUT_UNITS) if field.max_length > 0 else limits.PLAIN_INPUT_UNITS
    made |= {"type": "plain_text_input", "multiline": field.kind is FieldKind.LONG_TEXT, "max_length": longest}
    return made | ({"initial_value": cut(one, longest)} if one else {}), 0


def _select(field: Field, made: Json, initial: str) -> tuple[Json, int]:
    """At most 100 options; the initial one is always among them."""
    options = list(field.options[: limits.SELECT_OPTIONS])
    for option in field.options[limits.SELECT_OPTIONS :]:
        if option.value == initial:
            options[-1] = option
    rendered = [
        {"text": plain_text(option.label, limits.OPTION_LABEL_UNITS), "value": _option_value(option.value)}
        for option in options
    ]
    chosen = [shown for option, shown in zip(options, rendered, strict=True) if initial and option.value == initial]
    made |= {"type": "static_select", "options": rendered} | ({"initial_option": chosen[0]} if chosen else {})
    return made, len(field.options) - len(options)


def _option_value(value: str) -> str:
    value = clean(value)
    return cut(value, limits.OPTION_VALUE_UNITS) if units(value) else shorten("-", 1)


def _initial(field: Field) -> tuple[str, tuple[str, ...]]:
    """The initial as one value and as several."""
    match field.initial:
        case None | "" | ():
            return "", ()
        case str(one):
            return clean(one), (clean(one),)
        case several:
            return clean(several[0]), tuple(clean(one) for one in several)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
