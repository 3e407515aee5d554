"""Which framework something was made by, held against the current one and against that of another result."""

from bot.readiness.assessment import Assessment
from bot.readiness.framework import Framework
from bot.readiness.framework_versions import Outdated, Pinned, Unlike, key_of, pin_of
from bot.usecases.ports import Context


def outdated(context: Context, assessed_by: Framework, open_one: Assessment | None) -> Outdated | None:
    """What to say of a result that another framework or version made than the current one; None where it is the same.

    `open_one` is the project's open assessment, if any.
    """
    current = key_of(context.framework)
    if key_of(assessed_by) == current and (open_one is None or pin_of(open_one) == current):
        return None
    return Outdated(
        assessed_by=assessed_by,
        current=context.framework,
        open_by_current=open_one is not None and pin_of(open_one) == current,
        open_by_older=open_one is not None and pin_of(open_one) != current,
    )


def unlike(context: Context, before: Pinned | None, after: Pinned) -> Unlike | None:
    """What to say of two results held against each other that were not made by the same framework."""
    if before is None or pin_of(before) == pin_of(after):
        return None
    return Unlike(context.framework_of(before), context.framework_of(after))
