-- What everybody may read of the figures: those that are hidden stay as rows without a figure. All public marts are made of this table.
{{ config(materialized='incremental', pre_hook=["{{ tanpa_objek_berubah('indikator', 'indikator_key', 'klasifikasi_key') }}", "{{ tanpa_yang_lain_sensornya() }}"]) }}
-- depends_on: {{ ref('fakta_berubah') }}
select
    {{ kolom_tanpa_yang_disensor(model.columns) }}
    h.indikator_key is not null as disensor
from {{ ref('angka_indikator') }} as a
left join {{ ref('disensor_indikator') }} as h
    on
        a.indikator_key = h.indikator_key
        and a.wilayah_key = h.wilayah_key
        and a.periode_key = h.periode_key
        and a.klasifikasi_key = h.klasifikasi_key
where
    true
    {{ yang_belum_ada(['indikator_key', 'wilayah_key', 'periode_key', 'klasifikasi_key'], 'a') }}
