"""Where the bot's sentences come from: one template per page and language, one block per slot."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.chat.view import Line
from bot.wording.markup import bare, fence, parse

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = tuple(sorted(folder.name for folder in TEMPLATES.iterdir() if folder.is_dir()))
DEFAULT_LANGUAGE = "en"


@cache
def _environment(language: str) -> Environment:
    # No HTML here: `fence` marks every value, and a renderer escapes for its own platform.
    return Environment(
        loader=FileSystemLoader(TEMPLATES / language),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - the fence takes its place
        finalize=fence,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def spoken(language: str) -> str:
    """The shipped language nearest to a platform's locale ("de-AT" is "de"), else English."""
    short = language.replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language."""

    language: str

    def page(self, name: str) -> "Page":
        """The slots of one template; jinja2.TemplateNotFound names the file when there is none."""
        return _page(self.language, name)

    @classmethod
    def of(cls, language: str) -> "Words":
        """The sentences for a platform's locale."""
        return cls(spoken(language))


@dataclass(frozen=True, slots=True)
class Page:
    """The named texts of one template. A slot that is not there, or a value that is missing, is an error."""

    template: Template

    def line(self, slot: str, /, **values: object) -> Line:
        """A slot with its styles, mentions and links."""
        return parse(_render(self.template, slot, values)) if values else _still_line(self.template, slot)

    def text(self, slot: str, /, **values: object) -> str:
        """A slot as plain text: labels, headings, options."""
        return bare(_render(self.template, slot, values)) if values else _still_text(self.template, slot)

    def has(self, slot: str) -> bool:
        """Whether the template has this slot."""
        return slot in self.template.blocks


def _render(template: Template, slot: str, values: dict[str, object]) -> str:
    block = template.blocks[slot]
    return "".join(block(template.new_context(values))).strip()


# A template is loaded once and lives as long as the process; a slot without values always says the same.
@cache
def _page(language: str, name: str) -> Page:
    return Page(_environment(language).get_template(f"{name}.j2"))


@cache
def _still_line(template: Template, slot: str) -> Line:
    return parse(_render(template, slot, {}))


@cache
def _still_text(template: Template, slot: str) -> str:
    return bare(_render(template, slot, {}))
