"""parts: what a region states is what its parts state together - desa against kecamatan against kabupaten, whichever agencies say so.

Only where every part of the region has a figure of the same indicator, period and klasifikasi, and only for indicators that add up. A kecamatan
that states nothing itself counts as the sum of its desa. Parts may round: a figure in thousands bears half of its last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from psycopg import Connection
from psycopg.rows import class_row

from expectations.lintas.across import Across, Seen, across, before_unseen
from expectations.lintas.figures import SAME, collect

PASSES = ("desa_kelurahan", "kecamatan", "kabupaten_kota")
SUMS = f"""
    create temp table bagian_{{level}} on commit drop as
    select {SAME}, c.parent as wilayah, sum(f.nilai) as nilai, sum(f.ragu) as ragu, count(*) as parts, max(f.newest) as newest,
           (array_agg(f.dataset order by f.newest desc))[1] as dataset, (array_agg(f.penerbit order by f.newest desc))[1] as penerbit
    from (select distinct on ({SAME}, wilayah) * from stated where level = '{{level}}'
          order by {SAME}, wilayah, is_sum, diambil desc, dataset, penerbit) f
    join ops.reference_item c on c.reference = 'wilayah' and c.code = f.wilayah
    group by {SAME}, c.parent
    having count(*) = (select count(*) from ops.reference_item i where i.reference = 'wilayah' and i.parent = c.parent
                       and (i.valid_from is null or i.valid_from <= akhir) and (i.valid_to is null or i.valid_to >= mulai))"""
ABOVE = {"desa_kelurahan": "kecamatan", "kecamatan": "kabupaten_kota", "kabupaten_kota": "provinsi"}
CALLED = {"desa_kelurahan": "desa/kelurahan", "kecamatan": "kecamatan", "kabupaten_kota": "kabupaten/kota"}


@dataclass(frozen=True)
class Compared:
    """One total that all of its parts are there for."""

    level: str
    """Of the parts."""
    indikator: str
    called: str
    period: str
    wilayah: str
    nama: str
    dataset: str
    penerbit: str
    nilai: float
    newest: int
    ragu: float
    parts: int
    parts_nilai: float
    parts_dataset: str
    parts_penerbit: str
    parts_newest: int

    def is_broken(self, tolerance: float) -> bool:
        """More apart than rounding and the tolerance (a share of the total) explain."""
        return abs(self.nilai - self.parts_nilai) > self.ragu + tolerance * abs(self.nilai)

    @property
    def blamed(self) -> tuple[str, str, int]:
        """Whose figures came last, and their number: what stood before was proven."""
        if self.newest >= self.parts_newest:
            return self.dataset, self.penerbit, self.newest
        return self.parts_dataset, self.parts_penerbit, self.parts_newest

    @property
    def sentence(self) -> str:
        """What does not agree, for a reader."""
        total, parts = _spoken(self.nilai), _spoken(self.parts_nilai)
        return (
            f"{self.called} {self.nama} ({self.wilayah}) {self.period}: {total} menurut {self.dataset}, "
            f"jumlah {self.parts} {CALLED[self.level]}-nya {parts} menurut {self.parts_dataset}."
        )


def parts(conn: Connection, tolerances: Mapping[str, float], seen: Seen) -> list[Across]:
    """Judge all figures of the concept indikator; `tolerances` by dataset that states a total. In a transaction of its own."""
    with conn.transaction():
        found = _compared(conn) if collect(conn) else []
    broken: dict[tuple[str, str, str], list[Compared]] = {}
    checked: dict[tuple[str, str, str], int] = {}
    for one in found:
        is_broken = one.is_broken(tolerances.get(one.dataset, 0.0))
        dataset, penerbit = one.blamed[:2] if is_broken else (one.dataset, one.penerbit)
        key = dataset, penerbit, one.indikator
        checked[key] = checked.get(key, 0) + 1
        if is_broken:
            broken.setdefault(key, []).append(one)
    return [_judgement(key, count, broken.get(key, []), seen) for key, count in sorted(checked.items())]


def _judgement(key: tuple[str, str, str], checked: int, broken: list[Compared], seen: Seen) -> Across:
    dataset, penerbit, indikator = key
    more = f" Dan {len(broken) - 1} wilayah lain." if len(broken) > 1 else ""
    result = across(
        dataset, "parts", f"parts.{indikator}", "fail" if broken else "pass", penerbit=penerbit, checked=checked, failed=len(broken),
        observed=_spoken(broken[0].nilai) if broken else None, expected="jumlah bagian-bagiannya",
        message=broken[0].sentence + more if broken else None,
    )  # fmt: skip
    late = [one.blamed[2] for one in broken if one.blamed[2] > seen(dataset, penerbit)]
    return Across(result, before_unseen({(dataset, penerbit): min(late)}) if late else {})


def _compared(conn: Connection) -> list[Compared]:
    """Sum up level by level, and set each sum beside what is stated above; a sum that nobody states counts as a part of the next."""
    found: list[Compared] = []
    for level in PASSES:
        conn.execute(SUMS.format(level=level))
        with conn.cursor(row_factory=class_row(Compared)) as cursor:
            found += cursor.execute(_beside(level)).fetchall()
        conn.execute(
            f"""insert into stated ({SAME}, wilayah, level, dataset, penerbit, nilai, ragu, newest, is_sum)
                select {SAME}, b.wilayah, '{ABOVE[level]}', b.dataset, b.penerbit, b.nilai, b.ragu, b.newest, true from bagian_{level} b"""
        )
    return found


def _beside(level: str) -> str:
    return f"""
        select '{level}' as level, indikator, coalesce(i.name, indikator) as called,
               to_char(mulai, 'YYYY-MM-DD') || ' s.d. ' || to_char(akhir, 'YYYY-MM-DD') as period,
               t.wilayah, coalesce(w.name, t.wilayah) as nama, t.dataset, t.penerbit, t.nilai::float8 as nilai, t.newest,
               (t.ragu + b.ragu)::float8 as ragu, b.parts, b.nilai::float8 as parts_nilai, b.dataset as parts_dataset, b.penerbit as parts_penerbit,
               b.newest as parts_newest
        from bagian_{level} b join stated t using ({SAME}, wilayah)
        left join ops.reference_item i on i.reference = 'indikator' and i.code = indikator
        left join ops.reference_item w on w.reference = 'wilayah' and w.code = t.wilayah
        where not t.is_sum order by indikator, mulai, t.wilayah, t.dataset"""


def _spoken(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")
