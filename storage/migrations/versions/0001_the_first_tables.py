"""The first tables.

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tenant',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tenant'))
    )
    op.create_table('audit_event',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('actor_id', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_audit_event_tenant_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_event'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_tenant_id_subject_seq'), ['tenant_id', 'subject', 'seq'], unique=False)

    op.create_table('inbox',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_inbox_tenant_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'key', name=op.f('pk_inbox'))
    )
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inbox_arrived_at'), ['arrived_at'], unique=False)

    op.create_table('installation',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('external_id', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_installation_tenant_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_installation')),
    sa.UniqueConstraint('platform', 'external_id', name=op.f('uq_installation_platform_external_id')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_installation_tenant_id_id'))
    )
    op.create_table('person',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('timezone', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('is_admin', sa.Boolean(), nullable=False),
    sa.Column('is_manager', sa.Boolean(), nullable=False),
    sa.Column('home_opened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_person_tenant_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_person'))
    )
    op.create_table('send_slot',
    sa.Column('stream', sa.String(), nullable=False),
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('free_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_send_slot_tenant_id')),
    sa.PrimaryKeyConstraint('stream', name=op.f('pk_send_slot'))
    )
    with op.batch_alter_table('send_slot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_send_slot_free_at'), ['free_at'], unique=False)

    op.create_table('account',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('installation_id', sa.String(), nullable=False),
    sa.Column('platform_user', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'installation_id'], ['installation.tenant_id', 'installation.id'], name=op.f('fk_account_tenant_id_installation_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_account_tenant_id_person_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'installation_id', 'platform_user', name=op.f('pk_account')),
    sa.UniqueConstraint('tenant_id', 'person_id', 'installation_id', name=op.f('uq_account_tenant_id_person_id_installation_id'))
    )
    op.create_table('place',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('installation_id', sa.String(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'installation_id'], ['installation.tenant_id', 'installation.id'], name=op.f('fk_place_tenant_id_installation_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_place')),
    sa.UniqueConstraint('tenant_id', 'installation_id', 'channel', name=op.f('uq_place_tenant_id_installation_id_channel'))
    )
    op.create_table('outbox',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=True),
    sa.Column('place_id', sa.String(), nullable=True),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.Column('edits', sa.String(), nullable=True),
    sa.Column('stream', sa.String(), nullable=False),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('installation', sa.String(), nullable=False),
    sa.Column('platform_user', sa.String(), nullable=True),
    sa.Column('channel', sa.String(), nullable=True),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('owner', sa.String(), nullable=True),
    sa.Column('first_tried_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ref', sa.String(), nullable=True),
    sa.Column('error', sa.String(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(done_at IS NULL) = (state IN ('pending', 'sending'))", name=op.f('ck_outbox_done')),
    sa.CheckConstraint('(person_id IS NULL) <> (place_id IS NULL)', name=op.f('ck_outbox_one_recipient')),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_outbox_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'place_id'], ['place.tenant_id', 'place.id'], name=op.f('fk_outbox_tenant_id_place_id')),
    sa.ForeignKeyConstraint(['tenant_id'], ['tenant.id'], name=op.f('fk_outbox_tenant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('tenant_id', 'key', name=op.f('uq_outbox_tenant_id_key'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_due', ['due_at', 'stream'], unique=False, sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))
        batch_op.create_index('ix_outbox_edits', ['tenant_id', 'edits', 'id'], unique=False, sqlite_where=sa.text('edits IS NOT NULL'), postgresql_where=sa.text('edits IS NOT NULL'))
        batch_op.create_index('ix_outbox_held', ['tenant_id', 'place_id', 'id'], unique=False, sqlite_where=sa.text("state = 'held'"), postgresql_where=sa.text("state = 'held'"))
        batch_op.create_index('ix_outbox_open', ['stream', 'due_at', 'id'], unique=False, sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))

    op.create_table('project',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('key', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('owner_id', sa.String(), nullable=False),
    sa.Column('exposure', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('business_function', sa.String(), nullable=False),
    sa.Column('team', sa.String(), nullable=False),
    sa.Column('target', sa.Integer(), nullable=True),
    sa.Column('target_date', sa.Date(), nullable=True),
    sa.Column('cadence', sa.String(), nullable=False),
    sa.Column('place_id', sa.String(), nullable=True),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('summary_milestone_id', sa.String(), nullable=True),
    sa.Column('summary_stage', sa.Integer(), nullable=True),
    sa.Column('summary_readiness', sa.Integer(), nullable=True),
    sa.Column('summary_optimistic', sa.Integer(), nullable=True),
    sa.Column('summary_standing', sa.String(), nullable=True),
    sa.Column('summary_index', sa.Integer(), nullable=True),
    sa.Column('summary_blockers', sa.Integer(), nullable=True),
    sa.Column('summary_critical', sa.Integer(), nullable=True),
    sa.Column('summary_exclusions', sa.Integer(), nullable=True),
    sa.Column('summary_assessed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('exposure BETWEEN 1 AND 5', name=op.f('ck_project_exposure')),
    sa.ForeignKeyConstraint(['tenant_id', 'owner_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_project_tenant_id_owner_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'place_id'], ['place.tenant_id', 'place.id'], name=op.f('fk_project_tenant_id_place_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_project')),
    sa.UniqueConstraint('tenant_id', 'key', name=op.f('uq_project_tenant_id_key'))
    )
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_project_tenant_id_owner_id'), ['tenant_id', 'owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_project_tenant_id_place_id'), ['tenant_id', 'place_id'], unique=False)

    op.create_table('assessment',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=False),
    sa.Column('framework_id', sa.String(), nullable=False),
    sa.Column('framework_version', sa.String(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by', sa.String(), nullable=False),
    sa.Column('deadline', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['tenant_id', 'opened_by'], ['person.tenant_id', 'person.id'], name=op.f('fk_assessment_tenant_id_opened_by')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_assessment_tenant_id_project_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_assessment')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_assessment_tenant_id_id'))
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.create_index('ix_assessment_deadline', ['deadline'], unique=False, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.create_index('ix_assessment_project', ['tenant_id', 'project_id', 'opened_at'], unique=False)
        batch_op.create_index('uq_assessment_open', ['tenant_id', 'project_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('project_role',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'person_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_project_role_tenant_id_person_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_project_role_tenant_id_project_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'project_id', 'role', name=op.f('pk_project_role'))
    )
    with op.batch_alter_table('project_role', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_project_role_tenant_id_person_id'), ['tenant_id', 'person_id'], unique=False)

    op.create_table('interview',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=False),
    sa.Column('assessment_id', sa.String(), nullable=False),
    sa.Column('respondent_id', sa.String(), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('phase', sa.String(), nullable=False),
    sa.Column('current', sa.String(), nullable=True),
    sa.Column('answered', sa.JSON(), nullable=False),
    sa.Column('skipped', sa.JSON(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.Column('asked', sa.JSON(), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['tenant_id', 'assessment_id'], ['assessment.tenant_id', 'assessment.id'], name=op.f('fk_interview_tenant_id_assessment_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_interview_tenant_id_project_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'respondent_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_interview_tenant_id_respondent_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_interview')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_interview_tenant_id_id'))
    )
    with op.batch_alter_table('interview', schema=None) as batch_op:
        batch_op.create_index('ix_interview_assessment', ['tenant_id', 'assessment_id'], unique=False)
        batch_op.create_index('ix_interview_respondent', ['tenant_id', 'respondent_id', 'opened_at'], unique=False)

    op.create_table('milestone',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=False),
    sa.Column('assessment_id', sa.String(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('framework_id', sa.String(), nullable=False),
    sa.Column('framework_version', sa.String(), nullable=False),
    sa.Column('scorecard', sa.JSON(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('cause', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('prev_sha256', sa.String(), nullable=False),
    sa.CheckConstraint('length(sha256) = 64', name=op.f('ck_milestone_sha256')),
    sa.ForeignKeyConstraint(['tenant_id', 'assessment_id'], ['assessment.tenant_id', 'assessment.id'], name=op.f('fk_milestone_tenant_id_assessment_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_milestone_tenant_id_project_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_milestone')),
    sa.UniqueConstraint('tenant_id', 'project_id', 'sequence', name=op.f('uq_milestone_tenant_id_project_id_sequence'))
    )
    op.create_table('answer',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=False),
    sa.Column('assessment_id', sa.String(), nullable=False),
    sa.Column('interview_id', sa.String(), nullable=False),
    sa.Column('dimension_id', sa.String(), nullable=False),
    sa.Column('respondent_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('strength', sa.String(), nullable=False),
    sa.Column('link', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('approved_by', sa.String(), nullable=True),
    sa.Column('unchanged', sa.Boolean(), nullable=False),
    sa.Column('supersedes_id', sa.String(), nullable=True),
    sa.CheckConstraint("(kind = 'level') = (level IS NOT NULL)", name=op.f('ck_answer_level_of_kind')),
    sa.CheckConstraint('level BETWEEN 0 AND 4', name=op.f('ck_answer_level')),
    sa.ForeignKeyConstraint(['tenant_id', 'approved_by'], ['person.tenant_id', 'person.id'], name=op.f('fk_answer_tenant_id_approved_by')),
    sa.ForeignKeyConstraint(['tenant_id', 'assessment_id'], ['assessment.tenant_id', 'assessment.id'], name=op.f('fk_answer_tenant_id_assessment_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'interview_id'], ['interview.tenant_id', 'interview.id'], name=op.f('fk_answer_tenant_id_interview_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_answer_tenant_id_project_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'respondent_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_answer_tenant_id_respondent_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'supersedes_id'], ['answer.tenant_id', 'answer.id'], name=op.f('fk_answer_tenant_id_supersedes_id')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_answer')),
    sa.UniqueConstraint('tenant_id', 'id', name=op.f('uq_answer_tenant_id_id'))
    )
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.create_index('ix_answer_current', ['tenant_id', 'assessment_id', 'dimension_id', 'respondent_id', 'seq'], unique=False)

    op.create_table('blocker',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('project_id', sa.String(), nullable=False),
    sa.Column('dimension_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('severity', sa.Integer(), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('found_by', sa.String(), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('need', sa.Integer(), nullable=False),
    sa.Column('cleared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cleared_by', sa.String(), nullable=True),
    sa.Column('owner_id', sa.String(), nullable=True),
    sa.Column('due', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('severity BETWEEN 1 AND 4', name=op.f('ck_blocker_severity')),
    sa.ForeignKeyConstraint(['tenant_id', 'cleared_by'], ['milestone.tenant_id', 'milestone.id'], name=op.f('fk_blocker_tenant_id_cleared_by'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['tenant_id', 'found_by'], ['milestone.tenant_id', 'milestone.id'], name=op.f('fk_blocker_tenant_id_found_by'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['tenant_id', 'owner_id'], ['person.tenant_id', 'person.id'], name=op.f('fk_blocker_tenant_id_owner_id')),
    sa.ForeignKeyConstraint(['tenant_id', 'project_id'], ['project.tenant_id', 'project.id'], name=op.f('fk_blocker_tenant_id_project_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_blocker'))
    )
    with op.batch_alter_table('blocker', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_blocker_tenant_id_cleared_by'), ['tenant_id', 'cleared_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_blocker_tenant_id_found_by'), ['tenant_id', 'found_by'], unique=False)
        batch_op.create_index('uq_blocker_open', ['tenant_id', 'project_id', 'dimension_id'], unique=True, sqlite_where=sa.text('cleared_at IS NULL'), postgresql_where=sa.text('cleared_at IS NULL'))

    op.create_table('answer_text',
    sa.Column('tenant_id', sa.String(), nullable=False),
    sa.Column('answer_id', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'answer_id'], ['answer.tenant_id', 'answer.id'], name=op.f('fk_answer_text_tenant_id_answer_id')),
    sa.PrimaryKeyConstraint('tenant_id', 'answer_id', name=op.f('pk_answer_text'))
    )


def downgrade() -> None:
    op.drop_table('answer_text')
    with op.batch_alter_table('blocker', schema=None) as batch_op:
        batch_op.drop_index('uq_blocker_open', sqlite_where=sa.text('cleared_at IS NULL'), postgresql_where=sa.text('cleared_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_blocker_tenant_id_found_by'))
        batch_op.drop_index(batch_op.f('ix_blocker_tenant_id_cleared_by'))

    op.drop_table('blocker')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_index('ix_answer_current')

    op.drop_table('answer')
    op.drop_table('milestone')
    with op.batch_alter_table('interview', schema=None) as batch_op:
        batch_op.drop_index('ix_interview_respondent')
        batch_op.drop_index('ix_interview_assessment')

    op.drop_table('interview')
    with op.batch_alter_table('project_role', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_project_role_tenant_id_person_id'))

    op.drop_table('project_role')
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_index('uq_assessment_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index('ix_assessment_project')
        batch_op.drop_index('ix_assessment_deadline', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.drop_table('assessment')
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_project_tenant_id_place_id'))
        batch_op.drop_index(batch_op.f('ix_project_tenant_id_owner_id'))

    op.drop_table('project')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_open', sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))
        batch_op.drop_index('ix_outbox_held', sqlite_where=sa.text("state = 'held'"), postgresql_where=sa.text("state = 'held'"))
        batch_op.drop_index('ix_outbox_edits', sqlite_where=sa.text('edits IS NOT NULL'), postgresql_where=sa.text('edits IS NOT NULL'))
        batch_op.drop_index('ix_outbox_due', sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))

    op.drop_table('outbox')
    op.drop_table('place')
    op.drop_table('account')
    with op.batch_alter_table('send_slot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_send_slot_free_at'))

    op.drop_table('send_slot')
    op.drop_table('person')
    op.drop_table('installation')
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inbox_arrived_at'))

    op.drop_table('inbox')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_tenant_id_subject_seq'))

    op.drop_table('audit_event')
    op.drop_table('tenant')
    # The triggers went with their tables; the function they share stands alone.
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION IF EXISTS bridgehead_append_only()')
