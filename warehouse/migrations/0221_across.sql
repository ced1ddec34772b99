-- What is judged over several batches or datasets at once: before conform, and at the deadline of a period.
create index batch_held on ops.batch (dataset, penerbit) where state = 'held';
create index check_result_across on ops.check_result (dataset, penerbit, rule_id, check_result_id) where batch_id is null and release_id is null;

create table ops.across (digest text not null, judged_at timestamptz not null);
comment on table ops.across is 'Sidik dari semua yang menentukan hasil pemeriksaan lintas dataset; selama sama tidak dinilai ulang. Paling banyak satu baris';
