"""What is due when, what people set for themselves, when they are away; an assessment's deadline is an appointment.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('appointment',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=True),
    sa.Column('at', TIME, nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('due_at', TIME, nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_appointment_tenant_id_project_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_appointment_tenant_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'kind', 'subject', name=op.f('pk_appointment'))
    )
    op.create_index(op.f('ix_appointment_due_at'), 'appointment', ['due_at'])
    op.create_table('preferences',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('timezone', sa.String(), nullable=True),
    sa.Column('begins', sa.Time(), nullable=True),
    sa.Column('ends', sa.Time(), nullable=True),
    sa.Column('days', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('region', sa.String(), nullable=True),
    sa.Column('reminder_day', sa.Integer(), nullable=False),
    sa.Column('reminder_time', sa.Time(), nullable=False),
    sa.Column('reminds', sa.Boolean(), nullable=False),
    sa.Column('snoozed_until', TIME, nullable=True),
    sa.Column('backup_id', sa.String(), nullable=True),
    sa.CheckConstraint('(begins IS NULL) = (ends IS NULL)', name=op.f('ck_preferences_hours')),
    sa.CheckConstraint('reminder_day BETWEEN 0 AND 6', name=op.f('ck_preferences_reminder_day')),
    sa.ForeignKeyConstraint(['tenant_id', 'backup_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_preferences_tenant_id_backup_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_preferences_tenant_id_person_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'person_id', name=op.f('pk_preferences'))
    )
    op.create_index(op.f('ix_preferences_tenant_id_backup_id'), 'preferences', ['tenant_id', 'backup_id'])
    op.create_table('absence',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.CheckConstraint('first <= last', name=op.f('ck_absence_order')),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_absence_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'set_by'], ['person.tenant_id', 'person.id'], name=op.f('fk_absence_tenant_id_set_by')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_absence'))
    )
    op.create_index(op.f('ix_absence_tenant_id_person_id_last'), 'absence', ['tenant_id', 'person_id', 'last'])
    with op.batch_alter_table('organization_settings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('begins', sa.Time(), nullable=False, server_default='09:00:00'))
        batch_op.add_column(sa.Column('ends', sa.Time(), nullable=False, server_default='17:00:00'))
        batch_op.add_column(sa.Column('days', sa.JSON(), nullable=False, server_default='[0, 1, 2, 3, 4]'))
        batch_op.add_column(sa.Column('region', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('closed', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('messages_a_day', sa.Integer(), nullable=False, server_default='3'))
        batch_op.create_check_constraint(batch_op.f('ck_organization_settings_messages_a_day'), 'messages_a_day BETWEEN 1 AND 50')
    with op.batch_alter_table('organization_settings', schema=None) as batch_op:
        # The defaults were for rows that were there; new ones say all they hold.
        for name in ('begins', 'ends', 'days', 'region', 'closed', 'messages_a_day'):
            batch_op.alter_column(name, server_default=None)
    op.add_column('outbox', sa.Column('unasked', sa.Boolean(), nullable=False, server_default=sa.text('false')))
    op.add_column('outbox', sa.Column('postponed', sa.String(), nullable=True))
    op.create_index(
        'ix_outbox_unasked',
        'outbox',
        ['tenant_id', 'person_id', 'done_at'],
        sqlite_where=sa.text('unasked'),
        postgresql_where=sa.text('unasked'),
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_index('ix_assessment_deadline')
    op.execute(
        "INSERT INTO appointment (tenant_id, kind, subject, project_id, at, step, due_at, attempts) "
        "SELECT tenant_id, 'deadline', id, project_id, deadline, 0, deadline, 0 FROM assessment WHERE state = 'open'"
    )


def downgrade() -> None:
    op.create_index(
        'ix_assessment_deadline',
        'assessment',
        ['deadline'],
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    with op.batch_alter_table('organization_settings', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_organization_settings_messages_a_day'), type_='check')
        for name in ('messages_a_day', 'closed', 'region', 'days', 'ends', 'begins'):
            batch_op.drop_column(name)
    op.drop_index('ix_outbox_unasked', table_name='outbox')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('postponed')
        batch_op.drop_column('unasked')
    op.drop_table('absence')
    op.drop_table('preferences')
    op.drop_table('appointment')
