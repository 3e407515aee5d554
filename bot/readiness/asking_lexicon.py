"""The words of questions, English and German, and what each says; what a framework calls its things is not here.

A phrase is words set apart by spaces, phrases by `|`; `*` is any ending, small words may stand between the words.
Umlauts are written out, as they are compared (`bot.readiness.asking_words.fold`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any

from bot.readiness.asking import Ask
from bot.readiness.asking_words import Phrase, Phrases, phrase_words
from bot.readiness.query import Flag, Number, Order, Sign


class Sort(Enum):
    """What kind of thing a word says; in brackets what its value is.

    ASK (Ask) what is wanted · ALL everything · OWNS whose it is · DEFINES what a word means, or what the bot does
    FLAG (Flag) · SEVERITY (its name) · EXPOSED (sign, number) who is exposed · NUMBER (Number) · LEVEL of a dimension
    SIGN (Sign) before a number · AFTER (Sign) behind it · AMOUNT (int) · BETWEEN two of them
    ORDER (Order, descending) · BY what is sorted · TOP, MOST, LEAST, WORST, BEST the end of an order
    NOT denies · NO denies that it is there · OR, AND
    CHANGED ("up", "down" or None) · NEWS · ASSESSED when it got a result · TIME (Span)
    PROJECTS the word itself · MINE · STRAY what no filter tells of, though it sounds so
    PROJECT, TEAM, FUNCTION, OWNER, BARRIER, DIMENSION, STAGE (key, name, id or number) by what they are called
    """

    ASK = auto()
    ALL = auto()
    OWNS = auto()
    DEFINES = auto()
    FLAG = auto()
    SEVERITY = auto()
    EXPOSED = auto()
    NUMBER = auto()
    LEVEL = auto()
    SIGN = auto()
    AFTER = auto()
    AMOUNT = auto()
    BETWEEN = auto()
    ORDER = auto()
    BY = auto()
    TOP = auto()
    MOST = auto()
    LEAST = auto()
    WORST = auto()
    BEST = auto()
    NOT = auto()
    NO = auto()
    OR = auto()
    AND = auto()
    CHANGED = auto()
    NEWS = auto()
    ASSESSED = auto()
    TIME = auto()
    PROJECTS = auto()
    STRAY = auto()
    MINE = auto()
    PROJECT = auto()
    TEAM = auto()
    FUNCTION = auto()
    OWNER = auto()
    BARRIER = auto()
    DIMENSION = auto()
    STAGE = auto()


NAMES = (Sort.PROJECT, Sort.TEAM, Sort.FUNCTION, Sort.OWNER, Sort.BARRIER, Sort.DIMENSION, Sort.STAGE)


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase says."""

    sort: Sort
    value: Any = None


BLOCKED = Cue(Sort.FLAG, Flag.BLOCKED)
ONE_PROJECT = Cue(Sort.PROJECTS, "one")
NEITHER = Cue(Sort.NOT, "all")

_AMOUNTS = (
    "zero|null",
    "one|eins",
    "two|zwei",
    "three|drei",
    "four|vier",
    "five|fuenf",
    "six|sechs",
    "seven|sieben",
    "eight|acht",
    "nine|neun",
    "ten|zehn",
)

