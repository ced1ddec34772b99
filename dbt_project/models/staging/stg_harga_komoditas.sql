{{ baris_harga_komoditas() }}
