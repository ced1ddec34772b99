"""`satudata score`: the scores of a day, computed once for all agencies and kept with their inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from contracts import clock
from contracts.registry import load_registry
from satudata.score.formula import CURRENT, FORMULAS, MEASURES, Inputs, Score, as_json, score_of
from satudata.score.observed import observed
from satudata.score.promised import promised
from satudata.session import archive, warehouse
from warehouse.journal import Entry, rows_of, write

STORED = ("formula", "inputs", *MEASURES, "score", "grade", "datasets", "computed_at")


@dataclass(frozen=True)
class Scored:
    """One agency on one day."""

    pemda: str
    opd: str
    name: str
    score: Score
    datasets: int

    @property
    def as_json(self) -> dict[str, Any]:
        return {"pemda": self.pemda, "opd": self.opd, "nama": self.name, "datasets": self.datasets, **as_json(self.score)}


def score_all() -> list[Scored]:
    """Score every agency of the registry as of today, the best first, and keep it; a second run on the same day replaces the first.

    An agency without a dataset has no score. Raises: `WarehouseUnreachable`.
    """
    registry = load_registry()
    names = {(folder.pemda.kode, opd): one.nama for folder in registry.folders.values() if folder.pemda for opd, one in folder.opd.items()}
    with warehouse() as conn:
        found = observed(conn, promised(registry))
        scores = [
            Scored(*owner, names.get(owner, owner[1]), score, len(inputs))
            for owner, inputs in found.items()
            if (score := score_of(inputs)) is not None
        ]
        _keep(conn, scores, found, clock.today())
    return sorted(scores, key=lambda one: (-one.score.score, one.pemda, one.opd))


def differing(conn: Connection) -> list[tuple[str, str, date]]:
    """The stored scores (pemda, opd, day) that their inputs and formula do not give any more: none, or somebody edited one of them."""
    wrong = []
    columns = ", ".join(("formula", "inputs", *MEASURES, "score", "grade"))
    for pemda, opd, day, formula, inputs, *kept in conn.execute(f"select pemda, opd, day, {columns} from ops.opd_score order by 3, 1, 2"):
        again = score_of(inputs, formula) if formula in FORMULAS else None
        if again is None or kept != [*(again.measures[measure] for measure in MEASURES), again.score, again.grade]:
            wrong.append((pemda, opd, day))
    return wrong


def _keep(conn: Connection, scores: list[Scored], inputs: Mapping[tuple[str, str], Inputs], day: date) -> None:
    values = ", ".join(["%s"] * (3 + len(STORED)))
    fresh = ", ".join(f"{name} = excluded.{name}" for name in STORED)
    rows = [
        (
            one.pemda, one.opd, day, CURRENT, Jsonb(inputs[one.pemda, one.opd]), *(one.score.measures[measure] for measure in MEASURES),
            one.score.score, one.score.grade, one.datasets, clock.now(),
        )
        for one in scores
    ]  # fmt: skip
    with conn.transaction(), conn.cursor() as cursor:
        cursor.executemany(
            f"""insert into ops.opd_score (pemda, opd, day, {", ".join(STORED)}) values ({values})
                on conflict (pemda, opd, day) do update set {fresh}""",
            rows,
        )
        kept = {"ops.opd_score": rows_of(conn, "ops.opd_score", "t.day = %(day)s", {"day": day})}
        write(conn, archive().put_json, Entry("score", clock.now(), {"rows": kept}))
