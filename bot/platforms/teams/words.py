"""The few words that a card needs by itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """In the reader's `language`, "" where it is not known. `more` holds the place `{count}`.

    more      under something that was left out
    fill_in   under an input that was left empty and may not be
    file      beside an input that would take a file elsewhere: here it takes a link to one
    """

    more: str = "… and {count} more"
    fill_in: str = "Needed."
    file: str = "A link."
    language: str = ""

    def and_more(self, number: int) -> str:
        """The note under something that was left out."""
        return self.more.replace("{count}", str(number))


ENGLISH = Words()
KEYS = ("more", "fill_in", "file")
"""How the words are called among those of the edge."""
