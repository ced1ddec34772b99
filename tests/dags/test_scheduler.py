"""Prevents what only a real scheduler shows: sources that do not end where they should, tries that are made for nothing, half loads after a kill.

One Airflow serves all tests of this file; each test has an agency, and so a DAG, of its own.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psutil
import pytest

from satudata.stack import airflow, life
from satudata.stack.api import AirflowApi
from tests.conftest import Database
from tests.dags.airflow_ground import MANUAL, Ground, airflow_ground, csv

PUBLISHERS = ("35.71.01.1001", "35.71.01.1002")
EACH = MANUAL.replace("${SITUS_UJI}/angka.csv", "${SITUS_UJI}/{penerbit}.csv") + f'for_each: ["{PUBLISHERS[0]}", "{PUBLISHERS[1]}"]\n'
INBOX = MANUAL.replace('{kind: file, url: "${SITUS_UJI}/angka.csv"}', "{kind: inbox}") + f'for_each: ["{PUBLISHERS[0]}"]\n'
CONTRACTS = {
    "uji/jalan/angka": MANUAL,
    "uji/jalan/per_kelurahan": EACH,
    "uji/gagal/hilang": MANUAL.replace("angka.csv", "tidak_ada.csv"),
    "uji/gagal/mati": MANUAL.replace("${SITUS_UJI}", "http://127.0.0.1:9"),
    "uji/gagal/salah": MANUAL.replace("angka.csv", "salah.csv"),
    "uji/gagal/rusak": MANUAL.replace("write: snapshot", "write: kadang"),
    "uji/kotak/kiriman": INBOX,
    "uji/tinjau/angka": MANUAL + "publikasi: tinjau\n",
    "uji/besar/angka": MANUAL.replace("angka.csv", "besar.csv"),
}
FILES = {
    "/angka.csv": csv(30), f"/{PUBLISHERS[0]}.csv": csv(10), f"/{PUBLISHERS[1]}.csv": csv(20), "/salah.csv": b"%PDF-1.4 bukan tabel",
    "/besar.csv": csv(400_000),
}  # fmt: skip
BESAR = "select count(*) from raw.uji__besar__angka where _to_batch is null"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, module_database: Database) -> Iterator[Ground]:
    with airflow_ground(tmp_path_factory.mktemp("airflow"), module_database, CONTRACTS, dict(FILES)) as made:
        yield made


def test_a_source_is_loaded_once_and_ends_after_extract_while_it_does_not_change(ground: Ground) -> None:
    names = ["uji.jalan.angka", *(f"uji.jalan.per_kelurahan {penerbit}" for penerbit in PUBLISHERS)]
    first = ground.play("uji.jalan.manual")
    assert first == {("uji.jalan.manual", step): "success" for step in ("rencana", "kabar")} | {
        (name, f"sumber.{step}"): "success" for name in names for step in ("extract", "load")
    }
    batches = ground.warehouse("select batch_id from ops.batch where dataset like 'uji.jalan.%' order by 1")
    events = ground.airflow("select extra from asset_event order by id")
    assert sorted(number for (extra,) in events for number in extra["batch_ids"]) == [number for (number,) in batches]
    assert len(batches) == 3

    again = ground.play("uji.jalan.manual")
    assert again == {key: "skipped" if key[1] in ("sumber.load", "kabar") else "success" for key in first}
    assert ground.warehouse("select count(*) from ops.batch where dataset like 'uji.jalan.%'") == [(3,)]
    fetched = ground.warehouse(
        "select dataset, penerbit, outcome, dag_id, map_index, try from ops.fetch where dataset like 'uji.jalan.%' order by fetch_id desc limit 3"
    )
    assert {(row[2], row[3], row[5]) for row in fetched} == {("unchanged", "uji.jalan.manual", 1)}
    assert sorted(row[4] for row in fetched) == [0, 1, 2]

    picked = ground.play("uji.jalan.manual", dataset=["uji.jalan.angka"], run_date=date(2026, 6, 2))
    assert set(picked) == {
        ("uji.jalan.manual", "rencana"),
        ("uji.jalan.manual", "kabar"),
        ("uji.jalan.angka", "sumber.extract"),
        ("uji.jalan.angka", "sumber.load"),
    }
    assert ground.warehouse("select run_date from ops.fetch order by fetch_id desc limit 1") == [(date(2026, 6, 2),)]

    released = wait_for(
        lambda: ground.airflow("select run_type, state from dag_run where dag_id = 'transform' and state in ('success', 'failed')")
    )
    assert set(released) == {("asset_triggered", "success")}
    assert ground.warehouse("select count(*) from mart.data_uji_jalan_angka") == [(30,)]


def test_failures_show_where_they_belong_and_only_passing_ones_are_tried_again(ground: Ground) -> None:
    states = ground.play("uji.gagal.manual", "uji.gagal.rusak.kontrak_rusak")
    assert states == {
        ("uji.gagal.manual", "rencana"): "success", ("uji.gagal.manual", "kabar"): "skipped",
        ("uji.gagal.hilang", "sumber.extract"): "failed", ("uji.gagal.hilang", "sumber.load"): "upstream_failed",
        ("uji.gagal.mati", "sumber.extract"): "failed", ("uji.gagal.mati", "sumber.load"): "upstream_failed",
        ("uji.gagal.salah", "sumber.extract"): "success", ("uji.gagal.salah", "sumber.load"): "failed",
        ("uji.gagal.rusak.kontrak_rusak", "kontrak"): "failed",
    }  # fmt: skip
    tries = ground.airflow(
        "select rendered_map_index, task_id, try_number from task_instance where dag_id = 'uji.gagal.manual' and state = 'failed'"
    )
    assert {(name, task): number for name, task, number in tries} == {
        ("uji.gagal.hilang", "sumber.extract"): 1, ("uji.gagal.mati", "sumber.extract"): 2, ("uji.gagal.salah", "sumber.load"): 1,
    }  # fmt: skip
    log = task_log("uji.gagal.rusak.kontrak_rusak", "kontrak")
    assert "kadang" in log
    assert "rusak.yml" in log

    again = ground.play("uji.gagal.manual")
    assert again["uji.gagal.salah", "sumber.load"] == "failed"
    assert ground.warehouse("select count(*) from ops.batch where dataset = 'uji.gagal.salah'") == [(1,)]


def test_what_was_accepted_is_published_although_another_delivery_fails(ground: Ground) -> None:
    """Two files lie in one inbox: the task of the source fails for the second, and the first has to be told of all the same."""
    folder = Path(os.environ["SATUDATA_HOME"]) / "inbox" / "uji.kotak.kiriman" / PUBLISHERS[0]
    folder.mkdir(parents=True)
    for number, content in enumerate((csv(7), b"%PDF-1.4 bukan tabel"), start=1):
        (folder / f"{number}.csv").write_bytes(content)
        os.utime(folder / f"{number}.csv", (1_700_000_000 + number,) * 2)
    states = ground.play("uji.kotak.manual")
    assert states["uji.kotak.kiriman " + PUBLISHERS[0], "sumber.load"] == "failed"
    assert ground.airflow("select state from dag_run where dag_id = 'uji.kotak.manual'") == [("failed",)]
    ((batch, state), (_, other)) = ground.warehouse("select batch_id, state from ops.batch where dataset = 'uji.kotak.kiriman' order by 1")
    assert (state, other) == ("accepted", "failed")
    told = "select e.extra from asset_event e where e.source_dag_id = 'uji.kotak.manual'"
    assert [extra["batch_ids"] for (extra,) in ground.airflow(told)] == [[batch]]
    wait_for(lambda: ground.warehouse("select 1 from pg_tables where schemaname = 'mart' and tablename = 'data_uji_kotak_kiriman'"))
    wait_for(lambda: ground.warehouse("select count(*) from mart.data_uji_kotak_kiriman") == [(7,)])


def test_a_source_that_waits_for_a_person_does_not_look_like_one_that_is_published(ground: Ground) -> None:
    """A held batch is no failure, so its task is green: the name under which it is listed says that it waits, also on a day without news."""
    named = "select task_id, state, rendered_map_index from task_instance where dag_id = 'uji.tinjau.manual' and map_index = 0 order by 1"
    states = ground.play("uji.tinjau.manual")
    assert states["uji.tinjau.angka", "sumber.load"] == "success"
    assert ground.airflow(named) == [
        ("sumber.extract", "success", "uji.tinjau.angka"),
        ("sumber.load", "success", "uji.tinjau.angka · ditahan"),
    ]
    log = task_log("uji.tinjau.manual", "sumber.load")
    assert "ditahan, menunggu orang" in log
    assert "satudata review list" in log
    again = ground.play("uji.tinjau.manual")
    assert again["uji.tinjau.angka", "sumber.load"] == "skipped"
    newest = named.replace(
        "order by 1", "and run_id = (select max(run_id) from task_instance where dag_id = 'uji.tinjau.manual') order by 1"
    )
    assert ground.airflow(newest)[0] == ("sumber.extract", "success", "uji.tinjau.angka · ditahan")


def test_a_load_killed_half_way_is_done_once_by_the_next_try(ground: Ground) -> None:
    playing = ground.playing("uji.besar.manual")
    running = "select pid from task_instance where dag_id = 'uji.besar.manual' and task_id = 'sumber.load' and state = 'running'"
    ((pid,),) = wait_for(lambda: ground.airflow(running))
    wait_for(lambda: ground.warehouse("select 1 from pg_stat_activity where query ilike 'copy %staging_load%' and state = 'active'"))
    os.kill(pid, signal.SIGKILL)
    assert playing.ended()["uji.besar.angka", "sumber.load"] == "success"
    assert ground.airflow("select try_number from task_instance where dag_id = 'uji.besar.manual' and task_id = 'sumber.load'") == [(2,)]
    assert ground.warehouse(BESAR) == [(400_000,)]
    assert ground.warehouse("select state, accepted from ops.batch where dataset = 'uji.besar.angka'") == [("accepted", 400_000)]
    assert (
        ground.warehouse("select relname from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = 'staging_load'") == []
    )


def test_a_task_finds_everything_heavy_imported_by_the_scheduler(ground: Ground) -> None:
    """Else every load waits for Great Expectations to be imported; and what was imported must work after the fork, threads included."""
    assert ground.play("probe") == {("probe", "probe"): "success"}
    found = ground.returned("probe")
    assert found["there"] == ["great_expectations", "expectations.suite", "extractors.parse", "pyarrow", "psycopg"]
    assert found["import_s"] < 0.5
    assert found["rows"] == [{"b": "x", "a_sum": 2_000_000}]


def test_a_connection_kept_in_airflow_reaches_the_extractors(ground: Ground) -> None:
    api = AirflowApi(ground.known)
    api.post("/api/v2/connections", {"connection_id": "uji_rahasia", "conn_type": "http", "login": "siapa", "password": "rahasia"})
    assert ground.play("credentials") == {("credentials", "credentials"): "success"}
    assert ground.returned("credentials") is True


def test_nothing_of_the_stack_listens_beyond_this_machine(ground: Ground) -> None:
    home = Path(os.environ["SATUDATA_HOME"])
    leaders = [leader for program in airflow.programs(home).values() if (leader := program.leader())]
    pids = {process.pid for leader in leaders for process in (leader, *leader.children(recursive=True))}
    listening = {c.laddr.ip for c in psutil.net_connections("inet") if c.status == psutil.CONN_LISTEN and c.pid in pids}
    assert listening == {"127.0.0.1"}
    assert {path.stat().st_mode & 0o077 for path in (*(home / "secrets").glob("airflow*"), home / "airflow" / "airflow.cfg")} == {0}


def test_it_starts_again_after_everything_was_killed(ground: Ground) -> None:
    home = Path(os.environ["SATUDATA_HOME"])
    leaders = [leader for program in airflow.programs(home).values() if (leader := program.leader())]
    workers = [child for leader in leaders for child in leader.children(recursive=True)]
    assert len(leaders) == 3
    assert len(workers) >= 8
    for leader in leaders:
        leader.kill()
    ground.known = airflow.start(changes=ground.changes)
    assert not any(worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE for worker in workers)
    assert life.running(home) | {"kota-contoh": True} == dict.fromkeys(life.running(home), True)
    assert ground.play("probe") == {("probe", "probe"): "success"}


def wait_for(look, seconds: float = 120):
    """What a look finds once it finds something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


def task_log(dag_id: str, task_id: str) -> str:
    logs = Path(os.environ["SATUDATA_HOME"]) / "airflow" / "logs" / f"dag_id={dag_id}"
    return "\n".join(path.read_text() for path in sorted(logs.glob(f"*/task_id={task_id}/**/*.log")))
