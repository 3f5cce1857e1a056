"""Coverage-guided fuzzing of the file readers and of finding and reading the table.

The first byte chooses: raw bytes for one of the readers, or a sheet put together from the words of the form, which gets the
fuzzer past the heading and into rows and values. Run by hand as ``messages.py`` is.
"""

import sys

import atheris

with atheris.instrument_imports(include=["parsers"]):
    from bot.config.load import shipped_bureau
    from parsers.files.open_file import READERS
    from parsers.formats.unreadable import Unreadable
    from parsers.read import read_file
from parsers.reading import FileRequest

CATALOGUE = shipped_bureau().catalogue()
KINDS = sorted(READERS)
WORDS = [
    "", "ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", "การจัดทำคำสั่งตามมาตรา 10", "การจัดทำคำสั่งตามมาตรา 16", "จัดทำประกาศแล้ว",
    "ลงข้อมูลในระบบ info.go.th", "จัดทำคำสั่งแล้ว", "เทศบาลตำบลบ้านปิน", "อบต.บ้านปิน", "บ้านปิน", "อบต.หัวทุ่ง", "อบต หัวทุง",
    "แม่คำมี", "อำเภอลอง", "ประเภท", "อบต.", "✓", "/", "X", "-", "มี", "ไม่มี", "ยัง", "1", "0", "?", "รวมดำเนินการแล้ว", "3 แห่ง",
    "xx แห่ง", "ปัญหาอุปสรรค: ไม่มี", "ข้อเสนอแนะ", "ข้อมูล ณ วันที่ 29/11/2567", "หมายเหตุ", "ลงชื่อ", "(1)", "(2)", "รหัสแบบ: w5827:long",
]  # fmt: skip
REPORTERS = [None, "long", "pao", "6540308", "nobody"]


def one(data: bytes) -> None:
    """Raw bytes: a book or ``Unreadable``. A sheet: a reading, whatever stands in it."""
    provider = atheris.FuzzedDataProvider(data)
    choice = provider.ConsumeIntInRange(0, len(KINDS))
    if choice < len(KINDS):
        try:
            READERS[KINDS[choice]](provider.ConsumeBytes(sys.maxsize))
        except Unreadable:
            return
        return
    request = FileRequest(CATALOGUE, None, provider.PickValueInList(REPORTERS))
    read_file("a.csv", sheet(provider).encode("utf-8", "ignore"), request)


def sheet(provider: atheris.FuzzedDataProvider) -> str:
    """Comma separated lines of known words and free text."""
    rows = []
    for _ in range(provider.ConsumeIntInRange(0, 14)):
        cells = [
            WORDS[provider.ConsumeIntInRange(0, len(WORDS) - 1)]
            if provider.ConsumeIntInRange(0, 9)
            else provider.ConsumeUnicodeNoSurrogates(12).replace('"', "")
            for _ in range(provider.ConsumeIntInRange(0, 8))
        ]
        rows.append(",".join(f'"{cell}"' for cell in cells))
    return "\n".join(rows)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
