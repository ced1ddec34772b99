"""Which datasets a failed test is about, and how they are kept back so that the others can be released.

A failing row that carries `_dataset_id` names its dataset. Its publishers are pinned to what the last release saw of them, or to
nothing where there was none. All of them are tried again once any of its publishers has sent a newer batch, or once the lists, the mappings or
the model are others: whose rows it was is not known, and a batch may have been accepted while the tests ran.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from psycopg import Connection

from contracts import clock
from satudata.conform.build import Build
from satudata.conform.failing import Failing, failing
from satudata.conform.inputs import with_pins
from warehouse.pins import pin
from warehouse.releases import Release, ReleaseInput, pin_name


def blamed(conn: Connection, done: Build) -> dict[str, dict[str, Failing]] | None:
    """Dataset -> test its rows fail -> what it found there; None as soon as one failure does not name a dataset in every row."""
    found: dict[str, dict[str, Failing]] = {}
    for test in done.failed_tests:
        datasets = failing(conn, test, done.manifest["nodes"].get(test.unique_id, {}))
        if not datasets:
            return None
        for dataset, what in datasets.items():
            found.setdefault(dataset, {})[test.name] = what
    return found


def let_try_again(conn: Connection, tested_with: str) -> None:
    """Lift the pins of failed tests that newer batches, or another model (`tested_with`), have outlived."""
    conn.execute(
        """delete from ops.pin p where p.kind = 'test' and (p.tested_with is distinct from %s or exists (
             select from ops.batch b
             where b.dataset = p.dataset and b.state = 'accepted' and b.accept_no > p.tested_no and b.accept_no <= ops.settled_no()))""",
        [tested_with],
    )


def keep_back(
    conn: Connection, given: ReleaseInput, last: Release | None, why: Mapping[str, Collection[str]], tested_with: str
) -> ReleaseInput:
    """Pin the blamed datasets to what the last release saw; returns the input with these pins.

    The input comes back unchanged where all of them were already kept back as far: then pinning cannot help.
    """
    pins = dict(given.pins)
    with conn.transaction():
        for dataset, tests in why.items():
            for penerbit in _publishers(conn, dataset):
                up_to = min(last.seen(dataset, penerbit) if last else 0, pins.get(pin_name(dataset, penerbit), given.cut_no))
                pins[pin_name(dataset, penerbit)] = up_to
                _pin(conn, dataset, penerbit, up_to, tests, given.cut_no, tested_with)
    return with_pins(given, pins)


def _publishers(conn: Connection, dataset: str) -> list[str]:
    return [
        row[0] for row in conn.execute("select distinct penerbit from ops.batch where dataset = %s and accept_no is not null", [dataset])
    ]


def _pin(conn: Connection, dataset: str, penerbit: str, up_to: int, tests: Collection[str], tested_no: int, tested_with: str) -> None:
    reason, rules = f"uji gagal: {', '.join(tests)}", list(tests)
    pin(conn, dataset, penerbit, "test", up_to, reason, clock.now())
    conn.execute(
        "update ops.pin set reason = %s, rules = %s, tested_no = %s, tested_with = %s where dataset = %s and penerbit = %s and kind = 'test'",
        [reason, rules, tested_no, tested_with, dataset, penerbit],
    )
