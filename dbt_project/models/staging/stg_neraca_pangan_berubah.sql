{{ baris_neraca_pangan(berubah=true) }}
