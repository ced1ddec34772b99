with terlihat as (
    {{ terlihat('kinerja') }}
),

-- A contract may say the unit of its figures instead of a column beside them.
satuan_tetap as (
    select
        dataset_id,
        max(unit) as satuan
    from {{ source('ops', 'cut_column') }}
    where column_name in ('target', 'realisasi')
    group by dataset_id
),

dibaca as (
    select
        {{ asal_baris() }},
        t.sasaran,
        t.indikator_kinerja,
        t.opd as nama_opd,
        t.target,
        t.realisasi,
        coalesce(t.satuan, s.satuan, 'tanpa satuan') as satuan,
        t.capaian_persen,
        coalesce(t._status_angka, 'tetap') as status_angka,
        t.pemda as kode_wilayah,
        coalesce({{ sandi('t.opd') }}, t.dataset) || '/' || coalesce({{ sandi('t.sasaran') }}, '') || '/' || {{ sandi('t.indikator_kinerja') }} as sandi_kinerja
    from terlihat as t
    left join satuan_tetap as s on t._dataset_id = s.dataset_id
    where t.indikator_kinerja is not null and coalesce(t.target, t.realisasi) is not null
)

select
    d._dataset_id,
    d._penerbit,
    d._from_batch,
    d._lokasi,
    d._fetched_at,
    d.grain,
    d.mulai,
    d.akhir,
    d.sasaran,
    d.indikator_kinerja,
    d.nama_opd,
    d.target,
    d.realisasi,
    d.satuan,
    d.capaian_persen,
    d.status_angka,
    d.kode_wilayah,
    d.kode_wilayah || '/' || {{ sandi_panjang('d.sandi_kinerja') }} as kode_kinerja
from dibaca as d
