"""A tenant's past is not gone through: blockers by project, disagreements by assessment, managers by themselves.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

IS_MANAGER = sa.text('is_manager')


def upgrade() -> None:
    op.create_index('ix_blocker_project', 'blocker', ['project_id', 'tenant_id'])
    op.create_index('ix_contest_assessment', 'contest', ['assessment_id', 'tenant_id'])
    op.create_index(
        'ix_person_manager', 'person', ['tenant_id', 'id'], sqlite_where=IS_MANAGER, postgresql_where=IS_MANAGER
    )


def downgrade() -> None:
    op.drop_index('ix_person_manager', table_name='person')
    op.drop_index('ix_contest_assessment', table_name='contest')
    op.drop_index('ix_blocker_project', table_name='blocker')
