"""What a step reads: the epoch of what processes keep in memory, who did the last task of a lane."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

OF_OFFICERS = "username, name, agency, roles, certificate, certificate_until, active"
WATCHED = (("agency", "UPDATE"), ("version", "UPDATE"), ("officer", f"UPDATE OF {OF_OFFICERS}"))
"""What processes keep in memory; a sign-in or a wrong password changes an officer's row, and nothing that is kept."""
ANOTHER = "UPDATE epoch SET token = {another} WHERE name = 'directory'"


def upgrade() -> None:
    op.create_table('epoch',
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('token', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_epoch'))
    )
    op.execute("INSERT INTO epoch (name, token) VALUES ('directory', 'first')")
    _triggers()
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


def _triggers() -> None:
    # By the database, so that no way of writing can forget it.
    if op.get_bind().dialect.name == "sqlite":
        another = ANOTHER.format(another="lower(hex(randomblob(16)))")
        for table, update in WATCHED:
            for number, change in enumerate(("INSERT", "DELETE", update)):
                op.execute(f"CREATE TRIGGER {table}_epoch_{number} AFTER {change} ON {table} BEGIN {another}; END")
        return
    another = ANOTHER.format(another="md5(random()::text || clock_timestamp()::text)")
    op.execute(f"CREATE FUNCTION begin_epoch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {another}; RETURN NULL; END $$")
    for table, update in WATCHED:
        op.execute(
            f"CREATE TRIGGER {table}_epoch AFTER INSERT OR DELETE OR {update} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION begin_epoch()"
        )


def downgrade() -> None:
    for table, _ in WATCHED:
        if op.get_bind().dialect.name == "sqlite":
            for number in range(3):
                op.execute(f"DROP TRIGGER {table}_epoch_{number}")
        else:
            op.execute(f"DROP TRIGGER {table}_epoch ON {table}")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION begin_epoch()")
    op.drop_column('case_file', 'lanes')
    op.drop_table('epoch')
