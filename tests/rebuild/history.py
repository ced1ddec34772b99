"""A warehouse with a past: everything that can happen to a batch, a row and a finding has happened, and was published in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from contracts.registry import load_registry
from satudata.conflicts.acts import Asked, decide, discuss
from satudata.findings import issues, replay, rows, waivers
from satudata.findings.stopped import follow_registry
from satudata.mapping.assign import Wish, assign
from satudata.notices.digest import send_digests
from satudata.releases.rollback import resume, rollback
from satudata.releases.withdraw import withdraw_rows
from satudata.review.approve import approve
from satudata.review.return_batch import return_
from satudata.run import Outcome, run
from satudata.score.daily import score_all
from satudata.session import warehouse
from satudata.transform import transform
from tests.notices.conftest import mail_server
from tests.rebuild.contracts_then import (
    AGENCIES,
    BISU,
    BUBAR,
    BY,
    CONTRACTS,
    GANTI,
    GOOD,
    HARGA,
    HARGA_LAIN,
    ISI,
    ITEM,
    LENYAP,
    PPKS,
    SALIN,
    TITIK,
    UBAH,
    WHY,
)
from tests.review.conftest import sources
from warehouse.connect import database_url


@dataclass
class History:
    """The days of three datasets."""

    folder: Path
    day: date = date(2026, 6, 1)

    def contract(self, dataset: str, old: str = "", new: str = "") -> None:
        path = self.folder.joinpath(*dataset.split(".")).with_suffix(".yml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text() if path.exists() else CONTRACTS[dataset]).replace(old, new) if old else CONTRACTS[dataset])

    def play(self, dataset: str, text: str, file: str | None = None) -> list[Outcome]:
        """Put a file down and run the dataset, a day later than before."""
        path = self.folder.joinpath(*dataset.split("."))
        path.with_name(file or f"{path.name}.csv").write_text(text)
        self.day += timedelta(days=1)
        return list(run([dataset], self.day))

    def isi(self, figures: dict[str, object], more: str = "") -> int:
        """A day of the snapshot; the number of its batch."""
        text = "\n".join(["kode;hari;n", *(f"{code};2026-06-01;{n}" for code, n in figures.items())]) + f"\n{more}"
        (outcome,) = self.play(ISI, text)
        return int(outcome.batches[-1]["batch_id"])

    def harga(self, tanggal: str, **prices: int) -> None:
        self.play(HARGA, "\n".join(["nama;tanggal;harga", *(f"{name.replace('_', ' ')};{tanggal};{n}" for name, n in prices.items())]))

    def ppks(self, anak: int, lansia: int) -> None:
        """Counts of persons in one kelurahan."""
        self.play(PPKS, f"kelurahan;jenis;n\nMojoroto;Anak Terlantar;{anak}\nMojoroto;Lansia Terlantar;{lansia}\n")


def live_unpublished(folder: Path) -> History:
    """Play what happens to batches, rows and findings, in a warehouse that the settings name; the archive is the settings', too."""
    past = _begun(folder)
    _decisions(past)
    _publishers(past)
    _accepted_difference(past)
    _told(past)
    return past


def live(folder: Path) -> History:
    """Play it all, with releases in between, one of which is taken back, figures that are revised and hidden, and withdrawals."""
    past = _begun(folder)
    past.harga("2026-06-01", Beras=13000, Beras_Adan=21000, Gula_Pasir=17000, Kedelai=9000, Buah_Ajaib=1)
    past.ppks(anak=40, lansia=30)
    past.play(GANTI, "nama;isi\na;satu\nb;dua\n", "data.csv")
    transform(past.day)
    past.contract(GANTI, "isi: {from: isi", "uraian: {from: isi")  # a column has another name: its table goes on in a second version
    past.play(GANTI, "nama;isi\na;satu\nc;tiga\n", "data.csv")
    withdraw_rows(["fct_harga_komoditas"], {"harga_rp": "9000"}, BY, "bukan harga pasar")
    past.ppks(anak=45, lansia=3)  # one is revised, one hidden from now on
    assign([Wish("beras adan", "beras", reason=WHY)], BY)
    _differing(past)
    _decisions(past)
    transform(past.day)
    assign([Wish("beras adan", "beras_bawah_1", reason=WHY)], BY)
    past.harga("2026-06-02", Beras=13100, Beras_Adan=21500, Buah_Ajaib=1)
    _publishers(past)
    past.play(SALIN, "kode;hari;n\nk7;2026-06-01;7\nk8;2026-06-01;8\n")
    past.isi(GOOD | {"k8": 80})  # now the copy contradicts it
    transform(past.day)
    rollback(None, BY, "keliru terbit")
    past.play(SALIN, "kode;hari;n\nk7;2026-06-01;7\nk9;2026-06-01;9\n")
    withdraw_rows(["data_uji_dinas_isi"], {"kode": "k9"}, BY, WHY)
    transform(past.day)
    past.isi(GOOD | {"k4": 44})
    past.play(ISI, "bukan csv sama sekali\n")
    resume([HARGA], BY, WHY)
    score_all()
    _told(past)
    return past


