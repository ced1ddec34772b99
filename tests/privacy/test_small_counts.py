"""No small count can be computed from what is published: solved for, over random tables, as a reader with a pencil would."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

import psycopg
import pytest

from tests.conftest import Database
from tests.privacy.attacker import Cell, Seen, equations, found_out

K = 5
Tables = Mapping[str, Mapping[Cell, int]]


def hide(
    conn: psycopg.Connection, tables: Tables, before: Mapping[str, Iterable[Cell]] | None = None, shown: Mapping[str, Iterable[Cell]] | None = None, *,
    also_complements: bool = True,
) -> dict[str, frozenset[Cell]]:  # fmt: skip
    """What the warehouse does not show of each table, all tables in one pass; `before` was hidden by the release before, `shown` was not."""
    with conn.transaction(force_rollback=True):
        conn.execute("select ops.sel_kosong()")
        with conn.cursor().copy("copy sel (tabel, wilayah, rincian, menurut, nilai, k, dahulu, tampil) from stdin") as copy:
            for name, figures in tables.items():
                was, seen = set((before or {}).get(name, ())), set((shown or {}).get(name, ()))
                for (region, part), figure in figures.items():
                    copy.write_row([name, region, part, part.partition("=")[0], figure, K, (region, part) in was, (region, part) in seen])
        conn.execute("select ops.tutup_pelengkap(%s)", [also_complements])
        rows = conn.execute("select tabel, wilayah, rincian from sel where tutup and not maya").fetchall()
    return {name: frozenset((region, part) for table, region, part in rows if table == name) for name in tables}


def random_table(seed: int) -> dict[Cell, int]:
    """Regions of two or three levels, broken down or not, with or without each kind of sum, and many small figures in it."""
    dice = random.Random(seed)
    ways = dice.choice([[], [], ["jenis"], ["jenis"], ["jenis", "kelamin"]])
    parts = [f"{way}={i}" for way in ways for i in range(dice.choice([1, 2, 3, 5]))]
    regions = [f"35.71.{i:02}.{j:04}" for i in range(1, dice.choice([2, 3, 5])) for j in range(1001, 1001 + dice.choice([1, 1, 2, 3, 6]))]
    leaves = {
        (region, part): _figure(dice)
        for region in regions
        for part in (parts[: len([p for p in parts if p.startswith(ways[0])])] if ways else [""])
    }
    figures: dict[Cell, int] = dict(leaves)
    if ways:
        for region in regions:
            total = sum(leaves[region, part] for part in parts if (region, part) in leaves)
            figures[region, ""] = total
            for way in ways[1:]:
                figures |= _spread(dice, region, [p for p in parts if p.startswith(way)], total)
    for level in (8, 5):
        for code in {region[:level] for region in regions}:
            for part in {part for _, part in figures}:
                figures[code, part] = sum(
                    figures[region, part] for region in regions if region.startswith(code) and (region, part) in figures
                )
    keep = {(level, bool(part)): dice.random() < 0.75 for level in (5, 8, 13) for part in ("", "x")}
    keep[13, bool(ways)] = True
    return {(code, part): figure for (code, part), figure in figures.items() if keep[len(code), bool(part)]}


def _figure(dice: random.Random) -> int:
    return dice.choice([0, 0, 1, 2, 3, 4, 5, 6, 9, 14, 30, 70, 200, 800]) if dice.random() < 0.6 else dice.randint(5, 400)


def _spread(dice: random.Random, region: str, parts: list[str], total: int) -> dict[Cell, int]:
    cuts = sorted(dice.randint(0, total) for _ in parts[1:])
    return {(region, part): b - a for part, a, b in zip(parts, [0, *cuts], [*cuts, total], strict=True)}


HARD: dict[str, dict[Cell, int]] = {
    "one region below a sum": {("35.71.01.1001", ""): 3, ("35.71.01", ""): 3, ("35.71.02", ""): 60, ("35.71", ""): 63},
    "a single small one": {("35.71.01", ""): 3, ("35.71.02", ""): 60, ("35.71.03", ""): 70, ("35.71", ""): 133},
    "two small neighbours": {("35.71.01", ""): 1, ("35.71.02", ""): 1, ("35.71.03", ""): 70, ("35.71", ""): 72},
    "all of one": {**{(f"35.71.0{i}", ""): 1 for i in range(1, 6)}, ("35.71", ""): 5},
    "one part": {("35.71.01", "a=1"): 2, ("35.71.01", "a=2"): 90, ("35.71.01", ""): 92},
    "one row, one column": {
        ("35.71.01", "a=1"): 2, ("35.71.01", "a=2"): 90, ("35.71.01", ""): 92, ("35.71.02", "a=1"): 20, ("35.71.02", "a=2"): 80,
        ("35.71.02", ""): 100, ("35.71", "a=1"): 22, ("35.71", "a=2"): 170, ("35.71", ""): 192},
    "the level between is left out": {("35.71.01.1001", ""): 2, ("35.71.01.1002", ""): 30, ("35.71.02.1001", ""): 40, ("35.71", ""): 72},
}  # fmt: skip


@pytest.fixture
def conn(database: Database) -> Iterable[psycopg.Connection]:
    with database.connect("transformer", autocommit=True) as conn:
        yield conn


def small(figures: Mapping[Cell, int]) -> set[Cell]:
    return {cell for cell, figure in figures.items() if 0 < figure < K}


def test_no_hidden_figure_of_a_release_can_be_computed(conn: psycopg.Connection) -> None:
    """Over random tables and those that are known to be hard; nothing small is shown."""
    tables = {str(seed): random_table(seed) for seed in range(250)} | HARD
    hidden = hide(conn, tables)
    for name, figures in tables.items():
        assert small(figures) <= hidden[name], name
        told = found_out(Seen(figures, hidden[name]))
        assert not told, (name, sorted(told))


def test_without_complements_small_figures_are_found_out(conn: psycopg.Connection) -> None:
    """The test above can fail: where only what is small is hidden, a sum gives it away."""
    tables = {str(seed): random_table(seed) for seed in range(100)} | HARD
    hidden = hide(conn, tables, also_complements=False)
    told = [name for name, figures in tables.items() if found_out(Seen(figures, hidden[name]))]
    assert len(told) > 30
    assert {"a single small one", "one part"} <= set(told)


def test_no_hidden_figure_is_the_only_number_that_fits(conn: psycopg.Connection) -> None:
    """A count is never negative: where all that is hidden of a sum came to nothing but zeros, that alone would tell it."""
    tables = {str(seed): random_table(seed) for seed in range(1000, 1060)} | HARD
    hidden = hide(conn, tables)
    for name, figures in tables.items():
        told = found_out(Seen(figures, hidden[name]), integers=True)
        assert not {cell for _, cell in told} & small(figures), name


def next_release(seed: int, figures: Mapping[Cell, int]) -> dict[Cell, int]:
    """The same table after a day: one figure has moved, often between small and large, with all its sums; the others stayed."""
    dice = random.Random(seed)
    leaf = dice.choice([cell for cell in figures if not any(total == cell for total, _ in equations(figures))])
    moved = dice.choice([1, 2, 3, 4, 6, 40]) - figures[leaf]
    changed = {leaf}
    while more := {total for total, parts in equations(figures) if changed & set(parts)} - changed:
        changed |= more
    after = {cell: figure + moved * (cell in changed) for cell, figure in figures.items()}
    consistent = all(after[total] == sum(after[part] for part in parts) for total, parts in equations(after))
    return after if consistent else dict(figures)


def test_two_releases_tell_no_more_than_one(conn: psycopg.Connection) -> None:
    """What was hidden once stays hidden; a figure that becomes small in a known table takes the sums it could be told from along."""
    first = {str(seed): random_table(seed) for seed in range(2000, 2250)}
    then = {name: next_release(int(name), figures) for name, figures in first.items()}
    hidden = hide(conn, first)
    seen = {name: figures.keys() - hidden[name] for name, figures in first.items()}
    later = hide(conn, then, hidden, seen)
    moved = 0
    for name, figures in first.items():
        assert hidden[name] <= later[name], name
        told = found_out(Seen(figures, hidden[name]), Seen(then[name], later[name]))
        assert not {cell for number, cell in told if cell in small((figures, then[name])[number])}, (name, told)
        moved += figures != then[name]
    assert moved > 120


def test_a_release_that_forgets_the_one_before_is_found_out(conn: psycopg.Connection) -> None:
    """The test above can fail: without memory, a figure that grew shows what its neighbour was."""
    first = {str(seed): random_table(seed) for seed in range(2000, 2250)}
    then = {name: next_release(int(name), figures) for name, figures in first.items()}
    hidden, later = hide(conn, first), hide(conn, then)
    told = [name for name, figures in first.items() if found_out(Seen(figures, hidden[name]), Seen(then[name], later[name]))]
    assert len(told) > 10
