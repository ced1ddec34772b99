{{ config(pre_hook="{{ alokasi_kunci() }}") }}
-- depends_on: {{ ref('stg_indikator') }} {{ ref('stg_harga_komoditas') }} {{ ref('stg_neraca_pangan') }}
-- depends_on: {{ ref('stg_indikator_berubah') }} {{ ref('stg_harga_komoditas_berubah') }} {{ ref('stg_neraca_pangan_berubah') }}
-- depends_on: {{ ref('stg_titik_lokasi') }} {{ ref('stg_situs_opd') }} {{ ref('stg_informasi_publik') }} {{ ref('stg_kinerja') }}
select
    dimension as dimensi,
    natural_key as kunci_alami,
    key_id as kunci
from {{ source('ops', 'key') }}
