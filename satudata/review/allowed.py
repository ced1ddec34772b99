"""Whether a decision may be taken: by whom, on what, and with which rules named. Whatever may not is refused before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from contracts.errors import ReviewRefused
from contracts.registry import Dataset
from satudata.review.pembina import kinds_guarded_by, kinds_of_priority, pembina_named, same_person
from warehouse.kept_batch import KeptBatch, replaced_by
from warehouse.reviews import Review, Step, broken_rules

SEE_LIST = "Lihat yang menunggu keputusan dengan `satudata review list`"
OVER = {
    "accepted": (
        "sudah diterima",
        "Bila isinya keliru: minta kiriman yang membetulkannya, dan sampai itu datang kembalikan yang terbit dengan `satudata release rollback`",
    ),
    "returned": ("sudah dikembalikan kepada Produsen", "Tunggu kiriman perbaikannya, lalu tinjau batch yang baru"),
    "superseded": ("sudah digantikan oleh kiriman yang lebih baru", "Tinjau batch yang menggantikannya; " + SEE_LIST.lower()),
}
NEVER = {
    "parse": "berkasnya tidak dapat dibaca sebagai baris, jadi tidak ada yang dapat diterima",
    "unique": "dua baris dengan kunci yang sama tidak dapat terbit bersama",
    "personal_data": "data pribadi tidak boleh terbit; tandai kolomnya dengan `pribadi` di kontrak",
}  # fmt: skip
"""Rules that no person can accept, by what they mean."""


def refuse_what_is_over(batch: KeptBatch, reviews: Sequence[Review]) -> None:
    """Raises: `ReviewRefused` where the batch was decided already, or was never in need of a decision."""
    if batch.state in OVER:
        problem, next_step = OVER[batch.state]
        by = f" oleh {reviews[-1].by}" if reviews and batch.state in ("accepted", "returned") else ""
        raise ReviewRefused(batch.batch_id, problem + by, next_step)


def refuse_without(batch: KeptBatch, by: str, reason: str | None, why: str | None) -> None:
    """Raises: `ReviewRefused` without a name, or without the reason that `why` says is needed."""
    if not by.strip():
        raise ReviewRefused(batch.batch_id, "keputusan tanpa nama", "Sebut siapa yang memutuskan dengan --oleh, atau isi SATUDATA_NAMA")
    if why and not (reason or "").strip():
        raise ReviewRefused(batch.batch_id, f"{why} tanpa alasan", "Tulis alasannya dengan --alasan")


def refuse_the_wrong_person(dataset: Dataset, batch: KeptBatch, reviews: Sequence[Review], by: str, step: Step) -> None:
    """Raises: `ReviewRefused` where this person may not take this step, or it was taken."""
    walidata = [one for one in reviews if (one.step, one.decision) == ("walidata", "approve")]
    if step == "walidata":
        if walidata:
            kinds = pembina_named(dataset, kinds_of_priority(dataset))
            raise ReviewRefused(batch.batch_id, f"sudah disetujui Walidata ({walidata[-1].by})", f"Sekarang giliran Pembina Data ({kinds})")
        return
    if not kinds_of_priority(dataset):
        raise ReviewRefused(
            batch.batch_id, f"{dataset.id} bukan Data Prioritas, tidak perlu Pembina", "Putuskan sebagai Walidata, tanpa --pembina"
        )
    if not walidata:
        raise ReviewRefused(batch.batch_id, "belum disetujui Walidata", "Mintakan dahulu persetujuan Walidata")
    if same_person(by, *(one.by for one in walidata)):
        raise ReviewRefused(batch.batch_id, f"{by} sudah menyetujuinya sebagai Walidata", "Persetujuan Pembina harus dari orang lain")
    if not kinds_guarded_by(dataset, by):
        named = pembina_named(dataset, kinds_of_priority(dataset))
        raise ReviewRefused(
            batch.batch_id,
            f"{by} bukan Pembina Data untuk jenis datanya",
            f"Yang dapat memutuskan: {named}; daftarnya `pembina` di pemda.yml",
        )
    if any(one.step == "pembina" and same_person(by, one.by) for one in reviews):
        raise ReviewRefused(batch.batch_id, f"sudah disetujui {by}", SEE_LIST)


def refuse_unnamed_rules(conn: Connection, batch: KeptBatch, terima: Sequence[str], reviews: Sequence[Review]) -> None:
    """Raises: `ReviewRefused` unless exactly the rules for which the batch was held or failed are accepted, all of them such as a person can accept."""
    broken = {str(one["rule_id"]): one for one in broken_rules(conn, batch.batch_id)}
    before = {rule for one in reviews for rule in one.accepted_rules}
    if unknown := [rule for rule in terima if rule not in broken]:
        found = ", ".join(broken) or "tidak ada"
        raise ReviewRefused(batch.batch_id, f"aturan {', '.join(unknown)} tidak menahannya", f"Yang menahannya: {found}")
    for rule_id, one in broken.items():
        why = "aturannya sendiri tidak dapat dihitung" if one["outcome"] == "error" else NEVER.get(str(one["rule"]))
        if why:
            raise ReviewRefused(
                batch.batch_id, f"aturan {rule_id} tidak dapat diterima: {why}", "Kembalikan dengan `satudata review return`"
            )
    if unnamed := [rule for rule in broken if rule not in terima and rule not in before]:
        said = " ".join(str(broken[rule]["message"]) for rule in unnamed[:2] if broken[rule]["message"])
        named = " ".join(f"--terima {rule}" for rule in unnamed)
        raise ReviewRefused(
            batch.batch_id,
            f"tidak lolos aturan {', '.join(unnamed)} ({said.rstrip('.')})",
            f"Bila memang benar demikian, tambahkan {named} --alasan ...",
        )


def refuse_what_a_newer_one_said(conn: Connection, dataset: Dataset, batch: KeptBatch) -> None:
    """Raises: `ReviewRefused` for a failed batch about which a newer one has spoken: merged now it would never be seen."""
    if newer := replaced_by(conn, batch, dataset.contract.write):
        raise ReviewRefused(batch.batch_id, f"sudah digantikan oleh batch {newer}", OVER["superseded"][1])
