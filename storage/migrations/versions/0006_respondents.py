"""Notices that stand in the thread of another; questions handed over; answers that differ.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('under', sa.String(), nullable=True))

    op.create_table('handover',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=False),
    sa.Column('assessment_id', sa.String(), nullable=False),
    sa.Column('dimension_id', sa.String(), nullable=False),
    sa.Column('from_id', sa.String(), nullable=False),
    sa.Column('to_id', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('returned', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'assessment_id'], ['assessment.tenant_id', 'assessment.id'], name=op.f('fk_handover_tenant_id_assessment_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'from_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_handover_tenant_id_from_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_handover_tenant_id_project_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'to_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_handover_tenant_id_to_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_handover')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_handover_tenant_id_id'))
    )
    with op.batch_alter_table('handover', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handover_tenant_id_assessment_id_seq'), ['tenant_id', 'assessment_id', 'seq'], unique=False)

    op.create_table('contest',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=False),
    sa.Column('assessment_id', sa.String(), nullable=False),
    sa.Column('dimension_id', sa.String(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.String(), nullable=True),
    sa.Column('how', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['tenant_id', 'assessment_id'], ['assessment.tenant_id', 'assessment.id'], name=op.f('fk_contest_tenant_id_assessment_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_contest_tenant_id_project_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'settled_by'], ['person.tenant_id', 'person.id'], name=op.f('fk_contest_tenant_id_settled_by')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_contest')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_contest_tenant_id_id'))
    )
    with op.batch_alter_table('contest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contest_tenant_id_project_id_opened_at'), ['tenant_id', 'project_id', 'opened_at'], unique=False)
        batch_op.create_index('uq_contest_open', ['tenant_id', 'assessment_id', 'dimension_id'], unique=True, sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))


def downgrade() -> None:
    op.drop_table('contest')
    op.drop_table('handover')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('under')
