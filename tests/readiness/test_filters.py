"""The filter language: what is understood, what is refused and where, and that writing and reading agree."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.filters import FilterFault, FiltersRefused, Mistake, looks_like_filters, read_filters
from bot.readiness.query import (
    Changed,
    Clause,
    Compared,
    Flag,
    Flagged,
    Name,
    Named,
    Number,
    Numbered,
    Order,
    Query,
    Rated,
    Sign,
    Vocabulary,
    written,
)

WORDS = Vocabulary(
    barriers={"data": "data", "b2": "data", "technical": "technical"},
    dimensions={"rollback": "rollback-capability", "d4": "rollback-capability", "data pipeline": "data-pipeline"},
)


def one(text: str) -> object:
    (clause,) = read_filters(text, WORDS).clauses
    assert not clause.negated
    return clause.condition


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("stage:2", Numbered(Number.STAGE, (Compared(Sign.IS, 2),))),
        ("STAGE:>=3", Numbered(Number.STAGE, (Compared(Sign.LEAST, 3),))),
        ("stage:1,2,>4", Numbered(Number.STAGE, tuple(map(Compared, (Sign.IS, Sign.IS, Sign.MORE), (1, 2, 4))))),
        ("index:<60", Numbered(Number.INDEX, (Compared(Sign.LESS, 60),))),
        ("age:>30", Numbered(Number.AGE, (Compared(Sign.MORE, 30),))),
        ("barrier:data", Named(Name.BARRIER, ("data",))),
        ("barrier:B2,technical", Named(Name.BARRIER, ("data", "technical"))),
        ("severity:critical", Named(Name.SEVERITY, ("critical",))),
        ("owner:@mei", Named(Name.OWNER, ("@mei",))),
        ("owner:<@U0MEI|mei>", Named(Name.OWNER, ("<@U0MEI|mei>",))),
        ('team:"Risk, legal"', Named(Name.TEAM, ("Risk, legal",))),
        ('project:"say ""hi"""', Named(Name.PROJECT, ('say "hi"',))),
        ("dimension:rollback<2", Rated("rollback-capability", Compared(Sign.LESS, 2))),
        ('dimension:"data pipeline">=3', Rated("data-pipeline", Compared(Sign.LEAST, 3))),
        ("dimension:D4", Rated("rollback-capability")),
        ("changed:7d", Changed(7)),
        ("changed:2w", Changed(14)),
        ("blocked", Flagged(Flag.BLOCKED)),
        ("in-step", Flagged(Flag.IN_STEP)),
    ],
)
def test_one_filter(text: str, condition: object) -> None:
    assert one(text) == condition


def test_several_filters_hold_at_once_in_their_order() -> None:
    text = 'stage:>=3 -waived barrier:data owner:@mei,"Omar Haddad" blocked changed:7d sort:-age limit:20'
    found = read_filters(text, WORDS)
    assert found == Query(
        clauses=(
            Clause(Numbered(Number.STAGE, (Compared(Sign.LEAST, 3),))),
            Clause(Flagged(Flag.WAIVED), negated=True),
            Clause(Named(Name.BARRIER, ("data",))),
            Clause(Named(Name.OWNER, ("@mei", "Omar Haddad"))),
            Clause(Flagged(Flag.BLOCKED)),
            Clause(Changed(7)),
        ),
        order=Order.AGE,
        descending=True,
        limit=20,
    )
    assert written(found) == text
    assert read_filters("", WORDS) == Query()


