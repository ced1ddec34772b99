{{ config(indexes=[{'columns': ['objek', 'pelapor'], 'unique': true}]) }}
-- The newest report of each agency, of every object that several agencies speak of, in one shape for all facts and under the object's lasting name.
with terbaru as (
    ({{ laporan_terbaru('indikator') }})
    union all
    ({{ laporan_terbaru('harga_komoditas') }})
    union all
    ({{ laporan_terbaru('neraca_pangan') }})
),

-- The unit a contract states for a column, or for all columns of an indicator; none where each row brings its own.
satuan_kolom as (
    select
        dataset_id,
        coalesce(indikator, column_name) as kolom,
        case when min(unit) = max(unit) then min(unit) end as satuan
    from {{ source('ops', 'cut_column') }}
    group by dataset_id, coalesce(indikator, column_name)
)

select
    concat_ws('|', t.fakta, o.kunci_alami, t.ukuran, w.kunci_alami, p.kunci_alami, r.kunci_alami) as objek,
    t.pelapor,
    t.fakta,
    t.objek_key,
    t.wilayah_key,
    t.periode_key,
    t.rincian_key,
    t.ukuran,
    o.kunci_alami as kode_objek,
    w.kunci_alami as kode_wilayah,
    split_part(p.kunci_alami, ':', 1) as grain,
    split_part(p.kunci_alami, ':', 2)::date as mulai,
    split_part(p.kunci_alami, ':', 3)::date as akhir,
    r.kunci_alami as kode_rincian,
    t.nilai,
    -- A cell that says 1 in a column that says 12.25 lost its zeros, not its digits: a spreadsheet keeps none of them.
    trim_scale(t.faktor * 10::numeric ^ -max(t.desimal) over (
        partition by t.fakta, t._dataset_id, t.pelapor, t.periode_key, t.ukuran, case t.fakta when 'indikator' then t.objek_key end
    )) as langkah,
    case t.fakta when 'neraca_pangan' then 'ton' when 'indikator' then i.satuan else 'Rp/' || coalesce(c.satuan, t.satuan_terbit, 'satuan') end as satuan,
    round(t.nilai / t.faktor, t.desimal) as nilai_asal,
    case when t.fakta = 'harga_komoditas' then coalesce('Rp/' || t.satuan_terbit, s.satuan) else coalesce(s.satuan, n.satuan) end as satuan_asal,
    t.status_angka,
    t._dataset_id,
    t._fetched_at,
    t.urutan
from terbaru as t
inner join {{ ref('stg_kunci') }} as o on t.objek_key = o.kunci
inner join {{ ref('stg_kunci') }} as w on t.wilayah_key = w.kunci
inner join {{ ref('stg_kunci') }} as p on t.periode_key = p.kunci
inner join {{ ref('stg_kunci') }} as r on t.rincian_key = r.kunci
left join satuan_kolom as s
    on
        t._dataset_id = s.dataset_id
        and s.kolom = case t.fakta when 'indikator' then o.kunci_alami when 'neraca_pangan' then t.ukuran || '_ton' else 'harga_rp' end
left join satuan_kolom as n on t.fakta = 'indikator' and t._dataset_id = n.dataset_id and n.kolom = 'nilai'
left join {{ ref('dim_indikator') }} as i on t.fakta = 'indikator' and t.objek_key = i.indikator_key
left join {{ ref('dim_komoditas') }} as c on t.fakta <> 'indikator' and t.objek_key = c.komoditas_key
