"""The levels of every project, and what lists and counts of all projects are asked by.

What the rules of a framework are needed for is filled in by the calendar: each project with a result gets a date.

Revision ID: 0017
Revises: 0021
"""

from datetime import datetime, timezone

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0021'
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
ACTIVE = 'archived_at IS NULL'
INDEXES = {
    'ix_project_rank': ['tenant_id', 'rank', 'key'],
    'ix_project_counted': [
        'tenant_id',
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
    'ix_project_team': ['tenant_id', 'team'],
    'ix_project_function': ['tenant_id', 'business_function'],
    'ix_project_changed': ['tenant_id', 'summary_changed_at'],
}
SUBSCRIPTIONS = (
    ('uq_subscription_project', ['tenant_id', 'project_id'], 'project_id IS NOT NULL'),
    ('uq_subscription_place', ['tenant_id', 'place_id', 'filters'], 'project_id IS NULL'),
    ('uq_subscription_person', ['tenant_id', 'person_id', 'filters'], 'project_id IS NULL'),
)


def upgrade() -> None:
    op.create_table(
        'project_level',
        sa.Column('tenant_id', sa.String(), nullable=False),
        sa.Column('project_id', sa.String(), nullable=False),
        sa.Column('dimension_id', sa.String(), nullable=False),
        sa.Column('barrier_id', sa.String(), nullable=False),
        sa.Column('claimed', sa.Integer(), nullable=True),
        sa.Column('effective', sa.Integer(), nullable=False),
        sa.Column('need', sa.Integer(), nullable=False),
        sa.Column('carries', sa.Integer(), nullable=False),
        sa.Column('severity', sa.Integer(), nullable=True),
        sa.CheckConstraint('severity BETWEEN 1 AND 4', name=op.f('ck_project_level_severity')),
        sa.CheckConstraint('carries BETWEEN 1 AND 5', name=op.f('ck_project_level_carries')),
        sa.ForeignKeyConstraint(
            ['tenant_id', 'project_id'],
            ['project.tenant_id', 'project.id'],
            name=op.f('fk_project_level_tenant_id_project_id'),
        ),
        sa.PrimaryKeyConstraint('tenant_id', 'project_id', 'dimension_id', name=op.f('pk_project_level')),
    )
    partial('ix_project_level_barrier', 'project_level', ['tenant_id', 'barrier_id', 'project_id', 'severity'], 'severity >= 3')
    partial('ix_project_level_severity', 'project_level', ['tenant_id', 'severity', 'project_id'], 'severity IS NOT NULL')
    op.create_index(
        'ix_project_level_dimension', 'project_level', ['tenant_id', 'dimension_id', 'effective', 'project_id']
    )

    op.create_table(
        'saved_filters',
        sa.Column('tenant_id', sa.String(), nullable=False),
        sa.Column('person_id', sa.String(), nullable=False),
        sa.Column('name', sorted_text(), nullable=False),
        sa.Column('filters', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ['tenant_id', 'person_id'],
            ['person.tenant_id', 'person.id'],
            name=op.f('fk_saved_filters_tenant_id_person_id'),
        ),
        sa.PrimaryKeyConstraint('tenant_id', 'person_id', 'name', name=op.f('pk_saved_filters')),
    )
    subscriptions()

    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.add_column(sa.Column('summary_framework_id', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('summary_framework_version', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('summary_founded', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('summary_changed_at', TIME, nullable=True))
        batch_op.add_column(sa.Column('stale_at', TIME, nullable=True))
        batch_op.add_column(sa.Column('rank', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('folded', sorted_text(), nullable=False, server_default=''))
    with op.batch_alter_table('project', schema=None) as batch_op:
        # The defaults were for rows that were there; new ones say all they hold.
        batch_op.alter_column('rank', server_default=None)
        batch_op.alter_column('folded', server_default=None)
    with op.batch_alter_table('blocker', schema=None) as batch_op:
        batch_op.add_column(sa.Column('since', TIME, nullable=True))
    op.execute('UPDATE blocker SET since = coalesce(reopened_at, found_at)')
    with op.batch_alter_table('blocker', schema=None) as batch_op:
        batch_op.alter_column('since', nullable=False)
    fill()
    for name, columns in INDEXES.items():
        partial(name, 'project', columns, ACTIVE)
    partial('ix_blocker_oldest', 'blocker', ['tenant_id', 'severity', 'since'], 'cleared_at IS NULL')


def subscriptions() -> None:
    """A list of projects can be subscribed to; of two that were made for one reader at a time, the first stays."""
    op.execute(
        'DELETE FROM subscription WHERE EXISTS (SELECT 1 FROM subscription AS first WHERE first.tenant_id = '
        'subscription.tenant_id AND first.id < subscription.id AND (first.project_id = subscription.project_id '
        'OR (first.project_id IS NULL AND subscription.project_id IS NULL AND (first.place_id = subscription.place_id '
        'OR first.person_id = subscription.person_id))))'
    )
    op.execute(
        "DELETE FROM appointment WHERE kind = 'digest' AND NOT EXISTS (SELECT 1 FROM subscription WHERE "
        'subscription.tenant_id = appointment.tenant_id AND subscription.id = appointment.subject)'
    )
    op.drop_index('ix_subscription_tenant_id_project_id', table_name='subscription')
    op.drop_index('ix_subscription_tenant_id_person_id', table_name='subscription')
    op.add_column('subscription', sa.Column('filters', sa.String(), nullable=False, server_default=''))
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.alter_column('filters', server_default=None)
    for name, columns, predicate in SUBSCRIPTIONS:
        partial(name, 'subscription', columns, predicate, unique=True)


def fill() -> None:
    """What the rows themselves tell; for the rest, a date for each project that has a result."""
    connection = op.get_bind()
    project = sa.table('project', *(sa.column(name) for name in ('tenant_id', 'id', 'key', 'name', 'folded')))
    folded = [
        {'of': row.tenant_id, 'this': row.id, 'folded': f'{row.key}\n{row.name}'.casefold()}
        for row in connection.execute(sa.select(project))
    ]
    if folded:
        connection.execute(
            sa.update(project)
            .where(project.c.tenant_id == sa.bindparam('of'), project.c.id == sa.bindparam('this'))
            .values(folded=sa.bindparam('folded')),
            folded,
        )
    op.execute(
        "UPDATE project SET rank = -(CASE summary_standing WHEN 'ahead_of_readiness' THEN 1000000 ELSE 0 END "
        '+ 1000 * summary_critical + summary_blockers) WHERE summary_milestone_id IS NOT NULL'
    )
    for name in ('framework_id', 'framework_version'):
        op.execute(
            f'UPDATE project SET summary_{name} = (SELECT milestone.{name} FROM milestone WHERE milestone.tenant_id = '
            'project.tenant_id AND milestone.id = project.summary_milestone_id) WHERE summary_milestone_id IS NOT NULL'
        )
    appointment = sa.table(
        'appointment',
        *(sa.column(name) for name in ('tenant_id', 'kind', 'subject', 'project_id', 'step', 'attempts')),
        sa.column('at', TIME),
        sa.column('due_at', TIME),
    )
    assessed = sa.table('project', sa.column('tenant_id'), sa.column('id'), sa.column('summary_milestone_id'), sa.column('archived_at'))
    now = sa.literal(datetime.now(timezone.utc), TIME)
    dates = sa.select(
        assessed.c.tenant_id, sa.literal('summary'), assessed.c.id, assessed.c.id, sa.literal(0), sa.literal(0), now, now
    ).where(assessed.c.summary_milestone_id.is_not(None), assessed.c.archived_at.is_(None))
    connection.execute(
        sa.insert(appointment).from_select(
            ['tenant_id', 'kind', 'subject', 'project_id', 'step', 'attempts', 'at', 'due_at'], dates
        )
    )


def sorted_text() -> sa.types.TypeEngine:
    return sa.String().with_variant(sa.String(collation='C'), 'postgresql')


def partial(name: str, table: str, columns: list[str], predicate: str, *, unique: bool = False) -> None:
    where = sa.text(predicate)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.execute("DELETE FROM appointment WHERE kind = 'summary'")
    op.drop_index('ix_blocker_oldest', table_name='blocker')
    for name in INDEXES:
        op.drop_index(name, table_name='project')
    with op.batch_alter_table('blocker', schema=None) as batch_op:
        batch_op.drop_column('since')
    with op.batch_alter_table('project', schema=None) as batch_op:
        for name in ('folded', 'rank', 'stale_at'):
            batch_op.drop_column(name)
        for name in ('changed_at', 'founded', 'framework_version', 'framework_id'):
            batch_op.drop_column(f'summary_{name}')
    for name, _, _ in SUBSCRIPTIONS:
        op.drop_index(name, table_name='subscription')
    # What cannot be told without its filters would tell of all projects.
    op.execute("DELETE FROM appointment WHERE kind = 'digest' AND subject IN (SELECT id FROM subscription WHERE filters <> '')")
    op.execute("DELETE FROM subscription WHERE filters <> ''")
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.drop_column('filters')
    for column in ('person_id', 'project_id'):
        op.create_index(f'ix_subscription_tenant_id_{column}', 'subscription', ['tenant_id', column])
    op.drop_table('saved_filters')
    op.drop_table('project_level')
