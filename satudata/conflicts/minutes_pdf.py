"""The minutes as a PDF to be signed: a chapter for each pair of agencies, with both figures, their sources, and room for the agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from satudata.conflicts.minutes_xlsx import LEVELS
from satudata.finding_report.files import written_whole

if TYPE_CHECKING:
    from satudata.conflicts.minutes import Minutes, Pair

MOST_ROWS = 300
"""Of a pair: what nobody reads aloud in a meeting is in the workbook."""
STYLES = getSampleStyleSheet()
SMALL = ParagraphStyle("kecil", parent=STYLES["BodyText"], fontSize=8, leading=10)
BOLD = ParagraphStyle("tebal", parent=SMALL, fontName="Helvetica-Bold")
RIGHT = ParagraphStyle("kanan", parent=SMALL, alignment=2)
MIDDLE = ParagraphStyle("tengah", parent=STYLES["Title"], fontSize=14, leading=18, spaceAfter=2)
NUMBER = ParagraphStyle("nomor", parent=SMALL, alignment=1, spaceAfter=6)
CHAPTER = ParagraphStyle("bab", parent=STYLES["Heading2"], fontSize=11, leading=14, keepWithNext=1)
MONTHS = ("", "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")
WIDTHS = [w * mm for w in (10, 46, 24, 24, 18, 20, 40, 40, 46)]
GRID = TableStyle([
    ("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke), ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3),
])  # fmt: skip


def write_pdf(minutes: Minutes, path: Path) -> None:
    """Write the PDF; its bytes depend on the minutes alone (`invariant`: no time of making, no random identity)."""

    def footer(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(15 * mm, 9 * mm, minutes.number)
        canvas.drawRightString(landscape(A4)[0] - 15 * mm, 9 * mm, f"halaman {document.page}")

    with written_whole(path) as beside:
        SimpleDocTemplate(
            str(beside), pagesize=landscape(A4), leftMargin=15 * mm, rightMargin=14 * mm, topMargin=14 * mm, bottomMargin=16 * mm,
            title=f"Berita acara rekonsiliasi {minutes.number}", author=minutes.walidata, invariant=1,
        ).build(list(_story(minutes)), onFirstPage=footer, onLaterPages=footer)  # fmt: skip


def _story(minutes: Minutes) -> Iterator[Flowable]:
    yield Paragraph("BERITA ACARA REKONSILIASI DATA", MIDDLE)
    yield Paragraph(f"Nomor {_safe(minutes.number)}", NUMBER)
    yield Paragraph(
        f"Minggu {day(minutes.first)} sampai {day(minutes.last)}, {_safe(minutes.pemda_nama)}. Berikut angka tentang objek yang sama yang berbeda antar-OPD, "
        "melebihi pembulatan dan toleransi yang disepakati di daftar data (Perpres 39/2019 Pasal 27). Kesepakatan dicatat di kolom terakhir dan berlaku "
        "setelah ditandatangani; yang lewat tenggat dibawa ke Forum Satu Data, lalu kepada kepala daerah (Pasal 23 dan 24).",
        SMALL,
    )
    for number, pair in enumerate(minutes.pairs, start=1):
        yield from _pair(minutes, number, pair)
    if not minutes.pairs:
        yield Paragraph("Pada hari terakhir minggu ini tidak ada angka yang berbeda.", SMALL)
    yield from _others(minutes)


def _pair(minutes: Minutes, number: int, pair: Pair) -> Iterator[Flowable]:
    head = (
        "No",
        "Objek",
        f"{pair.first}",
        f"{pair.second}",
        "Selisih",
        "Satuan",
        "Sumber Pihak Pertama",
        "Sumber Pihak Kedua",
        "Kesepakatan",
    )
    rows = [_case(minutes, f"{number}.{nth}", case) for nth, case in enumerate(pair.cases[:MOST_ROWS], start=1)]
    yield Paragraph(f"{number}. {_safe(pair.first)} (Pihak Pertama) dan {_safe(pair.second)} (Pihak Kedua)", CHAPTER)
    yield Table([[_text(text, BOLD) for text in head], *rows], colWidths=WIDTHS, repeatRows=1, style=GRID)
    if len(pair.cases) > MOST_ROWS:
        yield Paragraph(f"Dan {len(pair.cases) - MOST_ROWS} lainnya, di lembar kerja dengan nomor yang sama.", SMALL)
    yield Spacer(1, 4 * mm)
    yield KeepTogether([_signatures(minutes, pair)])


def _case(minutes: Minutes, number: str, case: dict[str, Any]) -> list[Flowable]:
    what = f"{case['objek']}, {case['wilayah']}, {case['periode']} (konflik {case['conflict_id']}, sejak {day(case['sejak'])}, tenggat {day(case['tenggat'])})"
    first, second = (minutes.source(case, side) for side in "ab")
    figures = (case["nilai_a"], case["nilai_b"], abs(case["nilai_a"] - case["nilai_b"]))
    return [
        _text(number), _text(what), *(_text(spoken(figure), RIGHT) for figure in figures), _text(case["satuan"] or ""), _text(first), _text(second), _text(""),
    ]  # fmt: skip


def _signatures(minutes: Minutes, pair: Pair) -> Table:
    who = (("Pihak Pertama", pair.first), ("Pihak Kedua", pair.second), ("Walidata", minutes.walidata))
    cells: list[list[Any]] = [
        [_text(role, BOLD) for role, _ in who],
        [_text(name) for _, name in who],
        [Spacer(1, 16 * mm)] * 3,
        [_text("Nama:")] * 3,
        [_text("NIP:")] * 3,
    ]
    return Table(cells, colWidths=[89 * mm] * 3)


def _others(minutes: Minutes) -> Iterator[Flowable]:
    """What is past its deadline and whose turn it is, what was decided, what ended by itself."""
    yield from _listed(
        "Lewat tenggat: dibawa ke Forum Satu Data (Bappeda), lalu kepala daerah",
        ("Tenggat", "Di tangan"),
        [[*_what(one), day(one["tenggat"]), LEVELS[one["tingkat"]]] for one in minutes.escalated],
    )
    yield from _listed(
        "Diputuskan minggu ini", ("Angka", "Dasar dan berita acara"), [[*_what(one), *_decided(one)] for one in minutes.decided]
    )
    yield from _listed(
        "Selesai sendiri minggu ini", ("Tanggal", "Sebab"), [[*_what(one), day(one["tanggal"]), one["sebab"]] for one in minutes.ended]
    )


def _what(one: dict[str, Any]) -> tuple[Any, ...]:
    return one["conflict_id"], one["objek"], one["wilayah"], one["periode"]


def _decided(one: dict[str, Any]) -> tuple[str, str]:
    return f"{spoken(one['nilai'])} {one['satuan'] or ''}".strip(), f"{one['dasar']}, {one['berita_acara']}"


def _listed(title: str, head: Sequence[str], rows: list[list[Any]]) -> Iterator[Flowable]:
    if not rows:
        return
    yield Paragraph(_safe(title), CHAPTER)
    shown = [[_text(str(value)) for value in row] for row in rows[:MOST_ROWS]]
    widths = [w * mm for w in (18, 60, 45, 45, 40, 60)]
    names = ("Konflik", "Objek", "Wilayah", "Periode", *head)
    yield Table([[_text(text, BOLD) for text in names], *shown], colWidths=widths, repeatRows=1, style=GRID)


def _text(text: str, style: ParagraphStyle = SMALL) -> Paragraph:
    return Paragraph(_safe(text), style)


def _safe(text: str) -> str:
    """Text as text: an agency's name is no markup, and what the font lacks becomes a question mark instead of a black box."""
    return escape(text.encode("cp1252", "replace").decode("cp1252"))


def spoken(value: Decimal) -> str:
    """A figure as people write it: 1.250,5."""
    whole, _, part = f"{value:f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    part = part.rstrip("0")
    return f"{sign}{int(digits):,}".replace(",", ".") + (f",{part}" if part else "")


def day(value: date) -> str:
    """2 Juni 2026."""
    return f"{value.day} {MONTHS[value.month]} {value.year}"
