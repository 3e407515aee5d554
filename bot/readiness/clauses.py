"""How something is said, in English or German: which words are denied, which only hoped for, which belong together.

Nothing here knows what is talked about. A text becomes sentences of words; a sentence ends at a full stop or where it
turns ("but", "aber"), and falls into clauses. Every denial ("never", "kein") and every word that makes a claim less
than a fact ("planned", "vielleicht", "used to") stands with the words that it reaches.
"""

import re
from dataclasses import dataclass, field

REACH = 4
"""How many words a "no" or "without" denies after itself; "never" and the like deny their whole clause."""

_PIECE = re.compile(r"https?://\S+|<[^<>\s]*>|\d+(?:[.,:]\d+)*%?|[^\W_]+(?:'[^\W_]+)?|[.;!?\n()…—–,:&+]")
_ENDS = frozenset(".;!\n()…—–")
_TURNS = frozenset("but however although though yet whereas instead aber jedoch allerdings obwohl sondern".split())
_JOINS = frozenset("and or nor und oder & +".split())
_PAUSES = frozenset(",:")
_SUBJECTS = frozenset(
    "i we you he she it they there this that these those the a an one each every all our my his her its nobody no none "
    "nothing someone somebody everyone everybody ich wir du er sie es man da das die der den dem ein eine einen jede "
    "jeder jedes alle unser unsere mein meine niemand kein keine nichts jemand im am in".split()
)
"""A clause that begins so stands for itself; any other goes on with how the one before was said."""

_DENIES_CLAUSE = frozenset(
    "not never nobody noone nothing nowhere neither cannot cant dont doesnt didnt isnt wasnt arent werent hasnt havent "
    "wont missing lacks lacking hardly barely unclear nicht nie niemals niemand niemandem niemanden nichts nirgends "
    "weder fehlt fehlen kaum ungeklärt".split()
)
_DENIES_NEXT = frozenset("no none without outside außerhalb kein keine keinen keinem keiner keines keins ohne".split())
_MORE_THAN = ("only", "just", "nur", "bloß")
"""What follows a denial in "not only one": there is more than what comes next."""
_DENIES_NOTHING = (*_MORE_THAN, "problem", "problems", "doubt", "probleme", "zweifel", "angst")
"""What follows a denial that denies nothing: "no problem"."""

_HOPES = frozenset(
    # planned
    "planned planning intend intends intended hope hopes hoping wish will shall gonna soon upcoming roadmap backlog todo "
    "eventually should aim aims aiming tbd pending geplant planen demnächst bald soll sollen sollte sollten "
    "wollen will möchten möchte vorhaben vorgesehen angedacht später irgendwann künftig zukünftig roadmap müsste "
    "müssten würde würden werden "
    # unsure
    "if falls maybe perhaps probably possibly presumably supposedly apparently might could would guess think believe suppose "
    "assume somehow unsure somewhere allegedly vielleicht wahrscheinlich vermutlich eventuell evtl möglicherweise "
    "wäre wären hätte hätten nice discuss discussed discussing diskutieren überlegen angeblich glaube glaub denke vermute schätzungsweise könnte könnten dürfte dürften irgendwie irgendwo".split()
)
_HOPING_PAIRS = frozenset(
    (*pair.split(),)  # two words beside each other
    for pair in (
        "plan to|plans to|we plan|wir planen|talked about|spoke about|failed to|want to|wants to|going to|next week|next month|next quarter|next year|next sprint|by then|"
        "not sure|no idea|in progress|working on|work on|once we|sort of|kind of|heard that|need to|have yet|years ago|"
        "year ago|thinking about|talking about|about to|ought to|in spring|in summer|in autumn|in winter|looking into|"
        "nächste woche|nächsten monat|nächstes jahr|nächstes quartal|im frühjahr|im herbst|im winter|steht aus|in arbeit|"
        "vor jahren|keine ahnung|ich meine|dabei zu|letztes jahr"
    ).split("|")
)
_NO_HOPES = frozenset(("would", "würde", "würden", "will", "werden"))
"""In a denied clause these only say "nobody would": they weaken nothing."""
_PASSIVE = re.compile(r"\w*ge\w{3,}(t|en)|\w+(iert|zeigt|füllt|setzt|legt|kannt|nommen|rechnet|teilt|folgt|hoben|glichen)")
_IGNORANCE = re.compile(r" (i (do not|don't) know|not sure|no idea|keine ahnung|weiß ich nicht|ich weiß nicht) ")
"""Who says so is sure of nothing in the sentence."""
_OVER = frozenset("formerly früher damals".split())
_OVER_PAIRS = frozenset((("used", "to"), ("no", "longer"), ("any", "more"), ("nicht", "mehr")))


@dataclass(slots=True)
class Clause:
    """A part of a sentence that is said in one way; all numbers are places of words in the sentence.

    `denials` maps each denial to the words it reaches, `wide` are those that reach the whole clause; `hopes` are the
    words that make it less than a fact; `more` are words that fall short ("not just one"); `over` says that it held
    once and does not now.
    """

    first: int
    last: int = -1
    denials: dict[int, range] = field(default_factory=dict)
    wide: set[int] = field(default_factory=set)
    hopes: set[int] = field(default_factory=set)
    more: set[int] = field(default_factory=set)
    over: bool = False


