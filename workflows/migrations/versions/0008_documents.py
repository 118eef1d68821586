"""Documents from Word templates: the templates, who uses which since when, versions of a document; series of numbers by sign."""

import sqlalchemy as sa
from alembic import op

from workflows.records.base import Moment

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

WATCHED = ("document_template", "template_edition")
ANOTHER = "UPDATE epoch SET token = {another} WHERE name = 'directory'"


def upgrade() -> None:
    op.create_table('document_template',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('reads', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_document_template'))
    )
    op.create_table('template_edition',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('paper', sa.String(length=60), nullable=False),
    sa.Column('agency', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=True),
    sa.Column('officer', sa.Uuid(), nullable=False),
    sa.Column('at', Moment(timezone=True), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.code'], name=op.f('fk_template_edition_agency')),
    sa.ForeignKeyConstraint(['digest'], ['document_template.digest'], name=op.f('fk_template_edition_digest')),
    sa.ForeignKeyConstraint(['officer'], ['officer.id'], name=op.f('fk_template_edition_officer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template_edition'))
    )
    op.create_index('ix_template_edition_agency', 'template_edition', ['agency', 'paper', 'number'], unique=True)
    with op.batch_alter_table('document') as batch_op:
        batch_op.add_column(sa.Column('template', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('replaces', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(op.f('fk_document_replaces'), 'document', ['replaces'], ['id'])
    _series(by_sign=True)
    _triggers()


def _series(*, by_sign: bool) -> None:
    # A number is the sign's: two agencies of one sign count in one series, and no number is given twice.
    agency = sa.table('agency', sa.column('code'), sa.column('sign'))
    serial = sa.table('serial', sa.column('series'), sa.column('year'))
    known = {(series, year) for series, year in op.get_bind().execute(sa.select(serial.c.series, serial.c.year))}
    for code, sign in op.get_bind().execute(sa.select(agency.c.code, agency.c.sign)).all():
        old, new = (f"document:{code}", f"document:{sign or code}")[:: 1 if by_sign else -1]
        for year in [year for series, year in known if series == old and (new, year) not in known]:
            op.execute(sa.update(serial).where(serial.c.series == old, serial.c.year == year).values(series=new))


def _triggers() -> None:
    # By the database, so that no way of writing can forget it: which template an agency uses is kept in memory.
    if op.get_bind().dialect.name == "sqlite":
        another = ANOTHER.format(another="lower(hex(randomblob(16)))")
        for table in WATCHED:
            for number, change in enumerate(("INSERT", "DELETE", "UPDATE")):
                op.execute(f"CREATE TRIGGER {table}_epoch_{number} AFTER {change} ON {table} BEGIN {another}; END")
        return
    for table in WATCHED:
        op.execute(
            f"CREATE TRIGGER {table}_epoch AFTER INSERT OR DELETE OR UPDATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION begin_epoch()"
        )


def downgrade() -> None:
    for table in WATCHED:
        if op.get_bind().dialect.name == "sqlite":
            for number in range(3):
                op.execute(f"DROP TRIGGER {table}_epoch_{number}")
        else:
            op.execute(f"DROP TRIGGER {table}_epoch ON {table}")
    _series(by_sign=False)
    with op.batch_alter_table('document') as batch_op:
        batch_op.drop_constraint(op.f('fk_document_replaces'), type_='foreignkey')
        for column in ('replaces', 'version', 'template'):
            batch_op.drop_column(column)
    op.drop_table('template_edition')
    op.drop_table('document_template')
