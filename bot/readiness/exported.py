"""An export as plain values: what JSON is written from. Described in docs/export.md; the table is `standings`."""

from collections.abc import Iterable
from datetime import date

from bot.readiness.assessment import Answer, Assessment, Person
from bot.readiness.blockers import Claim
from bot.readiness.commitments import Commitment
from bot.readiness.contested import Contest
from bot.readiness.exported_results import Plain, blocker, forecast, framework, level, milestone, standing, time
from bot.readiness.file_cards import Access, ExportCard, ExportedProject
from bot.readiness.handovers import Handover
from bot.readiness.interview import Interview
from bot.readiness.remarks import Remark
from bot.readiness.trap_watch import Correction, RaisedTrap
from bot.readiness.waivers import Waiver

FORMAT = "bridgehead-export"
VERSION = 1
"""Grows when a reader of the file must change; fields may be added without."""


def header(card: ExportCard) -> Plain:
    """What stands before the projects."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": time(card.made_at),
        "made_for": card.reader.id,
        "zone": card.reader.timezone,
        "project": card.named.key if card.named else None,
        "filters": card.filters,
        "left_out": card.unread,
        "framework": framework(card.framework),
    }


def person(named: Person) -> Plain:
    """One of those who are named; they stand behind the projects, as only then it is known who they are."""
    return {"id": named.id, "name": named.name}


def project(exported: ExportedProject) -> Plain:
    """One project. Who sees stages only gets no roles, findings or answers, and nothing that follows from answers."""
    of, whole = exported.project, exported.access is Access.ANSWERS
    plain = {
        "id": of.id,
        "key": of.key,
        "name": of.name,
        "access": exported.access.value,
        "business_function": of.business_function,
        "team": of.team,
        "owner": of.owner_id,
        "exposure": of.exposure,
        "target": of.target,
        "created_at": time(of.created_at),
        "archived_at": time(of.archived_at),
        "standing": standing(of),
        "milestones": [milestone(each, whole=whole) for each in exported.milestones],
    }
    if not whole:
        return plain
    return plain | {
        "target_date": _day(of.target_date),
        "cadence": of.cadence.value,
        "cadence_rule": of.cadence_rule,
        "cadence_zone": of.cadence_zone,
        "channel": exported.channel,
        "roles": dict(of.roles),
        "assessments": [_assessment(assessment) for assessment in exported.assessments],
        "interviews": [_interview(interview) for interview in exported.interviews],
        "answers": [_answer(answer) for answer in exported.answers],
        "levels": [level(each) for each in exported.levels],
        "blockers": [blocker(each, exported.events) for each in exported.blockers],
        "commitments": [_commitment(commitment) for commitment in exported.commitments],
        "waivers": [_waiver(waiver) for waiver in exported.waivers],
        "forecasts": [forecast(each) for each in exported.forecasts],
        "traps": [_trap(raised) for raised in exported.traps],
        "handovers": [_handover(step, exported.remarks) for step in exported.handovers],
        "contests": [_contest(contest, exported.remarks) for contest in exported.contests],
        "claims": [_claim(claim) for claim in exported.claims],
        "doubts": [_doubt(doubt) for doubt in exported.doubts],
        "corrections": [_correction(trap_id, correction) for trap_id, correction in exported.corrections],
    }


def _assessment(assessment: Assessment) -> Plain:
    return {
        "id": assessment.id,
        "framework_version": assessment.framework_version,
        "state": assessment.state.value,
        "opened_at": time(assessment.opened_at),
        "opened_by": assessment.opened_by,
        "deadline": time(assessment.deadline),
        "completed_at": time(assessment.completed_at),
    }


def _interview(interview: Interview) -> Plain:
    return {
        "id": interview.id,
        "assessment": interview.assessment_id,
        "respondent": interview.respondent_id,
        "opened_at": time(interview.opened_at),
        "phase": interview.phase.value,
        "questions": list(interview.questions),
        "answered": sorted(interview.answered),
    }


def _answer(answer: Answer) -> Plain:
    return {
        "id": answer.id,
        "assessment": answer.assessment_id,
        "interview": answer.interview_id,
        "dimension": answer.dimension_id,
        "respondent": answer.respondent_id,
        "answered_at": time(answer.answered_at),
        "kind": answer.kind.value,
        "level": answer.level,
        "evidence": {
            "strength": answer.evidence.strength.value,
            "link": answer.evidence.link,
            "given_at": time(answer.evidence.given_at),
            "verified_by": answer.evidence.verified_by,
            "verified_at": time(answer.evidence.verified_at),
        },
        "note": answer.note,
        "facts": dict(answer.facts),
        "reason": answer.reason,
        "approved_by": answer.approved_by,
        "unchanged": answer.unchanged,
        "replaces": answer.supersedes_id,
    }


def _commitment(commitment: Commitment) -> Plain:
    return {
        "id": commitment.id,
        "dimension": commitment.dimension_id,
        "person": commitment.person_id,
        "stage": commitment.stage,
        "taken_at": time(commitment.taken_at),
        "due": _day(commitment.due),
        "state": commitment.state.value,
    }


def _waiver(waiver: Waiver) -> Plain:
    return {
        "id": waiver.id,
        "dimension": waiver.dimension_id,
        "stage": waiver.stage,
        "asked_by": waiver.asked_by,
        "asked_at": time(waiver.asked_at),
        "approver": waiver.approver_id,
        "approved_at": time(waiver.approved_at),
        "until": time(waiver.until),
        "state": waiver.state.value,
        "ended_at": time(waiver.ended_at),
        "reason": waiver.reason,
        "refusal": waiver.refusal,
    }


def _trap(raised: RaisedTrap) -> Plain:
    return {
        "id": raised.id,
        "trap": raised.trap_id,
        "severity": raised.severity.value,
        "found_at": time(raised.found_at),
        "found_by": raised.found_by,
        "answers": list(raised.answer_ids),
    }


def _handover(step: Handover, remarks: Iterable[Remark]) -> Plain:
    return {
        "id": step.id,
        "assessment": step.assessment_id,
        "dimension": step.dimension_id,
        "from": step.from_id,
        "to": step.to_id,
        "at": time(step.at),
        "returned": step.returned,
        "words": _words(step.id, remarks),
    }


def _contest(contest: Contest, remarks: Iterable[Remark]) -> Plain:
    return {
        "id": contest.id,
        "assessment": contest.assessment_id,
        "dimension": contest.dimension_id,
        "opened_at": time(contest.opened_at),
        "settled_at": time(contest.settled_at),
        "settled_by": contest.settled_by,
        "how": contest.how.value if contest.how else None,
        "words": _words(contest.id, remarks),
    }


def _claim(claim: Claim) -> Plain:
    return {
        "id": claim.id,
        "blocker": claim.blocker_id,
        "person": claim.person_id,
        "claimed_at": time(claim.claimed_at),
        "words": claim.words,
        "link": claim.link,
        "state": claim.state.value,
        "ended_at": time(claim.ended_at),
    }


def _doubt(doubt: Remark) -> Plain:
    return {
        "id": doubt.id,
        "answer": doubt.subject,
        "person": doubt.author_id,
        "said_at": time(doubt.said_at),
        "words": doubt.words,
    }


def _correction(trap_id: str, correction: Correction) -> Plain:
    return {
        "id": correction.id,
        "trap": trap_id,
        "person": correction.person_id,
        "said_at": time(correction.said_at),
        "words": correction.text,
        "answers": list(correction.answer_ids),
    }


def _words(subject: str, remarks: Iterable[Remark]) -> str:
    return "\n".join(remark.words for remark in remarks if remark.subject == subject)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
