"""Filters as somebody typed them, read with the words of their framework."""

from collections.abc import Iterable, Mapping

from bot.readiness.filters import read_filters
from bot.readiness.framework import Barrier, Dimension, Framework
from bot.readiness.query import Query, Vocabulary
from bot.usecases.ports import Context


def read_query(context: Context, text: str) -> Query:
    """The query that was written. Raises FiltersRefused with every mistake at once."""
    return read_filters(text, vocabulary_of(context.framework))


def vocabulary_of(framework: Framework) -> Vocabulary:
    """What may stand for a barrier or a dimension: its id, its code, its name in any language; ids first."""
    return Vocabulary(_words(framework.barriers), _words(framework.dimensions))


def _words(those: Iterable[Barrier | Dimension]) -> Mapping[str, str]:
    known = tuple(those)
    said = {name.lower(): each.id for each in known for name in (each.code, *each.name.values())}
    return {each.id: each.id for each in known} | said
