-- An old version of a table is computed by no release any more: what it shows is kept in the archive, once, and again after an act has changed it.
alter table ops.published_table add column archived_sha256 text, add column archived_release_id bigint;
comment on column ops.published_table.archived_sha256 is 'Alamat isi versi lama ini di arsip, untuk satudata rebuild; kosong bila tabelnya masih diperbarui';
comment on column ops.published_table.archived_release_id is 'Rilis yang terakhir menyimpan isi versi lama ini di arsip';
