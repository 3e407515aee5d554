"""Rows to values and back; nothing here touches a database. A row is a result of one `select` over its table."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from bot.readiness import scoring
from bot.readiness.assessment import (
    Answer,
    AnswerKind,
    Assessment,
    AssessmentState,
    Cadence,
    Evidence,
    EvidenceStrength,
    Person,
    Place,
    Project,
    Summary,
)
from bot.readiness.blockers import Blocker
from bot.readiness.events import Asks, Wanted
from bot.readiness.interview import Interview, Phase
from bot.readiness.milestone import Milestone
from bot.readiness.notices import Notice, NoticeKind

Columns = dict[str, Any]
"""Column names to values, as a statement takes them."""

_SUMMARY = tuple(Summary.__dataclass_fields__)


def person_columns(person: Person) -> Columns:
    """All but the account, which has its own table."""
    return {
        "id": person.id,
        "name": person.name,
        "timezone": person.timezone,
        "language": person.language,
        "is_admin": person.is_admin,
        "is_manager": person.is_manager,
        "home_opened": person.home_opened,
    }


def person(row: Row[Any]) -> Person:
    """`platform_user` comes from the outer join with the account; None becomes ""."""
    return Person(
        id=row.id,
        name=row.name,
        timezone=row.timezone,
        language=row.language,
        account=row.platform_user or "",
        is_admin=row.is_admin,
        is_manager=row.is_manager,
        home_opened=row.home_opened,
    )


def place_columns(place: Place) -> Columns:
    """All but the installation."""
    return {"id": place.id, "channel": place.channel, "name": place.name}


def place(row: Row[Any]) -> Place:
    """A channel."""
    return Place(id=row.id, channel=row.channel, name=row.name)


def project_columns(project: Project) -> Columns:
    """All but the roles, which have their own table."""
    summary = {f"summary_{name}": getattr(project.summary, name, None) for name in _SUMMARY}
    return {
        "id": project.id,
        "key": project.key,
        "name": project.name,
        "owner_id": project.owner_id,
        "exposure": project.exposure,
        "created_at": project.created_at,
        "business_function": project.business_function,
        "team": project.team,
        "target": project.target,
        "target_date": project.target_date,
        "cadence": str(project.cadence),
        "cadence_rule": project.cadence_rule,
        "cadence_zone": project.cadence_zone,
        "hastened_at": project.hastened_at,
        "place_id": project.place_id,
        "also_place_id": project.also_place_id,
        "archived_at": project.archived_at,
        **summary,
        "rank": _rank(project.summary),
        "folded": f"{project.key}\n{project.name}".casefold(),
        "folded_name": project.name.casefold(),
    }


def _rank(summary: Summary | None) -> int:
    """Where a project stands in a list by urgency, smaller first: ahead of readiness, then the most blocked."""
    if summary is None:
        return 0
    ahead = summary.standing == scoring.Standing.AHEAD
    return -(ahead * 1_000_000 + min(summary.critical, 999) * 1_000 + min(summary.blockers, 999))


def project(row: Row[Any], roles: Mapping[str, str]) -> Project:
    """`roles` maps role to person id."""
    return Project(
        id=row.id,
        key=row.key,
        name=row.name,
        owner_id=row.owner_id,
        exposure=row.exposure,
        created_at=row.created_at,
        business_function=row.business_function,
        team=row.team,
        target=row.target,
        target_date=row.target_date,
        cadence=Cadence(row.cadence),
        cadence_rule=row.cadence_rule,
        cadence_zone=row.cadence_zone,
        hastened_at=row.hastened_at,
        place_id=row.place_id,
        also_place_id=row.also_place_id,
        roles=roles,
        archived_at=row.archived_at,
        summary=_summary(row),
    )


def _summary(row: Row[Any]) -> Summary | None:
    if row.summary_milestone_id is None:
        return None
    return Summary(
        milestone_id=row.summary_milestone_id,
        stage=row.summary_stage,
        readiness=row.summary_readiness,
        optimistic=row.summary_optimistic,
        standing=row.summary_standing,
        index=row.summary_index,
        blockers=row.summary_blockers,
        critical=row.summary_critical,
        exclusions=row.summary_exclusions,
        assessed_at=row.summary_assessed_at,
        framework_id=row.summary_framework_id or "",
        framework_version=row.summary_framework_version or "",
        founded=bool(row.summary_founded),
        compounding=bool(row.summary_compounding),
        changed_at=row.summary_changed_at,
    )


def assessment_columns(assessment: Assessment) -> Columns:
    """Every field."""
    return {
        "id": assessment.id,
        "project_id": assessment.project_id,
        "framework_id": assessment.framework_id,
        "framework_version": assessment.framework_version,
        "opened_at": assessment.opened_at,
        "opened_by": assessment.opened_by,
        "deadline": assessment.deadline,
        "state": str(assessment.state),
        "completed_at": assessment.completed_at,
    }


def assessment(row: Row[Any]) -> Assessment:
    """One rating of one project."""
    return Assessment(
        id=row.id,
        project_id=row.project_id,
        framework_id=row.framework_id,
        framework_version=row.framework_version,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        deadline=row.deadline,
        state=AssessmentState(row.state),
        completed_at=row.completed_at,
    )


def interview_columns(interview: Interview) -> Columns:
    """Sets become sorted lists, so that equal interviews have equal rows."""
    return {
        "id": interview.id,
        "project_id": interview.project_id,
        "assessment_id": interview.assessment_id,
        "respondent_id": interview.respondent_id,
        "questions": list(interview.questions),
        "opened_at": interview.opened_at,
        "phase": str(interview.phase),
        "current": interview.current,
        "answered": sorted(interview.answered),
        "skipped": sorted(interview.skipped),
        "handed": sorted(interview.handed),
        "again": sorted(interview.again),
        "doubted": sorted(interview.doubted),
        "wanted": [[wanted.id, str(wanted.asks)] for wanted in interview.wanted],
        "passed": sorted(interview.passed),
        "notes": dict(interview.notes),
        "asked": dict(interview.asked),
        "finished_at": interview.finished_at,
    }


def interview(row: Row[Any]) -> Interview:
    """One person's conversation."""
    return Interview(
        id=row.id,
        project_id=row.project_id,
        assessment_id=row.assessment_id,
        respondent_id=row.respondent_id,
        questions=tuple(row.questions),
        opened_at=row.opened_at,
        phase=Phase(row.phase),
        current=row.current,
        answered=frozenset(row.answered),
        skipped=frozenset(row.skipped),
        handed=frozenset(row.handed),
        again=frozenset(row.again),
        doubted=frozenset(row.doubted),
        wanted=tuple(Wanted(follow_up_id, Asks(asks)) for follow_up_id, asks in row.wanted),
        passed=frozenset(row.passed),
        notes=row.notes,
        asked=row.asked,
        finished_at=row.finished_at,
    )


