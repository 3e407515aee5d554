"""What Slack refuses, as named numbers. Text is counted in UTF-16 units, the larger of the plausible countings.

Sources: docs.slack.dev/reference/block-kit, docs.slack.dev/surfaces/modals, slackblocks 3.0.0 `_limits.py`, the app
manifest schema (slackapi/manifest-schema), bolt-js issue 2509 for the total text of a message.
"""

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT_UNITS = 13_200
"""All text of a message's blocks together: above it, `msg_blocks_too_long`, though every single limit is kept."""
VIEW_BYTES = 200_000
"""JSON of a view's blocks; Slack refuses a view over 250 kB, the rest is left for what surrounds the blocks."""
FALLBACK_UNITS = 3_000
FALLBACK_ESCAPED_UNITS = 4_000
"""Top-level text: chat.update refuses more, chat.postMessage truncates from 40,000."""

TEXT_UNITS = 3_000
HEADER_UNITS = 150
ACTIONS_ELEMENTS = 25
BUTTON_LABEL_UNITS = 75
BUTTON_VALUE_UNITS = 2_000
BUTTON_URL_UNITS = 3_000
ACTION_ID_UNITS = 255
BLOCK_ID_UNITS = 255
CONFIRM_TITLE_UNITS = 100
CONFIRM_TEXT_UNITS = 300
CONFIRM_BUTTON_UNITS = 30

TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLES_PER_MESSAGE = 1
CELL_UNITS = 300
"""Ours: a longer cell is unreadable in a table."""
TABLE_TEXT_UNITS = 9_000
"""Ours: leaves a message room for the words around its table."""
LIST_ENTRIES = 100
"""Ours: rich_text lists state no limit."""

MODAL_TITLE_UNITS = 24
MODAL_BUTTON_UNITS = 24
CALLBACK_ID_UNITS = 255
PRIVATE_METADATA_UNITS = 3_000
INPUT_LABEL_UNITS = 2_000
INPUT_HINT_UNITS = 2_000
PLAIN_INPUT_UNITS = 3_000
OPTION_LABEL_UNITS = 75
OPTION_VALUE_UNITS = 150
SELECT_OPTIONS = 100

REQUEST_BYTES = 1_048_576
"""Ours: Slack's own requests stay far below."""
