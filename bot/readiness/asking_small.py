"""Small words of a question, English and German, as they are compared: in small letters, without umlauts."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SMALL = _words("""
    , a aber abteilung actually aktuell already als also am an are as at auf aus back be because been bei beim being
    belege bereich bereits bisher bitte bot but can could currently da dabei das davon dem den denn department der
    derzeit des did die dieses do doch does dort durch during eigentlich ein eine einem einen einer eines er erst
    erstes es etwas even ever evidence far for fuer function gerade get go got haben had has hat hatte hatten have
    having her here hey hi hier his how i ich ihr ihre ihren ihrer im in insgesamt into is ist it its jetzt just
    know koennte koennten laeuft laufen let made make mal man may me might mir mit moment momentan nachweise noch
    now nur of ok okay on one ones only order our please pls rank really right running runs schon see sei should
    sich side sie sind so sollte sollten some sort sortiere still stuff team tell than that the their them then
    there these they thing things this to too ueberhaupt um uns unser unsere unseren unserer up us vom von want
    wants war waren was we wegen weil well werden were which wie wir wird with within worden would wuerde wuerden
    wurde wurden yet you your zeige zeug zu zum zur zurzeit
""")
"""Words that change nothing; a phrase may have some between its own."""

OPENING = _words("""
    erklaere explain
    any anything anzahl are can compare could count did display do does draw find gib gibt give haben has hat have
    how is ist list liste name nenn nenne order put rank should show sind sort sortiere stehen steht tell vergleich
    vergleiche wann warum was welche welchem welchen welcher welches wem wen wer were weshalb wessen what when where
    which who whom whose why wie wieso wieviele will wo wofuer womit woran would wovon zeig zeige
""")
"""A question begins with one of these, or ends with its mark."""

COURTESY = _words("""
    aber also an and at auf bei bitte but for hallo hello hey hi in mal now ok okay please pls sag so und well
""")
"""What may stand before that."""

SUBJECTS = _words("""
    das der dies es i i'm ich it kein keine man niemand no nobody our that there this unser unsere we wir
""")
"""Who begins so, without a question mark, tells something."""

FINITE = _words("""
    are braucht gehoert haben had has hat have is ist kommen kommt laeuft macht needs owns sind stehen steht
    verantwortet war was werden were wird wurde
""")
"""In a line that begins like no question, without a "that" before it, such a word makes a statement."""

RELATIVE = _words("""
    das der die that where which who whose
""")
"""Such a word before it: "projects that are blocked"."""

ACTS = _words("""
    archive create delete edit export make move nudge pause remind resume skip start starte stop
""")
"""Who begins so wants something done."""

WISHES = frozenset({("i", "need"), ("i", "want"), ("ich", "brauche"), ("ich", "will"), ("ich", "suche"), ("let", "me")})
"""Who begins so asks as well."""