@dataclass(slots=True)
class Sentence:
    """Words in small letters, where each stands in the text (start, end), and the clauses they form."""

    words: list[str]
    spans: list[tuple[int, int]]
    clauses: list[Clause]
    clause_of: list[int]
    joined: str = ""

    def deniers(self, place: int) -> set[int]:
        """The denials that reach the word at this place."""
        clause = self.clauses[self.clause_of[place]]
        return {at for at, reach in clause.denials.items() if place in reach}


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text; questions say nothing and are left out. Links and mentions are no words."""
    found: list[Sentence] = []
    pieces = [(piece[0].lower().replace("\u2019", "'"), piece.span()) for piece in _PIECE.finditer(_plain(text))]
    begun: list[tuple[str, tuple[int, int]]] = []
    for place, (piece, span) in enumerate(pieces):
        if piece == "?":
            begun = []
        elif piece in _ENDS or (piece in _TURNS and _is_turn(pieces, place)):
            found += _sentence(begun)
            begun = []
        elif not piece.startswith(("http", "<")):
            begun.append((piece, span))
    return found + _sentence(begun)


def _plain(text: str) -> str:
    # One character for one, so that every span is true of the text as typed.
    return text.replace("\u2019", "'").replace("\u2018", "'")


def _is_turn(pieces: list[tuple[str, tuple[int, int]]], place: int) -> bool:
    """ "Yet" turns a sentence only where it opens a clause: not in "not yet"."""
    return pieces[place][0] != "yet" or (place > 0 and pieces[place - 1][0] in _PAUSES)


def _sentence(pieces: list[tuple[str, tuple[int, int]]]) -> list[Sentence]:
    if not any(piece not in _PAUSES | _JOINS for piece, _ in pieces):
        return []
    made = Sentence([], [], [Clause(0)], [])
    going_on = False
    for number, (piece, span) in enumerate(pieces):
        if piece in _PAUSES or piece in _JOINS:
            following = next((word for word, _ in pieces[number + 1 :] if word not in _PAUSES | _JOINS), "")
            if made.words and made.clauses[-1].first < len(made.words):
                going_on = following not in _SUBJECTS and piece != ":"
                _close(made, len(made.words))
                made.clauses.append(Clause(len(made.words)))
                if going_on:
                    _inherit(made.clauses[-2], made.clauses[-1])
            continue
        made.words.append(piece)
        made.spans.append(span)
        made.clause_of.append(len(made.clauses) - 1)
    _close(made, len(made.words))
    made.clauses = [clause for clause in made.clauses if clause.first < clause.last]
    for number, clause in enumerate(made.clauses):
        for place in range(clause.first, clause.last):
            made.clause_of[place] = number
    made.joined = f" {' '.join(made.words)} "
    if _IGNORANCE.search(made.joined):
        for clause in made.clauses:
            clause.hopes |= set(range(clause.first, clause.last))
    return [made]


def _inherit(before: Clause, after: Clause) -> None:
    """What goes on with a clause is denied and hoped for like it, save for a "no", which keeps to its own words."""
    after.hopes |= before.hopes
    after.over = before.over
    after.wide |= before.wide


def _close(made: Sentence, end: int) -> None:
    clause = made.clauses[-1]
    clause.last = end
    words = made.words
    whole = range(clause.first, end)
    pairs = {at: (words[at], words[at + 1]) for at in range(clause.first, end - 1)}
    for at in whole:
        word, following = words[at], words[at + 1] if at + 1 < end else ""
        if following in _DENIES_NOTHING and (word in _DENIES_NEXT or word in _DENIES_CLAUSE):
            clause.more |= set(range(at, end)) if following in _MORE_THAN else set()
            continue
        if word in _DENIES_CLAUSE or word.endswith("n't"):
            clause.wide.add(at)
        elif word in _DENIES_NEXT:
            clause.denials[at] = range(at, min(at + 1 + REACH, end))
    clause.denials.update(dict.fromkeys(clause.wide, whole))
    clause.over = clause.over or any(pair in _OVER_PAIRS for pair in pairs.values())
    clause.over = clause.over or any(words[at] in _OVER for at in whole)
    clause.hopes |= {at + shift for at, pair in pairs.items() if pair in _HOPING_PAIRS for shift in (0, 1)}
    for at in whole:
        if words[at] in _HOPES and not (words[at] in _NO_HOPES and clause.denials) and not _is_passive(words, at, end):
            clause.hopes.add(at)


def _is_passive(words: list[str], at: int, end: int) -> bool:
    """German "werden gemessen" is a fact, "werden messen" is a plan."""
    if words[at] != "werden":
        return False
    around = words[max(at - 1, 0) : end]
    return any(_PASSIVE.fullmatch(word) for word in around)
