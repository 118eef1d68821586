"""reading at scale: indexes of open tasks, the tally of the wall."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from workflows.records.base import Moment

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

CHANGE = "INSERT INTO task_change (agency, process, element, name, name_en, due_at, warn_at, tasks) SELECT {row}.agency, {row}.process, {row}.element, {row}.name, {row}.name_en, {row}.due_at, {row}.warn_at, {tasks} WHERE {row}.state = 'open'"
GONE, COME = CHANGE.format(row="OLD", tasks=-1), CHANGE.format(row="NEW", tasks=1)
WATCHED = ("state", "agency", "process", "element", "due_at", "warn_at")

OLD_INDEXES = (
    ("ix_task_case", "task", ("case",)),
    ("ix_task_done", "task", ("completed_by", "completed_at")),
    ("ix_task_pool", "task", ("state", "agency", "role", "due_at", "id")),
    ("ix_task_todo", "task", ("state", "assignee", "due_at", "id")),
    ("ix_case_file_opened_at", "case_file", ("opened_at",)),
    ("ix_case_file_status", "case_file", ("status",)),
    ("ix_clock_alarm", "clock", ("alarm_at", "id")),
    ("ix_message_try", "message", ("try_at",)),
)
NEW_INDEXES = (
    ("ix_task_case", "task", ("case", "state"), ""),
    ("ix_task_done", "task", ("completed_by", "completed_at", "id"), ""),
    ("ix_task_todo", "task", ("assignee", "due_at", "id"), "state = 'open'"),
    ("ix_task_pool", "task", ("agency", "due_at", "id", "role", "assignee"), "state = 'open'"),
    ("ix_task_step", "task", ("process", "element", "due_at", "id"), "state = 'open'"),
    ("ix_task_due", "task", ("due_at", "id"), "state = 'open'"),
    ("ix_task_warn", "task", ("warn_at",), "state = 'open'"),
    ("ix_case_file_opened", "case_file", ("opened_at", "id"), ""),
    ("ix_case_file_status", "case_file", ("status", "opened_at", "id"), ""),
    ("ix_clock_alarm", "clock", ("alarm_at", "id"), "alarm_at IS NOT NULL"),
    ("ix_message_try", "message", ("try_at", "key"), "try_at IS NOT NULL"),
    ("ix_idempotency_at", "idempotency", ("at",), ""),
)


def upgrade() -> None:
    for name, table, _ in OLD_INDEXES:
        op.drop_index(name, table)
    for name, table, columns, condition in NEW_INDEXES:
        where = sa.text(condition) if condition else None
        op.create_index(name, table, list(columns), sqlite_where=where, postgresql_where=where)
    _tables()
    _first_count()
    _triggers()


def _tables() -> None:
    cell = (
        ('agency', sa.String(length=60)),
        ('process', sa.String(length=60)),
        ('element', sa.String(length=60)),
        ('name', sa.String(length=100)),
        ('name_en', sa.String(length=150)),
    )
    op.create_table('task_tally',
    *(sa.Column(name, kind, nullable=False) for name, kind in cell),
    *(sa.Column(name, sa.Integer(), nullable=False) for name in ('tasks', 'dated', 'red', 'warned')),
    sa.PrimaryKeyConstraint('agency', 'process', 'element', name=op.f('pk_task_tally'))
    )
    op.create_table('task_change',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    *(sa.Column(name, kind, nullable=False) for name, kind in cell),
    sa.Column('due_at', Moment(timezone=True), nullable=True),
    sa.Column('warn_at', Moment(timezone=True), nullable=True),
    sa.Column('tasks', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_change'))
    )
    op.create_table('tally_moment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', Moment(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tally_moment'))
    )


def _first_count() -> None:
    now = sa.bindparam("now", datetime.now(UTC), type_=Moment(timezone=True))
    op.execute(sa.text("INSERT INTO tally_moment (id, at) VALUES (1, :now)").bindparams(now))
    op.execute(sa.text("""
        INSERT INTO task_tally (agency, process, element, name, name_en, tasks, dated, red, warned)
        SELECT agency, process, element, max(name), max(name_en), count(*), count(due_at),
            sum(CASE WHEN due_at < :now THEN 1 ELSE 0 END),
            sum(CASE WHEN due_at < :now OR (warn_at <= due_at AND warn_at <= :now) THEN 1 ELSE 0 END)
        FROM task WHERE state = 'open' GROUP BY agency, process, element
    """).bindparams(now))


def _triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in WATCHED)
        op.execute(f"CREATE TRIGGER task_come AFTER INSERT ON task WHEN NEW.state = 'open' BEGIN {COME}; END")
        op.execute(f"CREATE TRIGGER task_gone AFTER DELETE ON task WHEN OLD.state = 'open' BEGIN {GONE}; END")
        op.execute(f"CREATE TRIGGER task_moved AFTER UPDATE OF {', '.join(WATCHED)} ON task WHEN {changed} BEGIN {GONE}; {COME}; END")
        return
    for name, body in (("task_come", f"{COME};"), ("task_gone", f"{GONE};"), ("task_moved", f"{GONE}; {COME};")):
        op.execute(f"CREATE FUNCTION note_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$")
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in WATCHED)
    op.execute("CREATE TRIGGER task_come AFTER INSERT ON task FOR EACH ROW WHEN (NEW.state = 'open') EXECUTE FUNCTION note_task_come()")
    op.execute("CREATE TRIGGER task_gone AFTER DELETE ON task FOR EACH ROW WHEN (OLD.state = 'open') EXECUTE FUNCTION note_task_gone()")
    op.execute(
        f"CREATE TRIGGER task_moved AFTER UPDATE OF {', '.join(WATCHED)} ON task FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION note_task_moved()"
    )


def downgrade() -> None:
    on = "" if op.get_bind().dialect.name == "sqlite" else " ON task"
    for name in ("task_come", "task_gone", "task_moved"):
        op.execute(f"DROP TRIGGER {name}{on}")
        if on:
            op.execute(f"DROP FUNCTION note_{name}()")
    for table in ("task_change", "task_tally", "tally_moment"):
        op.drop_table(table)
    for name, table, _, _ in NEW_INDEXES:
        op.drop_index(name, table)
    for name, table, columns in OLD_INDEXES:
        op.create_index(name, table, list(columns))
