"""Counts of projects that are kept as these change, and indexes that are read alone.

Each project is counted from when it is written next: the calendar gets a date for every one.

Revision ID: 0022
Revises: 0020
"""

from datetime import datetime, timezone

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0020'
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
ACTIVE = 'archived_at IS NULL'
BEFORE = {
    'ix_project_rank': ['rank', 'key'],
    'ix_project_counted': [
        'summary_stage',
        'exposure',
        'target',
        'summary_founded',
        'team',
        'business_function',
        'summary_framework_id',
        'summary_framework_version',
        'id',
    ],
    'ix_project_team': ['team'],
    'ix_project_function': ['business_function'],
    'ix_project_changed': ['summary_changed_at'],
}
AFTER = {
    'ix_project_rank': ['rank', 'key'],
    'ix_project_listed': ['id', 'rank', 'key'],
    'ix_project_counted': ['summary_stage', 'exposure', 'summary_founded', 'team', 'business_function'],
    'ix_project_team': ['team'],
    'ix_project_function': ['business_function'],
    'ix_project_changed': ['summary_changed_at'],
}
LEVELS = {
    'ix_project_level_barrier': (['barrier_id', 'project_id'], 'severity >= 3'),
    'ix_project_level_severity': (['severity', 'project_id'], 'severity IS NOT NULL'),
}


def upgrade() -> None:
    op.create_table(
        'tally',
        sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('tenant_id', sa.String(), nullable=False),
        sa.Column('what', sa.String(), nullable=False),
        sa.Column('which', sa.String(), nullable=False),
        sa.Column('amount', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_tally_tenant_id')),
        sa.PrimaryKeyConstraint('seq', name=op.f('pk_tally')),
    )
    op.create_index('ix_tally_tenant_id_what_which_amount', 'tally', ['tenant_id', 'what', 'which', 'amount'])
    for name in BEFORE:
        op.drop_index(name, table_name='project')
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.add_column(sa.Column('summary_compounding', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('counted', sa.Boolean(), nullable=False, server_default=sa.text('false')))
    with op.batch_alter_table('project', schema=None) as batch_op:
        # The default was for rows that were there; new ones say all they hold.
        batch_op.alter_column('counted', server_default=None)
    for name, columns in AFTER.items():
        partial(name, 'project', ['tenant_id', *columns, 'archived_at'], ACTIVE)
    for name, last in (('ix_project_level_barrier', ['dimension_id', 'severity']), ('ix_project_level_severity', ['dimension_id'])):
        columns, predicate = LEVELS[name]
        op.drop_index(name, table_name='project_level')
        partial(name, 'project_level', ['tenant_id', *columns, *last], predicate)
    partial('ix_commitment_due', 'commitment', ['tenant_id', 'due', 'project_id'], 'ended_at IS NULL')
    partial('ix_assessment_deadline', 'assessment', ['tenant_id', 'deadline', 'project_id'], "state = 'open'")
    dates()


def dates() -> None:
    """One for each project that has none yet."""
    project = sa.table('project', sa.column('tenant_id'), sa.column('id'), sa.column('archived_at'))
    appointment = sa.table(
        'appointment',
        *(sa.column(name) for name in ('tenant_id', 'kind', 'subject', 'project_id', 'step', 'attempts')),
        sa.column('at', TIME),
        sa.column('due_at', TIME),
    )
    known = sa.exists().where(
        appointment.c.tenant_id == project.c.tenant_id,
        appointment.c.kind == 'summary',
        appointment.c.subject == project.c.id,
    )
    now = sa.literal(datetime.now(timezone.utc), TIME)
    kind, none = sa.literal('summary'), sa.literal(0)
    wanted = sa.select(project.c.tenant_id, kind, project.c.id, project.c.id, none, none, now, now)
    op.get_bind().execute(
        sa.insert(appointment).from_select(
            ['tenant_id', 'kind', 'subject', 'project_id', 'step', 'attempts', 'at', 'due_at'],
            wanted.where(project.c.archived_at.is_(None), ~known),
        )
    )


def partial(name: str, table: str, columns: list[str], predicate: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(predicate), postgresql_where=sa.text(predicate))


def downgrade() -> None:
    op.drop_index('ix_assessment_deadline', table_name='assessment')
    op.drop_index('ix_commitment_due', table_name='commitment')
    for name in AFTER:
        op.drop_index(name, table_name='project')
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.drop_column('counted')
        batch_op.drop_column('summary_compounding')
    for name, columns in BEFORE.items():
        partial(name, 'project', ['tenant_id', *columns], ACTIVE)
    for name, last in (('ix_project_level_barrier', ['severity']), ('ix_project_level_severity', [])):
        columns, predicate = LEVELS[name]
        op.drop_index(name, table_name='project_level')
        partial(name, 'project_level', ['tenant_id', *columns, *last], predicate)
    op.drop_table('tally')
