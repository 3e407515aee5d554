"""What we show: a small, typed, platform-neutral vocabulary. A renderer per platform turns it into JSON.

People's text is data: it is a span's `text`, never markup. A new kind of part needs a decision record, a rendering
per platform and an example.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.readiness.asking import Unclear


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. `link` makes it a link; `mention` is an account's id, rung by the platform."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str | None = None
    mention: str | None = None


Line = tuple[Span, ...]
"""Text with styles; a newline in a span is a line break."""


def line(text: str) -> Line:
    """A line of plain text, without any style."""
    return (Span(text),) if text else ()


class Style(StrEnum):
    """How a button invites: PRIMARY the expected next step, DANGER cannot be taken back easily."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A button: `press` names its row in the table PRESSES, `value` is what it carries (ids only, never a secret)."""

    label: str
    press: str
    value: str = ""
    style: Style = Style.PLAIN
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a view or of a section of it."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, ordered or not."""

    lines: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with values, read down."""

    pairs: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column titles; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several claims to choose from: the button's label, the whole statement beside it, what a press carries."""

    label: str
    statement: str
    value: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """Claims of which one is pressed."""

    press: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons in a row."""

    buttons: tuple[Button | LinkButton, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print."""

    line: Line


@dataclass(frozen=True, slots=True)
class Divider:
    """A thin line between sections."""


Part = Heading | Paragraph | Bullets | Facts | Table | Choices | Buttons | Note | Divider


@dataclass(frozen=True, slots=True)
class View:
    """A message, a card or a home: `text` is the whole in one plain sentence (notifications, screen readers)."""

    text: str
    parts: tuple[Part, ...] = ()


class FieldKind(StrEnum):
    """What a form asks for."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    SELECT = "select"
    PERSON = "person"
    PEOPLE = "people"
    CHANNEL = "channel"
    DATE = "date"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select field."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a form. `initial` is text, an option's value, an ISO date, or platform ids of people or channel.

    `endings` are those of the files that a FILE takes, such as `yaml`; what comes back are the platform's ids of files.
    """

    id: str
    kind: FieldKind
    label: str
    hint: str = ""
    required: bool = True
    initial: str | tuple[str, ...] | None = None
    options: tuple[Option, ...] = ()
    max_length: int = 0
    endings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form to fill. `form` names its row in the table FORMS, `value` is what the submission carries back."""

    form: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    value: str = ""
    intro: tuple[Part, ...] = ()
    cancel: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back for one incoming.

    view       what the actor reads (None: nothing needs saying)
    public     the view is for everybody in the channel, not for the actor alone
    replaces   the view takes the place of the message whose button was pressed
    form       the form to show; for a command or press whose table row says it opens one
    errors     field id -> sentence; the form stays open
    home       the actor's home, when it was opened or has changed
    unclear    a question that the view asks back; where an endpoint is configured, it may propose what was meant
    """

    view: View | None = None
    public: bool = False
    replaces: bool = False
    form: Form | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    home: View | None = None
    unclear: Unclear | None = None
