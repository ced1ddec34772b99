"""Prevents pages from being read otherwise than they look: spans, nested tables, tables cut into pieces, titles in the text around."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import EmptyFile, MissingColumn, TableNotFound, TooManyColumns, UnequalLengths, WrongFormat, ZeroRows
from extractors.formats import html
from tests.extractors.reading import Read, read

CONTRACT = """
source: {kind: html_table, url: x}
key: [nama]
columns:
  nama: {from: Nama, type: text}
  nilai: {from: Nilai, type: text}
"""
TABLE = "<table><tr><th>Nama</th><th>Nilai</th></tr><tr><td>Beras</td><td>Rp&nbsp;12.449</td></tr></table>"


def told(found: Read, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(row[name] for name in names or ("nama", "nilai")) for row in found.rows]


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "body",
    [
        TABLE,
        f"<table><tr><td>menu</td><td>{TABLE}</td></tr></table>",
        f"<table><tr><td>Nama</td></tr></table>{TABLE}",
        TABLE.replace("<table>", "<table><caption>Harga</caption><thead>").replace("</tr><tr><td>", "</tr></thead><tbody><tr><td>"),
        TABLE.replace("Beras", "<a href='#'>Be<b>ras</b></a><script>var x = 1;</script><!-- lama -->"),
        TABLE.replace("<td>Beras", "<td>  Beras<br>"),
        "<table><tr><th>Nama<th>Nilai<tr><td>Beras<td>Rp&nbsp;12.449</table>",
        TABLE.replace("<tr><td>", "<tr><td></td></tr><tr><td>"),
    ],
    ids=["plain", "nested", "second", "sections", "markup", "break", "unclosed", "blank-row"],
)
def test_the_table_of_a_page(tmp_path: Path, body: str) -> None:
    found = read(tmp_path, CONTRACT, page(body))
    assert told(found) == [("Beras", "Rp 12.449")]
    assert found.counts() == {"read": 1, "fetched": 1}


def cell(tmp_path: Path, inside: str) -> str | None:
    """The text of one cell of a page."""
    (text,) = read(tmp_path, CONTRACT, page(TABLE.replace("Rp&nbsp;12.449", inside))).column("nilai")
    return text


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("120<br>125", "120\n125"), ("<div>120</div>125", "120\n125"), ("<p>120</p><p>125</p>", "120\n125"), ("120<hr>125", "120\n125"),
        ("120&nbsp;&nbsp;&nbsp;125", "120\n125"), ("<select><option>10</option><option>25</option></select>", "10\n25"),
        ("Be<b>ras</b><br>", "Beras"), ("1<b>2</b>5", "125"), ("12<!-- lama -->5", "125"), ("1 <b> 2</b>\n  34", "1 2 34"), ("12&nbsp;449", "12 449"),
    ],
)  # fmt: skip
def test_the_lines_of_a_cell_stay_lines(tmp_path: Path, inside: str, text: str) -> None:
    """Fails when 120 and 125 under one another become 120 125, which reads as one figure."""
    assert cell(tmp_path, inside) == text


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display:none">0000000123</span>', '<span style="Display : None">9</span>', '<i style="visibility:hidden">9</i>',
        "<span hidden>9</span>", '<span class="sr-only">9</span>', '<span class="d-none">9</span>', "<template><b>9</b></template>",
        "<script>9</script>", "<style>9</style>", "<noscript>9</noscript>", "<svg><title>9</title></svg>", '<small style="font-size:0">9</small>',
    ],
)  # fmt: skip
def test_what_nobody_sees_of_a_page_is_not_read(tmp_path: Path, hidden: str) -> None:
    """Fails when a key for sorting is glued to the figure it stands beside."""
    assert cell(tmp_path, f"{hidden}123") == cell(tmp_path, f"123{hidden}") == "123"
    assert cell(tmp_path, hidden) is None


@pytest.mark.parametrize(
    "shown",
    ['<span class="d-none d-md-inline">123</span>', '<span class="hidden sm:inline">123</span>', '<b style="font-size:0.8em;opacity:0.9">123</b>',
     '<span aria-hidden="true">123</span>', '<span class="hidden-key">123</span>'],
)  # fmt: skip
def test_what_is_seen_on_a_wide_screen_is_read(tmp_path: Path, shown: str) -> None:
    assert cell(tmp_path, shown) == "123"


def test_a_text_kept_from_screen_readers_stands_apart(tmp_path: Path) -> None:
    assert cell(tmp_path, '<span aria-hidden="true">0000123</span>123') == "0000123\n123"


def test_hidden_cells_take_no_place_and_unseen_ones_do(tmp_path: Path) -> None:
    """As browsers lay a table out."""
    gone, unseen = '<td style="display:none">9</td>', '<td style="visibility:hidden">9</td>'
    rows = f"<tr>{gone.replace('td', 'th')}<th>Nama</th><th>Nilai</th></tr><tr>{gone}<td>Beras</td><td>1</td></tr><tr><td>Gula</td>{unseen}</tr>"
    assert told(read(tmp_path, CONTRACT, page(f"<table>{rows}</table>"))) == [("Beras", "1"), ("Gula", None)]


def test_hidden_rows_are_no_rows_but_a_hidden_table_is_a_table(tmp_path: Path) -> None:
    """A page shows its tables by turns; which of them is meant the contract says."""
    pattern = '<tr style="display:none"><td>Pola</td><td>0</td></tr><tbody hidden><tr><td>Pola</td><td>0</td></tr></tbody></table>'
    body = f'<div style="display:none"><h2>Harga Mei</h2>{TABLE.replace("</table>", pattern)}</div>'
    assert told(read(tmp_path, CONTRACT, page(body))) == [("Beras", "Rp 12.449")]
    titled = f"{CONTRACT}  bulan: {{title: '^Harga (.+)$', type: text}}\n"
    assert read(tmp_path, titled, page(f"<p hidden>Harga Juni</p>{body}")).column("bulan") == ["Mei"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("77<sup>1</sup>", "77¹"), ("<sup>1</sup>77", "¹77"), ("77<sup>12)</sup>", "77¹²)"), ("77<sub>2</sub>", "77₂"), ("77<sup>*</sup>", "77*"),
        ('77<span style="vertical-align: super">1</span>', "77¹"), ("120 m<sup>2</sup>", "120 m2"), ("CO<sub>2</sub>", "CO2"),
        ("<del>120</del> 125", "~~120~~ 125"), ("<s>120</s>125", "~~120~~125"), ("<strike>120</strike>", "~~120~~"), ("<s>lama</s> baru", "lama baru"),
        ('<span style="text-decoration:line-through">120</span> 125', "~~120~~ 125"),
    ],
)  # fmt: skip
def test_small_digits_and_digits_struck_out_are_told_from_the_figure(tmp_path: Path, inside: str, text: str) -> None:
    """Fails when 77 with note 1 becomes 771."""
    assert cell(tmp_path, inside) == text


def test_the_bytes_decide_not_the_name(tmp_path: Path) -> None:
    contract = CONTRACT.replace("html_table", "file")
    assert told(read(tmp_path, contract, page(TABLE), names=("harga.xls",))) == [("Beras", "Rp 12.449")]
    with pytest.raises(WrongFormat, match="halaman HTML"):
        read(tmp_path, CONTRACT, "Nama;Nilai\nBeras;1\n", names=("harga.html",))


@pytest.mark.parametrize(
    ("charset", "encoding"), [("windows-1252", "cp1252"), ("utf-8", "utf-8"), ("tidak-ada", "utf-8"), ("hex", "utf-8"), ("", "cp1252")]
)
def test_encodings(tmp_path: Path, charset: str, encoding: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    found = read(tmp_path, CONTRACT, page(TABLE.replace("Beras", "Café"), head).encode(encoding))
    assert found.column("nama") == ["Café"]


def test_spans(tmp_path: Path) -> None:
    """Fails when a cell over several rows stands only in the first, or one over several columns is counted twice."""
    contract = """