def answer_columns(answer: Answer) -> Columns:
    """All but the words, which are kept apart to be erasable."""
    return {
        "id": answer.id,
        "project_id": answer.project_id,
        "assessment_id": answer.assessment_id,
        "interview_id": answer.interview_id,
        "dimension_id": answer.dimension_id,
        "respondent_id": answer.respondent_id,
        "kind": str(answer.kind),
        "answered_at": answer.answered_at,
        "level": answer.level,
        "strength": str(answer.evidence.strength),
        "link": answer.evidence.link,
        "given_at": answer.evidence.given_at,
        "verified_by": answer.evidence.verified_by,
        "verified_at": answer.evidence.verified_at,
        "reason": answer.reason,
        "approved_by": answer.approved_by,
        "unchanged": answer.unchanged,
        "supersedes_id": answer.supersedes_id,
    }


def answer(row: Row[Any]) -> Answer:
    """`body` and `facts` come from the outer join with the words; None means never said, or erased."""
    return Answer(
        id=row.id,
        project_id=row.project_id,
        assessment_id=row.assessment_id,
        interview_id=row.interview_id,
        dimension_id=row.dimension_id,
        respondent_id=row.respondent_id,
        kind=AnswerKind(row.kind),
        answered_at=row.answered_at,
        level=row.level,
        evidence=Evidence(EvidenceStrength(row.strength), row.link, row.given_at, row.verified_by, row.verified_at),
        note=row.body or "",
        reason=row.reason,
        approved_by=row.approved_by,
        unchanged=row.unchanged,
        supersedes_id=row.supersedes_id,
        facts=row.facts or {},
    )


