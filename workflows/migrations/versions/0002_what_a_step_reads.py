"""What a step reads: the epoch of what processes keep in memory, who did the last task of a lane."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('epoch',
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('token', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_epoch'))
    )
    op.execute("INSERT INTO epoch (name, token) VALUES ('directory', 'first')")
    op.add_column('case_file', sa.Column('lanes', sa.JSON(), nullable=False, server_default='{}'))
    done = sa.table('task', sa.column('case', sa.Uuid()), sa.column('agency', sa.String()), sa.column('role', sa.String()),
                    sa.column('completed_by', sa.Uuid()), sa.column('completed_at'), sa.column('state', sa.String()))
    rows = op.get_bind().execute(sa.select(done.c.case, done.c.agency, done.c.role, done.c.completed_by)
                                 .where(done.c.state == 'completed').order_by(done.c.completed_at))
    lanes: dict[str, dict[str, str]] = {}
    for case, agency, role, officer in rows:
        lanes.setdefault(case, {})[f'{agency}/{role}'] = officer.hex
    cases = sa.table('case_file', sa.column('id', sa.Uuid()), sa.column('lanes', sa.JSON()))
    for case, found in lanes.items():
        op.get_bind().execute(sa.update(cases).where(cases.c.id == case).values(lanes=found))


def downgrade() -> None:
    op.drop_column('case_file', 'lanes')
    op.drop_table('epoch')
