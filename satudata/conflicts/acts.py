"""`satudata conflict discuss` and `decide`: agencies meet, and somebody entitled to it decides. The Walidata writes it down and does not choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from psycopg import Connection

from contracts import clock
from contracts.errors import WrongUsage
from contracts.models.columns import Numbers
from extractors.coerce.numbers import CONVENTIONS, figure
from satudata.findings.acts import set_down
from satudata.session import warehouse
from warehouse.conflicts import rows_left
from warehouse.decisions import Decision, Report, add_decision, fingerprint, locked, move, reports_of

BASES = {"kesepakatan": "kesepakatan para Produsen Data", "forum": "keputusan Forum Satu Data", "kepala_daerah": "keputusan kepala daerah"}
WAYS: tuple[Numbers, ...] = ("id", "plain")
"""How a figure that was decided may be written."""
SEE = "Lihat nomornya dengan `satudata conflict list`"


@dataclass(frozen=True)
class Asked:
    """What is to be decided, and on what basis: the figure of an agency (`pakai`), or another one (`nilai`)."""

    pakai: str | None
    nilai: str | None
    dasar: str | None
    berita_acara: str | None
    reason: str | None = None


def discuss(conflict_id: int, by: str, note: str | None = None) -> None:
    """Say that a conflict is being discussed. Raises: `WrongUsage` for one that is unknown, decided or ended."""
    with warehouse() as conn, conn.transaction():
        found = _open(conn, conflict_id)
        if found["state"] == "diputuskan":
            raise WrongUsage(f"Konflik {conflict_id} sudah diputuskan", "Dibuka kembali dengan sendirinya bila angkanya berubah")
        at = clock.now()
        move(conn, conflict_id, "dibahas", at, clock.today(), by.strip(), note)
        _set_down(conn, "conflict.discuss", by, {"conflict_id": conflict_id, "objek": found["objek"]}, note, at)


def decide(conflict_id: int, asked: Asked, by: str) -> dict[str, Any]:
    """Write down a decision; the next release publishes it: {decision_id, nilai, satuan, pakai, dasar, berita_acara, fingerprint}.

    Raises: `WrongUsage` without a basis and the number of its minutes, without exactly one of an agency that reports and a figure, or for a
    conflict that is unknown or ended.
    """
    dasar, minutes = _basis(asked)
    with warehouse() as conn, conn.transaction():
        found = _open(conn, conflict_id)
        reports = reports_of(conn, conflict_id)
        pakai, nilai = _figure(asked, reports)
        told = {"nilai": str(nilai), "pakai": pakai, "dasar": dasar, "berita_acara": minutes, "fingerprint": fingerprint(reports)}
        at, day = clock.now(), clock.today()
        number = add_decision(conn, Decision(found["objek"], nilai, pakai, dasar, minutes, by.strip(), at, day, asked.reason), reports)
        move(conn, conflict_id, "diputuskan", at, day, by.strip(), f"{BASES[dasar]}, berita acara {minutes}", number)
        _set_down(conn, "conflict.decide", by, {"conflict_id": conflict_id, "objek": found["objek"], **told}, asked.reason, at)
    return {"decision_id": number, "satuan": found["satuan"], **told}


def _set_down(conn: Connection, kind: str, by: str, subject: dict[str, Any], reason: str | None, at: datetime) -> None:
    """As the last step of its transaction, with all that the ledger holds of the conflict by now."""
    set_down(conn, kind, by, subject, reason, at, wrote=rows_left(conn, [subject["conflict_id"]]))


def _open(conn: Connection, conflict_id: int) -> dict[str, Any]:
    found = locked(conn, conflict_id)
    if found is None:
        raise WrongUsage(f"Tidak ada konflik bernomor {conflict_id}", SEE)
    if found["state"] == "selesai":
        raise WrongUsage(f"Konflik {conflict_id} sudah selesai: angkanya tidak berbeda lagi", SEE)
    return found


def _basis(asked: Asked) -> tuple[str, str]:
    minutes = (asked.berita_acara or "").strip()
    if asked.dasar not in BASES or not minutes:
        raise WrongUsage(
            "Walidata tidak memilih angka: keputusan harus menyebut dasarnya dan nomor berita acaranya",
            "Sebut --dasar kesepakatan, forum, atau kepala_daerah, dan --berita-acara NOMOR",
        )
    return asked.dasar, minutes


def _figure(asked: Asked, reports: list[Report]) -> tuple[str | None, Decimal]:
    if (asked.pakai is None) == (asked.nilai is None):
        raise WrongUsage("Tepat satu angka yang diputuskan", "Sebut --pakai OPD, atau --nilai ANGKA bila disepakati angka lain")
    if asked.pakai is None:
        return None, _number(str(asked.nilai))
    meant = [one for one in reports if asked.pakai in _names(one)]
    if len(meant) != 1:
        raise WrongUsage(
            f"`{asked.pakai}` bukan salah satu pelapor konflik ini", f"Yang melaporkan: {', '.join(one.pelapor for one in reports)}"
        )
    return meant[0].pelapor, meant[0].nilai


def _names(report: Report) -> set[str]:
    """What a person may call an agency: 61.05/dinas, dinas, the code of a region that reports by itself, or its name."""
    return {report.pelapor, report.pelapor.partition("/")[2], report.pelapor.rpartition("/")[2], report.opd}


def _number(text: str) -> Decimal:
    """The figure as Indonesians write it, or with a point for its decimals; one that both would read, and differently, is refused."""
    read = [figure(text.strip(), CONVENTIONS[way]) for way in WAYS]
    meant = sorted({Decimal(one) for one in read if one is not None}, key=abs)
    if not meant:
        raise WrongUsage(f"`{text}` bukan angka", "Tulis misalnya 1250,5 atau 1.250,5")
    if len(meant) > 1:
        small, whole = (f"{one:f}".replace(".", ",") for one in (meant[0], meant[-1]))
        raise WrongUsage(
            f"`{text}` dapat berarti {whole} atau {small}",
            f"Tulis tanpa titik: {whole} bila titiknya pemisah ribuan, {small} bila pemisah desimal",
        )
    return meant[0]
