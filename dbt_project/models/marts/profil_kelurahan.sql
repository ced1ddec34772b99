-- Every desa and kelurahan of the pemda we serve, whether or not it has handed in anything: who is missing must be seen.
{{ profil_kelurahan(ref('indikator_terkini')) }}
