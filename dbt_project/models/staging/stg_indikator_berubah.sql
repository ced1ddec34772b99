{{ baris_indikator(berubah=true) }}
