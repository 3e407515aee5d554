"""Reports: of a project, as sections made of blocks, in HTML and Markdown; of the portfolio, as a page with a table."""

from bot.wording.report.charted import profile_of, trend_of
from bot.wording.report.html import html
from bot.wording.report.markdown import markdown
from bot.wording.report.portfolio import portfolio_page
from bot.wording.report.sections import Report, report_of

__all__ = ["Report", "html", "markdown", "portfolio_page", "profile_of", "report_of", "trend_of"]
