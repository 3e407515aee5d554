"""What holds each project, and forecasts of what would lift it.

What holds a project follows from its answers and its framework: the calendar fills it in, with a date for each project
that has a result and none yet. Nobody can forecast afterwards, so forecasts begin with the next assessment that ends.

Revision ID: 0018
Revises: 0017
"""

from datetime import datetime, timezone

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
HELD = ['dimensions', 'barrier_id', 'lifts', 'after', 'before', 'barrier_after', 'project_id']
BARRED = ['barrier_id', 'lifts', 'barrier_after', 'before', 'project_id']


def upgrade() -> None:
    op.create_table(
        'project_hold',
        sa.Column('tenant_id', sa.String(), nullable=False),
        sa.Column('project_id', sa.String(), nullable=False),
        *hold(),
        sa.CheckConstraint('before < after AND after <= aim', name=op.f('ck_project_hold_after')),
        project('project_hold'),
        sa.PrimaryKeyConstraint('tenant_id', 'project_id', name=op.f('pk_project_hold')),
    )
    op.create_index('ix_project_hold_counted', 'project_hold', ['tenant_id', *HELD])
    op.create_index('ix_project_hold_barrier', 'project_hold', ['tenant_id', *BARRED])
    op.create_table(
        'forecast',
        sa.Column('tenant_id', sa.String(), nullable=False),
        sa.Column('milestone_id', sa.String(), nullable=False),
        sa.Column('project_id', sa.String(), nullable=False),
        sa.Column('made_at', TIME, nullable=False),
        *hold(),
        sa.Column('outcome', sa.String(), nullable=True),
        sa.Column('judged_by', sa.String(), nullable=True),
        sa.Column('judged_at', TIME, nullable=True),
        sa.Column('reached', sa.Integer(), nullable=True),
        sa.Column('promised', sa.Integer(), nullable=True),
        sa.Column('raised', sa.JSON(), nullable=True),
        sa.Column('missing', sa.JSON(), nullable=True),
        sa.CheckConstraint('(outcome IS NULL) = (judged_by IS NULL)', name=op.f('ck_forecast_judged')),
        project('forecast'),
        milestone('milestone_id'),
        milestone('judged_by'),
        sa.PrimaryKeyConstraint('tenant_id', 'milestone_id', name=op.f('pk_forecast')),
    )
    is_open = sa.text('outcome IS NULL')
    op.create_index(
        'uq_forecast_open',
        'forecast',
        ['tenant_id', 'project_id'],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index('ix_forecast_project', 'forecast', ['tenant_id', 'project_id', 'made_at'])
    op.create_index('ix_forecast_outcome', 'forecast', ['tenant_id', 'outcome'])
    date()


def hold() -> list[sa.Column]:
    return [
        sa.Column('lifts', sa.String(), nullable=False),
        sa.Column('before', sa.Integer(), nullable=False),
        sa.Column('aim', sa.Integer(), nullable=False),
        sa.Column('dimensions', sa.String(), nullable=False),
        sa.Column('after', sa.Integer(), nullable=False),
        sa.Column('barrier_id', sa.String(), nullable=False),
        sa.Column('barrier_after', sa.Integer(), nullable=False),
    ]


def project(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f'fk_{table}_tenant_id_project_id')
    return sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=name)


def milestone(column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f'fk_forecast_tenant_id_{column}')
    return sa.ForeignKeyConstraint(['tenant_id', column], ['milestone.tenant_id', 'milestone.id'], name=name)


def date() -> None:
    """Have the summary of every project with a result written anew, where that is not due already."""
    project = sa.table(
        'project', *(sa.column(name) for name in ('tenant_id', 'id', 'summary_milestone_id', 'archived_at'))
    )
    appointment = sa.table(
        'appointment',
        *(sa.column(name) for name in ('tenant_id', 'kind', 'subject', 'project_id', 'step', 'attempts')),
        sa.column('at', TIME),
        sa.column('due_at', TIME),
    )
    dated = sa.exists().where(
        appointment.c.tenant_id == project.c.tenant_id,
        appointment.c.kind == 'summary',
        appointment.c.subject == project.c.id,
    )
    now, kind, none = sa.literal(datetime.now(timezone.utc), TIME), sa.literal('summary'), sa.literal(0)
    wanted = sa.select(project.c.tenant_id, kind, project.c.id, project.c.id, none, none, now, now).where(
        project.c.summary_milestone_id.is_not(None), project.c.archived_at.is_(None), ~dated
    )
    columns = ['tenant_id', 'kind', 'subject', 'project_id', 'step', 'attempts', 'at', 'due_at']
    op.get_bind().execute(sa.insert(appointment).from_select(columns, wanted))


def downgrade() -> None:
    op.drop_table('forecast')
    op.drop_table('project_hold')
