"""Two GX metrics of our own, because GX has none that counts by plain SQL in a shared scan.

`table.failing_rows` is an aggregate: GX puts all of them, and the row count, into one SELECT. `table.answer` is one query that returns one
row, for what no single scan can say; expectations that name the same query share its answer.
"""

from __future__ import annotations

from contextlib import closing
from typing import Any

import sqlalchemy as sa
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.core.metric_function_types import MetricPartialFunctionTypes
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.metrics.metric_provider import metric_partial, metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.validator.metric_configuration import MetricConfiguration

Kwargs = dict[str, Any]


class FailingRows(TableMetricProvider):
    """Rows for which the SQL condition `fails` is true."""

    metric_name = "table.failing_rows"
    value_keys = ("fails",)

    @metric_partial(
        engine=SqlAlchemyExecutionEngine, partial_fn_type=MetricPartialFunctionTypes.AGGREGATE_FN, domain_type=MetricDomainTypes.TABLE
    )
    def _sqlalchemy(cls, metric_domain_kwargs: Kwargs, metric_value_kwargs: Kwargs, **_: object) -> tuple[Any, Kwargs, Kwargs]:
        return _count(metric_value_kwargs["fails"]), metric_domain_kwargs, {}


class RowsInScope(TableMetricProvider):
    """Rows of which a rule speaks: those for which the SQL condition `rows` is true, all without one."""

    metric_name = "table.rows_in_scope"
    value_keys = ("rows",)

    @metric_partial(
        engine=SqlAlchemyExecutionEngine, partial_fn_type=MetricPartialFunctionTypes.AGGREGATE_FN, domain_type=MetricDomainTypes.TABLE
    )
    def _sqlalchemy(cls, metric_domain_kwargs: Kwargs, metric_value_kwargs: Kwargs, **_: object) -> tuple[Any, Kwargs, Kwargs]:
        return _count(metric_value_kwargs["rows"]), metric_domain_kwargs, {}


class Answer(TableMetricProvider):
    """The row that `query` returns."""

    metric_name = "table.answer"
    value_keys = ("query",)

    @metric_value(engine=SqlAlchemyExecutionEngine)
    def _sqlalchemy(cls, execution_engine: SqlAlchemyExecutionEngine, metric_value_kwargs: Kwargs, **_: object) -> list[Any]:
        return _answer(execution_engine, metric_value_kwargs["query"])


class ProbedAnswer(TableMetricProvider):
    """The row that `query` returns; not asked where the cheap `probe` (rows asked about, rows under suspicion) has found no suspicion."""

    metric_name = "table.probed_answer"
    value_keys = ("probe", "query")

    @metric_value(engine=SqlAlchemyExecutionEngine)
    def _sqlalchemy(
        cls, execution_engine: SqlAlchemyExecutionEngine, metric_value_kwargs: Kwargs, metrics: Kwargs, **_: object
    ) -> list[Any]:
        return _answer(execution_engine, metric_value_kwargs["query"]) if metrics["suspicion"][1] else metrics["suspicion"]

    @classmethod
    def _get_evaluation_dependencies(cls, metric: MetricConfiguration, *_: object, **__: object) -> dict[str, MetricConfiguration]:
        return {
            "suspicion": MetricConfiguration("table.answer", metric.metric_domain_kwargs, {"query": metric.metric_value_kwargs["probe"]})
        }


def _count(condition: str | None) -> sa.ColumnElement[int]:
    # literal_column, not text(): a colon in a contract's pattern is no bind parameter.
    return sa.func.count().filter(sa.literal_column(condition)) if condition else sa.func.count()


def _answer(engine: SqlAlchemyExecutionEngine, query: str) -> list[Any]:
    # Straight through the driver: several statements, and no sign in them has a meaning to SQLAlchemy.
    with closing(engine.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(query)
        return list(cursor.fetchone() or ())
