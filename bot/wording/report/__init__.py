"""The report of a project: sections made of blocks, as one HTML page and as Markdown."""

from bot.wording.report.charted import profile_of, trend_of
from bot.wording.report.html import html
from bot.wording.report.markdown import markdown
from bot.wording.report.sections import Report, report_of

__all__ = ["Report", "html", "markdown", "profile_of", "report_of", "trend_of"]
