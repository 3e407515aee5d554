"""What an interview hands over, asks again and follows up.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

COLUMNS = ('handed', 'again', 'doubted', 'wanted', 'passed')


def upgrade() -> None:
    # The default serves the rows that are there; it goes again, as every new row says its own.
    with op.batch_alter_table('interview', schema=None) as batch_op:
        for column in COLUMNS:
            batch_op.add_column(sa.Column(column, sa.JSON(), nullable=False, server_default='[]'))
    with op.batch_alter_table('interview', schema=None) as batch_op:
        for column in COLUMNS:
            batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('interview', schema=None) as batch_op:
        for column in COLUMNS:
            batch_op.drop_column(column)
