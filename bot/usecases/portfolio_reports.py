"""The portfolio as a page."""

from bot.readiness.portfolio_report import PortfolioReportCard
from bot.usecases.ports import Context


def report_of(context: Context, filters: str) -> PortfolioReportCard:
    """To come."""
    raise NotImplementedError(context, filters)
