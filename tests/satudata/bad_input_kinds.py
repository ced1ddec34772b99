"""The sources that bad input is played to: a contract of each kind, bytes that fit it, and the two ways in which it goes wrong."""

from __future__ import annotations

from collections.abc import Callable

from tests.satudata import bad_input_files
from tests.satudata.bad_input_ground import Case, Kind

PERIOD = {"period": {"value": "2026", "grain": "tahun"}, "write": "snapshot"}
PRICES = Kind(
    "harga",
    {
        "title": "Harga uji", "source": {"kind": "file"}, "period": {"column": "tanggal", "grain": "hari"}, "write": "replace_period",
        "columns": {
            "kode": {"type": "code"}, "tanggal": {"type": "date", "format": "D MMMM YYYY"},
            "harga_rp": {"from": "harga", "type": "integer", "numbers": "id", "required": True, "range": [100, 1_000_000]},
        },
        "key": ["kode", "tanggal"], "checks": [{"rule": "not_future", "column": "tanggal"}],
    },
    bad_input_files.csv(),
)  # fmt: skip


def like(name: str, kind: Kind = PRICES, good: bytes | None = None, **changes: object) -> Kind:
    return Kind(name, {**kind.contract, **changes}, kind.good if good is None else good)


ASCII = like("ascii", source={"kind": "file", "encoding": "ascii"})
STRICT = like("strict", same_rows="fail")
LOCKED = like("locked", source={"kind": "file", "credentials": "kunci_uji"})
TOTAL = like(
    "total",
    good=bad_input_files.with_rows(("JUMLAH", "", "497.500")),
    rows=[{"is": "total", "where": {"kode": "^JUMLAH$"}, "of": ["harga_rp"], "over": "all"}],
)
TEXTS = like("texts", columns={**PRICES.contract["columns"], "kode": {"type": "text"}})
NAMED = like(
    "named",
    good=bad_input_files.csv(header=("100% {kode} %s", "tanggal", "harga")),
    columns={**PRICES.contract["columns"], "kode": {"from": "100% {kode} %s", "type": "text"}},
)
REGIONS = Kind(
    "wilayah",
    {
        "title": "Penduduk uji", "source": {"kind": "file"}, **PERIOD, "key": ["kode"], "guards": {"max_quarantined": 0.5},
        "columns": {"kode": {"from": "desa", "type": "wilayah", "level": "desa_kelurahan", "within": "61.05.01"}, "jiwa": {"type": "integer", "numbers": "id"}},
    },
    bad_input_files.csv(bad_input_files.REGIONS, ("desa", "jiwa")),
)  # fmt: skip
INBOX = like("inbox", source={"kind": "inbox"}, for_each=["61.05", "61.12"])
COLUMNS = {"kode": {"from": "id", "type": "code"}, "nilai": {"from": "isi.nilai", "type": "decimal", "numbers": "plain"}}


def api(name: str, records: str = "data.*", **pages: str) -> Kind:
    source = {"kind": "json_api", "records": records, **({"pages": pages} if pages else {})}
    return Kind(
        name, {"title": "API uji", "source": source, "columns": COLUMNS, "key": ["kode"], **PERIOD}, bad_input_files.document(), ".json"
    )


ONE = api("satu")
DECLARED, LAST = (
    api("jumlah_dinyatakan", by="page", total="meta.total", last="meta.last"),
    api("akhir_dinyatakan", by="page", last="meta.last"),
)
UNTIL_EMPTY, LINKED = api("sampai_kosong", by="page"), api("bertaut", "hasil.*", by="next", next="berikut")


def site(name: str, path: str, error: str, *says: str, kind: Kind = PRICES, **environment: str) -> Case:
    """The site itself fails: nothing arrives that could be judged."""
    return Case(name, error, says, kind, path, step="fetch", environment=environment)


def file(
    name: str, error: str | None, body: Callable[[], bytes], *says: str, as_: str = "harga.csv", kind: Kind = PRICES, **more: object
) -> Case:
    """A file arrives, and what it holds is bad."""
    return Case(
        name,
        error,
        (as_, *says) if error else says,
        kind,
        f"/berkas/{name}/{as_}",
        body,
        **{"state": "failed" if error else "accepted", **more},
    )  # type: ignore[arg-type]
