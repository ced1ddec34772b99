"""Prevents an act on a finding without a name, a reason or a trace, and personal values that reach a screen."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner, Result

from contracts.errors import UnknownDataset, WrongUsage
from contracts.registry import load_registry
from satudata.cli import satudata
from satudata.run import Outcome, run
from tests.findings.conftest import GOOD, Source
from warehouse.catalogue import apply_access
from warehouse.later_personal import SPOKEN, mask_what_was_said

ACTS = "select kind, by, reason from ops.act order by act_id"


def said(*arguments: str) -> str:
    found: Result = CliRunner().invoke(satudata, list(arguments), catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


@pytest.fixture(autouse=True)
def _ani(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUDATA_NAMA", "ani")


def test_a_finding_is_seen_taken_up_and_assigned(source: Source):
    assert "Tidak ada temuan" in said("issue", "list")
    source.play(GOOD | {"k1": 500})
    (found,) = json.loads(said("issue", "list", "--json"))["issues"]
    assert (found["rule_id"], found["state"], found["due"]) == ("range.n", "baru", "2026-06-22")
    number = str(found["issue_id"])
    assert "diakui" in said("issue", "ack", number)
    assert "tenggat 2026-06-22" in said("issue", "assign", number, "disdagin", "--alasan", "milik mereka", "--oleh", "budi")
    assert source.all("select state, assigned_to from ops.issue") == [("ditugaskan", "disdagin")]
    with pytest.raises(WrongUsage):
        said("issue", "ack", number)
    assert source.all(ACTS) == [("issue.ack", "ani", None), ("issue.assign", "budi", "milik mereka")]
    assert source.all("select event, by from ops.issue_event order by issue_event_id") == [
        ("dibuka", None),
        ("diakui", "ani"),
        ("ditugaskan", "budi"),
    ]
    source.play(GOOD)
    with pytest.raises(WrongUsage, match="selesai"):
        said("issue", "assign", number, "disdagin")
    assert "selesai" in said("issue", "list", "--semua")


def test_a_finding_is_over_when_its_last_row_is_rejected(source: Source):
    """Also where a later day has passed the rule: only the row of an old day kept it open, and that source may say nothing new for a year."""
    source.play(GOOD | {"k1": 500}, write="append")
    rejected = "select quarantined_row_id from ops.quarantined_row where state = 'open'"
    said("quarantine", "reject", str(source.all(rejected)[0][0]), "--alasan", "tidak akan dibetulkan")
    assert source.issues["range.n"][0] == "selesai"
    source.play(GOOD | {"k1": 501}, "2026-06-02")
    source.play(GOOD, "2026-06-03")
    assert source.issues["range.n"][0] == "baru"
    said("quarantine", "reject", str(source.all(rejected)[0][0]), "--alasan", "tidak akan dibetulkan")
    assert source.issues["range.n"][0] == "selesai"


def test_a_row_of_an_older_contract_shows_nobody(source: Source):
    """Of a column that was personal when the row came and is in no contract now, and of a number of a person that was read as a number."""
    text = "kode;hari;n;nama;induk\nk1;2026-06-01;500;Siti Rahmawati;3571014107900001\nk2;2026-06-01;5;Budi;1\n"
    source.play(text)
    columns = "  nama: {from: nama, type: text, pribadi: nama}\n  induk: {from: induk, type: integer}\nperiod"
    path = source.folder / "isi.yml"
    path.write_text(source.contract.replace("period", columns, 1))
    run(["uji.dinas.isi"], source.day)
    source.play(text.replace(";500;", ";600;"))
    shown = said("quarantine", "list", "--semua", "--json")
    assert '"nama": "(disamarkan)"' in shown
    assert not re.search("Siti|3571014107900001", shown)
    assert "n = 500" in said(
        "quarantine", "show", str(source.all("select max(quarantined_row_id) from ops.quarantined_row where raw ? 'nama'")[0][0])
    )


def test_a_row_is_seen_and_rejected_for_good(source: Source):
    source.play(GOOD | {"k1": 500, "k2": 600})
    (first, second) = json.loads(said("quarantine", "list", "uji.dinas.isi", "--aturan", "range.n", "--json"))["rows"]
    assert "n = 500" in said("quarantine", "show", str(first["id"]))
    with pytest.raises(WrongUsage, match="999"):
        said("quarantine", "reject", str(first["id"]), "999", "--alasan", "salah ketik")
    assert source.open == ["k1", "k2"]
    assert "1 baris" in said("quarantine", "reject", str(first["id"]), "--alasan", "salah ketik")
    assert source.aside == [(1, "k1", "rejected", None), (1, "k2", "open", None)]
    assert source.all("select by, reason from ops.quarantined_row where state = 'rejected'") == [("ani", "salah ketik")]
    assert source.all(ACTS) == [("quarantine.reject", "ani", "salah ketik")]
    with pytest.raises(WrongUsage):
        said("quarantine", "reject", str(first["id"]), "--alasan", "sekali lagi")
    assert CliRunner().invoke(satudata, ["quarantine", "reject", str(second["id"])]).exit_code != 0


def test_personal_values_are_masked(source: Source):
    contract = source.contract.replace("kode: {from: kode, type: text}", "kode: {from: kode, type: text, pribadi: nik}")
    source.publish(GOOD | {"3571012345": 500})
    (source.folder / "isi.yml").write_text(contract)
    source.again()
    (row,) = json.loads(said("quarantine", "list", "--json"))["rows"]
    for shown in (said("quarantine", "list"), said("quarantine", "show", str(row["id"])), json.dumps(row)):
        assert "3571012345" not in shown
        assert "disamarkan" in shown


@pytest.mark.parametrize("head", ["kode;hari;n;{}", "kode;hari;{};{}2", "{};hari;n"])
def test_a_header_that_names_a_person_is_repeated_nowhere(source: Source, head: str):
    """Not as a new column, and not in what is said of a file that cannot be read: findings, letters and pages are made of these sentences."""
    name = "Budi 3571014107900001 081234567890"
    source.play(head.format(name, name) + "\nk1;2026-06-01;5\n")
    told = source.all(
        "select to_jsonb(r)::text from ops.check_result r union all select to_jsonb(b)::text from ops.batch b union all select message from ops.issue"
    )
    assert any("(disamarkan)" in one for (one,) in told)
    assert [one for (one,) in told if "3571014107900001" in one or "081234567890" in one] == []


def test_replay_and_waivers_can_be_asked_for(source: Source):
    source.play(GOOD | {"k1": 500}, "2026-06-01", write="replace_period")
    source.play(GOOD, "2026-06-02")
    assert "1 masih salah" in said("quarantine", "replay", "uji.dinas.isi")
    assert "berlaku sampai 2099-01-01" in said("waiver", "add", "uji.dinas.isi", "range.n", "--sampai", "2099-01-01", "--alasan", "sensus")
    assert "1 masuk" in said("quarantine", "replay", "uji.dinas.isi", "--alasan", "dikecualikan")
    assert "sensus" in said("waiver", "list", "uji.dinas.isi")
    assert "berakhir" in said("waiver", "end", "1", "--alasan", "cukup")
    assert [kind for kind, *_ in source.all(ACTS)] == ["quarantine.replay", "waiver.add", "quarantine.replay", "waiver.end"]


@pytest.mark.parametrize("command", [("issue", "list"), ("quarantine", "list"), ("waiver", "list"), ("mapping", "list")])
def test_a_dataset_nobody_knows_is_no_good_news(source: Source, command: tuple[str, str]):
    """A slip of the pen in an id gave an empty list: nothing to mend."""
    source.play(GOOD)
    assert "Tidak ada" in said(*command, "uji.dinas.isi")
    with pytest.raises(UnknownDataset, match=r'Mungkin maksudnya: "uji\.dinas\.isi"') as caught:
        said(*command, "uji.dinas.isis")
    assert caught.value.exit_code == 2
    (source.folder / "isi.yml").unlink()
    assert "Tidak ada" in said(*command, "uji.dinas.isi")  # its contract is gone, its rows are not


def test_a_row_that_is_shown_names_what_can_be_done_with_it(source: Source):
    source.play(GOOD | {"k1": 500}, write="append")
    shown = said("quarantine", "show", "1")
    assert "satudata quarantine replay uji.dinas.isi --batch 1" in shown
    assert "satudata quarantine reject 1 --alasan" in shown
    said("quarantine", "reject", "1", "--alasan", "tidak akan dibetulkan")
    assert "quarantine reject" not in said("quarantine", "show", "1")


@pytest.mark.parametrize(
    ("rows", "state", "command"),
    [
        (GOOD | {"k1": 500}, "diterima", "satudata quarantine list uji.dinas.isi"),
        ({"k1": 1}, "ditahan", "satudata review list"),
        ("kode;hari\nk1;2026-06-01\n", "gagal", "satudata issue list"),
    ],
)
def test_a_run_names_the_next_command(source: Source, rows, state: str, command: str):
    source.play(GOOD)
    source.publish(rows)
    shown = CliRunner().invoke(satudata, ["run", "uji.dinas.isi", "--date", source.day.isoformat()], catch_exceptions=False).output
    assert f"1 {state}" in shown
    assert command in shown
    assert f"uji.dinas.isi: {state}, batch 2" in shown or state == "gagal"


def test_a_run_says_when_texts_that_wait_for_a_code_can_be_seen(source: Source, monkeypatch: pytest.MonkeyPatch):
    """`2 menunggu kode`, said the run, and `mapping list` straight after it: none."""
    source.play(GOOD)
    came = Outcome("uji.dinas.isi", "", {}, "accepted", ({"batch_id": 1, "accepted": 2, "waiting": 2},))
    monkeypatch.setattr("satudata.commands.run.run", lambda *_, **__: [came])
    assert "satudata mapping list` sesudah `satudata release publish" in said("run", "uji.dinas.isi")
    assert "sesudah `satudata release publish" in said("mapping", "list")


def test_an_empty_part_of_a_key_is_told_in_words(source: Source):
    """The list showed the program's own word for nothing."""
    source.play("kode;hari;n\n;2026-06-01;5\n" + "".join(f"k{number};2026-06-01;5\n" for number in range(40)))
    shown = said("quarantine", "list")
    assert "(kosong)" in shown
    assert "None" not in shown


