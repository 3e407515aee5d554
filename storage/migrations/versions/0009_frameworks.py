"""Frameworks that organizations bring themselves, and which one is current.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

TEXT = sa.String().with_variant(sa.String(collation='C'), 'postgresql')


def upgrade() -> None:
    op.create_table('framework',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', TEXT, nullable=False),
    sa.Column('version', TEXT, nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported_by', sa.String(), nullable=True),
    sa.CheckConstraint('length(body) > 0', name=op.f('ck_framework_body')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_framework_tenant_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_framework')),
    sa.UniqueConstraint('tenant_id', 'id', 'version', name=op.f('uq_framework_tenant_id_id_version'))
    )
    with op.batch_alter_table('tenant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('framework_id', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('framework_version', sa.String(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f('ck_tenant_framework'), '(framework_id IS NULL) = (framework_version IS NULL)'
        )


def downgrade() -> None:
    with op.batch_alter_table('tenant', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_tenant_framework'), type_='check')
        batch_op.drop_column('framework_version')
        batch_op.drop_column('framework_id')
    op.drop_table('framework')
