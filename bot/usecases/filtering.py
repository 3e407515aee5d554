"""Filters as somebody typed them, read with the words of their framework."""

from bot.readiness.filters import read_filters
from bot.readiness.framework import Framework
from bot.readiness.query import Query, Vocabulary
from bot.usecases.ports import Context


def read_query(context: Context, text: str) -> Query:
    """The query that was written. Raises FiltersRefused with every mistake at once."""
    return read_filters(text, vocabulary_of(context.framework))


def vocabulary_of(framework: Framework) -> Vocabulary:
    """What may stand for a barrier or a dimension: its id, its code, its name in any language."""
    return Vocabulary(
        *(
            {word.lower(): each.id for each in those for word in (each.id, each.code, *each.name.values())}
            for those in (framework.barriers, framework.dimensions)
        )
    )
