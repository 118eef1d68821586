"""A case under another one: what it is to it, and whether that one rests meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('case_file', sa.Column('relation', sa.String(length=20), nullable=False, server_default=''))
    op.add_column('case_file', sa.Column('suspends', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE case_file SET relation = 'supervision' WHERE parent IS NOT NULL")


def downgrade() -> None:
    op.drop_column('case_file', 'suspends')
    op.drop_column('case_file', 'relation')
