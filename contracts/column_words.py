"""What a column of a dataset means, for whoever reads its published table: what the contract's author, or its concept, says of it, else a
sentence made of what the contract knows: where its text stands at the source, what kind of value it is, in what unit, and which texts it may be.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.dataset import Dataset
from contracts.models.columns import Column, TitleOrigin
from contracts.models.contract import Contract
from contracts.region_shapes import NAMES, WORDS

MOST_NAMED = 8
"""So many values of a list are named; whoever needs them all reads the contract."""
KINDS = {
    "text": "teks", "integer": "bilangan bulat", "decimal": "angka desimal", "percent": "persen", "boolean": "ya atau tidak", "date": "tanggal",
    "timestamp": "tanggal dan jam", "period": "periode", "code": "kode", "wilayah": "kode wilayah", "unit": "satuan",
    "latitude": "lintang dalam derajat", "longitude": "bujur dalam derajat",
}  # fmt: skip
ELSEWHERE = {
    "header": "Dari judul kolom angka di sumbernya", "group": "Dari judul kelompok baris di sumbernya",
    "title": "Dari tulisan di atas tabel sumbernya", "file_name": "Dari nama berkas sumbernya", "sheet_name": "Dari nama lembar sumbernya",
    "url": "Dari alamat sumbernya", "fetched": "Waktu data diambil dari sumbernya",
}  # fmt: skip


def column_meaning(dataset: Dataset, name: str) -> str:
    """The meaning of the column ``name`` of the contract; never empty."""
    column = dataset.contract.columns[name]
    if column.description:
        return column.description
    if dataset.concept and name in dataset.concept.columns:
        return dataset.concept.columns[name].description
    return f"{'; '.join(filter(None, _facts(dataset.contract, name, column)))}."


def _facts(contract: Contract, name: str, column: Column) -> Sequence[str]:
    return (
        _origin(contract, name, column),
        f"{_kind(column)}{_unit(column)}",
        column.indikator and f"indikator {column.indikator}{_of_class(column)}" or "",
        _listed(column),
        "bagian dari kunci baris" if name in contract.key else "",
    )


def _origin(contract: Contract, name: str, column: Column) -> str:
    if column.origin is None:
        return (
            "Isi sel di bawah judul-judul kolom angka sumbernya"
            if _is_unpivoted(contract, name)
            else f"Kolom {_quoted([name])} di sumbernya"
        )
    if column.from_:
        return f"Kolom {_quoted(column.from_[:1])} di sumbernya"
    if column.join:
        return f"Gabungan {_quoted([one for one in column.join if isinstance(one, str)])}{_with_title(column.join)} di sumbernya"
    if column.parts:
        return f"Disusun dari kolom {_quoted(column.parts)} di sumbernya"
    if column.document is not None:
        return f"Keterangan {_quoted([column.document])} yang berlaku untuk seluruh berkas sumbernya"
    return f"Selalu {_quoted([column.value])}" if column.value is not None else ELSEWHERE[column.origin]


def _is_unpivoted(contract: Contract, name: str) -> bool:
    return contract.unpivot is not None and contract.unpivot.value == name


def _with_title(items: Sequence[str | TitleOrigin]) -> str:
    return " dan tulisan di atas tabel" if any(isinstance(one, TitleOrigin) for one in items) else ""


def _kind(column: Column) -> str:
    if column.type == "wilayah":
        return " ".join(filter(None, ["kode wilayah", NAMES.get(column.system, "Dapodik"), WORDS.get(column.level or "", "")]))
    return f"kode menurut daftar acuan {column.reference}" if column.reference else KINDS[column.type]


def _unit(column: Column) -> str:
    if column.unit_from:
        return f" dalam satuan menurut kolom {column.unit_from}"
    return f" dalam {column.unit}" if column.unit else ""


def _of_class(column: Column) -> str:
    return f" ({', '.join(f'{name}: {value}' for name, value in column.klasifikasi.items())})" if column.klasifikasi else ""


def _listed(column: Column) -> str:
    values = list(dict.fromkeys([*(column.codes or {}).values(), *(column.in_ or ())]))
    return f"isinya {', '.join(values[:MOST_NAMED])}{', ...' if len(values) > MOST_NAMED else ''}" if values else ""


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f'"{text}"' for text in texts)