def _begun(folder: Path) -> History:
    """The contracts; sources that never answered, or whose contract cannot be loaded, has ended or is gone; then rows that are set aside."""
    past = History(sources(folder))
    for dataset in CONTRACTS:
        past.contract(dataset)
    (past.folder / "uji" / "daftar_data.yml").write_text(ITEM)
    (past.folder / "uji" / "opd.yml").write_text(AGENCIES)
    past.play(UBAH, "nama;isi\na;1\n", "data.csv")
    run([BISU, BUBAR, LENYAP], past.day)  # there is no file
    past.folder.joinpath(*LENYAP.split(".")).with_suffix(".yml").unlink()
    past.contract(UBAH, "isi, type: text", "isi, type: integer")
    past.play(UBAH, "nama;isi\na;2\n", "data.csv")
    past.play(BUBAR, "nama;isi\na;1\n", "data.csv")
    past.folder.joinpath(*BUBAR.split(".")).with_suffix(".yml").unlink()
    (past.folder / "retired.yml").write_text(f"{BUBAR}: {{sejak: 2026-06-01, alasan: dibubarkan}}\n")
    _rows_set_aside(past)
    return past


def _rows_set_aside(past: History) -> None:
    """Set aside, mended, replayed, rejected, let off."""
    past.isi(GOOD | {"k1": 500, "k2": 700, "k3": 900})
    _gone_for_a_day(past)
    past.isi(GOOD | {"k1": 5, "k2": 700, "k3": 900, "k5": 800})
    past.contract(ISI, "[0, 100]", "[0, 750]")
    replay.replay(ISI, BY, WHY)
    with psycopg.connect(database_url("owner")) as conn:
        (row,) = conn.execute(
            "select quarantined_row_id from ops.quarantined_row where state = 'open' and key ->> 'kode' = 'k5'"
        ).fetchone()  # type: ignore[misc]
        (issue,) = conn.execute("select issue_id from ops.issue where rule_id = 'range.n'").fetchone()  # type: ignore[misc]
    rows.reject([row], BY, WHY)
    issues.acknowledge(issue, BY, WHY)
    issues.assign(issue, "dinas", BY)
    number = waivers.add(ISI, "range.n", date(2027, 1, 1), BY, WHY)
    past.isi(GOOD | {"k1": 999})
    waivers.end(number, BY, WHY)


def _gone_for_a_day(past: History) -> None:
    """Its contract is taken away and put back, while rows of it are still out."""
    contract = past.folder.joinpath(*ISI.split(".")).with_suffix(".yml")
    text = contract.read_text()
    contract.unlink()
    with warehouse() as conn:
        follow_registry(conn, load_registry(), past.day)
    contract.write_text(text)


def _decisions(past: History) -> None:
    """Returned, approved, accepted although it failed, and the next one merged on top."""
    past.contract(ISI, "write: snapshot", "write: snapshot\npublikasi: tinjau")
    first, second = past.isi(GOOD | {"k1": 11}), past.isi(GOOD | {"k1": 12, "baru": 1})
    return_(first, BY, "keliru")
    approve(second, "walidata", BY, WHY)
    past.contract(ISI, "guards: {max_quarantined: 0.9, min_share: 0.5}", "guards: {max_quarantined: 0.05, min_share: 0.5}")
    past.contract(ISI, "\npublikasi: tinjau", "")
    failed = past.isi(GOOD | {"k1": 5000, "k2": 5000, "k6": 66})
    approve(failed, "walidata", BY, "memang demikian", ["max_quarantined"])


def _differing(past: History) -> None:
    """Another agency has other prices: one is held at what was published, one decided."""
    past.play(HARGA_LAIN, "nama;tanggal;harga\nBeras;2026-06-01;15000\nGula Pasir;2026-06-01;20000\n")
    transform(past.day)
    discuss(1, BY, "rapat Kamis")
    decide(2, Asked("dagang", None, "kesepakatan", "BA/1"), BY)


def _publishers(past: History) -> None:
    """Two publishers: one approved, one whose batch waits still."""
    for name in ("utara", "selatan"):
        (past.folder / "uji" / "dinas" / f"titik_{name}.csv").write_text("nama;isi\na;1\nb;2\n")
    outcomes = past.play(TITIK, "nama;isi\na;1\nb;2\n", "titik_utara.csv")
    approve(int(outcomes[0].batches[-1]["batch_id"]), "walidata", BY, WHY)


def _accepted_difference(past: History) -> None:
    """A figure that contradicts another dataset, which a person has let stand."""
    (outcome,) = past.play(SALIN, "kode;hari;n\nk7;2026-06-01;70\n")
    approve(int(outcome.batches[-1]["batch_id"]), "walidata", BY, WHY, ["same_as_dataset.n"])


def _told(past: History) -> None:
    with pytest.MonkeyPatch.context() as patch, mail_server(patch):
        patch.setenv("SATUDATA_HARI_INI", past.day.isoformat())
        assert [one.state for one in send_digests()] == ["terkirim"]
