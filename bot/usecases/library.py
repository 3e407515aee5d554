"""What comes with the process: frameworks as values, read once, as a version never changes; holidays; link hosts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from threading import Lock

from bot.readiness.framework import Framework
from bot.readiness.framework_versions import FrameworkKey, FrameworkMissing, key_of, pin_of
from bot.usecases.ports import Transaction

FRAMEWORKS_KEPT = 64
PINS_KEPT = 20_000
"""A pin is three short strings: two megabytes in all."""


class ProcessLibrary:
    """Fulfils `ports.Library`; one for all threads of a process.

    `shipped` is the newest framework that Bridgehead brings, `older` gives all it ever brought, by key. `read` turns
    a text into a framework and raises FrameworkFaults; `reread` does so for a text that was accepted once. `holidays`
    gives those of a region and year, and raises KeyError for a region it does not know. `next_run` and `check_rule`
    read cron rules. `link_hosts` are those whose links may be looked at.
    """

    def __init__(
        self,
        shipped: Framework,
        older: Callable[[], Mapping[FrameworkKey, Framework]],
        read: Callable[[str], Framework],
        reread: Callable[[str], Framework],
        *,
        holidays: Callable[[str, int], Mapping[date, str]],
        next_run: Callable[[str, str, datetime], datetime | None],
        check_rule: Callable[[str, str, datetime], None],
        link_hosts: Sequence[str] = (),
    ) -> None:
        self.shipped = shipped
        self.link_hosts = tuple(link_hosts)
        self.holidays, self.next_run, self.check_rule = holidays, next_run, check_rule
        self._older, self._read, self._reread = older, read, reread
        self._lock = Lock()
        self._stored: dict[tuple[str, FrameworkKey], Framework] = {}
        self._pins: dict[tuple[str, str], FrameworkKey] = {}

    def read(self, text: str) -> Framework:
        """The framework in a text that somebody brings. Raises FrameworkFaults with every fault."""
        return self._read(text)

    def current(self, tx: Transaction) -> Framework:
        """What new assessments of this tenant are asked by: its choice, else the newest shipped."""
        chosen = tx.frameworks.current
        return self.shipped if chosen is None else self.of(tx, chosen)

    def of(self, tx: Transaction, key: FrameworkKey) -> Framework:
        """One version: what the tenant brought comes before what is shipped. Raises FrameworkMissing."""
        if tx.frameworks.current is None and key == key_of(self.shipped):
            return self.shipped
        place = (tx.tenant_id, key)
        found = self._stored.get(place)
        if found is None:
            found = self._found(tx, key)
            with self._lock:
                if len(self._stored) >= FRAMEWORKS_KEPT:
                    del self._stored[next(iter(self._stored))]
                self._stored[place] = found
        return found

    def of_assessment(self, tx: Transaction, assessment_id: str) -> Framework:
        """What an assessment is pinned to; asked of the database once per process."""
        return self.of(tx, self._pin(tx, assessment_id, lambda: pin_of(tx.assessments.get(assessment_id))))

    def of_milestone(self, tx: Transaction, milestone_id: str) -> Framework:
        """What a milestone is pinned to; asked of the database once per process."""
        return self.of(tx, self._pin(tx, milestone_id, lambda: pin_of(tx.milestones.get(milestone_id))))

    def all_shipped(self) -> Mapping[FrameworkKey, Framework]:
        """Everything that Bridgehead brings, the newest included."""
        return {**self._older(), key_of(self.shipped): self.shipped}

    def _pin(self, tx: Transaction, subject_id: str, look: Callable[[], FrameworkKey]) -> FrameworkKey:
        place = (tx.tenant_id, subject_id)
        found = self._pins.get(place)
        if found is None:
            found = look()
            with self._lock:
                if len(self._pins) >= PINS_KEPT:
                    self._pins.clear()
                self._pins[place] = found
        return found

    def _found(self, tx: Transaction, key: FrameworkKey) -> Framework:
        text = tx.frameworks.text(key)
        if text is not None:
            return self._reread(text)
        shipped = self.all_shipped()
        if key not in shipped:
            raise FrameworkMissing(key, shipped)
        return shipped[key]
