"""Prevents that a published figure can be traced only as long as nobody touches the contract it came by."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner

from satudata.cli import satudata
from tests.lineage.conftest import Kota

TEXT = "title: Harga\nsource: {kind: file, url: harga.csv}\nwrite: snapshot\nkey: [kode]\ncolumns: {kode: {type: text}}\n"
FIGURE = ("mart.fct_neraca_pangan", "nilai_ton=11")
OF_CONTRACT = {"isi", "catatan", "satuan"}


def traced() -> dict[str, Any]:
    """The one origin of a figure, as programs read it."""
    found = CliRunner().invoke(satudata, ["lineage", *FIGURE, "--json"], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    (origin,) = json.loads(found.output)["origins"]
    return dict(origin)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, r"^isi selnya tidak ditampilkan: kontrak sintang\.dkp\.stok tidak ada lagi di folder sources; kembalikan berkas kontraknya"),
        ("title: [\n", "kontraknya sekarang rusak; betulkan menurut `satudata source check sintang.dkp.stok`"),
        (TEXT, r"berkasnya tidak terbaca menurut kontrak sekarang \(.*kode"),
        (TEXT.replace("kind: file", "kind: json_api, records: '*'"), r"berkasnya tidak terbaca menurut kontrak sekarang \("),
        (TEXT.replace("{kode: {type: text}}", "{kode: {from: komoditas, type: text}}"), "^dibaca menurut kontrak yang berlaku sekarang"),
    ],
    ids=["removed", "broken", "other columns", "another kind", "one column"],
)
def test_what_is_published_is_traced_whatever_became_of_its_contract(kota: Kota, text: str | None, said: str) -> None:
    """The ledger knows where a figure came from; only its cells need a contract, and without one a sentence says what to do."""
    contract = kota.sources / "sintang" / "dkp" / "stok.yml"
    was, whole = traced(), contract.read_text()
    try:
        contract.write_text(text) if text else contract.unlink()
        now, people = traced(), CliRunner().invoke(satudata, ["lineage", *FIGURE], catch_exceptions=False).output
    finally:
        contract.write_text(whole)
    assert {name: value for name, value in now.items() if name not in OF_CONTRACT} == {
        name: value for name, value in was.items() if name not in OF_CONTRACT
    }
    assert re.search(said, now["catatan"])
    assert [line for line in people.splitlines() if line.startswith("    catatan ")] == [f"    catatan   {now['catatan']}"]
