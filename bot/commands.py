"""The table of commands. Help, the manifests and the documentation are generated from it."""

import difflib
from collections.abc import Mapping
from dataclasses import replace

from bot.chat.incoming import Command
from bot.readiness.cards import HelpCard, HelpRow
from bot.readiness.filters import FiltersRefused, looks_like_filters
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.typed_times import is_absence, is_snooze
from bot.rows import May, Row
from bot.usecases import (
    absences,
    administration,
    assessments,
    connecting,
    digest_settings,
    erasure,
    exports,
    frameworks,
    history,
    imports,
    interviews,
    ledger,
    levers,
    nudges,
    own_answers,
    own_schedule,
    people,
    pictures,
    portfolio,
    portfolio_lists,
    projects,
    questionnaire,
    reports,
    saved_filters,
    schedules,
    simulations,
    snoozes,
    whatif,
)
from bot.usecases.ports import Context


def start(context: Context, command: Command) -> object:
    """Start an assessment of the named project; people mentioned are asked as well."""
    invited = people.people_named(context, command.text)
    named = replace(command, text=people.without_mentions(command.text))
    return assessments.start(context, projects.named(context, named), invited)


def schedule(context: Context, command: Command) -> object:
    """One's own next messages; with a project, how often that is assessed."""
    if command.text.strip():
        return schedules.of_project(context, command)
    return own_schedule.own_schedule(context, command)


def find(context: Context, command: Command) -> object:
    """The projects that filters mean. One word that is none may be a command with a slip in it."""
    known = saved_filters.listed(context, command.text)
    if known is not None:
        return known
    try:
        return portfolio_lists.listed(context, command)
    except FiltersRefused:
        if len(command.text.split()) != 1 or looks_like_filters(command.text):
            raise
        raise unknown_command("portfolio", command.text.strip()) from None


def save(context: Context, command: Command) -> object:
    """Keep filters under a name that is no word of the table, as that would be found first."""
    name = command.text.strip().partition(" ")[0].lower()
    if name and (name in PORTFOLIO or name in MEANT or looks_like_filters(name)):
        raise Refused(Refusal.NOT_A_NAME, word=name)
    return saved_filters.save(context, command)


READINESS: Mapping[str, Row[Command]] = {
    "new": Row(projects.new_form, reads=True, opens_form=True),
    "edit": Row(projects.edit_form, "<project>", reads=True, opens_form=True, may=May.OWNER),
    "start": Row(start, "<project> [@people]", may=May.OWNER),
    "resume": Row(lambda context, _: interviews.resume(context), may=May.ASKED),
    "pause": Row(lambda context, _: interviews.pause(context), may=May.ASKED),
    "skip": Row(lambda context, _: interviews.skip(context), may=May.ASKED),
    "back": Row(lambda context, _: interviews.back(context), may=May.ASKED),
    "form": Row(
        questionnaire.asked_form,
        "[project]",
        reads=True,
        opens_form=True,
        offer=questionnaire.offer,
        may=May.ASKED,
    ),
    "answers": Row(own_answers.asked_answers, "[project]", reads=True, may=May.ASKED),
    "status": Row(portfolio.status, "<project>", reads=True),
    "why": Row(portfolio.why, "<project>", reads=True, may=May.READER),
    "blockers": Row(portfolio.blockers, "<project>", reads=True),
    "whatif": Row(whatif.whatif, "<project> [D4=3 ...]", reads=True, may=May.READER),
    "history": Row(history.history, "<project> [1 2]", reads=True),
    "report": Row(reports.ask_report, "<project>", may=May.READER),
    "export": Row(exports.ask_export, "[<project>]"),
    "simulate": Row(simulations.ask_simulation, "[60d]", takes=simulations.is_days),
    "move": Row(projects.move_choices, "<project>", reads=True, may=May.OWNER),
    "here": Row(projects.bind_here, "<project>", public=True, may=May.OWNER),
    "schedule": Row(schedule, "[<project> [cadence]]"),
    "away": Row(absences.away, "[@person] [until friday|2026-12-20..2027-01-03|clear]", takes=is_absence),
    "snooze": Row(snoozes.snooze, "1h|2d|tomorrow|off", takes=is_snooze),
    "nudge": Row(nudges.nudge, "<project>", may=May.OVERSEER),
    "digest": Row(digest_settings.of_project, "<project> [off|on]", may=May.OWNER),
    "archive": Row(projects.archive_question, "<project>", reads=True, may=May.OWNER),
    "connect": Row(connecting.connect, "[code]", takes=connecting.is_code),
    "roles": Row(projects.roles, "[@person manager|admin|none]", may=May.ADMIN),
    "erase": Row(erasure.ask_erasure, "@person", reads=True, may=May.ADMIN),
    "settings": Row(administration.settings_form, reads=True, opens_form=True, may=May.ADMIN),
    "audit": Row(administration.audit, "[<project>]", reads=True, may=May.ADMIN),
    "delivery": Row(ledger.delivery, "[@person]", reads=True),
    "framework": Row(frameworks.versions, reads=True, may=May.ADMIN),
    "framework show": Row(frameworks.show, "[id [version]]", reads=True, may=May.ADMIN),
    "framework import": Row(
        frameworks.import_form, reads=True, opens_form=True, may=May.ADMIN, spoken=frameworks.import_said
    ),
    "framework use": Row(frameworks.use, "<id> <version>", may=May.ADMIN),
    "help": Row(lambda _, command: help_card(command.text), "[topic]", reads=True),
}

