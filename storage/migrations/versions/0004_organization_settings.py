"""What admins set for the organization.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('organization_settings',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('portfolio_place_id', sa.String(), nullable=True),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.CheckConstraint('working_days BETWEEN 1 AND 30', name=op.f('ck_organization_settings_working_days')),
    sa.ForeignKeyConstraint(['tenant_id', 'portfolio_place_id'], ['place.tenant_id', 'place.id'], name=op.f('fk_organization_settings_tenant_id_portfolio_place_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_organization_settings_tenant_id')),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_organization_settings'))
    )


def downgrade() -> None:
    op.drop_table('organization_settings')
