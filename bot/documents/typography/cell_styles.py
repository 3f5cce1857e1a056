"""The looks of cells: every named style of our workbooks, in the font of Thai offices."""

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

FONT = "TH SarabunPSK"  # on every officer's computer; elsewhere a Thai system font steps in
OWED = "FFF2B3"  # the yellow of a cell that is still to be filled in
NOT_ASKED = "E4E4E4"  # the grey of a cell that is not to be filled in
TRACE_POINTS = 12  # letters of the lists that show where things came from

# The library writes the parts of a font in an order of its own; this one is the schema's (ECMA-376, part 1, CT_Font).
Font.__elements__ = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip

_GREY = "FF6B6B6B"
_THIN = Side(style="thin", color="FF404040")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_OPEN = Protection(locked=False)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_TEXT = Alignment(horizontal="left", vertical="center", indent=1, wrap_text=True)  # clear of the line beside it
_NAME = Alignment(horizontal="left", vertical="center", indent=1, shrink_to_fit=True)  # one line, whatever the font
_ONE_LINE = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)  # one word, which must not be parted
_TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
_FIGURE = Alignment(
    horizontal="right", vertical="center", indent=1, shrink_to_fit=True
)  # a wide figure shrinks, never ###
_RIGHT = Alignment(horizontal="right", vertical="center", indent=1, wrap_text=True)
_HEAD_FILL = PatternFill("solid", fgColor="FFEAF1F8")
_NOT_ASKED_FILL = PatternFill("solid", fgColor=f"FF{NOT_ASKED}")
_HINT_FILL = PatternFill("solid", fgColor="FFFFF8DC")


def _styles() -> tuple[NamedStyle, ...]:
    def font(size: int = 16, *, bold: bool = False, color: str = "FF000000") -> Font:
        return Font(name=FONT, size=size, bold=bold, color=color)

    boxed: dict[str, Any] = {"border": _BOX}
    return (
        NamedStyle("r-title", font=font(18, bold=True), alignment=_MIDDLE),
        NamedStyle("r-hint", font=font(bold=True), alignment=_LEFT, fill=_HINT_FILL),
        NamedStyle("r-plain", font=font(), alignment=_LEFT),
        NamedStyle("r-centre", font=font(), alignment=_MIDDLE),
        NamedStyle("r-label", font=font(bold=True), alignment=_TOP),
        NamedStyle("r-right", font=font(), alignment=_RIGHT),
        NamedStyle("r-code", font=font(12, color=_GREY), alignment=_LEFT),
        NamedStyle("r-head", font=font(bold=True), alignment=_MIDDLE, fill=_HEAD_FILL, **boxed),
        NamedStyle("r-head-number", font=font(bold=True), alignment=_ONE_LINE, fill=_HEAD_FILL, **boxed),
        NamedStyle("r-number", font=font(), alignment=_ONE_LINE, **boxed),
        NamedStyle("r-cell", font=font(), alignment=_MIDDLE, **boxed),
        NamedStyle("r-name", font=font(), alignment=_TEXT, **boxed),
        NamedStyle("r-organisation", font=font(), alignment=_NAME, **boxed),
        NamedStyle("r-figure", font=font(), alignment=_FIGURE, **boxed),
        NamedStyle("r-missing", font=font(13, color=_GREY), alignment=_ONE_LINE, **boxed),
        NamedStyle("r-not-asked", font=font(color=_GREY), alignment=_ONE_LINE, fill=_NOT_ASKED_FILL, **boxed),
        NamedStyle("r-total", font=font(bold=True), alignment=_MIDDLE, fill=_HEAD_FILL, **boxed),
        NamedStyle("r-total-name", font=font(bold=True), alignment=_TEXT, fill=_HEAD_FILL, **boxed),
        NamedStyle("r-sum", font=font(bold=True), alignment=_FIGURE, fill=_HEAD_FILL, **boxed),
        NamedStyle("r-trace", font=font(TRACE_POINTS), alignment=_LEFT, **boxed),
        NamedStyle("r-mark-open", font=font(), alignment=_MIDDLE, protection=_OPEN, **boxed),
        NamedStyle("r-figure-open", font=font(), alignment=_FIGURE, protection=_OPEN, **boxed),
        NamedStyle("r-text-open", font=font(), alignment=_TEXT, protection=_OPEN, number_format="@", **boxed),
        NamedStyle("r-word-open", font=font(), alignment=_MIDDLE, protection=_OPEN, number_format="@", **boxed),
        NamedStyle("r-date-open", font=font(), alignment=_ONE_LINE, protection=_OPEN, number_format="@", **boxed),
        NamedStyle("r-free-open", font=font(), alignment=_TOP, protection=_OPEN, number_format="@", **boxed),
        NamedStyle("r-sign-open", font=font(), alignment=_MIDDLE, protection=_OPEN, number_format="@"),
    )


def add_styles(workbook: Workbook) -> None:
    """Teaches a workbook the styles ``r-...`` of this module; those it knows already stay as they are."""
    known = set(workbook.named_styles)
    for style in _styles():
        if style.name not in known:
            workbook.add_named_style(style)
