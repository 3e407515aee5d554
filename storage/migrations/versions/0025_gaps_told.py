"""Words of gaps that wait name each blocker with its project, so that one message can tell of several projects.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

OUTBOX = sa.table(
    'outbox',
    *(sa.column(name) for name in ('id', 'kind', 'subject', 'state', 'person_id')),
    sa.column('parameters', sa.JSON),
)
WAITING = sa.select(OUTBOX).where(
    OUTBOX.c.kind.in_(['unknown', 'old_blockers']), OUTBOX.c.state.not_in(['sent', 'dropped'])
)
INTERVIEW = sa.table('interview', sa.column('id'), sa.column('assessment_id'))
GONE_UP = sa.select(OUTBOX).where(
    OUTBOX.c.kind == 'escalation', OUTBOX.c.subject == OUTBOX.c.person_id, OUTBOX.c.state.not_in(['sent', 'dropped'])
)


def upgrade() -> None:
    for row in op.get_bind().execute(WAITING).all():
        told = row.parameters['blockers'].split(',')
        _write(row.id, {blocker: row.subject for blocker in told})


def downgrade() -> None:
    for row in op.get_bind().execute(GONE_UP).all():
        # What tells of several assessments told of one.
        rung, interviews = row.parameters['rung'], {key: since for key, since in row.parameters.items() if key != 'rung'}
        found = sa.select(INTERVIEW).where(INTERVIEW.c.id.in_(interviews))
        of = {each.id: each.assessment_id for each in op.get_bind().execute(found)}
        subject = next(iter(of.values()), row.subject)
        theirs = {key: since for key, since in interviews.items() if of.get(key) == subject}
        op.execute(OUTBOX.update().where(OUTBOX.c.id == row.id).values(subject=subject))
        _write(row.id, {'rung': rung, **theirs})
    for row in op.get_bind().execute(WAITING).all():
        # What tells of several projects told of one.
        subject = next(iter(row.parameters.values()))
        told = (blocker for blocker, project in row.parameters.items() if project == subject)
        op.execute(OUTBOX.update().where(OUTBOX.c.id == row.id).values(subject=subject))
        _write(row.id, {'blockers': ','.join(told)})


def _write(outbox_id: int, parameters: dict[str, str]) -> None:
    op.execute(OUTBOX.update().where(OUTBOX.c.id == outbox_id).values(parameters=parameters))
