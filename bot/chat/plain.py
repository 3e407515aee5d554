"""A view as plain text: the fallback of a message, the terminal, and transcripts."""

from bot.chat.view import (
    Bullets,
    Buttons,
    Choices,
    Divider,
    Facts,
    Heading,
    Line,
    Note,
    Paragraph,
    Part,
    Table,
    View,
)


def plain_line(line: Line) -> str:
    """The text of a line without its styles; a link keeps its address when the text is another."""
    return "".join(f"{span.text} ({span.link})" if span.link and span.link != span.text else span.text for span in line)


def plain(view: View) -> str:
    """The whole view, one part after another; buttons stand in brackets."""
    return "\n".join(_part(part) for part in view.parts) if view.parts else view.text


def _part(part: Part) -> str:
    match part:
        case Heading(text):
            return f"## {text}"
        case Paragraph(line) | Note(line):
            return plain_line(line)
        case Bullets(lines, ordered):
            return "\n".join(
                f"{f'{number}.' if ordered else '-'} {plain_line(line)}" for number, line in enumerate(lines, start=1)
            )
        case Facts(pairs):
            return "\n".join(f"{label}: {plain_line(line)}" for label, line in pairs)
        case Table(columns, rows):
            return "\n".join(" | ".join(cells) for cells in (columns, *rows))
        case Choices(_, choices):
            return "\n".join(f"{choice.statement} [{choice.label}]" for choice in choices)
        case Buttons(buttons):
            return " ".join(f"[{button.label}]" for button in buttons)
        case Divider():
            return "---"
