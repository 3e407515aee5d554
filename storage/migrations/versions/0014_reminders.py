"""Checks somebody was asked to make; waivers that wait, by who decides them; weeks that somebody skips.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table('preferences', schema=None) as batch_op:
        batch_op.add_column(sa.Column('skipped_week', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('skip_reason', sa.String(), nullable=False, server_default=''))
    with op.batch_alter_table('preferences', schema=None) as batch_op:
        batch_op.alter_column('skip_reason', server_default=None)
    op.create_table('check_request',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=False),
    sa.Column('answer_id', sa.String(), nullable=False),
    sa.Column('asked_of', sa.String(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('at', TIME, nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'answer_id'], ['answer.tenant_id', 'answer.id'], name=op.f('fk_check_request_tenant_id_answer_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'asked_by'], ['person.tenant_id', 'person.id'], name=op.f('fk_check_request_tenant_id_asked_by')),
    sa.ForeignKeyConstraint(['tenant_id', 'asked_of'], ['person.tenant_id', 'person.id'], name=op.f('fk_check_request_tenant_id_asked_of')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_check_request_tenant_id_project_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_check_request')),
    sa.UniqueConstraint('tenant_id', 'asked_of', 'answer_id', name=op.f('uq_check_request_tenant_id_asked_of_answer_id'))
    )
    # What was asked before this stood in the outbox alone; when it was sent is when it was asked, as near as is known.
    asked = sa.text(
        "INSERT INTO check_request (tenant_id, id, project_id, answer_id, asked_of, asked_by, at) "
        "SELECT o.tenant_id, 'check' || o.id, a.project_id, a.id, o.person_id, o.parameters ->> 'by', "
        "COALESCE(o.first_tried_at, a.answered_at) "
        "FROM outbox o JOIN answer a ON a.tenant_id = o.tenant_id AND a.id = o.subject "
        "WHERE o.kind = 'check_asked' AND o.edits IS NULL"
    )
    op.execute(asked)
    waiting = 'ended_at IS NULL AND approved_at IS NULL'
    op.create_index(
        'ix_waiver_waiting',
        'waiver',
        ['tenant_id', 'approver_id'],
        sqlite_where=sa.text(waiting),
        postgresql_where=sa.text(waiting),
    )


def downgrade() -> None:
    op.drop_index('ix_waiver_waiting', table_name='waiver')
    op.drop_table('check_request')
    with op.batch_alter_table('preferences', schema=None) as batch_op:
        batch_op.drop_column('skip_reason')
        batch_op.drop_column('skipped_week')
