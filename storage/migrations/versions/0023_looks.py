"""What looks at the portfolio need: stages that changed, names by index, holds that are counted as they change.

Revision ID: 0023
Revises: 0022
"""

import json
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
ACTIVE, ARCHIVED = 'archived_at IS NULL', 'archived_at IS NOT NULL'
LISTED = ['rank', 'key', 'exposure', 'target']
LISTED += [f'summary_{name}' for name in ('stage', 'readiness', 'index', 'blockers', 'standing', 'compounding')]
LISTED += ['summary_assessed_at', 'summary_changed_at', 'stale_at']
BEFORE = {
    'ix_project_tenant_id_owner_id': (['owner_id'], None),
    'ix_project_listed': (['id', 'rank', 'key', 'archived_at'], ACTIVE),
    'ix_project_team': (['team', 'archived_at'], ACTIVE),
    'ix_project_function': (['business_function', 'archived_at'], ACTIVE),
}
AFTER = {
    'ix_project_owner': (['owner_id', 'archived_at', 'id'], None),
    'ix_project_listed': (['id', *LISTED, 'archived_at'], ACTIVE),
    'ix_project_team': (['team', 'id', 'archived_at'], ACTIVE),
    'ix_project_function': (['business_function', 'id', 'archived_at'], ACTIVE),
    'ix_project_named': (['folded_name', 'archived_at'], ACTIVE),
    'ix_project_archived': (['id'], ARCHIVED),
}
HELD = (
    'SELECT tenant_id, lifts, dimensions, barrier_id, count(*), sum("after" - "before"), sum(barrier_after - "before") '
    'FROM project_hold GROUP BY tenant_id, lifts, dimensions, barrier_id'
)
OPEN = 'cleared_at IS NULL'


def upgrade() -> None:
    op.create_table(
        'stage_change',
        sa.Column('tenant_id', sa.String(), nullable=False),
        sa.Column('project_id', sa.String(), nullable=False),
        sa.Column('sequence', sa.Integer(), nullable=False),
        sa.Column('at', TIME, nullable=False),
        sa.Column('before', sa.Integer(), nullable=True),
        sa.Column('after', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['tenant_id', 'project_id'],
            ['project.tenant_id', 'project.id'],
            name=op.f('fk_stage_change_tenant_id_project_id'),
        ),
        sa.PrimaryKeyConstraint('tenant_id', 'project_id', 'sequence', name=op.f('pk_stage_change')),
    )
    changes()
    looked_at = ['tenant_id', 'at', 'project_id', 'sequence', 'before', 'after']
    op.create_index('ix_stage_change_at', 'stage_change', looked_at)
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.add_column(sa.Column('folded_name', sorted_text(), nullable=False, server_default=''))
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.alter_column('folded_name', server_default=None)
    # `folded` is the key, the end of a line, and the name.
    op.execute('UPDATE project SET folded_name = substr(folded, length(key) + 2)')
    indexes(BEFORE, AFTER)
    holds()
    op.drop_index('ix_milestone_taken', table_name='milestone')
    oldest('dimension_id', 'id')


def changes() -> None:
    """Every milestone with another stage than the one before it."""
    names = ('tenant_id', 'project_id', 'sequence')
    milestone = sa.table(
        'milestone', *(sa.column(name) for name in names), sa.column('taken_at', TIME), sa.column('scorecard', sa.JSON)
    )
    stage = milestone.c.scorecard['stage'].as_integer()
    before = sa.func.lag(stage).over(
        partition_by=(milestone.c.tenant_id, milestone.c.project_id), order_by=milestone.c.sequence
    )
    each = sa.select(
        milestone.c.tenant_id,
        milestone.c.project_id,
        milestone.c.sequence,
        milestone.c.taken_at,
        before.label('before'),
        stage.label('after'),
    ).subquery()
    change = sa.table('stage_change', *(sa.column(name) for name in (*names, 'at', 'before', 'after')))
    changed = sa.select(each).where(sa.or_(each.c.before.is_(None), each.c.before != each.c.after))
    op.get_bind().execute(sa.insert(change).from_select([*names, 'at', 'before', 'after'], changed))


def holds() -> None:
    """What holds projects is counted from now on: those that are held alike, and by how many stages they would rise."""
    connection, sums = op.get_bind(), Counter()
    for tenant, lifts, dimensions, barrier, projects, rise, barrier_rise in connection.execute(sa.text(HELD)):
        named = dimensions if dimensions.count(' ') < 2 else ''
        which = json.dumps([lifts, named, barrier])
        for what, amount in (('hold', projects), ('rise', rise), ('barrier_rise', barrier_rise)):
            sums[tenant, what, which] += int(amount)
    tally = sa.table('tally', *(sa.column(name) for name in ('tenant_id', 'what', 'which', 'amount')))
    rows = [
        {'tenant_id': tenant, 'what': what, 'which': which, 'amount': amount}
        for (tenant, what, which), amount in sums.items()
        if amount
    ]
    if rows:
        connection.execute(sa.insert(tally), rows)


def oldest(*more: str) -> None:
    op.drop_index('ix_blocker_oldest', table_name='blocker')
    partial('ix_blocker_oldest', 'blocker', ['tenant_id', 'severity', 'since', *more], OPEN)


def sorted_text() -> sa.types.TypeEngine:
    return sa.String().with_variant(sa.String(collation='C'), 'postgresql')


def indexes(gone: dict[str, tuple[list[str], str | None]], made: dict[str, tuple[list[str], str | None]]) -> None:
    for name in gone:
        op.drop_index(name, table_name='project')
    for name, (columns, predicate) in made.items():
        partial(name, 'project', ['tenant_id', *columns], predicate)


def partial(name: str, table: str, columns: list[str], predicate: str | None) -> None:
    where = None if predicate is None else sa.text(predicate)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    oldest()
    op.execute("DELETE FROM tally WHERE what IN ('hold', 'rise', 'barrier_rise')")
    op.create_index('ix_milestone_taken', 'milestone', ['tenant_id', 'taken_at'])
    indexes(AFTER, BEFORE)
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.drop_column('folded_name')
    op.drop_table('stage_change')
