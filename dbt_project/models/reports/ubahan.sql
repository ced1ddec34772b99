{{ config(post_hook="analyze {{ this }}") }}
-- Reports that have come or ended since the candidate was built, in one shape for all facts; none where everything is built anew.
select
    'indikator' as fakta,
    b.*
from ({{ laporan_indikator(berubah=true) }}) as b
where {{ hanya_bertahap() }}
union all
select
    'harga_komoditas' as fakta,
    b.*
from ({{ laporan_harga_komoditas(berubah=true) }}) as b
where {{ hanya_bertahap() }}
union all
select
    'neraca_pangan' as fakta,
    b.*
from ({{ laporan_neraca_pangan(berubah=true) }}) as b
where {{ hanya_bertahap() }}
