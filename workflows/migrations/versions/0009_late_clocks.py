"""late clocks: the index of limits of whole cases that ran out and are not met."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

LATE = sa.text("breached_at IS NOT NULL AND state = 'running' AND task IS NULL")


def upgrade() -> None:
    op.create_index('ix_clock_late', 'clock', ['agency', 'due_at', 'id'], sqlite_where=LATE, postgresql_where=LATE)


def downgrade() -> None:
    op.drop_index('ix_clock_late', 'clock')
