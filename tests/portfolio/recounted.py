"""Every number of the overview, from an exported JSON file alone: plain Python, without a line of the product.

Whoever holds the file can check what the overview says. The rules are those of `docs/readiness.md` and
`docs/leverage.md`, written a second time.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Plain = dict[str, Any]

SEVERITIES = ("low", "medium", "high", "critical")
BLOCK = ("high", "critical")
AHEAD = "ahead_of_readiness"
BEGAN = ("found", "reopened", "escalated", "uncovered", "severity")
"""What happened to a blocker where it is critical from then on."""


class Recount:
    """What a file says, as of when it was made."""

    def __init__(self, export: Plain) -> None:
        self.framework = export["framework"]
        self.now = datetime.fromisoformat(export["made_at"])
        self.today = self.now.astimezone(ZoneInfo(export["zone"])).date()
        self.midnight = datetime.combine(self.today, datetime.min.time(), ZoneInfo(export["zone"]))
        self.active = [each for each in export["projects"] if each["archived_at"] is None]
        self.everyone = export["projects"]

    def overview(self) -> Plain:
        """Each number by its name; a list has its first rows, and how many there are."""
        assessed = [each for each in self.active if each["standing"]]
        return {
            "total": len(self.active),
            "unassessed": len(self.active) - len(assessed),
            "stages": _counted(each["standing"]["stage"] for each in assessed),
            "exposures": _counted(each["exposure"] for each in self.active),
            "ahead": sum(each["standing"]["standing"] == AHEAD for each in assessed),
            "organization": self.organization(),
            "rated by others": self.rated_by_others(assessed),
            "moved": self.moved(),
            "became critical": self.became_critical(),
            "changed": len([each for each in assessed if self.changed(each)]),
            "barriers": self.barriers(),
            "under no barrier": sum(each["barrier"] not in self._named() for _, each in self._blocking()),
            "shared": self.shared(assessed),
            "blockers": self.blockers(),
            "lever": self.lever(),
            "late": sum(self._is_late(each) for project in self.active for each in project["assessments"]),
            "overdue": sum(self._is_overdue(each) for project in self.active for each in project["commitments"]),
            "waivers": sum(len(self.waived(each)) for each in self.active),
            "debtors": sum(bool(self.waived(each)) for each in self.active),
            "rows": [self._row(each) for each in sorted(self.active, key=_urgency)[:10]],
            "forecasts": _counted(_outcome(made) for each in self.everyone for made in each["forecasts"]),
        }

    def waived(self, project: Plain) -> list[str]:
        """The dimensions of its waivers that are in force."""
        return [
            each["dimension"]
            for each in project["waivers"]
            if each["approved_at"] is not None
            and each["ended_at"] is None
            and datetime.fromisoformat(each["approved_at"]) <= self.now < datetime.fromisoformat(each["until"])
        ]

    def organization(self) -> Plain:
        """The stage, and the first condition that fails with who is behind it."""
        for stage, name, have, need, behind in self._conditions():
            if have < need:
                keys = sorted(each["key"] for each in behind)
                return {"stage": stage - 1, "fails": name, "have": have, "need": need, "behind": _first(keys, 3)}
        return {"stage": 5, "fails": None}

    def _conditions(self) -> list[tuple[int, str, int, int, list[Plain]]]:
        everyone = self.active
        seen = [each for each in everyone if each["exposure"] >= 2]
        live = [each for each in everyone if each["exposure"] >= 3]
        founded = [each for each in seen if each["standing"] and each["standing"]["founded"]]
        steady = [each for each in live if not _is_beyond(each)]
        grown = [each for each in live if _stage(each) >= 4]
        old = [each for each in everyone if self._has_old_critical(each)]
        teams = {each["team"] or each["id"] for each in everyone if _stage(each) >= 4}
        functions = {each["business_function"] or each["id"] for each in everyone if _stage(each) >= 5}
        beyond = [each for each in everyone if _is_beyond(each)]
        elsewhere = [each for each in everyone if (each["team"] or each["id"]) not in teams]
        unserved = [each for each in everyone if (each["business_function"] or each["id"]) not in functions]
        at_least = {stage: sum(_stage(each) >= stage for each in everyone) for stage in (2, 3)}
        return [
            (2, "one_at_two", at_least[2], 1, _nearest(everyone, 2)),
            (2, "half_founded", len(founded), (len(seen) + 1) // 2, [each for each in seen if each not in founded]),
            (3, "one_at_three", at_least[3], 1, _nearest(everyone, 3)),
            (4, "two_teams_at_four", len(teams), 2, _nearest(elsewhere, 4)),
            (4, "most_in_step", len(steady), (4 * len(live) + 4) // 5, [each for each in live if _is_beyond(each)]),
            (4, "no_old_critical", -bool(old), 0, old),
            (5, "half_at_four", len(grown), (len(live) + 1) // 2, [each for each in live if _stage(each) < 4]),
            (5, "three_functions_at_five", len(functions), 3, _nearest(unserved, 5)),
            (5, "all_in_step", -len(beyond), 0, beyond),
            (5, "sponsor_statement", 0, 1, []),
        ]

    def _has_old_critical(self, project: Plain) -> bool:
        found = [each for each in _open(project) if each["severity"] == "critical"]
        return any(self.now - _since(each) > timedelta(days=30) for each in found)

    def rated_by_others(self, assessed: list[Plain]) -> Plain:
        """Which other frameworks made results, and how many."""
        made_by = [f"{each['standing']['framework']} {each['standing']['framework_version']}" for each in assessed]
        return _counted(each for each in made_by if each != f"{self.framework['id']} {self.framework['version']}")

    def moved(self) -> Plain:
        """Whose stage is another than a week ago: those that fell first, first results last."""
        found = []
        for project in self.active:
            taken = project["milestones"]
            before = [each for each in taken if self.now - _at(each, "taken_at") >= timedelta(days=7)]
            if len(before) == len(taken):
                continue
            now, then = taken[-1]["stage"], before[-1]["stage"] if before else None
            if then != now:
                found.append((then is None, now - then if then else 0, project["key"], then, now))
        return _first([[key, then, now] for *_, key, then, now in sorted(found, key=lambda each: each[:3])], 3)

    def became_critical(self) -> Plain:
        """What became critical within a week, and still is."""
        found = [
            (_since(each), project["key"], each["dimension"])
            for project, each in self._open_blockers()
            if each["severity"] == "critical"
            and any(
                event["severity"] == "critical"
                and event["what"] in BEGAN
                and timedelta(0) <= self.now - _at(event, "at") < timedelta(days=7)
                for event in each["history"]
            )
        ]
        return _first([[key, dimension] for _, key, dimension in sorted(found)], 3)

    def changed(self, project: Plain) -> bool:
        """Whether stage, index or blockers became other in these days, as its milestones have it."""
        told = [(_at(each, "taken_at"), _told(each)) for each in project["milestones"]]
        since, last = told[-1]
        for at, said in reversed(told):
            if said != last:
                break
            since = at
        return since >= self.midnight - timedelta(days=7)

    def barriers(self) -> list[list[Any]]:
        """Those that the framework names: blockers, projects, the worst; the one that holds most projects first."""
        blockers: Counter[str] = Counter()
        projects: dict[str, set[str]] = {}
        worst: dict[str, int] = {}
        for project, level in self._blocking():
            barrier = level["barrier"]
            blockers[barrier] += 1
            projects.setdefault(barrier, set()).add(project["id"])
            worst[barrier] = max(worst.get(barrier, 0), SEVERITIES.index(level["severity"]))
        order = sorted(blockers, key=lambda each: (-len(projects[each]), -worst[each], -blockers[each], each))
        return [
            [each, blockers[each], len(projects[each]), SEVERITIES[worst[each]]]
            for each in order
            if each in self._named()
        ]

    def shared(self, assessed: list[Plain]) -> list[str]:
        """Dimensions that block half of the projects that want to move on, and more than one."""
        usual = {each["number"]: each["usual_target"] for each in self.framework["stages"]}
        advancing = [each for each in assessed if (each["target"] or usual[each["exposure"]]) > each["exposure"]]
        counts = Counter(each["dimension"] for project, each in self._open_blockers() if project in advancing)
        known = {each["id"] for each in self.framework["dimensions"]}
        return sorted(each for each in counts if each in known and 2 <= counts[each] >= len(advancing) / 2)

    def blockers(self) -> Plain:
        """The heaviest, then the oldest: whose, how old, who has taken it on, and how long that is overdue."""
        found = sorted(
            self._open_blockers(),
            key=lambda pair: (
                -SEVERITIES.index(pair[1]["severity"]),
                _since(pair[1]),
                pair[1]["dimension"],
                pair[1]["id"],
            ),
        )
        rows = []
        for project, each in found[:5]:
            held = [one for one in project["commitments"] if one["dimension"] == each["dimension"]]
            due = datetime.fromisoformat(held[0]["due"]).date() if held and held[0]["due"] else None
            rows.append(
                [
                    project["key"],
                    each["dimension"],
                    each["severity"],
                    (self.now - _since(each)).days,
                    held[0]["person"] if held else None,
                    max(0, (self.today - due).days) if due else 0,
                ]
            )
        return {"first": rows, "total": len(self._blocking())}

    def lever(self) -> list[Any] | None:
        """The dimension that alone lifts most projects: how many rise, by how much, and how many may move then."""
        risen: Counter[str] = Counter()
        stages: Counter[str] = Counter()
        opened: Counter[str] = Counter()
        for project in self.active:
            carries = {each["dimension"]: each["carries"] for each in project["levels"]}
            if not carries:
                continue
            card = project["milestones"][-1]["scorecard"]
            before = min(carries.values())
            aim = card["exposure"] if before < card["exposure"] else card["next_stage"]
            short = [each for each, stage in carries.items() if stage == before]
            if aim is None or before >= aim or len(short) > 1:
                continue
            rest = [stage for each, stage in carries.items() if each != short[0]]
            if before < card["exposure"]:
                risen[short[0]] += 1
                stages[short[0]] += min([aim, *rest]) - before
            else:
                opened[short[0]] += 1
        order = sorted(risen | opened, key=lambda each: (-risen[each] - opened[each], -stages[each], each))
        return [order[0], risen[order[0]], stages[order[0]], opened[order[0]]] if order else None

    def _named(self) -> set[str]:
        return {each["id"] for each in self.framework["barriers"]}

    def _blocking(self) -> list[tuple[Plain, Plain]]:
        """The levels that block their projects, and are not waived."""
        return [
            (project, each)
            for project in self.active
            for each in project["levels"]
            if each["severity"] in BLOCK and each["dimension"] not in self.waived(project)
        ]

    def _open_blockers(self) -> list[tuple[Plain, Plain]]:
        """The same as they were found."""
        return [
            (project, each)
            for project in self.active
            for each in _open(project)
            if each["dimension"] not in self.waived(project)
        ]

    def _is_late(self, assessment: Plain) -> bool:
        return assessment["state"] == "open" and _at(assessment, "deadline") < self.now

    def _is_overdue(self, commitment: Plain) -> bool:
        return commitment["due"] is not None and datetime.fromisoformat(commitment["due"]).date() < self.today

    def _row(self, project: Plain) -> list[Any]:
        """Key, stage, waivers, exposure, blockers that count, standing, when."""
        standing, waived = project["standing"], self.waived(project)
        if standing is None:
            return [project["key"], None, project["exposure"]]
        covered = sum(each["dimension"] in waived for each in _open(project))
        counting = standing["blockers"] - covered
        return [
            project["key"],
            standing["stage"],
            project["exposure"],
            len(waived),
            counting,
            standing["standing"],
            standing["assessed_at"],
        ]


def _open(project: Plain) -> list[Plain]:
    return [each for each in project["blockers"] if each["cleared_at"] is None]


def _since(blocker: Plain) -> datetime:
    return _at(blocker, "reopened_at" if blocker["reopened_at"] else "found_at")


def _at(plain: Plain, name: str) -> datetime:
    return datetime.fromisoformat(plain[name])


def _told(milestone: Plain) -> tuple[int, int, list[tuple[str, str]]]:
    findings = milestone["scorecard"]["findings"]
    heavy = sorted((each["dimension_id"], each["severity"]) for each in findings if each["severity"].lower() in BLOCK)
    return milestone["stage"], milestone["index"], heavy


def _outcome(forecast: Plain) -> str:
    return forecast["verdict"]["outcome"] if forecast["verdict"] else "open"


def _stage(project: Plain) -> int:
    """What is unknown counts for nothing."""
    return project["standing"]["stage"] if project["standing"] else 1


def _is_beyond(project: Plain) -> bool:
    return bool(project["exposure"] > _stage(project))


def _nearest(projects: list[Plain], below: int) -> list[Plain]:
    """The highest of those below a stage."""
    lower = [each for each in projects if _stage(each) < below]
    highest = max(map(_stage, lower), default=0)
    return [each for each in lower if _stage(each) == highest]


def _urgency(project: Plain) -> tuple[bool, int, int, str]:
    """Ahead of readiness first, then the most blocked; waived ones count as well here."""
    standing = project["standing"] or {"standing": "", "critical": 0, "blockers": 0}
    return standing["standing"] != AHEAD, -standing["critical"], -standing["blockers"], project["key"]


def _counted(values: Any) -> Plain:
    return dict(sorted(Counter(values).items()))


def _first(rows: list[Any], most: int) -> Plain:
    return {"first": rows[:most], "total": len(rows)}
