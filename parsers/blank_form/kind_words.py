"""The words of kinds, as tables: what hints beside a column and a heading's own words say that its answers are."""

import re

from parsers.form.question import Kind

# What a hint in a cell or behind a heading says, in the order in which it is asked: "MM/DD/YYYY", "(วว/ดด/ปปปป)".
HINTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    # "วัน/เดือน/ปี", "วว/ดด/ปปปป", "(ว/ด/ป)", "MM/DD/YYYY", "Valid Date".
    (Kind.DATE, re.compile(r"วัน\s?/\s?เดือน|ว{1,2}\s?/\s?ด{1,2}\s?/\s?ป|[md]{2}/[md]{2}/y|valid date", re.IGNORECASE)),
    # "(Text - max 250 characters)", "ข้อความ", "alpha numeric".
    (Kind.TEXT, re.compile(r"\(text|alpha.?numeric|characters?\b|กรอกข้อความ|^\W?ข้อความ", re.IGNORECASE)),
    # "Must select Yes or No", '"Yes"\n"No"', "ใส่ ✓", "ทำเครื่องหมาย".
    (Kind.TICK, re.compile(r"yes\W{1,3}(?:or\W)?\W{0,2}no\b|ใส่เครื่องหมาย|ทำเครื่องหมาย|[✓✔√]|must be '?y'? or", re.IGNORECASE)),
    # "Select one or more", "เลือกได้มากกว่า 1 ข้อ".
    (Kind.CHOICES, re.compile(r"one or more|เลือกได้(?:หลาย|มากกว่า)", re.IGNORECASE)),
    # "predefined responses", "Selection Required", "two-letter abbreviation", "เลือกจากรายการ".
    (Kind.CHOICE, re.compile(r"predefined|picklist|select(?:ion)? (?:one|required|from)|valid (?:response|entr)|เลือก(?:จาก|รายการ|ข้อ)", re.IGNORECASE)),
    # "Currency, 2 decimals", 'DO NOT include a "$" sign'.
    (Kind.DECIMAL, re.compile(r"currency|\$\W{0,2} ?sign|decimal|dollar value|ทศนิยม", re.IGNORECASE)),
    # "Numeric value.", "กรอกตัวเลข", "จำนวนเต็ม".
    (Kind.INTEGER, re.compile(r"numeric value|whole number|integer|จำนวนเต็ม|กรอกตัวเลข|^\W?ตัวเลข", re.IGNORECASE)),
)  # fmt: skip

# What a heading's own words say, of its key, in the order in which it is asked; the second says whether it is sure.
WORDS: tuple[tuple[Kind, bool, re.Pattern[str]], ...] = (
    # "วันที่ประกาศ", "วัน เดือน ปี ที่จัดตั้ง", "กำหนดแล้วเสร็จเมื่อวันที่", "Start Date".
    (Kind.DATE, True, re.compile(r"^(?:เมื่อ)?วันที่|^วันเดือนปี|วันที่$|วันเดือนปี$|date$|^date")),
    # "มีแผนหรือไม่", "Did Text Contain a Chart or Table?": asked as a question (the sign is tried apart).
    (Kind.TICK, True, re.compile(r"หรือไม่$|หรือยัง$")),
    # "ชื่อโครงการ", "เลขที่คำสั่ง", "หมายเหตุ", "รายละเอียด", "เบอร์โทรศัพท์", "Explanation".
    (
        Kind.TEXT,
        True,
        re.compile(
            r"^(?:url|ลิง[กค]์|เว็บไซต์$|ข้อคิดเห็น|ความคิดเห็น|ความเห็น|ชื่อ|รายชื่อ|ที่อยู่|ที่ตั้ง|หมายเหตุ|เหตุผล|รายละเอียด|สาเหตุ|ปัญหา|ข้อเสนอ|แนวทาง|เลขที่|เบอร์|โทร|อีเมล|ผู้ประสาน|ผู้รับผิดชอบ|ตำแหน่ง|สถานที่|คำอธิบาย|ลักษณะ|คำสั่งเลขที่|เพราะ|หลักฐาน|เอกสาร)"
            r"|(?:explanation|description|narrative|title|content|address|text|email|name|id|number)$|^(?:name|text|description|address|note)|name\d?$"
        ),
    ),
    # "ร้อยละที่คัดแยก", "คิดเป็นเปอร์เซ็นต์".
    (Kind.PERCENT, True, re.compile("ร้อยละ|เปอร์เซ็น|percent")),
    # "งบประมาณ", "ค่าใช้จ่าย", "จำนวนเงิน", "วงเงิน", "Amount", "Compensation".
    (
        Kind.MONEY,
        True,
        re.compile(
            r"งบประมาณ(?!พศ|ปี|\d)|ค่าใช้จ่าย|รายได้|รายรับ|รายจ่าย|จำนวนเงิน|วงเงิน|ค่าธรรมเนียม|เงิน(?!เดือนละ)|มูลค่า|ราคา|เบิกจ่าย"
            r"|^amount|amount(?:aggregates)?$|^adoptedbudget|^(?:total)?compensation|^totalcompensation"
        ),
    ),
    # "ปริมาณขยะ", "พื้นที่", "ระยะทาง", "อัตรา", "เฉลี่ย": measured.
    (Kind.DECIMAL, True, re.compile("^(?:ปริมาณ|น้ำหนัก|พื้นที่|ระยะทาง|ความยาว|ความกว้าง|อัตรา)|เฉลี่ย")),
    # "จำนวนครัวเรือน", "number of …".
    (Kind.INTEGER, True, re.compile("^(?:จำนวน|ยอด)|^numberof|count$")),
    # "จัดทำประกาศแล้ว", "ดำเนินการแล้วเสร็จ", "ยังไม่ดำเนินการ".
    (Kind.TICK, True, re.compile("แล้ว$|แล้วเสร็จ$|เรียบร้อย$")),
    # "ครัวเรือนที่ร่วมโครงการ", "ผู้สูงอายุ": those who are counted, or named.
    (Kind.INTEGER, False, re.compile("^(?:ครัวเรือน|ประชากร|ผู้สูงอายุ|ผู้พิการ|เด็ก|นักเรียน|หมู่บ้าน)")),
    # "วิธีกำจัดหลัก", "ประเภทโครงการ": words, or a choice whose list is not in the form.
    (Kind.TEXT, False, re.compile("^(?:วิธี|ประเภท|ชนิด|รูปแบบ|ระดับ|สถานะ)")),
    # "มีสถานีขนถ่าย", "ได้รับอนุญาต", "ลงข้อมูลในระบบ": done or not, but a form may mean how many.
    (Kind.TICK, False, re.compile("^(?:มี|ได้|ไม่|ยัง|ดำเนินการ|จัดทำ|ลงข้อมูล|เข้าร่วม|ประกาศ|เผยแพร่|แต่งตั้ง)")),
)
