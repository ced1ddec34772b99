"""*Pemeriksaan*: the verdict over one staged batch. Counts first, details only where a rule failed, and the worst severity decides.

fail: the batch can never become data as it is. hold: a person decides. quarantine: the row is set aside. warn: noted.
Importing this module is cheap; Great Expectations is loaded by the first batch that is judged, or ahead of it by `preload`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date

from psycopg import Connection

from contracts.dataset import Dataset
from expectations.collapse import collapse
from expectations.continuity import kept_keys, with_known_keys
from expectations.counting import count
from expectations.elsewhere import rows_elsewhere
from expectations.emptied import emptied_columns
from expectations.exchanged import exchanged_days
from expectations.findings import parse_results
from expectations.groups import missing_groups
from expectations.guards import lost_codes
from expectations.masked import masked_results
from expectations.meaning import kept_meaning
from expectations.measuring.measure import measured
from expectations.measuring.spelt_apart import spelt_apart
from expectations.measuring.stray import strays
from expectations.measuring.totals_among import totals_among
from expectations.reasons import conclusion
from expectations.results import rule_results
from expectations.rules.history import with_history
from expectations.rules.judged import Judged
from expectations.rules.of_contract import rules_of
from expectations.rules.volume import max_quarantined
from expectations.swapped import swapped_columns
from expectations.verdict import CheckResult, History, Verdict
from expectations.waived import waived_results, waived_rule
from extractors.report import ParseReport
from warehouse.alike import Alike
from warehouse.code_columns import code_columns

__all__ = ["CheckResult", "History", "Verdict", "judge", "preload"]

UNREAD = ("key", "castable", "personal_data")
"""Rules that leave open what a row set aside is about, where they speak of its key: a number beside a name makes another name of it."""


def judge(
    conn: Connection,
    dataset: Dataset,
    table: str,
    report: ParseReport,
    history: History,
    run_date: date,
    find_alike: Callable[[], Alike | None] = lambda: None,
    accepted: Collection[str] = (),
) -> Verdict:
    """Judge `staging_load.b_<batch_id>`, as filled and committed, of a registered dataset; `conn` is in autocommit.

    Rows that the contract collapses are deleted from the table and moved from `report.staged` to `report.dropped["same_rows"]`. Rows set
    aside are written to `staging_load.q_<batch_id>(_no, rule_ids, messages)`, which is made only if there are any; rows that break
    another rule to `staging_load.v_<batch_id>(_no, rule_id, message)`, so many of each (`expectations.violations`). `find_alike` is asked
    once those doubles are gone; rules that set single rows aside then judge only the rows that it has not found judged before.
    `accepted`: ids of rules that a person lets this batch break; they are judged, and do not count against it.
    Raises WarehouseUnreachable when the warehouse, not a rule, is the reason why something could not be computed.
    """
    judged = Judged(dataset, table, run_date, history, tuple(code_columns(conn, dataset.id)))
    gone = collapse(conn, judged)
    report.staged -= gone
    report.dropped["same_rows"] += gone
    alike = find_alike()
    if alike and alike.news:
        judged = replace(judged, news=alike.news, known=alike.judged)
    judged = measured(conn, with_history(conn, judged))
    judged = replace(judged, strays=strays(conn, judged), spelt_apart=spelt_apart(conn, judged), totals=totals_among(conn, judged))
    contract, waived = dataset.contract, history.waived
    rules = {rule.rule_id: waived_rule(rule, contract, waived) for rule in rules_of(judged)}
    counted, faults = count(conn, judged, rules)
    results, aside, lists = rule_results(conn, judged, rules, counted, faults)
    results = with_known_keys(conn, judged, results)
    kept = kept_keys(conn, judged, alike.pairs if alike else 0, aside, waived_results(results, contract, waived))
    guards = [
        *missing_groups(conn, judged),
        *kept_meaning(conn, judged),
        *swapped_columns(conn, judged),
        *emptied_columns(conn, judged),
        *exchanged_days(conn, judged, report),
        *kept,
        *lost_codes(conn, judged, results),
        *rows_elsewhere(conn, judged),
        max_quarantined(judged, aside, report, results),
    ]
    results = masked_results(conn, [*parse_results(judged, report), *results, *guards])
    results = waived_results(results, contract, waived)
    counting = [result for result in results if result.rule_id not in accepted]
    state, error = conclusion(dataset, counting)
    return Verdict(
        state, results, aside, _closes(judged, counting, accepted), error.error_class if error else None, error.message if error else None,
        alike, lists, tuple({one.validation.validation_id: one.validation for one in counted}.values()),
    )  # fmt: skip


def preload() -> None:
    """Load Great Expectations ahead of need, in a process whose children will judge batches. Opens no connection."""
    from expectations.suite import context

    context()


def _closes(judged: Judged, results: Sequence[CheckResult], accepted: Collection[str]) -> bool:
    """May keys that the batch lacks be ended? Not where it shrank, nor where a row set aside may be any of them.

    A waiver lets fewer in and ends nothing; but where a person has accepted what is missing, it does not keep it either.
    """
    is_said = any(rule_id.partition(".")[0] == "volume" for rule_id in accepted)
    key = set(judged.contract.key)
    aside = (r for r in results if r.rule in UNREAD and r.severity == "quarantine" and key.intersection(r.columns or ()))
    shrunk = (r for r in results if r.rule == "volume" and not (is_said and r.waiver_id is not None))
    return all(r.outcome != "fail" for r in (*aside, *shrunk))
