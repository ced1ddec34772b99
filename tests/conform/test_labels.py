"""Prevents labels that nobody would write: they come from the names that contracts give to columns."""

from __future__ import annotations

import pytest

from tests.conftest import Database
from warehouse.references import load_references


@pytest.mark.parametrize(
    ("name", "label"),
    [("jenis_ppks", "Jenis PPKS"), ("jenis_kelamin", "Jenis Kelamin"), ("rt_rw", "RT/RW"), ("ketua_rt", "Ketua RT"), ("opd_pengampu", "OPD Pengampu"),
     ("artis_umkm", "Artis UMKM"), ("npsn", "NPSN")],
)  # fmt: skip
def test_acronyms_keep_their_capitals_in_labels(database: Database, name: str, label: str) -> None:
    """Jenis Ppks is no word that anybody would write in a report."""
    with database.connect("loader") as conn:
        load_references(conn)
        assert conn.execute("select ops.label(%s)", [name]).fetchone() == (label,)
