-- The same rows as everybody reads, with the small numbers of people.
{{ profil_kelurahan(ref('instansi_indikator_terkini')) }}