source: {kind: html_table, url: x}
table: {header_rows: 2}
unpivot: {headers: '^Harga > (?P<hari>.+)$', value: harga}
key: [pasar]
columns:
  pasar: {from: Pasar, type: text}
  barang: {from: Barang, type: text}
  hari: {header: hari, type: text}
  harga: {type: integer}
"""
    body = """<table>
      <tr><th rowspan="2">Pasar</th><th rowspan=2>Barang</th><th colspan="2">Harga</th></tr><tr><th>Kemarin</th><th>Sekarang</th></tr>
      <tr><td rowspan="2">Pasar A</td><td>Beras</td><td>1</td><td>2</td></tr><tr><td>Gula</td><td colspan="2">3</td></tr>
      <tr><td>Pasar B</td><td>Gula</td><td rowspan="99">4</td><td rowspan="x">5</td></tr></table>"""
    assert told(read(tmp_path, contract, page(body)), "pasar", "barang", "hari", "harga") == [
        ("Pasar A", "Beras", "Kemarin", "1"), ("Pasar A", "Beras", "Sekarang", "2"), ("Pasar A", "Gula", "Kemarin", "3"),
        ("Pasar B", "Gula", "Kemarin", "4"), ("Pasar B", "Gula", "Sekarang", "5"),
    ]  # fmt: skip


def test_css_title_and_the_texts_above(tmp_path: Path) -> None:
    contract = CONTRACT.replace("key:", "table: {title: '^Harga (?P<kelas>.+)$', css: table.harga}\nkey:")
    contract += "  tanggal: {title: 'Tanggal (\\d+ \\w+)', type: text}\n  kelas: {title: '^Harga (.+)', type: text}\n"
    classed = TABLE.replace("<table>", '<table class="harga">')
    body = f"""<h1>Dinas</h1>{TABLE.replace("Beras", "bukan")}{classed.replace("Beras", "juga bukan")}
      <div>Harga <i>Eceran</i></div><p>Tanggal <b>3 Mei</b> 2024</p>{classed}{classed.replace("Beras", "terlambat")}"""
    assert told(read(tmp_path, contract, page(body)), "nama", "tanggal", "kelas") == [("Beras", "3 Mei", "Eceran")]
    with pytest.raises(TableNotFound, match="Harga"):
        read(tmp_path, contract, page(classed))


def test_every_table_of_a_page_has_the_title_above_it(tmp_path: Path) -> None:
    contract = CONTRACT.replace("key:", "table: {title: '^Pasar (?P<pasar>.+)$', every: true}\nkey:")
    contract += "  pasar: {title: pasar, type: text}\n  hari: {title: 'hari (\\w+)', type: text}\n"
    tables = "".join(f"<h2>Pasar {name}</h2><p>hari {day}</p>{TABLE}" for name, day in (("A", "Senin"), ("B", "Selasa")))
    assert told(read(tmp_path, contract, page(tables)), "pasar", "hari") == [("A", "Senin"), ("B", "Selasa")]


PIECES = """
source: {kind: html_table, url: x}
table:
  beside:
    - {header: "#a", body: "#b"}
    - {header: "#c", body: "#d"}
