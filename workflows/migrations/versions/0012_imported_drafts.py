"""What was changed and refused when a draft was made of another tool's diagram."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('process_draft', sa.Column('imported', sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('process_draft') as batch:
        batch.drop_column('imported')
