"""Several platforms: where people are reached, files that are fetched by a link, codes that join accounts.

Revision ID: 0020
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('project') as batch:
        batch.add_column(sa.Column('also_place_id', sa.String(), nullable=True))
        batch.create_foreign_key('fk_project_also_place', 'place', ['tenant_id', 'also_place_id'], ['tenant_id', 'id'])
        batch.create_index('ix_project_also_place', ['tenant_id', 'also_place_id'])
    op.create_table('address',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('installation_id', sa.String(), nullable=False),
    sa.Column('whose', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'installation_id'], ['installation.tenant_id', 'installation.id'], name=op.f('fk_address_tenant_id_installation_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'installation_id', 'whose', name=op.f('pk_address'))
    )
    op.create_table('account_code',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_account_code_tenant_id_person_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'person_id', name=op.f('pk_account_code')),
    sa.UniqueConstraint('tenant_id', 'digest', name=op.f('uq_account_code_tenant_id_digest'))
    )
    op.create_table('shelved_file',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('installation_id', sa.String(), nullable=False),
    sa.Column('whose', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'installation_id'], ['installation.tenant_id', 'installation.id'], name=op.f('fk_shelved_file_tenant_id_installation_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'digest', name=op.f('pk_shelved_file')),
    sa.UniqueConstraint('digest', name=op.f('uq_shelved_file_digest'))
    )
    op.create_index('ix_shelved_file_expires_at', 'shelved_file', ['expires_at'])


def downgrade() -> None:
    with op.batch_alter_table('project') as batch:
        batch.drop_index('ix_project_also_place')
        batch.drop_constraint('fk_project_also_place', type_='foreignkey')
        batch.drop_column('also_place_id')
    op.drop_index('ix_shelved_file_expires_at', table_name='shelved_file')
    op.drop_table('shelved_file')
    op.drop_table('account_code')
    op.drop_table('address')
