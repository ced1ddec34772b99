"""A guard on columns of codes that mean nothing any more: a figure under the header of a region is a text like any other, and no single cell tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from psycopg import Connection

from expectations.rules.judged import Judged
from expectations.verdict import CheckResult

MOSTLY, FEW = 0.5, 3


def lost_codes(conn: Connection, judged: Judged, results: Sequence[CheckResult]) -> Iterator[CheckResult]:
    """A finding per code column that mostly means nothing, though it did in the publisher's last accepted batch: its figures may be another column's."""
    suspects = [one for one in results if one.rule == "code" and one.failed >= FEW and one.failed > MOSTLY * one.checked]
    if not suspects or not (known := _known_before(conn, judged)):
        return
    for one in suspects:
        if one.rule_id in known:
            yield judged.result(
                rule_id=f"{one.rule_id}.sebagian_besar", rule="code", scope="batch", column_name=one.column_name, severity="hold", outcome="fail",
                checked=one.checked, failed=one.failed, observed=one.observed, expected="sebagian besar dikenal seperti kiriman sebelumnya", source="guard",
                message=f"{one.failed} dari {one.checked} isi kolom {one.column_name} tidak dikenal, padahal di kiriman sebelumnya dikenal. "
                "Periksa apakah kolomnya tertukar atau kode yang dipakai berganti.",
            )  # fmt: skip


def _known_before(conn: Connection, judged: Judged) -> set[str]:
    """The `code` rules of the last accepted batch that found most texts known."""
    rows = conn.execute(
        """select rule_id from ops.check_result where rule = 'code' and severity = 'warn' and 2 * failed <= checked and batch_id =
             (select max(batch_id) from ops.batch where dataset = %s and penerbit = %s and state = 'accepted' and replay_of is null)""",
        [judged.dataset.id, judged.history.penerbit],
    )
    return {row[0] for row in rows}
