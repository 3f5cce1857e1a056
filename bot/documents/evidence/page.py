"""The page of an archive of evidence: what it holds, how it is checked, and the mails in their order. In Thai, to be printed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

_HEAD = """<!DOCTYPE html>
<html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>หลักฐาน {slug}</title><style>
body {{ font-family: "Sarabun", "TH SarabunPSK", "Noto Sans Thai", Tahoma, sans-serif; font-size: 16px; line-height: 1.6; color: #1b1b1b; max-width: 1000px; margin: 0 auto; padding: 16px; overflow-wrap: anywhere; }}
h1 {{ font-size: 22px; }} h2 {{ font-size: 18px; margin-top: 26px; }}
table {{ border-collapse: collapse; width: 100%; font-size: 14px; }} td, th {{ border: 1px solid #9aa0a6; padding: 4px 6px; text-align: left; vertical-align: top; }}
th {{ background: #eaf1f8; }} code {{ font-size: 13px; }} thead {{ display: table-header-group; }} tr {{ break-inside: avoid; }}
@media print {{ body {{ max-width: none; padding: 0; font-size: 12pt; }} a {{ color: inherit; text-decoration: none; }} }}
</style></head><body>
"""
_CHECK = """<h2>วิธีตรวจสอบ</h2>
<ol>
<li>แฟ้มทุกแฟ้มมีค่า SHA-256 อยู่ใน <a href="sha256sums.txt">sha256sums.txt</a> ตรวจได้ด้วยคำสั่ง <code>sha256sum -c sha256sums.txt</code> ในโฟลเดอร์ที่แตกไฟล์แล้ว</li>
<li>คำสั่ง <code>ruam verify ไฟล์.zip</code> ตรวจแฟ้มทุกแฟ้ม ตรวจลูกโซ่ใน <a href="chain.jsonl">chain.jsonl</a> ทีละแถว และตรวจว่าเนื้อหาใน <a href="things.jsonl">things.jsonl</a> กับจดหมายทุกฉบับตรงกับที่ลูกโซ่บันทึกไว้</li>
<li>ลูกโซ่คือบันทึกที่แต่ละแถวมีค่าแฮชซึ่งคำนวณจากแถวก่อนหน้า หากแก้ ลบ หรือเพิ่มสิ่งใดภายหลัง ค่าแฮชจะไม่ตรงกัน แถวของเรื่องอื่นมีเพียงค่าแฮช ไม่มีเนื้อหา</li>
<li>ค่าแฮชของแถวสุดท้าย (ตราประทับ) คือ <code>{seal}</code> หากสำนักงานจดค่าของแถวก่อน ๆ ไว้ภายนอก นำมาเทียบได้ด้วย <code>ruam verify --seal</code></li>
</ol>
<h2>สิ่งที่ไม่ได้อยู่ในนี้</h2>
<p>จดหมายที่มีรหัสหรือเลขประจำตัวประชาชนไม่ถูกเก็บไว้ จดหมายที่ยังรอเจ้าหน้าที่ตัดสินหรือเปิดไม่ได้มีเพียงรายการ และจดหมายที่ลบตามคำสั่ง ruam purge มีเพียงรายการกับค่าแฮช</p>
"""
FILES: Sequence[tuple[str, str]] = (
    ("mails.csv", "จดหมายที่ได้รับทุกฉบับ ผลการพิจารณา ค่าแฮช"),
    ("mails/", "จดหมายต้นฉบับ (.eml)"),
    ("files/", "ไฟล์แนบที่แยกจากจดหมาย"),
    ("answers.csv", "คำตอบทุกครั้งที่แจ้งมา พร้อมไฟล์ แผ่นงาน และเซลล์ที่มา ช่อง holds บอกว่าเป็นคำตอบที่ใช้อยู่"),
    ("answers.json", "คำตอบชุดเดียวกันในรูป JSON"),
    ("remarks.csv", "ข้อคิดเห็นของผู้รายงาน"),
    ("explanations.csv", "คำชี้แจงของตัวเลขที่มีข้อสังเกต"),
    ("findings.csv", "ข้อสังเกตที่ระบบพบในแต่ละฉบับ"),
    ("letters.csv", "จดหมายของระบบทุกฉบับ ถึงใคร ส่งเมื่อใด"),
    ("letters/", "จดหมายของระบบ (.eml)"),
    ("ledger.csv", "ขั้นตอนที่ทำกับผู้รายงานแต่ละราย"),
    ("rounds.csv", "การขยายเวลา ยกเว้น ปิด และเปิด"),
    ("approvals.csv", "ร่างรายงาน ผู้อนุมัติ และเวลาที่ส่ง"),
    ("reports/", "รายงานทุกร่างที่จัดทำ"),
    ("registrations.csv", "เลขที่และวันที่ของหนังสือ"),
    ("tasks.csv", "เรื่องที่ส่วนกลางขอ"),
    ("chain.jsonl", "ลูกโซ่ของบันทึก"),
    ("things.jsonl", "เนื้อหาที่ลูกโซ่บันทึกค่าแฮชไว้"),
)


def page(title: Mapping[str, str], seal: str, mails: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The page in pieces. ``title``: slug, number, subject, office; ``mails``: rows of number, moment, sender, subject, outcome, path or ""."""
    yield _HEAD.format(slug=escape(title["slug"])).encode()
    yield f"<h1>หลักฐานของหนังสือเวียน {escape(title['number'])}</h1>\n<p>{escape(title['subject'])}<br>{escape(title['office'])}</p>\n".encode()
    rows = "".join(f"<tr><td><code>{name}</code></td><td>{said}</td></tr>\n" for name, said in FILES)
    yield f"<h2>สิ่งที่อยู่ในนี้</h2>\n<table><thead><tr><th>แฟ้ม</th><th>คือ</th></tr></thead>\n{rows}</table>\n".encode()
    yield _CHECK.format(seal=escape(seal)).encode()
    heads = "".join(f"<th>{name}</th>" for name in ("เลขที่", "ได้รับเมื่อ", "ผู้ส่ง", "เรื่อง", "ผล"))
    yield f"<h2>จดหมายที่ได้รับ</h2>\n<table><thead><tr>{heads}</tr></thead>\n".encode()
    for number, *cells, path in mails:
        shown = f'<a href="{escape(path)}">{escape(number)}</a>' if path else escape(number)
        others = "".join(f"<td>{escape(each)}</td>" for each in cells)
        yield f"<tr><td>{shown}</td>{others}</tr>\n".encode("utf-8", "replace")
    yield b"</table>\n</body></html>\n"
