"""What somebody waits for is found before what the clock brought.

Revision ID: 0021
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'ix_outbox_asked',
        'outbox',
        ['due_at', 'stream'],
        sqlite_where=sa.text('done_at IS NULL AND NOT unasked'),
        postgresql_where=sa.text('done_at IS NULL AND NOT unasked'),
    )


def downgrade() -> None:
    op.drop_index('ix_outbox_asked', table_name='outbox')