LEXICON: Mapping[Cue, str] = {
    # what is wanted
    Cue(Sort.ASK, Ask.LIST): """
        which|what|show|list|where|any|anything|give|display|are there|is there|name|find|those|ones|welche*|was|wo
        |woran|womit|wofuer|zeig*|liste|nenn*|gib|gibt es|irgendwelche
    """,
    Cue(Sort.ASK, Ask.COUNT): "how many|how much|number of|count|wie viele|wieviele|wieviel|wie viel|anzahl|zahl der",
    Cue(Sort.ASK, Ask.PEOPLE): "who|whose|whom|people|persons|wer|wen|wem|wessen|personen|leute",
    Cue(Sort.ASK, Ask.WHY): """
        why|how come|for what reason|what is the reason|warum|wieso|weshalb|aus welchem grund|wie kommt es
    """,
    Cue(Sort.ASK, Ask.COMPARE): """
        compare*|comparison|vs|versus|difference*|differ|side by side|next to|further along|better than|worse than
        |vergleich*|verglichen|unterschied*|gegenueber*|gegen|against|weiter als|besser als|schlechter als
    """,
    Cue(Sort.ASK, Ask.HISTORY): """
        history|developed|develop|evolved|over time|progress|progressed|verlauf|entwickelt|entwicklung|historie
        |fortschritt*
    """,
    Cue(Sort.ASK, Ask.STATUS): """
        how is|how are|how does|doing|stand|stands|standing|state of|status|situation|going|tell about|what about
        |up with|need|needs|missing to|get to|wie steht|stehen|wie laeuft|wie geht|steht|sieht aus|wie sieht
        |fehlt bis|fehlt zu|fehlt noch|next step*|naechste* schritt*
    """,
    Cue(Sort.ASK, Ask.LEVERAGE): """
        help most|helps most|help the most|fix first|solve first|tackle first|work on first|address first|lever
        |biggest lever|leverage|if solved|lift* most projects|lift* most|unblock* most|most impact|biggest impact
        |biggest effect|put effort|invest|where to start|start first|move the needle|am meisten helfen
        |hilft am meisten|am meisten bringen|bringt am meisten|am meisten erreichen|hebel|groessten hebel
        |groesster hebel|als erstes angehen|zuerst angehen|zuerst loesen|zuerst beheben|groesste wirkung
        |hebt die meisten|am meisten bewirken
    """,
    Cue(Sort.ASK, Ask.OVERVIEW): """
        where do we stand|how do we stand|how are we doing|how are things|overview|big picture|portfolio
        |organization|organisation|company|whole picture|biggest barrier*|biggest obstacle*|biggest problem*
        |worst barrier*|main barrier*|top barrier*|biggest blocker*|weakest dimension*|most common blocker*
        |common blocker*|most common barrier*|haeufigste* blocker|haeufigste* huerde*|schwaechste dimension
        |strongest barrier*|barrier is worst|barriers are worst|barrier is biggest|biggest hurdle*|wo stehen wir
        |wie stehen wir|ueberblick|uebersicht|gesamtbild|firma|unternehmen|groesste huerde*|groessten huerde*
        |groesstes hindernis|groesste problem*|groesstes problem*|groesste hindernis
    """,
    Cue(Sort.ASK, Ask.HEATMAP): "heatmap*|heat map*|heat-map*",
    Cue(Sort.ASK, Ask.TREND): """
        trend|trends|stages develop*|stages over time|stage flow|portfolio develop*|stages changed over time
        |stufen entwickelt|entwicklung der stufen|stufen ueber die zeit
    """,
    Cue(Sort.ASK, Ask.WHATIF): "what if|what would happen if|suppose|was waere wenn|was wenn|angenommen",
    Cue(Sort.ALL): "all|everything|every|alle|alles|saemtliche|whole list",
    Cue(Sort.OWNS): """
        own|owns|owned|owner|owners|responsible|in charge|belong*|verantwortet|verantwortlich*|gehoert|gehoeren
        |zustaendig|inhaber
    """,
    Cue(Sort.DEFINES): """
        what is a|what is an|what can you|what do you|who are you|mean|means|meaning|bedeutet|heisst|definition of
        |explain|how do i|how can i|how to|was ist ein|was ist eine|was kannst|wer bist|wie kann ich|erklaer*
        |wie mache ich
    """,
    # what a project is
    BLOCKED: """
        blocked|blocker|blockers|blocking|blocks|block|stuck|held up|held back|held|hold|holds|holding|keeps|hung up
        |stopped by|stalled|struggle*|struggling|suffer*|fail|fails|failing|hampered|problem|problems|issue|issues
        |trouble|troubles|barrier|barriers|challenge|challenges|gap|gaps|obstacle*|hurdle*|bottleneck*|in the way
        |blockiert|blockierte*|blockieren|blockade*|haengt|haengen|haengt fest|haengen fest|festhaengen|klemmt|hakt
        |scheitert|scheitern|stockt|stocken|steckt fest|stecken fest|haelt|halten|hindert|bremst|gebremst|probleme
        |problemen|huerde|huerden|hindernis*|schwierigkeit*|luecke|luecken|liegt an
    """,
    Cue(Sort.FLAG, Flag.OVERDUE): """
        overdue|late|past due|past their due date|behind schedule|in arrears|owe|owes|not on time|missed deadline*
        |missed the deadline*|not delivered|ueberfaellig*|im verzug|verspaetet|zu spaet|im rueckstand|schuldet
        |schulden noch|frist verpasst
    """,
    Cue(Sort.FLAG, Flag.STALE): """
        stale|outdated|out of date|aged evidence|old evidence|evidence expired|expired|veraltet*|abgelaufen*
        |nicht mehr aktuell
    """,
    Cue(Sort.FLAG, Flag.WAIVED): """
        waiver|waivers|waived|live on waiver*|run on waiver*|leben von ausnahmen|exception|exceptions|ausnahme
        |ausnahmen|ausgenommen
    """,
    Cue(Sort.FLAG, Flag.AHEAD): """
        ahead|ahead of readiness|too early|too far ahead|outrun*|exposed too early|voraus|reife voraus|zu frueh
        |zu weit voraus
    """,
    Cue(Sort.FLAG, Flag.IN_STEP): "in step|on track|im plan|im takt|auf kurs",
    Cue(Sort.FLAG, Flag.READY): """
        ready|ready to advance|ready to move|ready for the next stage|ready for next step|move up
        |move up to the next stage|advance to the next stage|take the next step|next stage|bereit
        |bereit fuer die naechste stufe|reif fuer die naechste stufe|aufsteigen|naechste stufe
    """,
    Cue(Sort.FLAG, Flag.ADVANCING): "advancing|want to advance|wants to advance|aiming higher|wollen weiter",
    Cue(Sort.FLAG, Flag.UNASSESSED): """
        unassessed|never assessed|never been assessed|not assessed|not been assessed|no assessment
        |without assessment|no result|no results|without result|not rated|never rated|nie bewertet|noch nie bewertet
        |nicht bewertet|unbewertet|ohne bewertung|keine bewertung|kein ergebnis
    """,
    Cue(Sort.FLAG, Flag.ASKING): """
        being assessed|assessments open|open assessment*|assessment running|running assessment*|assessments running
        |assessment in progress|under assessment|in assessment|assessments are open|assessments in progress
        |in bewertung|bewertung laeuft|bewertungen laufen|laufende bewertung*|offene bewertung*
        |werden gerade bewertet
    """,
    Cue(Sort.FLAG, Flag.COMPOUNDING): "compounding|compounding barriers|several barriers at once|mehrere huerden",
    Cue(Sort.SEVERITY, "critical"): "critical|critical blocker*|critical ones|kritisch*|kritische blocker",
    Cue(Sort.SEVERITY, "high"): "high blocker*|high severity|severe|schwere blocker|schwerwiegend*|hohe blocker|high",
    Cue(Sort.EXPOSED, (Sign.LEAST, 3)): """
        real users|live|in production|in use|used by|users already|echte* anwender*|echte* nutzer*|produktiv
        |im einsatz|live geschaltet|in betrieb|laeuft live|laufen live
    """,
    Cue(Sort.EXPOSED, (Sign.IS, 4)): """
        broad users|broad use|broad deployment|many users|broadly used|breite* anwender*|breiten einsatz
        |breiter einsatz|viele anwender*|viele nutzer*
    """,
    Cue(Sort.EXPOSED, (Sign.IS, 5)): "embedded in decisions|fest eingebaut",
    # numbers
    Cue(Sort.NUMBER, Number.STAGE): "stage|stages|stufe|stufen",
    Cue(Sort.NUMBER, Number.READINESS): "readiness stage|readiness|reifestufe|reife",
    Cue(Sort.NUMBER, Number.EXPOSURE): "exposure|exposure level|reichweite",
    Cue(Sort.NUMBER, Number.TARGET): """
        target|target stage|aim for|aims for|aim for stage|aims for stage|aiming for|aiming for stage|aim at stage
        |want to reach stage|wants to reach stage|heading for stage|goal is stage|ziel|zielstufe|ziel stufe
        |wollen auf stufe|will auf stufe|streben stufe|anstreben
    """,
    Cue(Sort.NUMBER, Number.INDEX): "index|readiness index|indexwert",
    Cue(Sort.NUMBER, Number.AGE): "days old|tage alt",
    Cue(Sort.LEVEL): "level|levels|score|scores",
    Cue(Sort.SIGN, Sign.LESS): """
        below|under|less than|lower than|fewer than|smaller than|beneath|not reached|not yet reached|not made it to
        |unter|weniger als|niedriger als|kleiner als|unterhalb|noch nicht auf|noch nicht erreicht|noch nicht in|<
    """,
    Cue(Sort.SIGN, Sign.MORE): """
        above|over|more than|greater than|higher than|beyond|exceed*|larger than|bigger than|ueber|mehr als
        |hoeher als|groesser als|oberhalb|jenseits|>
    """,
    Cue(Sort.SIGN, Sign.LEAST): "at least|minimum|no less than|reached|made it to|mindestens|wenigstens|ab|>=",
    Cue(Sort.SIGN, Sign.MOST): "at most|up to|maximum|no more than|no higher than|hoechstens|bis zu|bis|maximal|<=",
    Cue(Sort.SIGN, Sign.IS): "exactly|genau|=",
    Cue(Sort.AFTER, Sign.LEAST): """
        or higher|or more|or better|or above|or beyond|or up|and up|and above|and higher|and beyond|and better
        |upwards|oder hoeher|oder mehr|oder besser|oder darueber|und hoeher|und mehr|und besser|und darueber
        |aufwaerts|erreicht
    """,
    Cue(Sort.AFTER, Sign.MOST): """
        or lower|or less|or below|or worse|and below|and lower|oder niedriger|oder weniger|oder darunter
        |und darunter
    """,
    Cue(Sort.BETWEEN): "between|from|zwischen|von",
    **{Cue(Sort.AMOUNT, number): words for number, words in enumerate(_AMOUNTS)},
    # order
    Cue(Sort.ORDER, (Order.AGE, True)): "oldest|oldest first|longest|aelteste*|am laengsten|am aeltesten",
    Cue(Sort.ORDER, (Order.AGE, False)): "newest|youngest|neueste*|juengste*",
    Cue(Sort.BY): "by|sorted by|sort by|ordered by|order by|ranked by|rank by|nach|sortiert nach|geordnet nach",
    Cue(Sort.TOP): "top|first|die ersten|ersten",
    Cue(Sort.MOST): "most|highest|largest|biggest|greatest|meiste*|hoechste*|groesste*",
    Cue(Sort.LEAST): "fewest|lowest|least|smallest|wenigste*|niedrigste*|kleinste*|geringste*",
    Cue(Sort.WORST): "worst|weakest|bottom|schlechteste*|schwaechste*",
    Cue(Sort.BEST): "best|strongest|beste*|staerkste*",
    # small words that carry the sense
    Cue(Sort.NOT): """
        not|never|isn't|aren't|hasn't|haven't|doesn't|don't|didn't|wasn't|weren't|other than|outside|except|but not
        |apart from|nicht|nie|ausser|ausserhalb
    """,
    NEITHER: "neither|weder",
    Cue(Sort.NO): """
        no|without|lack|lacks|lacking|missing|can't|cannot|can not|none|unable|have not got|kein*|ohne|fehlt|fehlen
        |fehlende*|mangelnde*|nicht vorhanden
    """,
    Cue(Sort.OR): "or|oder|either",
    Cue(Sort.AND): "and|nor|und|sowie|as well as",
    Cue(Sort.CHANGED): """
        changed|change|changes|changing|moved|moves|move|moving|happened|happen|shifted|different|geaendert
        |veraendert|aenderung*|veraenderung*|getan|bewegt|passiert|tat sich|gewandelt|geschehen
    """,
    Cue(Sort.CHANGED, "up"): """
        moved up|went up|gone up|climbed|rose|advanced|improve*|better|verbessert|besser|aufgestiegen|gestiegen
        |hochgestuft
    """,
    Cue(Sort.CHANGED, "down"): """
        moved down|went down|gone down|fell|fallen|drop|drops|dropped|worse|verschlechtert|schlechter|lost|verloren
        |slipped|gefallen|abgestiegen|gesunken
    """,
    Cue(Sort.STRAY): """
        teams|departments|functions|no owner|without owner|ohne zustaendige*|everything but|all but|all except|users
        |models|answer*|blocker count|abteilungen|bereiche|alles ausser|alle ausser|anwender|nutzer|modelle|antwort*
    """,
    Cue(Sort.ASSESSED): "assessed|rated|reassessed|bewertet|neu bewertet",
    Cue(Sort.NEWS): "new|news|neu|neues|neuigkeit*",
    ONE_PROJECT: "project|initiative|use case|ai project|projekt|ki-projekt|ki projekt",
    Cue(Sort.PROJECTS): """
        projects|initiatives|use cases|ai projects|ki-projekte|ki projekte|projekte|projekten|vorhaben|systems
        |assessments|assessment|results|bewertungen|ergebnisse
    """,
    Cue(Sort.MINE): "my|mine|our own|i own|meine|meiner|meinen|mein",
}


@cache
def lexicon() -> Phrases:
    """All phrases of the table."""
    return Phrases(
        Phrase(phrase_words(phrase.strip()), cue) for cue, phrases in LEXICON.items() for phrase in phrases.split("|")
    )
