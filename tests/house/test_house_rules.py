"""The rules of CONTRIBUTING.md that no linter knows; without a test each would hold only until the first hurry."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, named, product_modules

LONGEST, TYPICAL = 250, 90
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
HEAVY = {"pandas", "pyarrow", "great_expectations", "dbt", "airflow", "psycopg", "sqlalchemy", "numpy"}
SQL_CLOCK = re.compile(
    r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(|\bcurrent_(date|time|timestamp)\b|\blocaltime", re.I
)
PYTHON_CLOCK = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|datetime\.today)\(")


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_module_is_too_long_to_read() -> None:
    assert [f"{named(path)}: {lines(path)}" for path in files(".py") if lines(path) > LONGEST] == []
    assert statistics.median(lines(path) for path in product_modules()) <= TYPICAL


def test_every_module_says_why_it_exists() -> None:
    code = [path for path in files(".py") if path.name != "__init__.py"]
    assert [named(path) for path in code if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_every_module_has_a_name_that_says_what_is_in_it() -> None:
    assert [named(path) for path in files(".py", ".sql") if VAGUE_NAMES & set(path.relative_to(ROOT).with_suffix("").parts)] == []


def sql_rules() -> list[Path]:
    return [path for path in files(".sql") if path.is_relative_to(ROOT / "dbt_project")] + [
        path for path in files(".py") if path.is_relative_to(ROOT / "expectations")
    ]


def test_no_rule_and_no_model_reads_the_clock() -> None:
    """Else the same bytes judged tomorrow, or on the demo's calendar, give another verdict."""
    assert [named(path) for path in sql_rules() if SQL_CLOCK.search(without_comments(path.read_text()))] == []


def test_there_is_one_clock() -> None:
    allowed = {ROOT / "contracts" / "clock.py"}
    assert [named(path) for path in product_modules() if path not in allowed and PYTHON_CLOCK.search(path.read_text())] == []


def without_comments(sql: str) -> str:
    return re.sub(r"--.*|\{#.*?#\}|/\*.*?\*/", "", sql, flags=re.S if "{#" in sql or "/*" in sql else 0)


# Written so that this very file holds none of them.
FORBIDDEN = {
    "the address of a package index": re.compile(
        r"py(?:pi|thonhosted)\.org|npm(?:js)\.(?:org|com)|--(?:extra-)?index-(?:url)[ =]|--find-(?:links)"
    ),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work)/|(?<![\w.])/(?:root)/|/(?:Users)/"),
    "something left for later": re.compile(r"\b(?:TO(?:DO)|FIX(?:ME)|X(?:XX))\b"),
}
NOT_OURS = {"LICENSE"}
OUR_TEXT = (".py", ".sql", ".sh", ".toml", ".cfg", ".ini", ".md", ".txt", ".in", ".yml", ".yaml", ".json", ".run", "")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_contains(what: str) -> None:
    assert [
        named(path) for path in files(*OUR_TEXT) if path.name not in NOT_OURS and FORBIDDEN[what].search(path.read_text(errors="replace"))
    ] == []


def dag_files() -> list[Path]:
    """What the DAG processor reads; `dags/scheduler` is there to load what is heavy, once and elsewhere."""
    return [path for path in files(".py") if path.is_relative_to(ROOT / "dags") and not path.is_relative_to(ROOT / "dags" / "scheduler")]


def parsed_modules() -> list[str]:
    """The contract floor, and what of ours the DAG files import at their top."""
    floor = [
        named(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for path in files(".py")
        if ROOT / "contracts" in path.parents
    ]
    return floor + sorted({module for path in dag_files() for module in top_imports(path) if module.startswith("satudata")})


def test_what_every_dag_parse_loads_stays_light() -> None:
    """One heavy import at module level costs seconds in each of thousands of parses."""
    code = f"import importlib, sys; [importlib.import_module(m) for m in {parsed_modules()}]; print(*sorted({HEAVY} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split() == []


def test_dag_files_load_nothing_else_at_the_top() -> None:
    light = {"airflow", "contracts", "satudata", "dags", *sys.stdlib_module_names}
    assert {(named(path), module) for path in dag_files() for module in top_imports(path) if module.split(".")[0] not in light} == set()


def test_no_dag_file_is_called_like_a_dbt_project() -> None:
    assert [named(path) for path in dag_files() if path.name.startswith("dbt_")] == []


def top_imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    names = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    inner = [
        (node.module or "", alias.name) for node in tree.body if isinstance(node, ast.ImportFrom) and not node.level for alias in node.names
    ]
    return names + [f"{module}.{name}" if module == "satudata" else module for module, name in inner]


PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==([^ ;\\]+)", re.M)


def pins(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version in PIN.findall((ROOT / "requirements" / name).read_text()):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("lock", ["dev.txt", "docker.txt"])
def test_everything_runs_on_the_versions_that_were_tested(lock: str) -> None:
    base, wider = pins("base.txt"), pins(lock)
    assert base
    assert {package: (versions, wider.get(package)) for package, versions in base.items() if wider.get(package) != versions} == {}


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt", "docker.txt", "bench.txt"])
def test_every_package_of_a_lock_has_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", (ROOT / "requirements" / lock).read_text()))
    assert [entry.splitlines()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []
