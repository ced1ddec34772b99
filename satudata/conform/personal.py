"""Personal data in what would be published: the datasets that bring it are kept back, and the others are released."""

from __future__ import annotations

from datetime import datetime

from psycopg import Connection

from contracts.errors import PersonalDataFound
from satudata.conform.blame import keep_back
from satudata.conform.inputs import tested_with
from satudata.conform.prepare import see
from satudata.journal.releases import PRIVACY_RULE, write_tests
from satudata.session import archive
from warehouse.releases import Release, ReleaseInput

SAID = (
    "{dataset}: yang akan terbit di {tables} memuat NIK, nomor KK, atau kolom pribadi. Hapus nomornya dari sumbernya lalu kirim lagi;"
    " angka rilis terakhir tetap tampil."
)


def without_personal(
    conn: Connection, found: PersonalDataFound, given: ReleaseInput, last: Release | None, at: datetime
) -> tuple[ReleaseInput, list[str]]:
    """The input without what these datasets have sent since the last release, and their names.

    Raises: `PersonalDataFound` again where no dataset can be named, or nothing is left to keep back: the old release stays.
    """
    with conn.transaction():
        _set_down(conn, found, at)
        write_tests(conn, archive(), at)
    less = keep_back(conn, given, last, {dataset: [PRIVACY_RULE] for dataset in found.datasets}, tested_with(conn))
    if less.pins == given.pins:
        raise found
    see(conn, less)
    return less, list(found.datasets)


def _set_down(conn: Connection, found: PersonalDataFound, at: datetime) -> None:
    tables = ", ".join(found.tables)
    rows = [(dataset, PRIVACY_RULE, SAID.format(dataset=dataset or "Rilis", tables=tables), at) for dataset in found.datasets or (None,)]
    with conn.cursor() as cursor:
        cursor.executemany(
            """insert into ops.check_result (dataset, rule_id, rule, scope, severity, outcome, message, source, judged_at)
               values (%s, %s, 'personal_data', 'lintas', 'fail', 'fail', %s, 'guard', %s)""",
            rows,
        )
