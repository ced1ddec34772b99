"""What the checks found in the sample city and what people made of it: one line and one command for each kind, to look further."""

from __future__ import annotations

from datetime import date

from psycopg import Connection

from contracts.clock import HARI_INI

DIFFERING = """select count(*), (array_agg('no. ' || konflik_id || ', ' || objek || ' ' || wilayah || ', ' || periode || ', berbeda '
                                               || quality.angka(selisih) || ' ' || satuan order by konflik_id))[1]
               from quality.konflik where """
LINES = (
    ("Baris dikarantina", "satudata quarantine list",
     """select count(*), (array_agg(b.dataset || ', ' || q.messages[1] order by q.quarantined_row_id desc))[1]
        from ops.quarantined_row q join ops.batch b using (batch_id) where q.state = 'open'"""),
    ("Batch ditahan", "satudata review list",
     """select count(*), (array_agg(dataset || ', ' || message order by batch_id desc))[1] from ops.batch
        where state = 'held'"""),
    ("Batch gagal", "satudata status",
     """select count(*), (array_agg(dataset || ', ' || message order by batch_id desc))[1] from ops.batch b
        where state = 'failed' and not exists (
          select from ops.batch n where (n.dataset, n.penerbit, n.nilai) = (b.dataset, b.penerbit, b.nilai) and n.batch_id > b.batch_id)"""),
    ("Sumber tidak terambil", "satudata status",
     """select count(*), (array_agg(dataset || ', ' || message order by fetch_id desc))[1] from (
          select distinct on (dataset, penerbit, nilai) * from ops.fetch where run_date = %(day)s order by dataset, penerbit, nilai, fetch_id desc) f
        where outcome = 'failed'"""),
    ("Batch dikembalikan", "satudata review list --semua",
     """select count(*), (array_agg(b.dataset || ', ' || r.reason order by r.review_id desc))[1]
        from ops.review r join ops.batch b using (batch_id) where b.state = 'returned' and r.decision = 'return'"""),
    ("Pengecualian berlaku", "satudata waiver list",
     """select count(*), (array_agg(dataset || ' ' || rule_id || ' sampai ' || until || ', ' || reason order by waiver_id desc))[1]
        from ops.waiver where ended_at is null and %(day)s between coalesce(since, at::date) and until"""),
    ("Temuan selesai sendiri", "satudata issue list --semua",
     """select count(*), (array_agg(dataset || ', ' || rule_id order by closed_at desc))[1] from ops.issue
        where state = 'selesai' and assigned_to is null"""),
    ("Angka OPD berbeda, ditahan", "satudata conflict list", f"{DIFFERING}konflik_id is not null and status_rekonsiliasi = 'ditahan'"),
    ("Angka OPD berbeda, terbit angka Produsen", "satudata conflict list", f"{DIFFERING}status_rekonsiliasi = 'kebijakan'"),
    ("Angka OPD berbeda, diputuskan", "satudata conflict list", f"{DIFFERING}status_rekonsiliasi = 'diputuskan'"),
)  # fmt: skip
"""(what, the command that shows it, SQL: how many there are on a day, and one of them)"""


def findings(conn: Connection, day: date) -> list[tuple[str, int, str, str]]:
    """(what, how many, one of them, the command that shows all as of that day) on a day of the city."""
    found = []
    for what, command, query in LINES:
        number, one = conn.execute(query, {"day": day}).fetchone() or (0, None)
        found.append((what, int(number), str(one or "-"), f"{HARI_INI}={day} {command}"))
    return found
