"""`satudata waiver`: let a dataset off a rule for a while. The rule is still judged and told, as a warning; the waiver ends by itself."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Any

from psycopg import Connection

from contracts import clock
from contracts.errors import UnknownPublisher, WrongUsage
from contracts.registry import Dataset, load_dataset
from expectations.waived import may_be_waived
from satudata.findings.acts import needed, set_down
from satudata.session import warehouse
from warehouse.waivers import Waiver, add_waiver, end_waiver, judged_rules, overlapping, waivers


def add(dataset_id: str, rule_id: str, until: date, by: str, reason: str, penerbit: str | None = None) -> int:
    """Add a waiver from today until a last day; return its number.

    Raises: `UnknownDataset`, `UnknownPublisher`, `WrongUsage` for a day that is past, a rule that this dataset was never judged by, one
    without which rows cannot be kept, or one that is waived on one of these days already.
    """
    dataset = load_dataset(dataset_id)
    today = dataset.hari_ini()
    if until < today:
        raise WrongUsage(f"Hari terakhir {until} sudah lewat (hari ini {today})", "Isi --sampai dengan hari ini atau sesudahnya")
    if penerbit is not None and penerbit not in dataset.publishers():
        raise UnknownPublisher(dataset.id, penerbit, dataset.publishers())
    why = needed(reason)
    with warehouse() as conn:
        _refuse_unwaivable(conn, dataset, rule_id)
        with conn.transaction():
            at = clock.now()
            waiver = Waiver(dataset.id, rule_id, penerbit, today, until, why, by.strip(), at)
            _refuse_second(conn, waiver)
            number = add_waiver(conn, waiver)
            subject = {"dataset": dataset.id, "penerbit": penerbit, "rule_id": rule_id, "since": str(today), "until": str(until)}
            set_down(conn, "waiver.add", by, subject, why, at, wrote={"ops.waiver": {"waiver_id": number}})
            return number


def end(waiver_id: int, by: str, reason: str) -> dict[str, Any]:
    """End a waiver at once: the next run judges by the rule again, also the rows that came in meanwhile. Raises: `WrongUsage`."""
    why = needed(reason)
    with warehouse() as conn, conn.transaction():
        ended = end_waiver(conn, waiver_id, by.strip(), clock.now())
        if ended is None:
            raise WrongUsage(
                f"Tidak ada pengecualian bernomor {waiver_id} yang masih berlaku", "Lihat nomornya dengan `satudata waiver list`"
            )
        set_down(conn, "waiver.end", by, {**ended, "until": str(ended["until"])}, why, wrote={"ops.waiver": {"waiver_id": waiver_id}})
        return ended


def listed(dataset: str | None = None, day: date | None = None, everything: bool = False) -> list[dict[str, Any]]:
    """The waivers that run or are yet to run on a day (default today), or all; `berlaku` says whether one is in force."""
    today = day or clock.today()
    with warehouse() as conn:
        found = waivers(conn, dataset)
    for one in found:
        one["berlaku"] = one["ended_at"] is None and (one["since"] or one["at"].date()) <= today <= one["until"]
    return [one for one in found if everything or one["ended_at"] is None and one["until"] >= today]


def _refuse_second(conn: Connection, waiver: Waiver) -> None:
    """Two waivers of one rule would leave open which of them, and whose reason, a batch came in by."""
    if (there := overlapping(conn, waiver)) is not None:
        number, until = there
        raise WrongUsage(
            f"Aturan `{waiver.rule_id}` pada {waiver.dataset} sudah dikecualikan sampai {until} (pengecualian {number})",
            f"Untuk mengubah hari terakhirnya: `satudata waiver end {number} --alasan ...`, lalu tambahkan lagi",
        )


def _refuse_unwaivable(conn: Connection, dataset: Dataset, rule_id: str) -> None:
    known = {rule["rule_id"]: rule for rule in judged_rules(conn, dataset.id)}
    if rule_id not in known:
        closest = (
            ", ".join(get_close_matches(rule_id, known, n=3, cutoff=0.3)) or ", ".join(list(known)[:5]) or "belum ada, jalankan dahulu"
        )
        raise WrongUsage(f"{dataset.id} belum pernah dinilai dengan aturan `{rule_id}`", f"Yang pernah: {closest}")
    rule = known[rule_id]
    if not may_be_waived(dataset.contract, rule_id, rule["rule"], rule["column_name"]):
        raise WrongUsage(
            f"Aturan `{rule_id}` tidak dapat dikecualikan: tanpa aturan itu barisnya tidak dapat disimpan atau tidak boleh terbit",
            "Ubah kontraknya, atau kembalikan datanya kepada Produsen",
        )
