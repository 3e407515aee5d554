"""Structured facts with an answer.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default serves the rows that are there; it goes again, as every new row says its facts.
    with op.batch_alter_table('answer_text', schema=None) as batch_op:
        batch_op.add_column(sa.Column('facts', sa.JSON(), nullable=False, server_default='{}'))
    with op.batch_alter_table('answer_text', schema=None) as batch_op:
        batch_op.alter_column('facts', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('answer_text', schema=None) as batch_op:
        batch_op.drop_column('facts')
