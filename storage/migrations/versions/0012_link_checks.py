"""What became of the links behind answers.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('link_check',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('checked_at', TIME, nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('read_at', TIME, nullable=True),
    sa.Column('changed_after', TIME, nullable=True),
    sa.Column('gone_since', TIME, nullable=True),
    sa.Column('dead_since', TIME, nullable=True),
    sa.Column('unreachable', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(digest) = 64', name=op.f('ck_link_check_digest')),
    sa.CheckConstraint('dead_since IS NULL OR gone_since IS NOT NULL', name=op.f('ck_link_check_dead')),
    sa.CheckConstraint('unreachable >= 0', name=op.f('ck_link_check_unreachable')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_link_check_tenant_id_project_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'project_id', 'digest', name=op.f('pk_link_check'))
    )


def downgrade() -> None:
    op.drop_table('link_check')
