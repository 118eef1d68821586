"""Drafts of processes, their files, who wrote in them and who has them open; the second person on a version."""

import sqlalchemy as sa
from alembic import op

from workflows.records.base import Moment

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('process_draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('name_en', sa.String(length=150), nullable=False),
    sa.Column('base', sa.Integer(), nullable=True),
    sa.Column('newest', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('begun_by', sa.Uuid(), nullable=False),
    sa.Column('begun_at', Moment(timezone=True), nullable=False),
    sa.Column('changed_by', sa.Uuid(), nullable=False),
    sa.Column('changed_at', Moment(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('submitted_by', sa.Uuid(), nullable=True),
    sa.Column('submitted_at', Moment(timezone=True), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('commented_by', sa.Uuid(), nullable=True),
    sa.Column('commented_at', Moment(timezone=True), nullable=True),
    sa.Column('published', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['begun_by'], ['officer.id'], name=op.f('fk_process_draft_begun_by')),
    sa.ForeignKeyConstraint(['changed_by'], ['officer.id'], name=op.f('fk_process_draft_changed_by')),
    sa.ForeignKeyConstraint(['commented_by'], ['officer.id'], name=op.f('fk_process_draft_commented_by')),
    sa.ForeignKeyConstraint(['process', 'base'], ['version.process', 'version.number'], name='fk_process_draft_base'),
    sa.ForeignKeyConstraint(['submitted_by'], ['officer.id'], name=op.f('fk_process_draft_submitted_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_process_draft'))
    )
    op.create_index('ix_process_draft_begun_by', 'process_draft', ['begun_by', 'state'], unique=False)
    op.create_index('ix_process_draft_state', 'process_draft', ['state', 'changed_at', 'id'], unique=False)
    op.create_table('process_draft_file',
    sa.Column('draft', sa.Uuid(), nullable=False),
    sa.Column('path', sa.String(length=120), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=False),
    sa.Column('at', Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['officer.id'], name=op.f('fk_process_draft_file_by')),
    sa.ForeignKeyConstraint(['draft'], ['process_draft.id'], name=op.f('fk_process_draft_file_draft')),
    sa.PrimaryKeyConstraint('draft', 'path', name=op.f('pk_process_draft_file'))
    )
    op.create_table('process_draft_writer',
    sa.Column('draft', sa.Uuid(), nullable=False),
    sa.Column('officer', sa.Uuid(), nullable=False),
    sa.Column('since', Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft'], ['process_draft.id'], name=op.f('fk_process_draft_writer_draft')),
    sa.ForeignKeyConstraint(['officer'], ['officer.id'], name=op.f('fk_process_draft_writer_officer')),
    sa.PrimaryKeyConstraint('draft', 'officer', name=op.f('pk_process_draft_writer'))
    )
    op.create_table('process_draft_presence',
    sa.Column('draft', sa.Uuid(), nullable=False),
    sa.Column('officer', sa.Uuid(), nullable=False),
    sa.Column('since', Moment(timezone=True), nullable=False),
    sa.Column('seen_at', Moment(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft'], ['process_draft.id'], name=op.f('fk_process_draft_presence_draft')),
    sa.ForeignKeyConstraint(['officer'], ['officer.id'], name=op.f('fk_process_draft_presence_officer')),
    sa.PrimaryKeyConstraint('draft', 'officer', name=op.f('pk_process_draft_presence'))
    )
    op.add_column('version', sa.Column('reviewer', sa.String(length=100), nullable=False, server_default=''))


def downgrade() -> None:
    op.drop_column('version', 'reviewer')
    op.drop_table('process_draft_presence')
    op.drop_table('process_draft_writer')
    op.drop_table('process_draft_file')
    op.drop_table('process_draft')
