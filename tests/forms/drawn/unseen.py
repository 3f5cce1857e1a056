"""What a cell shows is not what it stores: struck out, hidden, scaled, coloured, drawn over, or moved out of its column."""

import io
from collections.abc import Callable
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.drawing import DENCHAI, ONE_ROW, As, Page, Raw, book, docx, full, html_table, mail, marks, rows, table
from tests.forms.drawn.case import Drawn, drawn
from tests.forms.drawn.files import _picture

NAMES = list(DENCHAI)
FIRST, SECOND, THIRD = NAMES[:3]
GREEN, PALE = PatternFill("solid", fgColor="FF92D050"), PatternFill("solid", fgColor="FFDDEBF7")
STRUCK = "<w:p><w:r><w:rPr><w:{how}/></w:rPr><w:t>{text}</w:t></w:r>{rest}</w:p>"
NO_THIRD = {name: said for name, said in DENCHAI.items() if name != THIRD}
WITHOUT_THIRD = ("name-struck", "organisation-missing")


def _touched(touch: Callable[[Worksheet], None], body: list[list[Any]] | None = None) -> bytes:
    return book(Page([ONE_ROW, *(body or rows(DENCHAI))], touch=touch))


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    return [*_struck(), *_struck_elsewhere(), *_formats(), *_colours(), *_typed(), *_separated()]


def _strike(sheet: Worksheet) -> None:
    """A tick, a tick beside a cross, a name and a whole row."""
    out, stays = InlineFont(strike=True), InlineFont()
    sheet["C2"].font = Font(strike=True)
    sheet["D2"].value = CellRichText(TextBlock(out, "X"), TextBlock(stays, " ✓"))
    sheet["B3"].value = CellRichText(TextBlock(out, "ทต.ห้วยอ้อ "), TextBlock(stays, full(SECOND)))
    for column in "ABCDEF":
        sheet[f"{column}4"].font = Font(strike=True)


def _struck() -> list[Drawn]:
    made = _touched(_strike)
    said = {**NO_THIRD, FIRST: "-YYY"}
    found = ("answer-unreadable C2", "name-struck B4", "organisation-missing")
    return [
        drawn("struck-xlsx", made, "a struck tick, a correction, a struck name, a struck row", *found, answers=said),
        *[
            drawn(f"struck-{kind}", made, f"the same as {kind}", *found, answers=said, extension=kind, saved_as=kind)
            for kind in ("xls", "ods")
        ],
    ]  # fmt: skip


def _struck_elsewhere() -> list[Drawn]:
    body = rows(DENCHAI)
    body[0][2] = Raw(STRUCK.format(how="strike", text="✓", rest=""))
    body[0][3] = Raw(STRUCK.format(how="dstrike", text="X", rest="<w:r><w:t>✓</w:t></w:r>"))
    body[2][1] = Raw(STRUCK.format(how="strike", text=full(THIRD), rest=""))
    said = {**NO_THIRD, FIRST: "-YYY"}
    found = ("answer-unreadable C2", "name-struck B4", "organisation-missing")
    page = html_table(table(rows(DENCHAI)))
    third = page.find("<tr", page.find(full(SECOND)))
    page = f'{page[:third]}<tr style="text-decoration:line-through"{page[third + 3 :]}'
    page = page.replace(">✓</td>", "><p><s>✓</s></p></td>", 1).replace(">✓</td>", "><del>X</del> ✓</td>", 1)
    return [
        drawn("struck-docx", docx(Page([ONE_ROW, *body])), "struck out in Word, once and twice", *found, extension="docx", answers=said),
        drawn("struck-mail", mail("ตามตาราง", html=page), "struck out in a mail", *found, reporter=None, extension="eml", kind="report", answers=said),
    ]  # fmt: skip


def _formats() -> list[Drawn]:
    def shown(number_format: str, yes: Any, no: Any) -> list[list[Any]]:
        cells = {"Y": As(yes, number_format), "N": As(no, number_format)}
        return [[n, full(org), *marks(said, cells)] for n, (org, said) in enumerate(DENCHAI.items(), 1)]

    def first(number_format: str) -> list[list[Any]]:
        body = rows(DENCHAI)
        body[0][2] = As("✓", number_format)
        return body

    def white(sheet: Worksheet) -> None:
        sheet["C2"].font = Font(color="FFFFFFFF")

    def headed(sheet: Worksheet) -> None:
        for cell in sheet[1]:
            cell.font, cell.fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F4E78")

    lost = {**DENCHAI, FIRST: "-YYY"}
    return [
        drawn("format-marks", book(table(shown('"✓";;"✗"', 1, 0))), "1 and 0 shown as marks"),
        drawn("format-reversed", book(table(shown('"X";;"✓"', 0, 1))), "1 shown as a cross, 0 as a tick: what is seen counts"),
        drawn("format-conditions", book(table(shown('[=1]"✓";[=2]"X"', 1, 2))), "1 and 2 shown as marks by conditions"),
        *[drawn(f"format-conditions-{kind}", book(table(shown('[=1]"✓";[=2]"X"', 1, 2))), f"the same as {kind}", extension=kind, saved_as=kind) for kind in ("xls", "ods")],
        drawn("format-hides", book(table(first(";;;"))), "a format that shows nothing: asked", "answer-unreadable C2", answers=lost),
        drawn("format-hides-nought", book(table(shown("#,##0;-#,##0;", 1, 0))), "a format that leaves noughts out"),
        drawn("white-on-white", _touched(white), "a tick in white letters: asked", "answer-unreadable C2", answers=lost),
        drawn("white-on-blue", _touched(headed), "headings in white letters on blue"),
    ]  # fmt: skip


