"""A column that a contract calls personal only now: what was said of its cells before repeats them, and is taken back.

Cells of rows set aside are masked where they are shown, by what the contract says today. Sentences are kept as they were spoken, so those of
batches whose contract knew nothing of it yet are replaced for good; also any other sentence of such a batch that names the column, and what the
stored results of Great Expectations say of it, so that their pages are drawn anew.
"""

from __future__ import annotations

from psycopg import Connection

SPOKEN = "Isi kolom ini disamarkan: menurut kontrak sekarang kolom itu berisi data pribadi."
"""What stands in the place of a sentence that repeated a cell."""
_OLD = """
with old as (
  select b.batch_id, array_agg(c.column_name) as columns
  from ops.dataset_column c join ops.dataset d using (dataset_id)
  join ops.contract_version v using (dataset_id) join ops.batch b on b.dataset = d.dataset and b.contract_sha256 = v.contract_sha256
  where c.pribadi is not null
  and not exists (select from jsonb_array_elements(v.columns) k where k.value ->> 'column_name' = c.column_name and k.value ->> 'pribadi' is not null)
  group by 1)"""
_NAMES_ONE = r"exists (select from unnest(old.columns) c where {0} ~ ('\m' || c || '\M'))"
MASKED = "(disamarkan)"
_OBSERVED = "'{result,observed_value}'"
_OF_ONE = f"""one #>> {_OBSERVED} <> '{MASKED}' and exists (
  select from ops.check_result c where c.validation_id = v.validation_id and c.rule_id = one #>> '{{expectation_config,meta,rule_id}}'
  and (c.column_name = any(old.columns) or c.columns && old.columns))"""
"""SQL over one result `one` of a validation `v`: it repeats cells of such a column."""
STATEMENTS = (
    f"""{_OLD} update ops.validation_result v set masked = v.masked + 1, result = jsonb_set(v.result, '{{results}}', (
          select jsonb_agg(case when {_OF_ONE} then jsonb_set(one, {_OBSERVED}, '"{MASKED}"') else one end order by n)
          from jsonb_array_elements(v.result -> 'results') with ordinality r (one, n)))
        from old where v.batch_id = old.batch_id and exists (select from jsonb_array_elements(v.result -> 'results') r (one) where {_OF_ONE})""",
    f"""{_OLD} update ops.check_result t set observed = '{MASKED}' from old
        where t.batch_id = old.batch_id and t.observed <> '{MASKED}' and (t.column_name = any(old.columns) or t.columns && old.columns)""",
    f"""{_OLD} update ops.check_result t set message = %(spoken)s from old
        where t.batch_id = old.batch_id and t.message <> %(spoken)s and (t.column_name = any(old.columns) or {_NAMES_ONE.format("t.message")})""",
    f"""{_OLD} update ops.issue t set message = %(spoken)s from old
        where t.last_batch_id = old.batch_id and t.message <> %(spoken)s and (t.column_name = any(old.columns) or {_NAMES_ONE.format("t.message")})""",
    f"""{_OLD} update ops.batch t set message = %(spoken)s from old
        where t.batch_id = old.batch_id and t.message <> %(spoken)s and {_NAMES_ONE.format("t.message")}""",
    f"""{_OLD} update ops.quarantined_row t set messages = (
          select array_agg(case when {_NAMES_ONE.format("m")} or {_NAMES_ONE.format("coalesce(r, '')")} then %(spoken)s else m end order by n)
          from unnest(t.messages, t.rule_ids) with ordinality u (m, r, n))
        from old where t.batch_id = old.batch_id and exists (
          select from unnest(t.messages, t.rule_ids) u (m, r)
          where m <> %(spoken)s and ({_NAMES_ONE.format("m")} or {_NAMES_ONE.format("coalesce(r, '')")}))""",
)


def mask_what_was_said(conn: Connection) -> int:
    """Replace such sentences of all datasets, in one transaction; how many. What is replaced once is not found again."""
    with conn.transaction():
        return sum(conn.execute(statement.encode(), {"spoken": SPOKEN}).rowcount for statement in STATEMENTS)
