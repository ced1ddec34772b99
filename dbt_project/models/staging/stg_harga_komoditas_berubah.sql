{{ baris_harga_komoditas(berubah=true) }}
