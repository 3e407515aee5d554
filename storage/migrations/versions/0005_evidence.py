"""When evidence was given and who has checked it; words about things.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('given_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('verified_by', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_answer_tenant_id_verified_by'), 'person', ['tenant_id', 'verified_by'], ['tenant_id', 'id'])
        batch_op.create_check_constraint(batch_op.f('ck_answer_verified'), "(strength = 'verified') = (verified_by IS NOT NULL)")

    op.create_table('remark',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('author_id', sa.String(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'author_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_remark_tenant_id_author_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_remark'))
    )
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_remark_tenant_id_author_id'), ['tenant_id', 'author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_remark_tenant_id_subject_said_at'), ['tenant_id', 'subject', 'said_at'], unique=False)


def downgrade() -> None:
    op.drop_table('remark')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_answer_verified'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_answer_tenant_id_verified_by'), type_='foreignkey')
        batch_op.drop_column('verified_at')
        batch_op.drop_column('verified_by')
        batch_op.drop_column('given_at')
