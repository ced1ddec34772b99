{{ baris_neraca_pangan() }}
