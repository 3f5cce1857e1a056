"""How a worksheet comes out on paper: A4, margins, heads repeated, page numbers, where a page may end."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from bot.documents.typography.cell_styles import FONT
from bot.documents.typography.worksheet import LINE, Page

PORTRAIT_HEIGHT = 715.0  # points between our margins, less what programs round away
LANDSCAPE_HEIGHT = 472.0
TELEPHONE, DESKTOP = 55.7, 190.0  # units on a screen 390 and 1,330 pixels wide
HALF_A_SCREEN = 260.0  # points, of a telephone held upright and of a laptop
OFF_PAPER = "แผ่นงานนี้มีไว้ค้นและตรวจสอบในไฟล์ จึงไม่ได้ตั้งให้พิมพ์ หากต้องการพิมพ์ ให้เลือกเมนู เค้าโครงหน้ากระดาษ > พื้นที่พิมพ์ > ล้างพื้นที่พิมพ์"
PORTRAIT_PAPER, LANDSCAPE_PAPER = 97.0, 144.0  # units that lie between our margins before a page is set smaller


def set_up_print(page: Page, head: tuple[int, int] | None, *, landscape: bool) -> None:
    """A4, as wide as the paper, centred, rows ``head`` on every page, page x of y below. Call it when all is written."""
    sheet = page.sheet
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = 9, "landscape" if landscape else "portrait"  # A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.6
    margins.top, margins.bottom, margins.header, margins.footer = 0.7, 0.8, 0.3, 0.4
    if sheet.oddFooter is not None:
        footer = sheet.oddFooter.center
        footer.text, footer.font, footer.size = "หน้า &P จาก &N", f"{FONT},Regular", 14
    sheet.print_area = f"A1:{get_column_letter(page.columns)}{max(1, page.row - 1)}"
    if page.blocks:
        _keep_together(page, head, landscape=landscape)
    if head:
        sheet.print_title_rows = f"{head[0]}:{head[1]}"
        sheet.freeze_panes = _unfrozen(page, head[1])


def _unfrozen(page: Page, head: int) -> str:
    """The first cell that moves, with number, name and heading in sight; what stays must leave a telephone room for the rest.

    Where the widest column would not fit beside the names only the number stays, but on sheets wider than a desktop's
    screen, which nobody fills in on a telephone. A heading higher than half a screen moves with its rows.
    """
    beside = sum(page.widths[:2]) + max(page.widths[2:], default=0.0)
    column = "C" if beside <= TELEPHONE or sum(page.widths) > DESKTOP else "B"
    return f"{column}{head + 1 if _height(page, 1, head) <= HALF_A_SCREEN else 1}"


def keep_off_paper(page: Page, last: int) -> None:
    """Of a list that is there to be searched, print only the rows down to ``last``, which say so. After ``set_up_print``."""
    page.sheet.print_area = f"A1:{get_column_letter(page.columns)}{last}"
    page.sheet.print_title_rows = None


def _keep_together(page: Page, head: tuple[int, int] | None, *, landscape: bool) -> None:
    """A page's end before each block that would be parted: the text of a cell over several rows would be cut there."""
    wide = LANDSCAPE_PAPER if landscape else PORTRAIT_PAPER
    room = (LANDSCAPE_HEIGHT if landscape else PORTRAIT_HEIGHT) * max(1.0, sum(page.widths) / wide)
    repeated = _height(page, *head) if head else 0.0
    begun, above = 1, 0.0  # the first row of this page, and what is repeated above it
    for first, last in page.blocks:
        if above + _height(page, begun, last) > room:
            page.sheet.row_breaks.append(Break(id=first - 1))
            begun, above = first, repeated


def _height(page: Page, first: int, last: int) -> float:
    return sum(page.sheet.row_dimensions[row].height or LINE for row in range(first, last + 1))
