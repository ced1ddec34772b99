"""What Superset, pandas and every Python notebook learn of the published tables by asking SQLAlchemy."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

PLAIN = (sa.Text, sa.Integer, sa.SmallInteger, sa.BigInteger, sa.Numeric, sa.Date, sa.DateTime, sa.Boolean)


@pytest.fixture
def inspector(address: str):
    engine = sa.create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    yield sa.inspect(engine)
    engine.dispose()


def test_every_table_has_a_key_a_comment_and_plain_columns(inspector) -> None:
    """A BI tool cannot draw json, arrays or intervals, and a column without a comment is a question to the Walidata."""
    tables = inspector.get_table_names()
    assert {"sosial_kelurahan", "neraca_pangan", "keaktifan_situs_opd", "dim_wilayah", "fct_indikator", "kamus_data"} <= set(tables)
    for table in tables:
        assert inspector.get_pk_constraint(table)["constrained_columns"], table
        assert inspector.get_table_comment(table)["text"], table
        for column in inspector.get_columns(table):
            assert isinstance(column["type"], PLAIN), (table, column)
            assert not isinstance(column["type"], sa.DateTime) or column["type"].timezone, (table, column)
            assert column["comment"], (table, column)


def test_no_other_schema_is_seen_by_default(inspector) -> None:
    assert inspector.default_schema_name == "mart"


def test_facts_lead_to_their_dimensions(inspector) -> None:
    """One column each, which is all that Power BI can relate tables by."""
    keys = inspector.get_foreign_keys("fct_neraca_pangan")
    assert all(len(key["constrained_columns"]) == 1 for key in keys)
    leads = {key["constrained_columns"][0]: (key["referred_table"], key["referred_columns"]) for key in keys}
    assert leads["wilayah_key"] == ("dim_wilayah", ["wilayah_key"])
    assert leads["komoditas_key"] == ("dim_komoditas", ["komoditas_key"])
    assert {"wilayah_key", "komoditas_key"} <= {key["constrained_columns"][0] for key in inspector.get_foreign_keys("neraca_pangan")}


def test_reflected_tables_join_and_answer(inspector) -> None:
    """From reflection alone, as a tool does it: the join comes from the foreign key."""
    meta = sa.MetaData()
    fact = sa.Table("fct_neraca_pangan", meta, autoload_with=inspector.engine)
    region = meta.tables["dim_wilayah"]
    query = sa.select(region.c.nama_wilayah, sa.func.count()).select_from(fact.join(region)).group_by(region.c.nama_wilayah)
    with inspector.engine.connect() as conn:
        assert {name for name, _ in conn.execute(query)} == {"Sepauk"}


def test_a_write_is_refused(inspector) -> None:
    with inspector.engine.connect() as conn, pytest.raises(sa.exc.InternalError, match="read-only transaction"):
        conn.execute(sa.text("delete from sosial_kelurahan"))