PORTFOLIO: Mapping[str, Row[Command]] = {
    "": Row(portfolio.overview, reads=True),
    "map": Row(pictures.ask_map, "[filters|name]"),
    "flow": Row(pictures.ask_flow, "[12m|26w]"),
    "barriers": Row(pictures.ask_barriers),
    "compare": Row(pictures.ask_comparison, "<project> <project>", may=May.READER),
    "find": Row(find, "<filters|name>", reads=True),
    "save": Row(save, "<name> <filters>"),
    "saved": Row(saved_filters.saved, reads=True),
    "forget": Row(saved_filters.forget, "<name>"),
    "here": Row(digest_settings.here, "[weekly|off] [filters|name]", may=May.MANAGER),
    "levers": Row(levers.levers, reads=True),
    "digest": Row(digest_settings.of_portfolio, "[here|me|off]", may=May.MANAGER),
    "report": Row(exports.ask_portfolio_report, "[filters|name]"),
    "export": Row(exports.ask_portfolio_export, "[csv|json|html] [filters|name]"),
    "import": Row(imports.form, reads=True, opens_form=True, may=May.MANAGER, spoken=imports.said),
    "help": Row(lambda _, command: help_card(command.text), "[topic]", reads=True),
}

COMMANDS: Mapping[str, Mapping[str, Row[Command]]] = {"readiness": READINESS, "portfolio": PORTFOLIO}

MEANT: Mapping[str, str] = {
    "hilfe": "help",
    "heatmap": "map",
    "trend": "flow",
    "what-if": "whatif",
    "leverage": "levers",
    "hebel": "levers",
}
"""What people call a row as well."""

MENUS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "alone": (
        ("readiness", "resume"),
        ("readiness", "form"),
        ("readiness", "answers"),
        ("readiness", "new"),
        ("readiness", "start"),
        ("readiness", "status"),
        ("readiness", "blockers"),
        ("readiness", "schedule"),
        ("portfolio", ""),
        ("readiness", "help"),
    ),
    "together": (
        ("readiness", "status"),
        ("readiness", "why"),
        ("readiness", "blockers"),
        ("readiness", "history"),
        ("readiness", "start"),
        ("readiness", "report"),
        ("readiness", "here"),
        ("readiness", "digest"),
        ("portfolio", ""),
        ("readiness", "help"),
    ),
}
"""What a menu of commands offers, command and word, where a platform has one: alone with the bot, and among others."""

OTHERWISE: Mapping[str, str] = {"portfolio": "find"}
"""The row of a command that takes all words which begin with none of its own."""

REPLIES = frozenset({"back", "skip", "pause", "resume", "why"})
"""Words of the table that are replies to a question as well: alone, in direct messages, they mean the question."""


def row_of(table: Mapping[str, Row[Command]], text: str) -> tuple[Row[Command] | None, str, str]:
    """The row a command's words begin with, that word, and what stands behind it; two words go before one."""
    words = text.split(maxsplit=2)
    two = " ".join(words[:2]).lower()
    if len(words) > 1 and two in table:
        return table[two], two, " ".join(words[2:])
    word, _, rest = text.strip().partition(" ")
    return table.get(MEANT.get(word.lower(), word.lower())), word, rest.strip()


def help_card(topic: str) -> HelpCard:
    """Every command, or one of them; a topic that is none gets the nearest."""
    word = topic.strip().lstrip("/").lower()
    rows = tuple(
        HelpRow(name, word, row.usage)
        for name, table in COMMANDS.items()
        for word, row in table.items()
        if not (name == "portfolio" and word == "help")
    )
    named = tuple(row for row in rows if word and word in (row.word, row.word.partition(" ")[0], row.command))
    if word and not named:
        raise unknown_command("readiness", word)
    return HelpCard(named or rows, topic=word)


def unknown_command(name: str, word: str) -> Refused:
    """What to say to a word that no table has, with the nearest one."""
    near = difflib.get_close_matches(word.lower(), [known for known in COMMANDS[name] if known], n=1, cutoff=0.5)
    return Refused(Refusal.UNKNOWN_COMMAND, command=name, word=word, nearest=near[0] if near else "")
