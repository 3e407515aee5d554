"""When something was owed, whether it may have arrived twice, and a way to all that is owed to one person.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('outbox', sa.Column('put_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('outbox', sa.Column('doubtful', sa.Boolean(), nullable=False, server_default=sa.text('false')))
    op.create_index('ix_outbox_person', 'outbox', ['tenant_id', 'person_id', 'id'])


def downgrade() -> None:
    op.drop_index('ix_outbox_person', table_name='outbox')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('doubtful')
        batch_op.drop_column('put_at')
