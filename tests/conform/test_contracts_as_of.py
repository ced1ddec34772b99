"""Prevents that a contract which nothing was accepted by changes what readers see: figures that vanish, a build that breaks for all."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.registry import load_dataset
from satudata.conform.inputs import release_input
from satudata.conform.prepare import prepare
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.registry import BANTUAN, PENDUDUK, PPKS, accept_first_batches, penduduk, ppks, write_contracts
from warehouse.catalogue import register

DAY = date(2026, 6, 2)
PRIA = "select count(*) from mart.indikator_terkini where kode_indikator = 'penduduk' and not adalah_total"
TEXT = "key: [nama]\ncolumns:\n  nama: {type: text}\n"
NOTED = PPKS.replace("  tahun: {type", "  catatan: {type: text}\n  tahun: {type")
COUNTED = PPKS.replace("  tahun: {type", "  catatan: {type: integer, unit: jiwa, indikator: penduduk_miskin}\n  tahun: {type")


def judge(gudang: Gudang, dataset: str, text: str) -> None:
    """What a load does with a changed contract before it knows the verdict; the batch then fails, is held, or the machine stops."""
    gudang.contract(dataset, text)
    with gudang.database.connect("loader") as conn:
        register(conn, load_dataset(dataset))


def test_what_is_published_is_read_by_the_contract_it_was_accepted_by(gudang: Gudang) -> None:
    """One story of two builds: four contracts change in between, and of three of them nothing was accepted yet."""
    write_contracts(gudang)
    accept_first_batches(gudang)
    gudang.contract("kediri.dinsos.ppks", NOTED)
    gudang.accept("kediri.dinsos.ppks", [ppks("Mojoroto", "Pengemis", 2) | {"catatan": "dua orang"}])
    transform(DAY)
    before = gudang.published()
    assert gudang.value(PRIA) == 67

    judge(gudang, "serang.disdukcapil.penduduk", PENDUDUK.replace("pria:", "laki_laki:"))
    judge(gudang, "sintang.dinsos.bantuan", f"concept: indikator\n{BANTUAN}".replace("bantuan_rp", "nilai"))
    gudang.contract("kediri.dinsos.ppks", COUNTED)
    gudang.accept("kediri.dinsos.ppks", [ppks("Mojoroto", "Pengemis", 2) | {"catatan": 5}])
    with gudang.database.connect("loader") as conn:  # as `append` leaves it: the older row is open beside the newer one
        conn.execute("update raw.indikator set _to_batch = null where tambahan ->> 'catatan' = 'dua orang'")
    for dataset in ("sintang.dinas_a.b", "sintang.dinas.a_b"):
        gudang.contract(dataset, TEXT)
        gudang.accept(dataset, [{"nama": dataset}])
    assert transform(DAY)["kept_back"] == []

    after = gudang.published()
    assert after["data_sintang_dinsos_bantuan"] == before["data_sintang_dinsos_bantuan"] != []
    assert gudang.value(PRIA) == 67
    assert gudang.rows("select nilai::integer from mart.sosial_kelurahan where kode_indikator = 'penduduk_miskin'") == [(5,)]
    assert [gudang.value(f"select nama from mart.{name}") for name in sorted(after) if name.startswith("data_sintang_dinas_a")] == [
        "sintang.dinas_a.b",
        "sintang.dinas.a_b",
    ]


@pytest.mark.parametrize("held", [False, True], ids=["accepted", "held"])
def test_the_newest_batch_that_is_visible_brings_its_contract(gudang: Gudang, held: bool) -> None:
    """An accepted batch does; one behind a pin does not. What is personal now is so at once, by whatever contract it was accepted."""
    write_contracts(gudang)
    first = gudang.accept("serang.disdukcapil.penduduk", penduduk()[:2])
    renamed = PENDUDUK.replace("pria:", "laki_laki:")
    gudang.contract("serang.disdukcapil.penduduk", renamed.replace("kecamatan: {type: text}", "kecamatan: {type: text, pribadi: alamat}"))
    gudang.accept("serang.disdukcapil.penduduk", [])
    if held:
        with gudang.database.connect("owner") as owner:
            owner.execute("update ops.batch set state = 'held' where accept_no > %s", [first])
            owner.execute(
                "insert into ops.pin (dataset, up_to_no, reason, since) select dataset, %s, 'tinjau', now() from ops.dataset", [first]
            )
    with (
        gudang.database.connect("transformer", autocommit=True) as conn,
        gudang.database.connect("loader", autocommit=True) as loader,
    ):
        prepare(conn, loader, release_input(conn, DAY))
    seen = dict(gudang.rows("select column_name, pribadi from ops.cut_column", "owner"))
    assert ("pria" in seen, "laki_laki" in seen) == (held, not held)
    assert seen["kecamatan"] == "alamat"
