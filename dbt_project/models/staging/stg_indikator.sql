{{ baris_indikator() }}
