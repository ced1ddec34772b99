"""Why a row is set aside whole, though each of its cells may be readable: the marks that stand behind the text of its first key column.

Each is short, for a sentence shows little of a cell; what is to be done about it the sentence says itself.
"""

from __future__ import annotations

SURPLUS = "baris ini punya sel di luar judulnya: "
"""Before the texts beyond the last header: a stray delimiter may have moved any cell of the row."""
SHORT = "sel kurang: "
"""Before how many cells a row has, of how many: what it lacks may have stood anywhere in it."""
OPEN_LABEL = "label jumlah?: "
"""Before the label of what is perhaps a total and perhaps a thing of that name."""
UNRULED = "jumlah atau rata-rata tanpa aturan: "
"""Before the label of a total or average that no rule of the contract looks for."""
HEADING, UNDER = "judul kelompok?: ", "judul kelompoknya tidak dikenal: "
"""Before the label of what is perhaps a heading that no rule knows; of the rows whose group it would have named."""
HEADER, OTHER_ORDER = "judul kolom terulang: ", "judul kolom di atasnya berurutan lain: "
"""Before the place of a header that stands in the table once more; of the rows below one that names the columns in another order."""
OPENS, CLOSES = "kutip dibuka, tidak ditutup", "kutip ditutup, tidak dibuka"
"""A quote that opens or ends nothing: what the cell is to hold cannot be known."""
