"""Every failure is read by an agency and by the ledger: it needs a sentence with a next step, a stable class, and no secret in it."""

from __future__ import annotations

import pickle
import re
from dataclasses import fields

import pytest

import contracts.errors as catalogue
from contracts.errors import (
    BrokenContract,
    ContractProblem,
    FetchError,
    HttpStatusError,
    MissingColumn,
    ReviewRefused,
    SatudataError,
    TooLarge,
    UsageError,
    WarehouseUnreachable,
)
from contracts.errors.base import NAMES
from contracts.secrets import has_secret, is_secret_name, masked_url

SAMPLES = {
    "int": 12345,
    "int | None": None,
    "float": 2.5,
    "bool": False,
    "str": "berkas.xlsx",
    "tuple[str, ...]": ("A", "B"),
    "tuple[int, ...]": (3, 4),
}
LEAVES = [
    found
    for name in catalogue.__all__
    if isinstance(found := getattr(catalogue, name), type) and issubclass(found, SatudataError) and found.sentence
]


def sample(kind: type[SatudataError]) -> SatudataError:
    return kind(*(SAMPLES[str(field.type)] for field in fields(kind)))


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_every_failure_says_what_happened_and_what_to_do(kind: type[SatudataError]) -> None:
    error = sample(kind)
    assert error.error_class == kind.__name__
    assert str(error) == error.message
    assert "{" not in error.message.replace("${", "")
    assert error.message.endswith(".")
    assert kind.advice, "a failure without a next step"


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_a_failure_survives_the_way_between_processes(kind: type[SatudataError]) -> None:
    error = sample(kind)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.attributes, again.message) == (kind, error.attributes, error.message)


def test_exit_codes_follow_the_family() -> None:
    assert {kind.__name__: kind.exit_code for kind in LEAVES if issubclass(kind, UsageError) and kind.exit_code != 2} == {}
    assert {kind.__name__ for kind in LEAVES if issubclass(kind, FetchError) and kind.exit_code != 1} == set()
    assert WarehouseUnreachable.exit_code == 3
    assert BrokenContract.exit_code == 2


def test_a_sentence_shows_numbers_and_lists_as_people_write_them() -> None:
    assert "1.000.000.000 byte" in TooLarge("http://a.go.id/x", 1_000_000_000).message
    message = MissingColumn("a.csv", ("HARGA",), tuple(f"K{n}" for n in range(30))).message
    assert '"HARGA"' in message
    assert "dan 18 lainnya" in message


def test_a_number_that_names_something_is_no_amount() -> None:
    """`Batch 12.345` is looked for in vain."""
    assert "12345" in ReviewRefused(12_345, "x", "y").message
    counts = re.compile(r"(bytes|columns|pages|received|declared|redirects|unsent)$")
    named = {field.name for kind in LEAVES for field in fields(kind) if str(field.type).startswith("int") and not counts.search(field.name)}
    assert named <= NAMES | {"batch_id"}, "an int of an error is either a count or a name"


def test_no_sentence_repeats_a_secret() -> None:
    message = HttpStatusError("http://siti:rahasia@a.go.id/key/r4h4s14/x?api_key=abc&tahun=2023", 500).message
    assert not {"rahasia", "r4h4s14", "abc"} & set(message.replace("/", " ").replace("=", " ").replace("@", " ").replace("&", " ").split())
    assert "tahun=2023" in message


def test_a_broken_contract_lists_every_problem() -> None:
    error = BrokenContract(
        "a.yml", (ContractProblem("a.yml", 3, "key", "kosong", "daftar"), ContractProblem("a.yml", 9, "write", "x", "y"))
    )
    assert error.message.splitlines()[1:] == ["a.yml:3: key: kosong. Yang benar: daftar", "a.yml:9: write: x. Yang benar: y"]
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


@pytest.mark.parametrize(
    "name", ["api_key", "X-API-Key", "token", "access_token", "Authorization", "kata_sandi", "client-secret", "key", "password"]
)
def test_a_secret_is_known_by_its_name(name: str) -> None:
    assert is_secret_name(name)
    assert masked_url(f"http://a.go.id/?{name}=rahasia&x=1") == f"http://a.go.id/?{name}=***&x=1"


@pytest.mark.parametrize("name", ["monkey", "keyword", "tahun", "tokens_total", "id", "sandiwara"])
def test_other_names_are_left_alone(name: str) -> None:
    assert not is_secret_name(name)
    assert not has_secret(f"http://a.go.id/{name}?{name}=1")


def test_a_variable_is_no_literal_secret() -> None:
    assert not has_secret("https://webapi.contoh.go.id/key/${BPS_KEY}/?token={penerbit}")
    assert has_secret("https://webapi.contoh.go.id/key/abc123")
