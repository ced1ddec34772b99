-- One price per commodity, market, region and period; where several datasets report it, the newest fetch speaks.
{%- set kunci_pasar -%}
    case when s.pasar = '' then '' else s.kode_wilayah || '/' || {{ sandi('s.pasar') }} end
{%- endset %}
with {{ laporan(
    ref('stg_harga_komoditas'),
    angka='harga_rp',
    kunci={'komoditas': 's.kode_komoditas', 'pasar': kunci_pasar},
    wajib=['kode_komoditas'],
    lain={'adalah_total': "s.pasar = ''", 'satuan_terbit': 's.satuan_terbit'}
) }}

select
    l.komoditas_key,
    l.pasar_key,
    l.harga_rp,
    coalesce(d.satuan, l.satuan_terbit) as satuan,
    l.selisih_laporan as selisih_laporan_rp,
    {{ kolom_laporan() }}
from laporan as l
inner join {{ ref('dim_komoditas') }} as d on l.komoditas_key = d.komoditas_key
inner join {{ ref('dim_sumber') }} as u on l._dataset_id = u._dataset_id
where l.urutan = 1
