select
    k.kunci as klasifikasi_key,
    k.kunci_alami as klasifikasi,
    coalesce((
        select string_agg(ops.label(split_part(b.bagian, '=', 1)) || ': ' || replace(split_part(b.bagian, '=', 2), '_', ' '), '; ' order by b.nomor)
        from regexp_split_to_table(nullif(k.kunci_alami, ''), ';') with ordinality as b (bagian, nomor)
    ), 'Seluruhnya') as nama_klasifikasi,
    coalesce((
        select string_agg(split_part(b.bagian, '=', 1), ';' order by b.nomor)
        from regexp_split_to_table(nullif(k.kunci_alami, ''), ';') with ordinality as b (bagian, nomor)
    ), '') as menurut,
    k.kunci_alami = '' as adalah_total
from {{ ref('stg_kunci') }} as k
where k.dimensi = 'klasifikasi'
