"""Prevents figures of a dataset that is no more from staying published, whether somebody ended it or its contract merely vanished."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contracts.errors import BrokenContract
from contracts.registry import load_registry
from satudata.conform.inputs import release_input
from satudata.source_check import check_sources
from satudata.status import status
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.registry import TITIK, accept_first_batches, titik, write_contracts

DAY, AFTER = date(2026, 6, 2), date(2026, 6, 3)
GONE = "kediri.dinsos.ppks"
ENTRY = f"{GONE}: {{sejak: 2026-06-03, alasan: dilebur, dasar: Perwali 12/2026}}\n"


@pytest.fixture
def whole(gudang: Gudang) -> Gudang:
    """Contracts with rows each."""
    write_contracts(gudang)
    accept_first_batches(gudang)
    assert problems() == []
    return gudang


def problems() -> list[tuple[str, str]]:
    return [(Path(one.file).name, one.key) for one in check_sources().problems]


def contract_of(gudang: Gudang, dataset: str = GONE) -> Path:
    return gudang.sources.joinpath(*dataset.split(".")).with_suffix(".yml")


def state(gudang: Gudang) -> str:
    """What `status` says of it."""
    with gudang.database.connect("loader") as conn:
        conn.execute(
            """insert into ops.fetch (dataset, penerbit, url, run_date, started_at, ended_at, outcome)
               values (%s, '', '', %s, now(), now(), 'new')""",
            [GONE, DAY],
        )
        return str(next(one["state"] for one in status(conn)["datasets"] if one["id"] == GONE))


def test_a_contract_that_was_deleted_without_an_entry_is_named(whole: Gudang) -> None:
    """Its figures stay published, and nobody would be asked for them any more."""
    contract_of(whole).unlink()
    assert problems() == [("retired.yml", GONE)]
    assert check_sources().exit_code == 2
    assert check_sources([whole.sources / "sintang"]).problems == ()
    assert state(whole) == "unknown"
    (whole.sources / "retired.yml").write_text(ENTRY)
    assert problems() == []
    assert state(whole) == "retired"


STRUCK, ASKED, POSTS = "35.71.01.1001", "35.71.01.1002", "kediri.dinkes.posyandu"
ENDED = f"{POSTS} {STRUCK}: {{sejak: 2026-06-03, alasan: digabung}}\n"


@pytest.fixture
def posts(gudang: Gudang) -> Gudang:
    """One dataset of two publishers with a post each."""
    ask(gudang, STRUCK, ASKED)
    for penerbit, nama in ((STRUCK, "Melati"), (ASKED, "Mawar")):
        gudang.accept(POSTS, [titik(nama, "Bujel")], penerbit)
    assert problems() == []
    return gudang


def ask(gudang: Gudang, *publishers: str) -> None:
    """Let the contract ask these."""
    asked = ", ".join(f'"{one}"' for one in publishers)
    gudang.contract(POSTS, f"for_each: [{asked}]\n{TITIK}")
    path = contract_of(gudang, POSTS)
    path.write_text(path.read_text().replace("berkas.csv", "{penerbit}.csv"))


def states(gudang: Gudang) -> dict[str, str]:
    """What `status` says of each publisher, once it was fetched."""
    with gudang.database.connect("loader") as conn:
        conn.execute(
            """insert into ops.fetch (dataset, penerbit, url, run_date, started_at, ended_at, outcome)
               select %s, p, '', %s, now(), now(), 'new' from unnest(%s::text[]) p""",
            [POSTS, DAY, [STRUCK, ASKED]],
        )
        return {one["penerbit"]: one["state"] for one in status(conn)["datasets"]}


def test_a_publisher_that_was_struck_without_an_entry_is_named(posts: Gudang) -> None:
    """Its rows stay published for ever, and it looked as if it were delivering still; the line to write is the one that is understood."""
    ask(posts, ASKED)
    (told,) = check_sources().problems
    assert (Path(told.file).name, told.key, f"`{POSTS} {STRUCK}: {{" in told.should_be) == ("posyandu.yml", "for_each", True)
    assert check_sources([POSTS]).problems == (told,)
    assert states(posts) == {STRUCK: "unlisted", ASKED: "accepted"}
    (posts.sources / "retired.yml").write_text(ENDED)
    assert problems() == []
    assert states(posts) == {STRUCK: "retired", ASKED: "accepted"}
    ask(posts, STRUCK, ASKED)
    assert problems() == [("posyandu.yml", "for_each")]


def test_rows_from_before_there_were_publishers_are_named(posts: Gudang) -> None:
    """A contract that asks publishers now leaves published, beside theirs, what was delivered as one file: every figure would count twice."""
    posts.accept(POSTS, [titik("Melati", "Bujel")])
    assert problems() == [("posyandu.yml", "for_each")]
    (posts.sources / "retired.yml").write_text(f"{POSTS} -: {{sejak: 2026-06-03, alasan: dikirim per kelurahan}}\n")
    assert problems() == []


def test_the_rows_of_a_publisher_leave_with_the_day_of_its_end(posts: Gudang) -> None:
    """Those of the others stay."""
    names = "select nama_titik from mart.fct_titik_lokasi order by 1"
    ask(posts, ASKED)
    (posts.sources / "retired.yml").write_text(ENDED)
    transform(DAY)
    assert posts.rows(names) == [("Mawar",), ("Melati",)]
    transform(AFTER)
    assert posts.rows(names) == [("Mawar",)]


def test_a_broken_contract_has_not_vanished(whole: Gudang) -> None:
    path = contract_of(whole)
    path.write_text(path.read_text() + "kunci_asing: 1\n")
    assert [name for name, _ in problems()] == [path.name]


def test_a_check_starts_no_warehouse(whole: Gudang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contract_of(whole).unlink()
    monkeypatch.setenv("SATUDATA_HOME", str(tmp_path / "rumah"))
    assert problems() == []
    assert not (tmp_path / "rumah").exists()


def test_a_broken_list_of_what_has_ended_brings_nothing_back(whole: Gudang) -> None:
    """A slip in one line would publish again whatever stands in it."""
    contract_of(whole).unlink()
    (whole.sources / "retired.yml").write_text(ENTRY.replace("alasan", "alsan"))
    with pytest.raises(BrokenContract, match="alsan"):
        transform(DAY)


def test_figures_leave_with_the_day_of_the_end_and_come_back_with_the_contract(whole: Gudang) -> None:
    """Seen by conform and by readers: nothing of it from that day on, and nothing else is touched."""
    contract, count = contract_of(whole), "select count(*) from mart.fct_indikator"
    text = contract.read_text()
    transform(DAY)
    before = whole.value(count)
    contract.unlink()
    (whole.sources / "retired.yml").write_text(ENTRY)
    assert transform(DAY)["skipped"]
    ended = transform(AFTER)
    assert ended["changes"]["fct_indikator"] | {"rows": 0} == {"added": 0, "changed": 0, "removed": before - whole.value(count), "rows": 0}
    assert 0 < whole.value(count) < before
    with whole.database.connect("transformer") as conn:
        assert release_input(conn, AFTER, load_registry().ended).pins == {f"{GONE}|": 0}
        assert conn.execute("select dataset, alasan from ops.stopped_dataset").fetchall() == [
            (GONE, "Dataset tidak lagi diambil sejak 3 Juni 2026: dilebur (Perwali 12/2026)")
        ]
    (whole.sources / "retired.yml").unlink()
    contract.write_text(text)
    transform(AFTER)
    assert whole.value(count) == before
    assert whole.rows("select from ops.stopped_dataset", "loader") == []
