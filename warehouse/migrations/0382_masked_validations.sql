-- A stored result that repeated what a column held is masked once the column is called personal; its page is drawn anew, under another name.
alter table ops.validation_result add column masked integer not null default 0;
comment on column ops.validation_result.masked is 'Berapa kali isinya disamarkan karena sebuah kolom kemudian dinyatakan berisi data pribadi; bagian dari nama halamannya';