def test_what_was_said_of_a_column_that_is_personal_now_is_taken_back(source: Source):
    """A contract without `pribadi` has quoted somebody's name in findings and rows; declaring it later left it there for good."""
    check = "checks: [{rule: in_set, column: nama, values: [Budi]}]"
    name = "  nama: {from: nama, type: text%s}\nperiod"
    text = "kode;hari;n;nama\nk1;2026-06-01;5;Siti Rahmawati\nk2;2026-06-01;500;Budi\n"

    def contract(pribadi: str) -> None:
        source.publish(text, more=check)
        (source.folder / "isi.yml").write_text(source.contract.replace("period", name % pribadi, 1))

    kept = """select message from ops.check_result union all select message from ops.issue union all select message from ops.batch
              union all select unnest(messages) from ops.quarantined_row"""
    contract("")
    source.again()
    assert any("Siti" in (said_of or "") for (said_of,) in source.all(kept))
    contract(", pribadi: nama")
    apply_access(source.conn, load_registry().datasets.values())
    sentences = [said_of for (said_of,) in source.all(kept)]
    assert not any("Siti" in (one or "") for one in sentences)
    assert SPOKEN in sentences
    assert any("500" in (one or "") for one in sentences)  # what was said of other columns stays
    assert mask_what_was_said(source.conn) == 0
    assert "Siti" not in said("quarantine", "list") + said("issue", "list")


def step(number: int = 1) -> str:
    return said("issue", "show", str(number)).partition("Langkah berikutnya: ")[2]


def test_the_step_of_a_finding_names_a_command_that_shows_something(source: Source):
    """Not every rule sets rows aside: of a batch that is held the list of reviews says what to decide, and of one returned nothing waits here."""
    source.play(GOOD | {"k1": 500})
    assert step().startswith("satudata quarantine list uji.dinas.isi --aturan range.n")
    source.play(GOOD, more="checks: [{rule: compare, column: n, op: '!=', other: '6', severity: hold}]")
    assert step(2).startswith("satudata review list")
    said("review", "return", "2", "--alasan", "angka 6")
    assert step(2).startswith("satudata report")
    listed = said("issue", "list")
    assert "dikembalikan" in listed
    assert "batch ditahan" not in listed
    assert "compare.n di uji.dinas.isi, dikembalikan" in said("issue", "show", "2")
