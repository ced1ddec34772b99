"""A file that ends in the middle of its last cell looks whole; the publisher's file before it tells how its files end.

Asked only where the last line has no end, which few files lack, so that no other load reads an archived file again.
"""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import Connection

from contracts.errors import SatudataError
from extractors.last_line import LastLine, last_line
from extractors.report import Finding
from extractors.unpacked import unpacked
from satudata.session import archive
from warehouse.ledger import Scope, StoredFetch, last_accepted_fetch


def ends_unlike_before(conn: Connection, scope: Scope, lines: list[LastLine]) -> Iterator[Finding]:
    """A finding where the last line has no end though that of the last accepted file had one: a person decides."""
    before = last_accepted_fetch(conn, scope) if lines and not any(line.is_cut or line.may_be_cut for line in lines) else None
    if before is not None and _has_an_end(before):
        yield Finding(
            rule="declared", rule_id="declared.akhir_berkas", severity="hold", outcome="fail", column=None, checked=1, failed=1,
            observed="tanpa ganti baris di akhir", expected="diakhiri ganti baris seperti berkas sebelumnya",
            message=f"Berkas {lines[-1].file_name} mungkin terputus: baris terakhirnya tidak diakhiri ganti baris, padahal berkas sebelumnya "
            "selalu begitu. Cocokkan baris terakhirnya dengan sumbernya; bila utuh, terima dengan `--terima declared.akhir_berkas`.",
        )  # fmt: skip


def _has_an_end(fetch: StoredFetch) -> bool:
    try:
        with archive().local(fetch.sha256, fetch.bytes) as path, unpacked(path, fetch.file_name or "") as (inner, name, sniffed):
            return sniffed in ("csv", "text") and last_line(inner, name) is None
    except SatudataError:
        return False  # what cannot be read any more proves nothing
