"""What a button names, held: nobody else changes its project, or what belongs to it, until this transaction ends."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.readiness.assessment import Project
from bot.readiness.refusals import Refusal, Refused
from bot.usecases.ports import Context


class OfProject(Protocol):
    """What belongs to a project: an answer, an interview, a waiver."""

    @property
    def project_id(self) -> str:
        """The project it belongs to."""
        ...


SubjectT = TypeVar("SubjectT", bound=OfProject)


def locked(context: Context, get: Callable[[str], SubjectT], subject_id: str) -> tuple[SubjectT, Project]:
    """A subject as its repository's `get` finds it once its project is locked, and the project.

    Raises Refused UNKNOWN_PRESS when there is none.
    """
    try:
        project = context.tx.projects.lock(get(subject_id).project_id)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    # Read again: only now is it sure that nobody else changes it.
    return get(subject_id), project
