-- What everybody may read of the figures: those that are hidden stay as rows without a figure. All public marts are made of this table.
{{ config(
    materialized='incremental', pre_hook="{{ ambil_yang_berubah(kunci_angka()) }}",
    indexes=[{'columns': ['indikator_key', 'wilayah_key', 'klasifikasi_key', 'periode_akhir']}]
) }}
-- depends_on: {{ ref('fakta_berubah') }} {{ ref('dim_periode') }}
select
    {{ kolom_tanpa_yang_disensor(model.columns) }}
    h.indikator_key is not null as disensor
from {{ ref('angka_indikator') }} as a
{{ hanya_yang_berubah(kunci_angka(), 'a') }}
left join {{ ref('disensor_indikator') }} as h on {{ sekunci('a', 'h', kunci_angka()) }}
