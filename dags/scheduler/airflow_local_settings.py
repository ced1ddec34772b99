"""Imported by the scheduler alone, before LocalExecutor forks: what every task needs is then in memory when the task begins.

Great Expectations takes seconds to import; a forked task has it at once. Only modules are loaded here. No connection is opened and no pool
of threads is started: neither survives a fork. (Arrow's allocator has a thread of its own, and handlers that make it fork with its parent.)
"""

from __future__ import annotations

import importlib

from expectations.judge import preload

PRELOADED = (
    "extractors.fetching",
    "extractors.parse",
    "satudata.extract",
    "satudata.load",
    "dags.schedule",
    "dags.tasks.source",
    "dags.tasks.release",
    "airflow.sdk.definitions.decorators.task_group",
    "airflow.sdk.execution_time.task_runner",
    "airflow.dag_processing.bundles.local",
    "airflow.providers.common.io.assets.file",
    "airflow.providers.standard.decorators.python",
)
__all__: list[str] = []
"""Airflow takes over every name given here as one of its own settings."""

preload()
for name in PRELOADED:
    importlib.import_module(name)
