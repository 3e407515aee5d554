"""What Teams takes, as named numbers.

Sources: learn.microsoft.com/microsoftteams/platform, "Format your bot messages" (size of a message) and "Cards
reference"; adaptivecards.io/schemas/adaptive-card.json 1.5.
"""

CARD_VERSION = "1.5"
MESSAGE_UNITS = 40_000
"""JSON of a whole message in UTF-16 units. Teams counts bytes of UTF-16 and refuses (413) from about 100 KB; its own
advice is to stay under 80 KB, which this is."""
CARD_UNITS = 36_000
"""JSON of a card's body; the rest is left for mentions, the words for notifications and what surrounds the card."""
SUMMARY_UNITS = 500
"""Ours: what a notification and a screen reader say."""
CARDS_PER_ANSWER = 5
"""Ours: a longer answer is a report, not a message. A conversation takes seven messages a second."""

TEXT_UNITS = 5_000
"""Ours, as all that follow: no limit of a single text is stated. Addresses count as well."""
NAME_UNITS = 60
HEADING_UNITS = 200
CELL_UNITS = 300
LIST_ENTRIES = 100
PIECE_ROWS = 5
TABLE_COLUMNS = 3
"""Ours: on a phone, a fourth column breaks words into letters."""
LIST_COLUMNS = 12

ACTIONS_PER_SET = 6
"""Teams shows six buttons of a set; more disappear in a menu or altogether."""
BUTTON_LABEL_UNITS = 80
BESIDE_UNITS = 12
"""Ours: a longer label beside a text leaves no room for the text on a phone."""
PRESS_UNITS = 100
VALUE_UNITS = 2_000
LINK_UNITS = 2_000

INTRO_UNITS = 8_000
"""JSON of what stands above a form's inputs."""
FIELDS = 60
LABEL_UNITS = 300
HINT_UNITS = 1_000
OPTIONS = 200
PEOPLE_OPTIONS = 20
"""Ours: whoever is not among so many is found by the people picker, and a form has many fields for people."""
OPTION_LABEL_UNITS = 150
INPUT_UNITS = 4_000
TYPED_OPTIONS = 10
"""From so many options on, a choice is found by typing."""