unpivot: {headers: '^Garis > (?P<tahun>\\d{4})$', value: nilai}
key: [nama]
columns:
  nama: {from: Nama, type: text}
  tahun: {header: tahun, type: text}
  nilai: {type: decimal}
"""


def pieces(rows: int = 2) -> str:
    right = "".join(f"<tr><td>{i}1</td><td>{i}2</td></tr>" for i in range(rows))
    return page(f"""<table><tr><td><table id="a"><tr><th rowspan="2">Nama</th></tr></table></td>
      <td><table id="c"><tr><th colspan="2">Garis</th></tr><tr><th>2020</th><th>2019</th></tr></table></td></tr>
      <tr><td><table id="b"><tr><td>Jawa</td></tr><tr><td>Bali</td></tr></table></td><td><table id="d">{right}</table></td></tr></table>""")


def test_a_table_cut_into_pieces(tmp_path: Path) -> None:
    found = read(tmp_path, PIECES, pieces())
    assert told(found, "nama", "tahun", "nilai") == [
        ("Jawa", "2020", "01"),
        ("Jawa", "2019", "02"),
        ("Bali", "2020", "11"),
        ("Bali", "2019", "12"),
    ]
    with pytest.raises(UnequalLengths, match='"2", "3"'):
        read(tmp_path, PIECES, pieces(rows=3))
    with pytest.raises(TableNotFound, match="#d"):
        read(tmp_path, PIECES, pieces().replace('id="d"', ""))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("", EmptyFile),
        (page("<p>Situs sedang dalam perbaikan</p>"), TableNotFound),
        (page("<table></table>"), TableNotFound),
        (page(TABLE.replace("<tr><td>Beras</td><td>Rp&nbsp;12.449</td></tr>", "")), ZeroRows),
        (page(TABLE.replace("Nilai", "Harga")), MissingColumn),
        (page(f"<table><tr>{'<th>x</th>' * 10_000}</tr></table>"), TooManyColumns),
        (page(TABLE.replace("<td>", '<td colspan="99999999">')), TooManyColumns),
    ],
)
def test_pages_that_can_never_be_data(tmp_path: Path, content: str, error: type[Exception]) -> None:
    with pytest.raises(error, match="berkas"):
        read(tmp_path, CONTRACT, content)


def test_deep_nesting_and_size_end_in_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = page("<table><tr><td>" * 300 + TABLE + "</td></tr></table>" * 300)
    assert told(read(tmp_path, CONTRACT, deep)) == [("Beras", "Rp 12.449")]
    with pytest.raises(TableNotFound):
        read(tmp_path, CONTRACT, page("<div>" * 20_000))
    monkeypatch.setattr(html, "MOST_BYTES", 1_000)
    with pytest.raises(WrongFormat, match="MB"):
        read(tmp_path, CONTRACT, deep)
