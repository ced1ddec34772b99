"""The tasks that end the morning: the score of every agency, and the digests."""

from __future__ import annotations

from airflow.sdk import task
from airflow.sdk.exceptions import AirflowSkipException

from dags.tasks.failures import told_to_airflow


@task
def skor() -> int:
    """Score every agency as of today; how many."""
    from satudata.score.daily import score_all

    with told_to_airflow():
        return len(score_all())


@task
def digest() -> int:
    """Send what is due; how many letters left. What a server did not take is tried again, and then tomorrow."""
    from satudata.notices.digest import refuse_unsent, send_digests
    from satudata.notices.mail_settings import is_on

    with told_to_airflow():
        if not is_on():
            raise AirflowSkipException("Pemberitahuan mati (docs/pemberitahuan.md).")
        told = send_digests()
        refuse_unsent(told)
    return len(told)
