"""When a DAG runs by itself: at the times of its cron expression, in the zone of those it speaks of."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable


def at(cron: str, zone: str) -> CronTriggerTimetable:
    """The timetable of a schedule. A new one waits for its next time; Airflow's own would make up for a tenth of the time between two runs.

    What a machine that was off has missed is run once.
    """
    return CronTriggerTimetable(cron, timezone=zone, run_immediately=timedelta(0))
