"""A report as Markdown (CommonMark with tables). Whatever people wrote is escaped; only http and https become links."""

import re
from collections.abc import Sequence

from bot.chat.view import Bullets, Facts, Line, Note, Paragraph, Span
from bot.wording.evidence import safe_address
from bot.wording.report.blocks import Block, Figure, Grid, Ladder, Subheading
from bot.wording.report.sections import Report

_MARKS = re.compile(r"[\\`*_\[\]<>|~&]")
_AT_START = re.compile(r"^(\s*)([#+\-=]|\d+[.)])", re.MULTILINE)


def markdown(report: Report) -> str:
    """The whole report, ending in a newline."""
    lines = [f"# {_plain(report.title)}", _text(report.lead)]
    for section in report.sections:
        lines.append(f"## {_plain(section.title)}")
        lines += [_block(block) for block in section.blocks]
    return "\n\n".join([*lines, "---", _text(report.made)]) + "\n"


def _block(block: Block) -> str:
    match block:
        case Subheading(text):
            return f"### {_plain(text)}"
        case Paragraph(line):
            return _text(line)
        case Note(line):
            return f"> {_text(line).replace(chr(10), chr(10) + '> ')}"
        case Bullets(lines, ordered):
            marks = (f"{number}." if ordered else "-" for number in range(1, len(lines) + 1))
            return "\n".join(
                f"{mark} {_indented(line, len(mark) + 1)}" for mark, line in zip(marks, lines, strict=True)
            )
        case Facts(pairs):
            return "\n".join(f"- **{_plain(label)}**: {_text(line)}" for label, line in pairs)
        case Grid():
            return f"**{_plain(block.caption)}**\n\n{_table(block.columns, block.rows)}"
        case Figure():
            return f"*{_plain(block.alternative)}*"
        case Ladder(steps):
            return "\n".join(
                f"{step.number}. {f'**{_plain(step.name)}**' if step.reached else _plain(step.name)}"
                f"{f' ← {_plain(step.here)}' if step.here else ''}"
                for step in steps
            )


def _table(columns: Sequence[str], rows: Sequence[Sequence[Line]]) -> str:
    head = f"| {' | '.join(_plain(column) for column in columns)} |\n|{'---|' * len(columns)}"
    cells = (f"| {' | '.join(_text(cell).replace(chr(10), ' · ') for cell in row)} |" for row in rows)
    return "\n".join((head, *cells))


def _indented(line: Line, width: int) -> str:
    """A list entry: what goes on in another line belongs to it by its margin."""
    return re.sub(r"\n+", "\\\n" + " " * width, _text(line))


def _text(line: Line) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    if span.code:
        # A run of ticks longer than any inside cannot be closed from within.
        fence = "`" * (max((len(run) for run in re.findall(r"`+", span.text)), default=0) + 1)
        return f"{fence} {span.text} {fence}" if "`" in span.text else f"{fence}{span.text}{fence}"
    text = _escaped(span.text)
    if span.link and (address := safe_address(span.link)):
        return f"[{text}](<{address}>)"
    mark = "**" * span.bold + "_" * span.italic
    inner = text.strip()
    if not mark or not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{inner}{mark[::-1]}{after}"


def _plain(text: str) -> str:
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    text = _MARKS.sub(
        lambda found: "&amp;" if found[0] == "&" else "&lt;" if found[0] == "<" else f"\\{found[0]}", text
    )
    return _AT_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)
