"""A project's own rule for when it is assessed again, and since when it should be earlier.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cadence_rule', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('cadence_zone', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('hastened_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('project', schema=None) as batch_op:
        # The defaults were for rows that were there; new ones say all they hold.
        batch_op.alter_column('cadence_rule', server_default=None)
        batch_op.alter_column('cadence_zone', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.drop_column('hastened_at')
        batch_op.drop_column('cadence_zone')
        batch_op.drop_column('cadence_rule')
