"""Commitments, claims, waivers, the history of blockers, the organization's findings.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

NOT_ENDED = 'ended_at IS NULL'
APPROVED = 'approved_at IS NOT NULL AND ended_at IS NULL'


def moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def refers(table: str, column: str, parent: str, **options: object) -> sa.ForeignKeyConstraint:
    name = op.f(f'fk_{table}_tenant_id_{column}')
    return sa.ForeignKeyConstraint(
        ['tenant_id', column], [f'{parent}.tenant_id', f'{parent}.id'], name=name, **options
    )


def partial(name: str, table: str, columns: list[str], predicate: str, *, unique: bool = False) -> None:
    where = sa.text(predicate)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    # Nobody could become the owner of a blocker before commitments, so these columns hold nothing.
    with op.batch_alter_table('blocker', schema=None) as batch_op:
        batch_op.drop_constraint('fk_blocker_tenant_id_owner_id', type_='foreignkey')
        batch_op.drop_column('owner_id')
        batch_op.drop_column('due')
        batch_op.add_column(sa.Column('reopened_at', moment(), nullable=True))
        batch_op.add_column(sa.Column('reopened_by', sa.String(), nullable=True))
        # The default serves the rows that are there; it goes again, as every new row says its number.
        batch_op.add_column(sa.Column('reopenings', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('blocker', schema=None) as batch_op:
        batch_op.alter_column('reopenings', server_default=None)
        batch_op.create_foreign_key(
            'fk_blocker_tenant_id_reopened_by',
            'milestone',
            ['tenant_id', 'reopened_by'],
            ['tenant_id', 'id'],
            deferrable=True,
            initially='DEFERRED',
        )
        batch_op.drop_index('ix_blocker_tenant_id_found_by')
        batch_op.drop_index('ix_blocker_tenant_id_cleared_by')

    op.create_table(
        'commitment',
        sa.Column('tenant_id', sa.String(), nullable=False),
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('project_id', sa.String(), nullable=False),
        sa.Column('dimension_id', sa.String(), nullable=False),
        sa.Column('person_id', sa.String(), nullable=False),
        sa.Column('stage', sa.Integer(), nullable=False),
        sa.Column('taken_at', moment(), nullable=False),
        sa.Column('due', sa.Date(), nullable=True),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('ended_at', moment(), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (state IN ('taken', 'in_progress'))", name=op.f('ck_commitment_ended')
        ),
        refers('commitment', 'project_id', 'project'),
        refers('commitment', 'person_id', 'person'),
        sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_commitment')),
    )
    partial('uq_commitment_open', 'commitment', ['tenant_id', 'project_id', 'dimension_id'], NOT_ENDED, unique=True)
    partial('ix_commitment_person', 'commitment', ['tenant_id', 'person_id'], NOT_ENDED)

    op.create_table(
        'claim',
        sa.Column('tenant_id', sa.String(), nullable=False),
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('project_id', sa.String(), nullable=False),
        sa.Column('blocker_id', sa.String(), nullable=False),
        sa.Column('person_id', sa.String(), nullable=False),
        sa.Column('claimed_at', moment(), nullable=False),
        sa.Column('words', sa.String(), nullable=False),
        sa.Column('link', sa.String(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('ended_at', moment(), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (state = 'stands')", name=op.f('ck_claim_ended')),
        refers('claim', 'project_id', 'project'),
        refers('claim', 'blocker_id', 'blocker'),
        refers('claim', 'person_id', 'person'),
        sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_claim')),
    )
    partial('uq_claim_stands', 'claim', ['tenant_id', 'blocker_id'], NOT_ENDED, unique=True)
    op.create_index('ix_claim_project', 'claim', ['tenant_id', 'project_id'])

    op.create_table(
        'waiver',
        sa.Column('tenant_id', sa.String(), nullable=False),
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('project_id', sa.String(), nullable=False),
        sa.Column('dimension_id', sa.String(), nullable=False),
        sa.Column('asked_by', sa.String(), nullable=False),
        sa.Column('approver_id', sa.String(), nullable=False),
        sa.Column('asked_at', moment(), nullable=False),
        sa.Column('until', moment(), nullable=False),
        sa.Column('stage', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('approved_at', moment(), nullable=True),
        sa.Column('ended_at', moment(), nullable=True),
        sa.Column('refusal', sa.String(), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (state IN ('asked', 'approved'))", name=op.f('ck_waiver_ended')),
        sa.CheckConstraint('approver_id <> asked_by', name=op.f('ck_waiver_approver')),
        refers('waiver', 'project_id', 'project'),
        refers('waiver', 'asked_by', 'person'),
        refers('waiver', 'approver_id', 'person'),
        sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_waiver')),
    )
    partial('uq_waiver_open', 'waiver', ['tenant_id', 'project_id', 'dimension_id'], NOT_ENDED, unique=True)
    op.create_index('ix_waiver_project', 'waiver', ['tenant_id', 'project_id'])
    partial('ix_waiver_approved', 'waiver', ['tenant_id', 'until'], APPROVED)

    op.create_table(
        'blocker_event',
        sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('tenant_id', sa.String(), nullable=False),
        sa.Column('blocker_id', sa.String(), nullable=False),
        sa.Column('at', moment(), nullable=False),
        sa.Column('happening', sa.String(), nullable=False),
        sa.Column('severity', sa.Integer(), nullable=False),
        sa.Column('milestone_id', sa.String(), nullable=True),
        sa.Column('person_id', sa.String(), nullable=True),
        sa.CheckConstraint('severity BETWEEN 1 AND 4', name=op.f('ck_blocker_event_severity')),
        refers('blocker_event', 'blocker_id', 'blocker'),
        refers('blocker_event', 'person_id', 'person'),
        refers('blocker_event', 'milestone_id', 'milestone', deferrable=True, initially='DEFERRED'),
        sa.PrimaryKeyConstraint('seq', name=op.f('pk_blocker_event')),
    )
    op.create_index('ix_blocker_event_blocker', 'blocker_event', ['tenant_id', 'blocker_id', 'seq'])
    partial(
        'ix_blocker_event_milestone', 'blocker_event', ['tenant_id', 'milestone_id'], 'milestone_id IS NOT NULL'
    )
    # What is known of the blockers that are there: when each was found, and when it was cleared.
    for happening, at, milestone in (('found', 'found_at', 'found_by'), ('cleared', 'cleared_at', 'cleared_by')):
        op.execute(
            'INSERT INTO blocker_event (tenant_id, blocker_id, at, happening, severity, milestone_id) '
            f"SELECT tenant_id, id, {at}, '{happening}', severity, {milestone} FROM blocker "
            f'WHERE {at} IS NOT NULL ORDER BY {at}'
        )

    op.create_table(
        'shared_finding',
        sa.Column('tenant_id', sa.String(), nullable=False),
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('dimension_id', sa.String(), nullable=False),
        sa.Column('found_at', moment(), nullable=False),
        sa.Column('gone_at', moment(), nullable=True),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_shared_finding_tenant_id')),
        sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_shared_finding')),
    )
    partial('uq_shared_finding_open', 'shared_finding', ['tenant_id', 'dimension_id'], 'gone_at IS NULL', unique=True)


def downgrade() -> None:
    for table in ('shared_finding', 'blocker_event', 'waiver', 'claim', 'commitment'):
        op.drop_table(table)
    with op.batch_alter_table('blocker', schema=None) as batch_op:
        batch_op.drop_constraint('fk_blocker_tenant_id_reopened_by', type_='foreignkey')
        batch_op.drop_column('reopenings')
        batch_op.drop_column('reopened_by')
        batch_op.drop_column('reopened_at')
        batch_op.add_column(sa.Column('owner_id', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('due', moment(), nullable=True))
    with op.batch_alter_table('blocker', schema=None) as batch_op:
        batch_op.create_foreign_key(
            'fk_blocker_tenant_id_owner_id', 'person', ['tenant_id', 'owner_id'], ['tenant_id', 'id']
        )
        batch_op.create_index('ix_blocker_tenant_id_found_by', ['tenant_id', 'found_by'], unique=False)
        batch_op.create_index('ix_blocker_tenant_id_cleared_by', ['tenant_id', 'cleared_by'], unique=False)
