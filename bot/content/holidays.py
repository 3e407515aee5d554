"""Public holidays by country and part of it, from the `holidays` library; years are read on first use and kept."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays


@cache
def holidays_of(region: str, year: int) -> Mapping[date, str]:
    """The days off of a year, each with its name in the country's own language.

    `region` is an ISO country code, or one with a part of it: "DE", "DE-BE", "US-CA". Raises KeyError for others.
    """
    country, _, part = region.upper().partition("-")
    try:
        # Unless it is told, the library speaks the language of the machine it runs on.
        own = holidays.country_holidays(country).default_language
        return dict(holidays.country_holidays(country, subdiv=part or None, years=year, language=own))
    except NotImplementedError as unknown:
        raise KeyError(f"no holidays known for {region}") from unknown
