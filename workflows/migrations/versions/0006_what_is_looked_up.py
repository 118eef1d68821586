"""what is looked up: only the subject's facts are kept as text; tasks without a moment of warning leave its index."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

LOOKED_UP, WARNED, OPEN = (sa.text(condition) for condition in ("text <> ''", "state = 'open' AND warn_at IS NOT NULL", "state = 'open'"))


def upgrade() -> None:
    op.drop_index('ix_fact_name_text', 'fact')
    op.execute("""
        UPDATE fact SET text = CASE WHEN name IN ('subject_name', 'subject_code') THEN substr(text, 1, 200) ELSE '' END WHERE text <> ''
    """)
    op.create_index('ix_fact_subject', 'fact', ['name', 'text'], sqlite_where=LOOKED_UP, postgresql_where=LOOKED_UP)
    op.drop_index('ix_task_warn', 'task')
    op.create_index('ix_task_warn', 'task', ['warn_at'], sqlite_where=WARNED, postgresql_where=WARNED)


def downgrade() -> None:
    # The text of other facts is not made again: nothing looks for it.
    op.drop_index('ix_task_warn', 'task')
    op.create_index('ix_task_warn', 'task', ['warn_at'], sqlite_where=OPEN, postgresql_where=OPEN)
    op.drop_index('ix_fact_subject', 'fact')
    op.create_index('ix_fact_name_text', 'fact', ['name', 'text'])
