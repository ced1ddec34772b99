"""What a release changed can be read cell by cell, and what another hand changed is found the same night."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from satudata.commands.release import release
from satudata.journal.releases import TESTS
from satudata.releases import rollback as acts
from satudata.releases.check import check
from satudata.releases.show import cells, summary
from satudata.session import archive
from tests.conform.candidate import Candidate

FAILING = "select aturan, akibat, baris_gagal from quality.aturan_gagal"


def test_a_person_reads_what_changed(candidate: Candidate, tmp_path: Path) -> None:
    """By table, dataset, key and column; between two releases what came and went in between is nothing."""
    candidate.released({1: 10, 2: 20, 3: 30})
    candidate.released({1: 11, 2: 20, 4: 40})
    candidate.released({1: 12, 2: 20, 3: 30, 5: 50})
    seen = {(one.kind, one.key["a_key"], one.column, one.before, one.after) for one in cells(1, 3, "fct_b") if one.column in ("nilai", "")}
    assert seen == {("diubah", 1, "nilai", "10", "12"), ("ditambah", 5, "nilai", None, "50")}
    assert {one["dataset"] for one in summary(1, 3) if one["table"] == "fct_b"} == {"kota.dinas.genap", "kota.dinas.ganjil"}
    assert [(one["table"], one["whole"], one["added"]) for one in summary(0, 1)] == [
        ("dim_a", True, 3),
        ("fct_b", True, 3),
        ("ringkas", True, 1),
    ]
    run = CliRunner()
    shown = run.invoke(release, ["show", "2", "--tabel", "mart.fct_b", "--csv", str(tmp_path / "beda.csv")], catch_exceptions=False).output
    assert "diubah  mart.fct_b  hari=2026-06-01, a_key=1  nilai: 10 -> 11" in shown
    rows = list(csv.reader((tmp_path / "beda.csv").open()))
    assert rows[0] == ["tabel", "dataset", "perubahan", "kunci", "kolom", "sebelum", "sesudah"]
    assert len(rows) == 1 + 1 + 2 * 3
    found = json.loads(run.invoke(release, ["diff", "1", "--json"], catch_exceptions=False).output)
    assert (found["older"], found["newer"]) == (1, 3)
    assert "rilis 3" in run.invoke(release, ["list"], catch_exceptions=False).output


def test_the_nightly_comparison_finds_what_another_hand_wrote(
    candidate: Candidate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the next release mends it; what was rolled back, or built since, is no finding."""
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    candidate.released({1: 10, 2: 20})
    assert {one["table"]: (one["compared"], one["differing"]) for one in check()} == dict.fromkeys(("fct_b", "dim_a", "ringkas"), (True, 0))
    candidate.conn.execute("update mart.fct_b set nilai = 99 where a_key = 1")
    assert {one["table"]: one["differing"] for one in check() if one["differing"]} == {"fct_b": 1}
    assert candidate.gudang.rows("select rule_id, outcome, failed, release_id from ops.check_result order by 1, check_result_id", "owner") == [
        ("rilis_sama_dengan_calon", "pass", 0, 1), ("rilis_sama_dengan_calon", "fail", 1, 1)]  # fmt: skip
    assert candidate.gudang.value("select inputs_digest is null from ops.release", "owner")
    assert candidate.gudang.rows(FAILING, "steward") == [("rilis_sama_dengan_calon", "terbit tidak sebagaimana mestinya", 1)]
    candidate.released({1: 10, 2: 20})
    assert candidate.shown() == {1: 10, 2: 20}
    _what_was_found_is_kept(candidate)
    candidate.released({1: 11, 2: 20})
    acts.rollback(2, "walidata", "keliru")
    candidate.released({1: 11, 2: 20})
    assert not any(one["differing"] for one in check())


def _what_was_found_is_kept(candidate: Candidate) -> None:
    """For reviewers, who see that it is mended, and in the archive, from which a lost database is made again."""
    assert candidate.gudang.rows(FAILING, "steward") == []
    assert candidate.gudang.rows(
        "select rilis, sama, baris_berbeda, langkah from quality.pemeriksaan_rilis order by diperiksa_pada", "steward"
    ) == [
        (1, True, 0, "Tidak ada"),
        (1, False, 1, "Tidak ada; rilis sesudahnya sudah membetulkan"),
    ]
    records = [archive().get_json(path) for _, path in sorted(archive().records("journal"))]
    kept = [found for record in records if record["kind"] == TESTS for found in record["content"]["tests"]]
    assert [(found["release_id"], found["outcome"], found["failed"]) for found in kept] == [(1, "pass", 0), (1, "fail", 1)]
