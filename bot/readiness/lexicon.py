"""Small words, English and German, that change how a claim is meant; nothing here is about any subject."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    pairs = (pair.split() for pair in text.split("|"))
    return frozenset((first, second) for first, second in pairs)


TURNS = _words("but however although though yet whereas instead aber jedoch allerdings obwohl sondern")
"""Words at which a sentence turns; what follows stands for itself."""

JOINS = _words("and or nor und oder & +")

SUBJECTS = _words("""
    i we you he she it they there this that these those the a an one each every all our my his her its nobody no none
    nothing someone somebody everyone everybody
    ich wir du er sie es man da das die der den dem ein eine einen jede jeder jedes alle unser unsere mein meine niemand
    kein keine nichts jemand im am in
""")
"""A clause that begins so stands for itself; any other goes on with how the one before was said."""

DENIES_CLAUSE = _words("""
    not never nobody noone nothing nowhere neither cannot cant dont doesnt didnt isnt wasnt arent werent hasnt havent
    wont missing lacks lacking hardly barely unclear
    nicht nie niemals niemand niemandem niemanden nichts nirgends weder fehlt fehlen kaum ungeklärt
""")
DENIES_NEXT = _words("""
    no none without outside
    kein keine keinen keinem keiner keines keins ohne außerhalb
""")
"""These deny only the few words behind them; those of DENIES_CLAUSE, and every "...n't", their whole clause."""

MORE_THAN = _words("only just nur bloß")
"""What follows a denial in "not only one": there is more than what comes next."""

DENIES_NOTHING = MORE_THAN | _words("problem problems doubt probleme zweifel angst")
"""What follows a denial that denies nothing: "no problem"."""

HOPES = _words("""
    planned planning intend intends intended hope hopes hoping wish will shall gonna soon upcoming roadmap backlog todo
    eventually should aim aims aiming tbd pending if nice discuss discussed discussing
    maybe perhaps probably possibly presumably supposedly apparently might could would guess think believe suppose
    assume somehow unsure somewhere allegedly

    geplant planen demnächst bald soll sollen sollte sollten wollen will möchten möchte vorhaben vorgesehen angedacht
    später irgendwann künftig zukünftig müsste müssten würde würden werden falls wäre wären hätte hätten diskutieren
    überlegen
    vielleicht wahrscheinlich vermutlich eventuell evtl möglicherweise angeblich glaube glaub denke vermute
    schätzungsweise könnte könnten dürfte dürften irgendwie irgendwo
""")
"""Planned, wished for, supposed or unsure: no fact."""

HOPING_PAIRS = _pairs(
    "plan to|plans to|we plan|talked about|spoke about|talking about|thinking about|failed to|want to|wants to|"
    "going to|about to|ought to|need to|have yet|next week|next month|next quarter|next year|next sprint|by then|"
    "in spring|in summer|in autumn|in winter|not sure|no idea|in progress|working on|work on|looking into|"
    "once we|sort of|kind of|heard that|year ago|years ago|"
    "wir planen|nächste woche|nächsten monat|nächstes jahr|nächstes quartal|im frühjahr|im herbst|im winter|steht aus|"
    "in arbeit|dabei zu|keine ahnung|ich meine|vor jahren|letztes jahr"
)
"""Two words beside each other that do the same; what is years ago shows nothing for today."""

NO_HOPES = _words("would will würde würden werden")
"""In a denied clause these only say "nobody would": they weaken nothing."""

IGNORANCE = re.compile(r" (i (do not|don't) know|not sure|no idea|keine ahnung|weiß ich nicht|ich weiß nicht) ")
"""Who says so is sure of nothing in the sentence."""

PASSIVE = re.compile(
    r"\w*ge\w{3,}(t|en)|\w+(iert|zeigt|füllt|setzt|legt|kannt|nommen|rechnet|teilt|folgt|hoben|glichen)"
)
"""German participles: "werden gemessen" is a fact, "werden messen" a plan."""

OVER = _words("formerly früher damals")
OVER_PAIRS = _pairs("used to|no longer|any more|nicht mehr")
"""It held once, and does not now."""

NOES = frozenset(("no", "nein", "wrong", "falsch", "nope", "passt nicht", "stimmt nicht", "not that", "doesn't fit"))
"""Lines that only say that what was proposed is wrong."""
