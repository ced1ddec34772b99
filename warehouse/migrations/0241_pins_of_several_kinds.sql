-- Several reasons may keep a publisher back at once; each has its own pin, and lifting one says nothing of the others.
alter table ops.pin add column kind text not null default 'batch' check (kind in ('batch', 'test', 'metadata', 'lintas'));
alter table ops.pin drop constraint pin_pkey, add primary key (dataset, penerbit, kind);
comment on column ops.pin.kind is
  'Mengapa ditahan: batch = menunggu keputusan orang, test = uji model gagal, metadata = metadata belum diserahkan, lintas = bertentangan dengan data lain';
comment on table ops.pin is
  'Sampai nomor terima berapa sebuah penerbit terlihat oleh conform, menurut tiap alasan; yang berlaku ialah nomor terendah, tanpa baris berarti seluruhnya';

-- One row held both until now: what a test did to the pin of a held batch becomes a pin of its own.
insert into ops.pin (dataset, penerbit, kind, up_to_no, reason, since, tested_no, tested_with)
select dataset, penerbit, 'test' as kind, up_to_no, reason, since, tested_no, tested_with from ops.pin where batch_id is not null and tested_no is not null;
update ops.pin p set up_to_no = h.accept_no - 1, reason = coalesce(h.message, h.state), tested_no = null, tested_with = null
from ops.batch h where p.kind = 'batch' and h.batch_id = p.batch_id and p.tested_no is not null;
update ops.pin set kind = 'test' where kind = 'batch' and batch_id is null and tested_no is not null;
