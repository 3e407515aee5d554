"""In which form an export is written."""

from enum import StrEnum


class ExportFormat(StrEnum):
    """What files an export is: JSON and the table of projects, JSON alone, tables alone, or a page to read."""

    ALL = "all"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
