"""The words of a new circular: หนังสือเวียนใหม่ above the department's papers, เริ่ม in answer to what was made of them."""

import re

from bot.office.wishes.lines import own_lines

_LONGEST = 200  # characters of a line that is looked at
_LINES = 5  # of a mail, among which the word stands
# "หนังสือเวียนใหม่", "เรื่องเวียนใหม่", "ตั้งเรื่องใหม่ตามหนังสือที่แนบ", "เปิดเรื่องใหม่"; not "ยังไม่มีหนังสือเวียนใหม่".
_ASKS = re.compile(r"(?<!ไม่มี)(?<!ไม่ใช่)(?:(?:หนังสือ|เรื่อง)เวียน(?:ฉบับ|เรื่อง)?ใหม่|(?:ตั้ง|เปิด|สร้าง)(?:หนังสือ)?เรื่อง(?:เวียน)?ใหม่)")
STARTS = frozenset({"เริ่ม", "เริ่มส่ง", "เริ่มดำเนินการ", "ให้เริ่ม", "start"})


def asks_new_circular(text: str, subject: str) -> bool:
    """Whether a mail's own first lines, or its subject, ask for a circular of the papers that it brings."""
    lines = [*own_lines(text)[:_LINES], subject]
    return any(_ASKS.search("".join(line[:_LONGEST].split())) for line in lines)
