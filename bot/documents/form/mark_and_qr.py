"""The mark by which a form says whose it is: in words, and as a QR code for a scan of the printed page."""

import io

import segno

QR_SCALE = 4  # pixels a module; printed 16 mm wide, a module is about half a millimetre
CORNER = "■"  # stands in the four corners of each printed page, so that a scan can be put straight


def mark_of(circular: str, reporter: str) -> str:
    """``w5827:long``."""
    return f"{circular}:{reporter}"


def code_of(circular: str, reporter: str) -> str:
    """The mark as it is printed at the foot of a form."""
    return f"รหัสแบบ: {mark_of(circular, reporter)}"


def qr_picture(circular: str, reporter: str) -> io.BytesIO:
    """The mark as a PNG of black and white, strong enough to survive a stamp on a quarter of it (level Q)."""
    picture = io.BytesIO()
    segno.make(f"ruam:{mark_of(circular, reporter)}", error="q", micro=False).save(
        picture, kind="png", scale=QR_SCALE, border=4
    )
    picture.seek(0)
    return picture