def answer_text_columns(answer: Answer) -> Columns | None:
    """A person's own words with an answer: the note, and what follow-ups asked for. None when nothing was said."""
    if not answer.note and not answer.facts:
        return None
    return {"answer_id": answer.id, "body": answer.note, "facts": dict(answer.facts)}


def milestone_columns(milestone: Milestone) -> Columns:
    """All but the hashes."""
    return {
        "id": milestone.id,
        "project_id": milestone.project_id,
        "assessment_id": milestone.assessment_id,
        "sequence": milestone.sequence,
        "taken_at": milestone.taken_at,
        "framework_id": milestone.framework_id,
        "framework_version": milestone.framework_version,
        "scorecard": scoring.as_plain(milestone.scorecard),
        "answers": list(milestone.answers),
        "cause": milestone.cause,
    }


def milestone(row: Row[Any]) -> Milestone:
    """A snapshot."""
    return Milestone(
        id=row.id,
        project_id=row.project_id,
        assessment_id=row.assessment_id,
        sequence=row.sequence,
        taken_at=row.taken_at,
        framework_id=row.framework_id,
        framework_version=row.framework_version,
        scorecard=scoring.from_plain(row.scorecard),
        answers=tuple(row.answers),
        cause=row.cause,
    )


def milestone_hash(columns: Mapping[str, Any], previous: str) -> str:
    """SHA-256, in hexadecimal, over the canonical JSON of `milestone_columns` and the hash of the one before."""
    told = {**columns, "taken_at": columns["taken_at"].isoformat(), "prev_sha256": previous}
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def blocker_columns(blocker: Blocker) -> Columns:
    """Every field."""
    return {
        "id": blocker.id,
        "project_id": blocker.project_id,
        "dimension_id": blocker.dimension_id,
        "kind": str(blocker.kind),
        "severity": int(blocker.severity),
        "found_at": blocker.found_at,
        "found_by": blocker.found_by,
        "stage": blocker.stage,
        "need": blocker.need,
        "cleared_at": blocker.cleared_at,
        "cleared_by": blocker.cleared_by,
        "reopened_at": blocker.reopened_at,
        "reopened_by": blocker.reopened_by,
        "reopenings": blocker.reopenings,
        "since": blocker.since,
    }


def blocker(row: Row[Any]) -> Blocker:
    """One obstacle."""
    return Blocker(
        id=row.id,
        project_id=row.project_id,
        dimension_id=row.dimension_id,
        kind=scoring.FindingKind(row.kind),
        severity=scoring.Severity(row.severity),
        found_at=row.found_at,
        found_by=row.found_by,
        stage=row.stage,
        need=row.need,
        cleared_at=row.cleared_at,
        cleared_by=row.cleared_by,
        reopened_at=row.reopened_at,
        reopened_by=row.reopened_by,
        reopenings=row.reopenings,
    )


def notice_columns(notice: Notice) -> Columns:
    """All but `due_at`, which the outbox always has."""
    return {
        "key": notice.key,
        "kind": str(notice.kind),
        "subject": notice.subject,
        "person_id": notice.person_id,
        "place_id": notice.place_id,
        "parameters": dict(notice.parameters),
        "edits": notice.edits,
        "under": notice.under,
    }


def notice(row: Row[Any]) -> Notice:
    """What is owed; `due_at` is when the row is due, None for at once."""
    return Notice(
        key=row.key,
        kind=NoticeKind(row.kind),
        subject=row.subject,
        person_id=row.person_id,
        place_id=row.place_id,
        parameters=row.parameters,
        edits=row.edits,
        under=row.under,
        due_at=row.not_before,
    )