@pytest.mark.parametrize(
    ("text", "mistake", "word", "place", "nearest"),
    [
        ("blockt", Mistake.UNKNOWN_WORD, "blockt", 1, "blocked"),
        ("stage:2 overdeu", Mistake.UNKNOWN_WORD, "overdeu", 9, "overdue"),
        ("stages:2", Mistake.UNKNOWN_FIELD, "stages", 1, "stage"),
        ("blocked barier:data", Mistake.UNKNOWN_FIELD, "barier", 9, "barrier"),
        ("stage:", Mistake.NO_VALUE, "stage:", 1, ""),
        ("stage:two", Mistake.NOT_A_NUMBER, "two", 7, ""),
        ("stage:>=", Mistake.NOT_A_NUMBER, ">=", 7, ""),
        ("stage:9", Mistake.OUT_OF_RANGE, "9", 7, ""),
        ("exposure:x", Mistake.NOT_A_NUMBER, "x", 10, ""),
        ("barrier:dta", Mistake.UNKNOWN_VALUE, "dta", 9, "data"),
        ("severity:hihg", Mistake.UNKNOWN_VALUE, "hihg", 10, "high"),
        ("dimension:rolback<2", Mistake.UNKNOWN_VALUE, "rolback", 11, "rollback"),
        ("dimension:rollback<9", Mistake.OUT_OF_RANGE, "9", 20, ""),
        ('team:"risk', Mistake.UNCLOSED_QUOTE, '"risk', 6, ""),
        ("changed:soon", Mistake.NOT_A_NUMBER, "soon", 9, ""),
        ("changed:-1d", Mistake.NOT_A_NUMBER, "-1d", 9, ""),
        ("sort:agee", Mistake.UNKNOWN_VALUE, "agee", 6, "age"),
        ("-sort:age", Mistake.NOT_NEGATED, "-sort:age", 1, ""),
        ("sort:age sort:index", Mistake.TWICE, "sort:index", 10, ""),
        ("limit:0", Mistake.OUT_OF_RANGE, "0", 7, ""),
        ("limit:many", Mistake.NOT_A_NUMBER, "many", 7, ""),
        ("x" * 501, Mistake.TOO_LONG, "x" * 20, 501, ""),
    ],
)
def test_a_mistake_names_the_word_and_the_place(
    text: str, mistake: Mistake, word: str, place: int, nearest: str
) -> None:
    with pytest.raises(FiltersRefused) as refused:
        read_filters(text, WORDS)
    (fault,) = refused.value.faults
    assert (fault.mistake, fault.word, fault.place, fault.nearest) == (mistake, word, place, nearest)


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(FiltersRefused) as refused:
        read_filters("stage:9 nonsense barrier:dta blocked", WORDS)
    assert [(fault.mistake, fault.place) for fault in refused.value.faults] == [
        (Mistake.OUT_OF_RANGE, 7),
        (Mistake.UNKNOWN_WORD, 9),
        (Mistake.UNKNOWN_VALUE, 26),
    ]
    assert refused.value.faults[0] == FilterFault(Mistake.OUT_OF_RANGE, "9", 7, "stage", ("1", "5"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stage:2", True),
        ("which are blocked", True),
        ("which projects are stuck on data?", False),
        ("compare churn and pricing", False),
        ("-waived", True),
        ("https://wiki.example", False),
    ],
)
def test_filters_are_told_from_plain_words(text: str, expected: bool) -> None:
    assert looks_like_filters(text) is expected


_compared = st.builds(Compared, st.sampled_from(Sign), st.integers(1, 4))
_names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=12)
_conditions = st.one_of(
    st.builds(Numbered, st.sampled_from(Number), st.lists(_compared, min_size=1, max_size=3).map(tuple)),
    st.builds(Named, st.sampled_from([Name.OWNER, Name.TEAM, Name.PROJECT]), st.lists(_names, min_size=1).map(tuple)),
    st.builds(Rated, st.just("rollback-capability"), st.none() | _compared),
    st.builds(Flagged, st.sampled_from(Flag)),
    st.builds(Changed, st.integers(1, 99)),
)
_queries = st.builds(
    Query,
    clauses=st.lists(st.builds(Clause, _conditions, st.booleans()), max_size=4).map(tuple),
    order=st.sampled_from(Order),
    descending=st.booleans(),
    limit=st.none() | st.integers(1, 200),
)


@given(query=_queries)
def test_what_is_written_is_read_as_the_same(query: Query) -> None:
    known = replace(WORDS, dimensions={**WORDS.dimensions, "rollback-capability": "rollback-capability"})
    text = written(query)
    if len(text) <= 500:
        assert read_filters(text, known) == query


@given(text=st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused_with_places(text: str) -> None:
    faults: tuple[FilterFault, ...] = ()
    try:
        read_filters(text, WORDS)
    except FiltersRefused as refused:
        faults = refused.faults
    assert all(1 <= fault.place <= len(text) for fault in faults)


@pytest.mark.parametrize("sign", Sign)
def test_comparing(sign: Sign) -> None:
    found = [value for value in range(1, 6) if Compared(sign, 3).holds(value)]
    assert (
        found
        == {
            Sign.LEAST: [3, 4, 5],
            Sign.MOST: [1, 2, 3],
            Sign.MORE: [4, 5],
            Sign.LESS: [1, 2],
            Sign.IS: [3],
        }[sign]
    )
