-- Decided conflicts, those whose decision has ended as well; none that rests on a dataset that is closed now, and none of what was withdrawn for good.
with tertutup as (
    select distinct s.decision_id
    from {{ source('ops', 'decision_report') }} as s
    left join {{ source('ops', 'cut_dataset') }} as d on s.dataset = d.dataset and d.akses = 'terbuka'
    where d.dataset_id is null
),

pelapor as (
    select
        decision_id,
        count(*)::integer as jumlah_opd,
        max(nilai) - min(nilai) as selisih
    from {{ source('ops', 'decision_report') }}
    group by decision_id
),

bagian as (
    select
        k.*,
        split_part(k.objek, '|', 1) as fakta,
        split_part(k.objek, '|', 2) as kode_objek,
        split_part(k.objek, '|', 3) as ukuran,
        split_part(k.objek, '|', 4) as kode_wilayah,
        split_part(k.objek, '|', 5) as periode_alami,
        split_part(k.objek, '|', 6) as kode_rincian
    from {{ source('ops', 'cut_decision') }} as k
    where
        k.decision_id not in (select t.decision_id from tertutup as t)
        and k.decision_id not in (select d.decision_id from {{ source('ops', 'withdrawn_decision') }} as d)
)

select
    b.decision_id as keputusan_no,
    b.fakta,
    b.kode_objek,
    coalesce(i.nama_indikator, c.nama_komoditas) as nama_objek,
    b.ukuran,
    w.wilayah_key,
    w.kode_wilayah,
    w.nama_wilayah,
    p.periode_key,
    p.periode,
    b.kode_rincian,
    case when coalesce(h.kode_indikator, s.kode_indikator) is null then b.nilai end as nilai_diputuskan,
    case b.fakta when 'neraca_pangan' then 'ton' when 'indikator' then i.satuan else 'Rp/' || c.satuan end as satuan,
    o.opd_key,
    coalesce(
        case when v.level = 'desa_kelurahan' then v.nama_wilayah else initcap(replace(v.level, '_', ' ')) || ' ' || v.nama_wilayah end,
        o.nama_opd, b.pakai
    ) as angka_dari,
    b.dasar,
    b.berita_acara,
    b.day as diputuskan_pada,
    n.jumlah_opd,
    case when coalesce(h.kode_indikator, s.kode_indikator) is null then n.selisih end as selisih,
    r.decision_id is not null as berlaku
from bagian as b
inner join pelapor as n on b.decision_id = n.decision_id
inner join {{ ref('dim_wilayah') }} as w on b.kode_wilayah = w.kode_wilayah
inner join {{ ref('stg_kunci') }} as k on k.dimensi = 'periode' and b.periode_alami = k.kunci_alami
inner join {{ ref('dim_periode') }} as p on k.kunci = p.periode_key
left join {{ ref('dim_indikator') }} as i on b.fakta = 'indikator' and b.kode_objek = i.kode_indikator
left join {{ ref('dim_komoditas') }} as c on b.fakta <> 'indikator' and b.kode_objek = c.kode_komoditas
-- Where each region hands in by itself, it is named behind its OPD.
left join {{ ref('dim_opd') }} as o on split_part(b.pakai, '/', 1) || '/' || split_part(b.pakai, '/', 2) = o.kode_opd
left join {{ ref('dim_wilayah') }} as v on split_part(b.pakai, '/', 3) = v.kode_wilayah
left join {{ ref('rujuk_silang') }} as r on b.decision_id = r.decision_id
left join {{ ref('disensor_indikator') }} as h
    on
        b.fakta = 'indikator'
        and b.kode_objek = h.kode_indikator
        and b.kode_wilayah = h.kode_wilayah
        and b.periode_alami = h.periode
        and b.kode_rincian = h.klasifikasi
-- What was hidden once stays so, also when nobody reports it any more.
left join {{ source('ops', 'disensor') }} as s
    on
        b.fakta = 'indikator'
        and b.kode_objek = s.kode_indikator
        and b.kode_wilayah = s.kode_wilayah
        and b.periode_alami = s.periode
        and b.kode_rincian = s.klasifikasi
