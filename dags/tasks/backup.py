"""The task that backs up to SATUDATA_BACKUP_URL."""

from __future__ import annotations

from airflow.sdk import task

from dags.tasks.failures import told_to_airflow


@task
def backup() -> str:
    """The stamp of the backup; what is damaged in the archive itself fails the task, once the rest is backed up."""
    from contracts.settings import settings
    from satudata.backup.make import NIGHTS_KEPT
    from satudata.backup.make import backup as back_up

    with told_to_airflow():
        made = back_up(str(settings().backup_url), keep=NIGHTS_KEPT)
        for problem in made.problems:
            raise problem
    return made.manifest.stamp
