"""A person is forgotten: name, account and words go; the facts that carry their id stay."""

from sqlalchemy import or_, select

from storage.addresses import ADDRESS, SHELVED
from storage.assessments import ANSWER, INTERVIEW
from storage.assessments import TEXT as ANSWER_TEXT
from storage.bound import Bound
from storage.calendar import ABSENCE, APPOINTMENT, PREFERENCES
from storage.digests import SUBSCRIPTION
from storage.due import OUTBOX, SLOT
from storage.gaps import CLAIM, WAIVER
from storage.people import ACCOUNT, CODE, PERSON
from storage.remarks import REMARK
from storage.saved import SAVED
from storage.traps import CORRECTION
from storage.traps import TEXT as CORRECTION_TEXT


class Erasure:
    """Fulfils `ports.Erasure`."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def person(self, person_id: str, pseudonym: str) -> None:
        """Blank the person, delete their accounts and words, and drop what was still to be sent to them."""
        bound = self._bound
        blank = {"name": pseudonym, "timezone": "UTC", "language": ""}
        bound.update(PERSON, person_id, {**blank, "is_admin": False, "is_manager": False, "home_opened": False})
        theirs = select(ACCOUNT.c.platform_user).where(bound.mine(ACCOUNT), ACCOUNT.c.person_id == person_id)
        bound.delete(ADDRESS, ADDRESS.c.whose.in_(theirs))
        bound.delete(SHELVED, SHELVED.c.whose.in_(theirs))
        bound.delete(CODE, CODE.c.person_id == person_id)
        bound.delete(ACCOUNT, ACCOUNT.c.person_id == person_id)
        bound.delete(PREFERENCES, PREFERENCES.c.person_id == person_id)
        bound.change(PREFERENCES, {"backup_id": None}, PREFERENCES.c.backup_id == person_id)
        bound.delete(ABSENCE, ABSENCE.c.person_id == person_id)
        digests = select(SUBSCRIPTION.c.id).where(bound.mine(SUBSCRIPTION), SUBSCRIPTION.c.person_id == person_id)
        bound.delete(APPOINTMENT, or_(APPOINTMENT.c.subject == person_id, APPOINTMENT.c.subject.in_(digests)))
        bound.delete(SUBSCRIPTION, SUBSCRIPTION.c.person_id == person_id)
        bound.delete(SAVED, SAVED.c.person_id == person_id)
        answers = select(ANSWER.c.id).where(bound.mine(ANSWER), ANSWER.c.respondent_id == person_id)
        bound.delete(ANSWER_TEXT, ANSWER_TEXT.c.answer_id.in_(answers))
        bound.change(INTERVIEW, {"notes": {}}, INTERVIEW.c.respondent_id == person_id)
        bound.change(REMARK, {"words": ""}, REMARK.c.author_id == person_id)
        corrections = select(CORRECTION.c.id).where(bound.mine(CORRECTION), CORRECTION.c.person_id == person_id)
        bound.delete(CORRECTION_TEXT, CORRECTION_TEXT.c.correction_id.in_(corrections))
        bound.change(CLAIM, {"words": "", "link": ""}, CLAIM.c.person_id == person_id)
        bound.change(WAIVER, {"reason": ""}, WAIVER.c.asked_by == person_id)
        bound.change(WAIVER, {"refusal": ""}, WAIVER.c.approver_id == person_id)
        self._messages(person_id)

    def _messages(self, person_id: str) -> None:
        """What was sent keeps what it was about, and forgets to whom it went; all else goes, what is on its way too."""
        theirs = OUTBOX.c.person_id == person_id
        streams = select(OUTBOX.c.stream).where(self._bound.mine(OUTBOX), theirs)
        self._bound.delete(SLOT, SLOT.c.stream.in_(streams))
        self._bound.delete(OUTBOX, theirs, OUTBOX.c.state.not_in(["sent", "dropped"]))
        forgotten: dict[str, object] = {"platform_user": None, "parameters": {}, "stream": "", "ref": None}
        self._bound.change(OUTBOX, forgotten, theirs)