def _colours() -> list[Drawn]:
    def coloured(sheet: Worksheet) -> None:
        for row, said in enumerate(DENCHAI.values(), 2):
            sheet.cell(row, 6).value = None
            if said[3] == "Y":
                sheet.cell(row, 6).fill = GREEN

    def banded(sheet: Worksheet) -> None:
        for row in range(2, 9, 2):
            for column in range(1, 7):
                sheet.cell(row, column).fill = PALE

    def pasted(sheet: Worksheet) -> None:
        sheet["C2"].value = None
        image = Image(io.BytesIO(_picture()))
        image.width, image.height = 40, 15
        sheet.add_image(image, "C2")

    last = {name: f"{said[:3]}-" for name, said in DENCHAI.items()}

    def lettered(sheet: Worksheet) -> None:
        sheet["C2"].font = Font(color="FFFF0000")

    legend = "ตัวอักษรสีแดง หมายถึง ข้อมูลเดิม ยังไม่ได้ปรับปรุง"
    return [
        drawn("letters-not-firm", _touched(lettered, [*rows(DENCHAI), [], [legend]]), "letters of a colour that a legend calls old: asked", "answer-unreadable C2", answers={**DENCHAI, FIRST: "-YYY"}),
        drawn("colour-only", _touched(coloured), "a column told by colours alone: asked", "answer-unreadable x7", answers=last),
        drawn("bands", _touched(banded), "rows in bands of colour mean nothing"),
        drawn("picture-for-tick", _touched(pasted), "a picture of a tick over a cell: asked", "answer-unreadable C2", answers={**DENCHAI, FIRST: "-YYY"}),
    ]  # fmt: skip


def _typed() -> list[Drawn]:
    body = [[str(cell) for cell in row] for row in rows(DENCHAI)]
    body[2][3] = ""
    said = {**DENCHAI, THIRD: f"{DENCHAI[THIRD][0]}-{DENCHAI[THIRD][2:]}"}

    def case(name: str, why: str, lines: list[str], *findings: str, answers: dict[str, str]) -> Drawn:
        raw = mail("เรียนท้องถิ่นจังหวัด\n\n" + "\n".join(lines) + "\n\nขอบคุณครับ\n")
        return drawn(name, raw, why, *findings, reporter=None, extension="eml", kind="report", answers=answers)

    def apart(separator: str) -> list[str]:
        return [separator.join(cell for cell in row if cell) for row in [ONE_ROW, *body]]

    return [
        case("typed-in-line", "a blank cell in a table typed in line: seen", _in_line([ONE_ROW, *body]), "answer-missing", answers=said),
        case("typed-ragged", "the same typed out of line: the row is asked", apart("   "), "answer-unreadable x4", answers=NO_THIRD),
        case("typed-bars-lost", "a part missing between bars: the row is asked", apart(" | "), "answer-unreadable x4", answers=NO_THIRD),
        case("typed-tabs-lost", "a part missing between tabs: the row is asked", apart("\t"), "answer-unreadable x4", answers=NO_THIRD),
    ]  # fmt: skip


def _in_line(lines: list[list[str]]) -> list[str]:
    """Each column at its place on the screen; vowels and tones of Thai take no room."""
    starts = (0, 6, 36, 60, 84, 108)
    out = []
    for line in lines:
        said, seen = "", 0
        for start, cell in zip(starts, line, strict=True):
            if cell:
                said, seen = said + " " * (start - seen) + cell, start + sum(letter not in _THIN for letter in cell)
        out.append(said)
    return out


_THIN = "\u0e31" + "".join(map(chr, (*range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))))


def _separated() -> list[Drawn]:
    body = [[str(cell) for cell in row] for row in rows(DENCHAI)]
    short = [ONE_ROW, *body]
    short[3] = [cell for at, cell in enumerate(short[3]) if at != 3]
    lines = "\r\n".join(",".join(row) for row in short)
    remark = "\r\n".join(",".join(row) for row in [[*ONE_ROW, "หมายเหตุ"], *body])
    return [
        drawn("csv-short", lines.encode(), "a value missing between commas: the row is asked", "answer-unreadable x4", extension="csv", answers=NO_THIRD),
        drawn("csv-no-remarks", remark.encode(), "the column of remarks left out in every row", extension="csv"),
    ]  # fmt: skip
