"""`satudata mapping assign`: a person says which code a published text means. Rows that wait come in with the next transform, without fetching;
where the text had another code, its old figures move there as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from psycopg import Connection

from contracts import clock
from contracts.errors import WrongUsage
from satudata.findings.acts import named, set_down
from satudata.session import warehouse
from warehouse.mappings import Item, Question, add_mapping, item, item_of_bps, questions, subject, waiting_rows
from warehouse.references import load_references

LOOK = "Lihat teks yang menunggu dengan `satudata mapping list`"


@dataclass(frozen=True)
class Wish:
    """What a person wants: a text, and the code it means."""

    text: str
    code: str
    dataset: str | None = None
    reference: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Assigned:
    """What came of it."""

    text: str
    code: str
    name: str
    was: tuple[str, ...]
    """Codes it had before: their figures move."""
    rows: int
    """Rows that waited for it."""

    @property
    def sentence(self) -> str:
        """One line for who decided."""
        moved = f" (sebelumnya {', '.join(self.was)}; angka lamanya ikut pindah)" if self.was else f" ({self.rows} baris menunggu)"
        return f"`{self.text}` sekarang berarti {self.code} {self.name}{moved}."


def assign(wishes: Sequence[Wish], by: str) -> list[Assigned]:
    """Give texts their codes, all of them or, where one cannot be, none.

    Raises: `WrongUsage` with every wish that cannot be: an unknown text or code, a code of another level or outside of the text's parent.
    """
    with warehouse() as conn:
        load_references(conn)
        with conn.transaction():
            done, refused = [], []
            for wish in wishes:
                try:
                    done.append(_assign(conn, wish, by))
                except WrongUsage as error:
                    refused.append(error)
            if len(refused) == 1 and len(wishes) == 1:
                raise refused[0]
            if refused:
                told = "\n".join(f"  {error.message}" for error in refused)
                raise WrongUsage(
                    f"{len(refused)} dari {len(wishes)} padanan tidak dapat ditetapkan:\n{told}\nTidak satu pun disimpan",
                    "Betulkan yang disebut, lalu jalankan lagi",
                )
        return done


def _assign(conn: Connection, wish: Wish, by: str) -> Assigned:
    asked = questions(conn, wish.text, wish.dataset, wish.reference)
    if not asked:
        where = f" di dataset {wish.dataset}" if wish.dataset else ""
        raise WrongUsage(f"Teks `{wish.text}` tidak pernah dibaca sebagai kode{where}", LOOK)
    fitting = _fitting(conn, asked, wish.code)
    waits = [(question, found) for question, found in fitting if question.code is None]
    answered = waits or [(question, found) for question, found in fitting if question.code != found.code]
    if not answered:
        raise WrongUsage(f"`{wish.text}` sudah berarti {fitting[0][1].code} {fitting[0][1].name}", LOOK)
    for question, found in answered:
        number = add_mapping(conn, question, found.code, named(by), at := clock.now(), wish.reason)
        set_down(conn, "mapping.assign", by, subject(question, found.code), wish.reason, at, wrote={"ops.mapping": {"mapping_id": number}})
    first = answered[0][1]
    was = tuple(dict.fromkeys(question.code for question, _ in answered if question.code))
    return Assigned(wish.text, first.code, first.name, was, waiting_rows(conn, [question for question, _ in answered]))


def _fitting(conn: Connection, asked: Iterable[Question], code: str) -> list[tuple[Question, Item]]:
    """The questions that this code can answer. Raises: `WrongUsage` with the reason of the first where there is none."""
    found: list[tuple[Question, Item]] = []
    reasons: list[tuple[str, str]] = []
    for question in asked:
        one = item(conn, question.reference, code)
        if reason := _unknown(conn, question, code) if one is None else _misfit(question, one):
            reasons.append(reason)
        elif one:
            found.append((question, one))
    if not found:
        raise WrongUsage(*reasons[0])
    return found


def _unknown(conn: Connection, question: Question, code: str) -> tuple[str, str]:
    other = item_of_bps(conn, code) if question.reference == "wilayah" else None
    if other:
        return f"`{code}` adalah kode BPS {other.name}", f"Tulis kode Kemendagri-nya: {other.code}"
    return (
        f"Kode `{code}` tidak ada di daftar {question.reference}",
        f"Tambahkan di sources/references/{question.reference}.csv lebih dahulu, atau periksa ejaan kodenya",
    )


def _misfit(question: Question, one: Item) -> tuple[str, str] | None:
    """Why a code cannot be what the text means; None where it can."""
    if question.level and one.level != question.level:
        return f"{one.code} {one.name} berada di level {one.level}, sedangkan teks itu di level {question.level}", LOOK
    above = (question.within,) if question.within[:1].isdigit() else question.parents
    if above and not any(one.code == parent or one.code.startswith(f"{parent}.") for parent in above):
        return f"{one.code} {one.name} berada di luar induk yang disebut sumbernya ({question.within})", LOOK
    return None
