"""Weekly digests, and what happened since a moment found by index.

Revision ID: 0016
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('subscription',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=True),
    sa.Column('place_id', sa.String(), nullable=True),
    sa.Column('person_id', sa.String(), nullable=True),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('at', sa.Time(), nullable=False),
    sa.Column('content', sa.String(), nullable=False),
    sa.Column('is_on', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(person_id IS NULL) <> (place_id IS NULL)', name=op.f('ck_subscription_one_recipient')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_subscription_weekday')),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_subscription_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'place_id'], ['place.tenant_id', 'place.id'], name=op.f('fk_subscription_tenant_id_place_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_subscription_tenant_id_project_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'set_by'], ['person.tenant_id', 'person.id'], name=op.f('fk_subscription_tenant_id_set_by')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_subscription_tenant_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_subscription'))
    )
    op.create_index(op.f('ix_subscription_tenant_id_person_id'), 'subscription', ['tenant_id', 'person_id'])
    op.create_index(op.f('ix_subscription_tenant_id_project_id'), 'subscription', ['tenant_id', 'project_id'])
    op.create_index('ix_milestone_taken', 'milestone', ['tenant_id', 'taken_at'])
    op.create_index('ix_blocker_event_at', 'blocker_event', ['tenant_id', 'at'])


def downgrade() -> None:
    op.drop_index('ix_blocker_event_at', table_name='blocker_event')
    op.drop_index('ix_milestone_taken', table_name='milestone')
    op.drop_table('subscription')
