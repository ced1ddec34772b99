-- One point per place: its kind, region and name; the newest fetch speaks.
with terlihat as materialized (
    select *
    from {{ ref('stg_titik_lokasi') }}
    where kode_wilayah is not null
),

laporan as (
    select
        t.kunci as titik_key,
        w.wilayah_key,
        w.level as wilayah_level,
        s.jenis,
        s.nama as nama_titik,
        s.alamat,
        s.lintang,
        s.bujur,
        s._dataset_id,
        row_number() over (partition by t.kunci order by s._fetched_at desc, s._dataset_id, s._penerbit, s._lokasi) as urutan,
        count(*) over (partition by t.kunci) as jumlah_laporan
    from terlihat as s
    inner join {{ ref('dim_wilayah') }} as w on s.kode_wilayah = w.kode_wilayah
    inner join {{ ref('stg_kunci') }} as t
        on t.dimensi = 'titik' and t.kunci_alami = s.jenis || '/' || s.kode_wilayah || '/' || {{ sandi('s.nama') }}
)

select
    l.titik_key,
    l.wilayah_key,
    l.wilayah_level,
    l.jenis,
    l.nama_titik,
    l.alamat,
    l.lintang,
    l.bujur,
    l.jumlah_laporan::integer as jumlah_laporan,
    u.opd_key,
    l._dataset_id
from laporan as l
inner join {{ ref('dim_sumber') }} as u on l._dataset_id = u._dataset_id
where l.urutan = 1
