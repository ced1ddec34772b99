"""Rules -> a GX suite, and the suite's own results: the only place where a rule of a contract becomes an expectation of GX.

A result is read from what GX returns, never from the rules: take an expectation out of the suite and its result is gone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import great_expectations as gx
from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults, ProgressBarsConfig
from great_expectations.datasource.fluent.interfaces import TestConnectionError

from expectations import vocabulary
from expectations.counting import Counted
from expectations.rules.rule import Rule
from expectations.verdict import Validation

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
    from great_expectations.data_context import EphemeralDataContext
    from great_expectations.datasource.fluent import PostgresDatasource
    from great_expectations.datasource.fluent.interfaces import Batch
    from great_expectations.expectations.expectation import Expectation

COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0}
CONNECTION = "-c TimeZone=UTC -c max_parallel_workers_per_gather=2 -c work_mem=64MB -c jit=off -c search_path="
"""A scan of a large batch uses two workers; a distinct count of its keys stays in memory."""
NOT_COMPUTED = "Tidak dapat dihitung; sebabnya ada di hasil pemeriksaan (ops.check_result)."
SEVERITIES = {"fail": "critical", "hold": "critical", "quarantine": "warning", "warn": "info"}


def suite_of(rules: Iterable[Rule]) -> gx.ExpectationSuite:
    """The suite of a batch: one expectation per rule, each knowing its rule's id."""
    return gx.ExpectationSuite(name="batch", expectations=[_expectation(rule) for rule in rules])


def run(suite: gx.ExpectationSuite, table: str, url: str) -> list[Counted]:
    """Count with GX what breaks the suite in `schema.table` of the PostgreSQL at `url`. Only counts are asked for; no row leaves Postgres.

    Raises ConnectionError when GX cannot reach the table.
    """
    try:
        with _batch(table, url) as batch:
            found = batch.validate(suite, result_format=COUNTS_ONLY)
            kept = Validation(str(uuid4()), table, _without_faults(found))
            return [_counted(result, kept) for result in found.results]
    except TestConnectionError as error:
        raise ConnectionError(str(error)) from error


@cache
def context() -> EphemeralDataContext:
    """The context of this process: in memory, without files, sending nothing anywhere. What GX cannot compute is in its results, not in its log."""
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    config = DataContextConfig(store_backend_defaults=stores, progress_bars=ProgressBarsConfig(globally=False), analytics_enabled=False)
    return gx.get_context(project_config=config, mode="ephemeral")


def _expectation(rule: Rule) -> Expectation:
    made = getattr(vocabulary, rule.expectation.name, None) or getattr(gx.expectations, rule.expectation.name)
    said = f"{rule.rule_id}: seharusnya {rule.expected}"  # what data docs say of it, instead of SQL
    return made(**rule.expectation.kwargs, meta={"rule_id": rule.rule_id}, severity=SEVERITIES[rule.severity], description=said)


def _without_faults(found: ExpectationSuiteValidationResult) -> dict[str, Any]:
    """What GX returned, as JSON. Where it could not compute, the words of the fault go: they may quote a row."""
    kept: dict[str, Any] = found.to_json_dict()
    for result in kept["results"]:
        if _raised(result["exception_info"]):
            result["exception_info"] = {"raised_exception": True, "exception_message": NOT_COMPUTED, "exception_traceback": None}
    return kept


@contextmanager
def _batch(table: str, url: str) -> Iterator[Batch]:
    schema, name = table.split(".")
    source = _source(url, schema)
    try:
        yield source.add_table_asset(name, table_name=name).add_batch_definition_whole_table(name).get_batch()
    finally:
        if name in source.get_asset_names():
            source.delete_asset(name)
        source.get_execution_engine().close()
        source.get_engine().dispose()


@cache
def _source(url: str, schema: str) -> PostgresDatasource:
    """One source per warehouse and process; its connections are closed after each batch, so a fork inherits none."""
    driver = "postgresql+psycopg2://" + url.split("://", 1)[1].replace("$", "%24")  # a $ would name a variable to GX
    options = {"connect_args": {"options": CONNECTION + schema}, "query_cache_size": 0}  # no two batches ask the same
    return context().data_sources.add_or_update_postgres(f"{schema}_{hash(url)}", connection_string=driver, kwargs=options)


def _counted(result: ExpectationValidationResult, kept: Validation) -> Counted:
    found, config = result.result or {}, result.expectation_config
    checked = found.get("element_count", found.get("observed_value"))
    failed = found.get("unexpected_count", 0 if result.success else 1)
    return Counted(
        rule_id=config.meta["rule_id"], expectation_type=config.type, passed=bool(result.success), checked=int(checked or 0),
        failed=int(failed or 0), observed=_text(found.get("observed_value")), broken=_raised(result.exception_info), validation=kept,
    )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _raised(info: Mapping[str, Any]) -> bool:
    """GX tells of an exception per expectation, or per metric of it."""
    if "raised_exception" in info:
        return bool(info["raised_exception"])
    return any(_raised(each) for each in info.values())
