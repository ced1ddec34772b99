"""The word a person reads for each state. Ledger and `--json` keep the states of the design; whatever is shown to people says it with these."""

from __future__ import annotations

STATES = {
    "accepted": "diterima", "held": "ditahan", "failed": "gagal", "returned": "dikembalikan", "superseded": "digantikan",
    "unchanged": "tidak berubah", "absent": "tidak ada kiriman", "fetched": "belum dinilai", "never": "belum pernah", "broken": "kontrak rusak",
    "retired": "dipensiunkan", "unknown": "tanpa kontrak", "unlisted": "tidak diminta lagi",
    "open": "terbuka", "fixed": "diperbaiki", "replayed": "masuk setelah dinilai ulang", "rejected": "ditolak", "stopped": "tidak lagi diambil",
    "published": "terbit", "rolled_back": "dibatalkan",
}  # fmt: skip
"""Of a batch, of a run of a source, of a dataset, of a row that was set aside, and of a release."""

SEVERITIES = {"fail": "batch gagal", "hold": "batch ditahan", "quarantine": "baris dikarantina", "warn": "peringatan"}
"""What a broken rule brings about."""

WAITING = {
    "held": "menunggu tinjauan", "returned": "dikembalikan", "source": "sumber tidak menjawab", "late": "data terlambat",
    "metadata": "metadata belum diserahkan",
}  # fmt: skip
"""What waits for somebody and is no finding of a rule, by `quality.temuan.keparahan`."""
