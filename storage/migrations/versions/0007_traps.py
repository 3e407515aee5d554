"""Raised traps, and the corrections given to them.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('raised_trap',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=False),
    sa.Column('trap_id', sa.String(), nullable=False),
    sa.Column('severity', sa.Integer(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('found_by', sa.String(), nullable=False),
    sa.Column('told_by', sa.String(), nullable=True),
    sa.Column('gone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('gone_by', sa.String(), nullable=True),
    sa.CheckConstraint('severity BETWEEN 0 AND 3', name=op.f('ck_raised_trap_severity')),
    sa.ForeignKeyConstraint(['tenant_id', 'found_by'], ['milestone.tenant_id', 'milestone.id'], name=op.f('fk_raised_trap_tenant_id_found_by')),
    sa.ForeignKeyConstraint(['tenant_id', 'gone_by'], ['milestone.tenant_id', 'milestone.id'], name=op.f('fk_raised_trap_tenant_id_gone_by')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_raised_trap_tenant_id_project_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'told_by'], ['milestone.tenant_id', 'milestone.id'], name=op.f('fk_raised_trap_tenant_id_told_by')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_raised_trap'))
    )
    with op.batch_alter_table('raised_trap', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_raised_trap_tenant_id_gone_by'), ['tenant_id', 'gone_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_raised_trap_tenant_id_project_id'), ['tenant_id', 'project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_raised_trap_tenant_id_told_by'), ['tenant_id', 'told_by'], unique=False)
        batch_op.create_index('uq_raised_trap_open', ['tenant_id', 'project_id', 'trap_id'], unique=True, sqlite_where=sa.text('gone_at IS NULL'), postgresql_where=sa.text('gone_at IS NULL'))

    op.create_table('trap_correction',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('raised_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_trap_correction_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'raised_id'], ['raised_trap.tenant_id', 'raised_trap.id'], name=op.f('fk_trap_correction_tenant_id_raised_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_trap_correction')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_trap_correction_tenant_id_id'))
    )
    with op.batch_alter_table('trap_correction', schema=None) as batch_op:
        batch_op.create_index('ix_trap_correction_raised', ['tenant_id', 'raised_id', 'seq'], unique=False)

    op.create_table('trap_correction_text',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('correction_id', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'correction_id'], ['trap_correction.tenant_id', 'trap_correction.id'], name=op.f('fk_trap_correction_text_tenant_id_correction_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'correction_id', name=op.f('pk_trap_correction_text'))
    )


def downgrade() -> None:
    op.drop_table('trap_correction_text')
    with op.batch_alter_table('trap_correction', schema=None) as batch_op:
        batch_op.drop_index('ix_trap_correction_raised')

    op.drop_table('trap_correction')
    with op.batch_alter_table('raised_trap', schema=None) as batch_op:
        batch_op.drop_index('uq_raised_trap_open', sqlite_where=sa.text('gone_at IS NULL'), postgresql_where=sa.text('gone_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_raised_trap_tenant_id_told_by'))
        batch_op.drop_index(batch_op.f('ix_raised_trap_tenant_id_project_id'))
        batch_op.drop_index(batch_op.f('ix_raised_trap_tenant_id_gone_by'))

    op.drop_table('raised_trap')
