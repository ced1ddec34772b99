-- Every view and every column says in Indonesian what it is: a name means the same wherever it stands, unless a view says otherwise.
comment on view quality.putaran is 'Putaran terakhir setiap dataset dan penerbit: apa yang datang, putusannya, dan hitungannya';
comment on view quality.aturan_gagal is 'Aturan yang gagal pada putaran terakhir, dan milik siapa datanya';
comment on view quality.baris_dikarantina is 'Baris yang dikarantina, satu baris per aturan yang dilanggarnya; data pribadi disamarkan';
comment on view quality.terbit_sementara is 'Angka apa yang tetap terbit selama yang baru ditahan, dikembalikan, gagal, atau tidak datang';
comment on view quality.temuan is 'Temuan yang belum selesai: sejak kapan, baru atau lama, siapa yang harus bertindak, dan sampai kapan';
comment on view quality.kesegaran is 'Usia data setiap dataset dan penerbit dibandingkan dengan batas di kontraknya';
comment on view quality.rapor_opd is 'Rapor setiap OPD Produsen Data per bulan, dengan perubahannya dari bulan sebelumnya';
comment on view quality.bukti_epss is 'Bukti untuk setiap indikator EPSS yang dapat ditunjukkan oleh gudang data';
comment on view quality.kelengkapan is 'Penerbit mana yang sudah dan belum menyerahkan data, per periode';

