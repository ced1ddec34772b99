-- What is published of each object that several agencies speak of. Theirs is the order: what they agree on, what was decided, the Produsen's figure
-- where that was agreed beforehand, else what the last release said.
with asal as (
    select distinct
        _dataset_id,
        kode_objek
    from {{ ref('laporan_bersama') }}
),

-- Of a dataset that carries several data items, the one named like the object speaks, or all of them.
aturan as (
    select
        a._dataset_id,
        a.kode_objek,
        r.*,
        r.item = a.kode_objek as senama,
        bool_or(r.item = a.kode_objek) over (partition by a._dataset_id, a.kode_objek) as ada_senama
    from asal as a
    inner join {{ source('ops', 'cut_dataset') }} as d on a._dataset_id = d.dataset_id
    inner join {{ source('ops', 'reconciliation') }} as r on d.dataset = r.dataset
),

kebijakan as (
    select
        l.objek,
        coalesce(min(a.tolerance), 0) as tolerance,
        min(a.deadline_days) as deadline_days,
        case when count(distinct a.produsen) = 1 then min(a.produsen) end as produsen,
        coalesce(bool_and(a.policy = 'publish') filter (where a.produsen is not null), false) as terbit,
        max(l.nilai) = min(l.nilai) as sama
    from {{ ref('laporan_bersama') }} as l
    left join aturan as a on l._dataset_id = a._dataset_id and l.kode_objek = a.kode_objek and (a.senama or not a.ada_senama)
    group by l.objek
),

berselisih as (
    select distinct a.objek
    from {{ ref('laporan_bersama') }} as a
    inner join {{ ref('laporan_bersama') }} as b on a.objek = b.objek and a.pelapor < b.pelapor
    inner join kebijakan as k on a.objek = k.objek
    where {{ berbeda('a', 'b', 'k.tolerance') }}
),

-- A decision is bound to the sources and figures it was made on: one that joined, or moved, ends it.
lewat as (
    select distinct d.decision_id
    from {{ source('ops', 'cut_decision') }} as d
    inner join kebijakan as k on d.objek = k.objek
    inner join {{ ref('laporan_bersama') }} as l on d.objek = l.objek
    left join {{ source('ops', 'decision_report') }} as s on l.pelapor = s.pelapor and d.decision_id = s.decision_id
    where d.ended_on is null and (s.pelapor is null or {{ berbeda('l', 's', 'k.tolerance') }})
),

keputusan as (
    select d.*
    from {{ source('ops', 'cut_decision') }} as d
    left join lewat as w on d.decision_id = w.decision_id
    where d.ended_on is null and w.decision_id is null
),

-- Whose report stands for the object: the Produsen's, else the newest; under a decision, that of the agency it names.
juru_bicara as (
    select distinct on (l.objek)
        l.*,
        k.sama,
        k.tolerance,
        k.deadline_days,
        k.produsen,
        b.objek is null as sepakat,
        k.terbit and (l.pelapor = k.produsen or starts_with(l.pelapor, k.produsen || '/')) as berwenang,
        d.decision_id,
        d.nilai as nilai_putusan
    from {{ ref('laporan_bersama') }} as l
    inner join kebijakan as k on l.objek = k.objek
    left join berselisih as b on l.objek = b.objek
    left join keputusan as d on l.objek = d.objek
    order by
        l.objek asc,
        (b.objek is not null and l.pelapor = d.pakai) desc nulls last,
        (l.pelapor = k.produsen or starts_with(l.pelapor, k.produsen || '/')) desc nulls last,
        l.urutan asc
),

putusan as (
    select
        j.*,
        case
            when j.sama then 'sama'
            when j.sepakat then 'pembulatan'
            when j.decision_id is not null then 'diputuskan'
            when j.berwenang then 'kebijakan'
            else 'ditahan'
        end as status
    from juru_bicara as j
),

rilis_terakhir as (
    {{ angka_terbit(source('mart_instansi', 'fct_indikator'), 'indikator', 'indikator_key', 'nilai', rincian='klasifikasi_key') }}
    union all
    {{ angka_terbit(source('mart', 'fct_harga_komoditas'), 'harga_komoditas', 'komoditas_key', 'harga_rp', rincian='pasar_key', ukuran="'harga'") }}
    union all
    {{ angka_terbit(source('mart', 'fct_neraca_pangan'), 'neraca_pangan', 'komoditas_key', 'nilai_ton', ukuran='ukuran') }}
),

-- Datasets whose figures may be shown again by what a conflict remembers: open ones that were not withdrawn.
terbuka as (
    select
        d.dataset_id,
        d.dataset
    from {{ source('ops', 'cut_dataset') }} as d
    left join {{ source('ops', 'withdrawal') }} as w on d.dataset = w.dataset
    where d.akses = 'terbuka' and w.withdrawal_id is null
),

-- The published table first; where it was lost and is being made again, what the conflict remembers. Never a figure of a dataset that was closed.
tertahan as (
    select
        p.objek,
        case when d.dataset_id is not null then t.nilai when e.dataset_id is not null then (c.last_figure ->> 'nilai')::numeric end as nilai,
        case when d.dataset_id is not null then t.status_angka when e.dataset_id is not null then c.last_figure ->> 'status_angka' end as status_angka,
        coalesce(d.dataset_id, e.dataset_id) as dataset_id
    from putusan as p
    left join rilis_terakhir as t
        on
            p.fakta = t.fakta
            and p.objek_key = t.objek_key
            and p.wilayah_key = t.wilayah_key
            and p.periode_key = t.periode_key
            and p.rincian_key = coalesce(t.rincian_key, p.rincian_key)
            and p.ukuran = t.ukuran
    left join {{ source('ops', 'conflict') }} as c on p.objek = c.objek and c.state <> 'selesai'
    left join terbuka as d on t._dataset_id = d.dataset_id
    left join terbuka as e on t.fakta is null and c.last_figure ->> 'dataset' = e.dataset
    where p.status = 'ditahan'
)

select
    p.objek,
    p.fakta,
    p.objek_key,
    p.wilayah_key,
    p.periode_key,
    p.rincian_key,
    p.ukuran,
    p.kode_objek,
    p.kode_wilayah,
    p.grain,
    p.mulai,
    p.akhir,
    p.kode_rincian,
    p.satuan,
    p.status,
    case p.status when 'ditahan' then t.nilai when 'diputuskan' then p.nilai_putusan else p.nilai end as nilai,
    case p.status when 'ditahan' then t.status_angka else p.status_angka end as status_angka,
    u.opd_key,
    u._dataset_id,
    case p.status when 'diputuskan' then p.decision_id end as decision_id,
    p.produsen,
    p.tolerance,
    coalesce(p.deadline_days, 14) as deadline_days
from putusan as p
left join tertahan as t on p.objek = t.objek
left join {{ ref('dim_sumber') }} as u on case p.status when 'ditahan' then t.dataset_id else p._dataset_id end = u._dataset_id
