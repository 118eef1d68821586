"""a clock's ledger says how long: the length of a start, the units of an extension."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

LENGTH = "UPDATE clock_entry SET units = (SELECT length FROM clock WHERE clock.id = clock_entry.clock) WHERE kind = 'start'"


def upgrade() -> None:
    op.add_column('clock_entry', sa.Column('units', sa.Integer(), nullable=True))
    op.execute(LENGTH)


def downgrade() -> None:
    op.drop_column('clock_entry', 'units')
