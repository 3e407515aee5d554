"""Amounts and periods as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.quantities import DAYS, Quantity, period, quantity

YEAR, MONTH = DAYS["year"], DAYS["month"]
AMOUNTS: list[tuple[str, Quantity | None]] = [
    ("250k EUR a year", Quantity(250e3, 250e3, "EUR", YEAR)),
    ("1,2 Mio. €", Quantity(1.2e6, 1.2e6, "EUR")),
    ("1.200.000 EUR", Quantity(1.2e6, 1.2e6, "EUR")),
    ("1,200,000 USD", Quantity(1.2e6, 1.2e6, "USD")),
    ("1 200 000 €", Quantity(1.2e6, 1.2e6, "EUR")),
    ("CHF 80'000", Quantity(80e3, 80e3, "CHF")),
    ("€250,000", Quantity(250e3, 250e3, "EUR")),
    ("EUR250", Quantity(250, 250, "EUR")),
    ("250 Tsd. €", Quantity(250e3, 250e3, "EUR")),
    ("1.2 million dollars", Quantity(1.2e6, 1.2e6, "USD")),
    ("3 Mrd", Quantity(3e9, 3e9)),
    ("2.5m", Quantity(2.5e6, 2.5e6)),
    ("1.200", Quantity(1200, 1200)),
    ("1.200 Mio €", Quantity(1.2e6, 1.2e6, "EUR")),
    ("0.500", Quantity(0.5, 0.5)),
    ("1.234,56 €", Quantity(1234.56, 1234.56, "EUR")),
    ("1,234.56 $", Quantity(1234.56, 1234.56, "USD")),
    ("200-250k EUR", Quantity(200e3, 250e3, "EUR")),
    ("200k to 250k €", Quantity(200e3, 250e3, "EUR")),
    ("3 bis 5 Tage", Quantity(3, 5, "day")),
    ("10k EUR a month", Quantity(10e3, 10e3, "EUR", MONTH)),
    ("120.000 € p.a.", Quantity(120e3, 120e3, "EUR", YEAR)),
    ("90k €/Jahr", Quantity(90e3, 90e3, "EUR", YEAR)),
    ("80k jährlich", Quantity(80e3, 80e3, "", YEAR)),
    ("5k monatlich", Quantity(5e3, 5e3, "", MONTH)),
    ("12 %", Quantity(12, 12, "percent")),
    ("40 days", Quantity(40, 40, "day")),
    ("by 2027 we save 300k EUR", Quantity(300e3, 300e3, "EUR")),
    ("half a person", Quantity(0.5, 0.5)),
    ("two people", Quantity(2, 2)),
    ("zero", Quantity(0, 0)),
    ("0 EUR", Quantity(0, 0, "EUR")),
    ("by end of 2026", None),
    ("a lot", None),
    ("Mei and Omar", None),
    ("", None),
]
PERIODS: list[tuple[str, float | None]] = [
    ("12 months", YEAR),
    ("12-month period", YEAR),
    ("a year", YEAR),
    ("18 Monate", 18 * MONTH),
    ("zwei Jahre", 2 * YEAR),
    ("1,5 Jahre", 1.5 * YEAR),
    ("quarterly", DAYS["quarter"]),
    ("pro Quartal", DAYS["quarter"]),
    ("im Jahr", YEAR),
    ("p.a.", YEAR),
    ("0 months", None),
    ("by end of 2026", None),
    ("over time", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "expected"), AMOUNTS, ids=[words for words, _ in AMOUNTS])
def test_an_amount_is_read_as_it_was_meant(words: str, expected: Quantity | None) -> None:
    assert quantity(words) == expected


@pytest.mark.parametrize(("words", "expected"), PERIODS, ids=[words for words, _ in PERIODS])
def test_a_period_is_read_in_days(words: str, expected: float | None) -> None:
    assert period(words) == (None if expected is None else pytest.approx(expected))


@given(st.text(max_size=200))
def test_no_words_break_the_reading(words: str) -> None:
    found = quantity(words)
    assert found is None or 0 <= found.low <= found.high
    length = period(words)
    assert length is None or length > 0


@given(st.integers(0, 10**9))
def test_a_plain_number_is_itself_with_or_without_groups(number: int) -> None:
    for written in (f"{number} EUR", f"{number:,} EUR", f"{number:,} EUR".replace(",", "."), f"EUR {number:,}"):
        assert quantity(written) == Quantity(number, number, "EUR")
