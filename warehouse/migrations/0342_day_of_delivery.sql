-- A delivery is of the day it was asked for, not of the moment its bytes came: a catalogue of the same days says the same whenever it is made.
drop view ops.newest_delivery;
create view ops.newest_delivery as
select distinct on (b.dataset, b.penerbit) b.dataset, b.penerbit, b.batch_id, b.accepted + b.unchanged as good, b.quarantined,
       coalesce(quality.tanggal_batch(b.batch_id), (b.fetched_at at time zone 'Asia/Jakarta')::date) as day, b.period_from, b.period_to
from ops.batch b
cross join ops.cut c
left join ops.cut_pin p on b.dataset = p.dataset and b.penerbit = p.penerbit
where b.state = 'accepted' and b.replay_of is null and b.accept_no <= least(c.cut_no, p.up_to_no)
order by b.dataset, b.penerbit, b.accept_no desc;
comment on view ops.newest_delivery is 'Kiriman terakhir setiap penerbit yang terlihat oleh transform: baris baik dan baris yang dikarantina';
comment on column ops.newest_delivery.dataset is 'Kode dataset';
comment on column ops.newest_delivery.penerbit is 'Kode penerbit; kosong bila hanya satu';
comment on column ops.newest_delivery.batch_id is 'Nomor batch';
comment on column ops.newest_delivery.good is 'Baris yang diterima atau tetap';
comment on column ops.newest_delivery.quarantined is 'Baris yang dikarantina';
comment on column ops.newest_delivery.day is 'Tanggal putaran yang membawanya';
comment on column ops.newest_delivery.period_from is 'Hari pertama yang dibicarakan kiriman itu';
comment on column ops.newest_delivery.period_to is 'Hari terakhir yang dibicarakan kiriman itu';
