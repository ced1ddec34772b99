-- Kept as a table while a build follows what has changed: keys, reports and tests all read it.
{{ config(materialized='table', pre_hook="set local enable_nestloop to off", post_hook="analyze {{ this }}") }}
select b.* -- noqa: AM04
from ({{ baris_indikator(berubah=true) }}) as b
where {{ hanya_bertahap() }}
