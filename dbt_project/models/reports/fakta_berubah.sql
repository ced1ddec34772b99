{{ config(post_hook="analyze {{ this }}") }}
-- Objects whose figure may be another than in the last build: a report of them came or ended, or several agencies speak of them or did.
select
    fakta,
    objek_key,
    wilayah_key,
    periode_key,
    rincian_key,
    ukuran
from {{ ref('ubahan') }}
union
select
    fakta,
    objek_key,
    wilayah_key,
    periode_key,
    rincian_key,
    ukuran
from {{ ref('rujuk_silang') }}
