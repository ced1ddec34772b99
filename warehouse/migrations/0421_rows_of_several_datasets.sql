-- A row made of several datasets is held by a rollback as long as one of those is.
alter table ops.rolled_back_row add column datasets integer[];
comment on column ops.rolled_back_row.datasets is
  'Dataset yang barisnya ikut membentuk baris gabungan ini; kosong bila tidak diketahui, atau bila barisnya milik satu dataset saja';
