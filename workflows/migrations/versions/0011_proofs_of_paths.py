"""What was found on the paths of a bundle, kept by its content."""

import sqlalchemy as sa
from alembic import op

from workflows.records.base import Moment

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('path_proof',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('grounds', sa.String(length=64), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.Column('at', Moment(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('digest', 'grounds', name=op.f('pk_path_proof'))
    )


def downgrade() -> None:
    op.drop_table('path_proof')