do $$
declare c record;
begin
  for c in
    select a.attrelid::regclass as place, a.attname as name, coalesce(own.said, everywhere.said) as said
    from pg_attribute a join pg_class v on v.oid = a.attrelid
    left join (values
      ('putaran', 'nilai', 'Nilai {tanggal}, {bulan}, atau {tahun} yang diminta; kosong bila sumber tidak memakainya'),
      ('putaran', 'diterima', 'Baris baru atau berubah yang diterima'),
      ('baris_dikarantina', 'nilai', 'Isi kolom yang melanggar; data pribadi disamarkan'),
      ('baris_dikarantina', 'keadaan', 'open = belum diperbaiki; fixed = diperbaiki; superseded = digantikan; replayed = dinilai ulang; rejected = ditolak orang'),
      ('baris_dikarantina', 'tenggat', 'Sampai kapan Produsen Data diminta memperbaiki baris ini'),
      ('temuan', 'keadaan', 'baru, diakui, atau ditugaskan'),
      ('temuan', 'baris', 'Baris yang melanggar pada putusan terakhir'),
      ('temuan', 'umur_hari', 'Hari sejak temuan dibuka'),
      ('kesegaran', 'keadaan', 'segar, perlu perhatian, lewat batas, tanpa batas, atau belum pernah'),
      ('kesegaran', 'umur_hari', 'Hari sejak data baru terakhir, menurut cara hitung di kolom hitungan'),
      ('kelengkapan', 'keadaan', 'ada, ditahan, dikembalikan, gagal dinilai, atau belum ada'),
      ('kelengkapan', 'batch_id', 'Batch yang menjadi dasar; kosong bila belum ada'),
      ('kelengkapan', 'baris', 'Baris yang diserahkan'),
      ('rapor_opd', 'dataset', 'Jumlah dataset yang diminta atau dinilai pada bulan ini'),
      ('rapor_opd', 'baris_dikarantina', 'Baris yang dikarantina'),
      ('bukti_epss', 'sejak', 'Sejak kapan buktinya tercatat'),
      ('terbit_sementara', 'nilai', 'Nilai {tanggal}, {bulan}, atau {tahun} yang diminta; kosong bila sumber tidak memakainya'),
      ('terbit_sementara', 'periode_dari', 'Hari pertama yang dibicarakan angka yang terbit'),
      ('terbit_sementara', 'periode_sampai', 'Hari terakhir yang dibicarakan angka yang terbit'),
      ('terbit_sementara', 'kalimat', 'Apa yang terbit sementara ini, dalam satu kalimat')
    ) as own (view_name, name, said) on own.view_name = v.relname and own.name = a.attname
    left join (values
      ('dataset', 'Kode dataset'), ('judul', 'Nama data'), ('penerbit', 'Kode penerbit; kosong bila dataset hanya punya satu'),
      ('penerbit_nama', 'Nama penerbit, misalnya nama kelurahan'), ('opd', 'Kode OPD Produsen Data'), ('produsen', 'Nama OPD Produsen Data'),
      ('pemda', 'Kode pemda'), ('tanggal_putaran', 'Tanggal putaran'), ('jawaban', 'Jawaban sumber: berkas baru, tidak berubah, tidak ada kiriman, atau gagal diambil'),
      ('diambil_pada', 'Waktu jawaban sumber'), ('batch_id', 'Nomor batch'), ('dinilai_putaran_ini', 'Apakah batch ini dinilai pada putaran ini; bila tidak, putusannya masih berlaku'),
      ('putusan', 'diterima, ditahan, dikembalikan, digantikan, gagal dinilai, belum dinilai, gagal diambil, atau tidak ada kiriman'),
      ('perlu_tindakan', 'Apakah seseorang harus bertindak'), ('dibaca', 'Baris yang dibaca'), ('calon', 'Calon baris data'), ('diterima', 'Baris yang diterima'),
      ('tetap', 'Baris yang sama dengan sebelumnya'), ('karantina', 'Baris yang dikarantina'), ('dibuang', 'Baris yang dibuang menurut kontrak, misalnya jumlah dan judul kelompok'),
      ('ditolak', 'Baris batch yang gagal'), ('menunggu', 'Baris yang menunggu kode'), ('dikoreksi', 'Baris yang angkanya berubah'),
      ('berakhir', 'Baris lama yang tidak berlaku lagi'), ('kalimat', 'Putusan dalam satu kalimat'), ('aturan', 'Nama aturan di kontrak'), ('jenis_aturan', 'Jenis aturan'),
      ('kolom', 'Kolom yang dinilai'), ('lingkup', 'baris, batch, atau lintas'), ('keparahan', 'fail = batch gagal; hold = ditahan; quarantine = baris dikarantina; warn = peringatan'),
      ('akibat', 'Akibat pelanggaran'), ('baris_diperiksa', 'Baris yang diperiksa'), ('baris_gagal', 'Baris yang melanggar'), ('ditemukan', 'Contoh yang ditemukan'),
      ('seharusnya', 'Apa yang seharusnya'), ('pesan', 'Penjelasan pelanggaran'), ('dikecualikan', 'Apakah sebuah pengecualian sedang berlaku'),
      ('temuan_id', 'Nomor temuan'), ('sumber', 'Yang menemukan: gx, guard, drift, dbt, atau fetch'), ('baris_id', 'Nomor baris karantina'), ('berkas', 'Nama atau alamat berkas'),
      ('tempat', 'Tempat baris di dalam berkas, sebagaimana dicatat'), ('lembar', 'Lembar atau halaman; kosong bila berkas tidak punya'), ('baris_ke', 'Nomor baris di lembarnya'),
      ('kunci', 'Kolom kunci baris ini; data pribadi disamarkan'), ('isi', 'Seluruh isi baris; data pribadi disamarkan'), ('terlambat', 'Apakah tenggatnya sudah lewat'),
      ('oleh', 'Siapa yang mengakhirinya'), ('alasan', 'Alasan yang diberikan'), ('berakhir_pada', 'Kapan berakhir'), ('batch_tertahan', 'Batch yang tidak terbit'),
      ('tertahan_sejak', 'Sejak kapan tertahan'), ('sebab', 'Mengapa tertahan'), ('batch_terbit', 'Batch yang angkanya tetap terbit; kosong bila belum ada'),
      ('tanggal_terbit', 'Tanggal pengambilan angka yang tetap terbit'), ('baris_terbit', 'Baris batch yang tetap terbit'), ('rilis', 'Nomor rilis yang dibaca orang sekarang'),
      ('ditugaskan_kepada', 'Orang yang ditugaskan; kosong bila belum ada'), ('penanggung_jawab', 'Siapa yang harus bertindak: yang ditugaskan, atau Produsen Datanya'),
      ('sejak', 'Tanggal putaran yang membuka temuan'), ('baru_atau_lama', 'baru = dibuka putaran terakhir; kambuh = dibuka lagi; lama = sudah ada sebelumnya'),
      ('kali', 'Berapa putusan menemukannya sejak dibuka'), ('tenggat', 'Sampai kapan harus selesai; kosong untuk peringatan'), ('sisa_hari', 'Hari sampai tenggat; negatif bila sudah lewat'),
      ('dikecualikan_sampai', 'Hari terakhir pengecualian yang sedang berlaku'), ('batch_terakhir', 'Batch terakhir yang melanggar'),
      ('terakhir_menjawab', 'Tanggal putaran terakhir yang dijawab sumber'), ('terakhir_baru', 'Tanggal putaran terakhir yang membawa data baru'),
      ('periode_terakhir', 'Hari terakhir periode data terbaru'), ('hitungan', 'Apakah usia dihitung dalam hari kerja atau hari kalender'),
      ('peringatan_hari', 'Usia yang mulai diperingatkan, dalam hari'), ('batas_hari', 'Usia yang sudah lewat batas, dalam hari'), ('jadwal', 'Jadwal pengambilan (cron)'),
      ('bulan', 'Hari pertama bulan'), ('pengambilan', 'Pengambilan yang dicoba'), ('gagal_diambil', 'Pengambilan yang gagal'), ('tidak_ada_kiriman', 'Kiriman yang tidak datang'),
      ('persen_menjawab', 'Pengambilan yang berhasil, persen'), ('batch_dinilai', 'Batch yang dinilai'), ('batch_gagal', 'Batch yang gagal'), ('batch_ditahan', 'Batch yang ditahan'),
      ('batch_dikembalikan', 'Batch yang dikembalikan kepada Produsen Data'), ('baris_sah', 'Baris yang diterima atau tetap'), ('baris_ditolak', 'Baris batch yang gagal'),
      ('persen_sah', 'Baris sah di antara semua calon data, persen'), ('perubahan_persen_sah', 'Selisih persen_sah dari bulan sebelumnya'), ('tren', 'naik, turun, atau tetap; kosong pada bulan pertama'),
      ('temuan_dibuka', 'Temuan yang dibuka pada bulan ini'), ('temuan_selesai', 'Temuan yang selesai pada bulan ini'), ('temuan_terbuka', 'Temuan yang masih terbuka pada akhir bulan'),
      ('kode_indikator', 'Kode indikator EPSS'), ('domain', 'Domain EPSS'), ('bobot_domain', 'Bobot domain, persen'), ('aspek', 'Aspek EPSS'), ('bobot_aspek', 'Bobot aspek, persen'),
      ('indikator', 'Nama indikator'), ('bobot_indikator', 'Bobot indikator, persen'), ('ada_bukti', 'Apakah gudang data dapat menunjukkan bukti'), ('jumlah', 'Yang memenuhi'),
      ('dari', 'Dari berapa; kosong bila tidak ada pembandingnya'), ('persen', 'Bagian yang memenuhi, persen'), ('bukti', 'Bukti dalam satu kalimat'), ('lihat', 'Tempat rinciannya'),
      ('periode_dari', 'Hari pertama periode; kosong bila dataset tidak berperiode atau belum ada kiriman'), ('periode_sampai', 'Hari terakhir periode'),
      ('kecamatan', 'Kecamatan penerbit'), ('kurang', 'Apakah penerbit ini masih harus menyerahkan atau memperbaiki')
    ) as everywhere (name, said) on everywhere.name = a.attname
    where v.relnamespace = 'quality'::regnamespace and v.relkind = 'v' and a.attnum > 0 and col_description(a.attrelid, a.attnum) is null
  loop
    if c.said is not null then
      execute format('comment on column %s.%I is %L', c.place, c.name, c.said);
    end if;
  end loop;
end $$;
