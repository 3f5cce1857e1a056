"""The catalogue of findings: what can be wrong in what people send, and how it is said.

Owns every code, its severity and its Thai sentence. A sentence names the trouble and what to do about it; letters only
lay the sentences out. Nothing here knows who receives them.
"""

from dataclasses import dataclass
from enum import StrEnum

from parsers.secrets.mask import mask_secrets

Order = tuple[int, int, int, int]  # file, sheet, row, column: reading order
LAST = 1 << 30
SHOWN = 80  # characters of a value that are shown


class Severity(StrEnum):
    """How much a finding weighs.

    An error leaves something unrecorded and must be mended; of a query the value is recorded, and mended or explained; a
    warning asks for a look, info only tells.
    """

    ERROR = "error"
    QUERY = "query"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """What was found. The values are part of the public JSON of ``ruam check``."""

    FORM_NOT_FOUND = "form-not-found"
    ORGANISATION_UNKNOWN = "organisation-unknown"
    ORGANISATION_AMBIGUOUS = "organisation-ambiguous"
    ORGANISATION_SEVERAL = "organisation-several"
    ORGANISATION_GUESSED = "organisation-guessed"
    ORGANISATION_NOT_YOURS = "organisation-not-yours"
    ORGANISATION_DUPLICATED = "organisation-duplicated"
    ORGANISATION_MISSING = "organisation-missing"
    ORGANISATION_UNNAMED = "organisation-unnamed"
    ROW_MISSING = "row-missing"
    ANSWER_MISSING = "answer-missing"
    ANSWER_UNREADABLE = "answer-unreadable"
    ANSWER_UNLIKE = "answer-unlike"
    ANSWER_GUESSED = "answer-guessed"
    ANSWER_INCONSISTENT = "answer-inconsistent"
    ANSWER_NEEDED = "answer-needed"
    ANSWER_NOT_ASKED = "answer-not-asked"
    UNIT_CONVERTED = "unit-converted"
    ATTACHMENT_UNCLEAR = "attachment-unclear"
    ATTACHMENT_KIND = "attachment-kind"
    ANSWER_LEFT_OUT = "answer-left-out"
    LIMIT_BROKEN = "limit-broken"
    DAY_OUTSIDE = "day-outside"
    ROW_SHIFTED = "row-shifted"
    ROWS_SLIPPED = "rows-slipped"
    ROW_ONLY_PLANNED = "row-only-planned"
    ROWS_SEVERAL = "rows-several"
    LABEL_UNSURE = "label-unsure"
    NAMES_ASKEW = "names-askew"
    INFORMANT_OTHER = "informant-other"
    COLUMN_MISSING = "column-missing"
    COLUMN_GUESSED = "column-guessed"
    TOTAL_MISMATCH = "total-mismatch"
    SUM_MISMATCH = "sum-mismatch"
    SHARE_MISMATCH = "share-mismatch"
    FIGURE_UNEXPECTED = "figure-unexpected"
    FIGURE_FAR = "figure-far"
    DATE_UNREADABLE = "date-unreadable"
    FILE_UNREADABLE = "file-unreadable"
    FILE_ENCRYPTED = "file-encrypted"
    FILE_TOO_LARGE = "file-too-large"
    SMIME_ENCRYPTED = "smime-encrypted"
    PGP_ENCRYPTED = "pgp-encrypted"
    RPMSG_PROTECTED = "rpmsg-protected"
    FILE_FORMAT = "file-format"
    LINK_NOT_FILE = "link-not-file"
    FILE_TOO_SLOW = "file-too-slow"
    MAIL_INCOMPLETE = "mail-incomplete"
    NOT_CALCULATED = "not-calculated"
    HIDDEN_SHEET = "hidden-sheet"
    HIDDEN_ROWS = "hidden-rows"
    HIDDEN_COLUMN = "hidden-column"
    HIDDEN_TWIN_COLUMN = "hidden-twin-column"
    NAME_STRUCK = "name-struck"
    SHEET_BLANK = "sheet-blank"
    SHEET_SET_ASIDE = "sheet-set-aside"
    SHEET_CALLED_OLD = "sheet-called-old"
    INNER_FORM_RECORDED = "inner-form-recorded"
    NIL_REPLY = "nil-reply"
    PERIOD_OTHER = "period-other"
    PERIOD_DOUBTFUL = "period-doubtful"
    FORM_OTHER = "form-other"
    ROUND_OTHER = "round-other"
    FORM_TAKEN_BACK = "form-taken-back"
    DATE_DOUBTFUL = "date-doubtful"
    DATES_DISAGREE = "dates-disagree"
    WORDS_NOT_READ = "words-not-read"
    WORDS_CONTRADICT = "words-contradict"
    KEY_HIDDEN = "key-hidden"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file name, sheet name and cell address such as ``C7``; each may be empty."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """``file › sheet!cell`` with the empty parts left out."""
        spot = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell
        return " › ".join(part for part in (self.file, spot) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or worth saying, with its place and a Thai sentence for the sender."""

    code: Code
    severity: Severity
    place: Place
    value: str  # what stood there, as a person saw it
    message: str
    organisation: str = ""  # code of the organisation it concerns, if one
    question: str = ""  # key of the question it concerns, if one


Ordered = tuple[Order, Finding]


# Severity and sentence of each code. Fields in braces are given by whoever finds it; ``value`` is always there.
CATALOGUE: dict[Code, tuple[Severity, str]] = {
    Code.FORM_NOT_FOUND: (
        Severity.ERROR,
        "ไม่พบตารางตามแบบรายงาน{where} กรุณากรอกในแบบที่แนบมากับหนังสือแจ้ง แล้วตอบกลับพร้อมแนบไฟล์",
    ),
    Code.ORGANISATION_UNKNOWN: (
        Severity.ERROR,
        "ไม่พบชื่อ “{value}” ในทะเบียนหน่วยงานของจังหวัด จึงยังไม่ได้บันทึกแถวนี้ กรุณาเขียนชื่อเต็มพร้อมประเภท{hint}",
    ),
    Code.ORGANISATION_AMBIGUOUS: (
        Severity.ERROR,
        "ชื่อ “{value}” อาจหมายถึง {candidates} จึงยังไม่ได้บันทึกแถวนี้ กรุณาเขียนประเภทและชื่อให้ครบ",
    ),
    Code.ORGANISATION_SEVERAL: (
        Severity.ERROR,
        "แถวนี้เขียนชื่อไว้มากกว่าหนึ่งแห่งในช่องเดียว ({names}) จึงยังไม่ได้บันทึก กรุณาแยกเป็นแถวละหนึ่งแห่งและกรอกคำตอบของแต่ละแห่ง",
    ),
    Code.ORGANISATION_GUESSED: (Severity.WARNING, "อ่านชื่อ “{value}” เป็น {organisation} หากไม่ใช่กรุณาแจ้งกลับ"),
    Code.ORGANISATION_NOT_YOURS: (
        Severity.WARNING,
        "{organisation} ไม่อยู่ในความรับผิดชอบของ{reporter} จึงไม่ได้บันทึกแถวนี้ หากเห็นว่าไม่ถูกต้องกรุณาแจ้งสำนักงาน",
    ),
    Code.ORGANISATION_DUPLICATED: (
        Severity.ERROR,
        "{organisation} ปรากฏมากกว่าหนึ่งแถว ({cells}) และตอบช่อง “{question}” ไม่ตรงกัน กรุณาคงไว้แถวเดียว",
    ),
    Code.ORGANISATION_MISSING: (Severity.ERROR, "ยังไม่พบแถวของ {organisation} กรุณาเพิ่มและกรอกให้ครบ"),
    Code.ORGANISATION_UNNAMED: (
        Severity.WARNING,
        "แถวนี้มีคำตอบแต่ไม่มีชื่อหน่วยงาน จึงไม่ได้บันทึก หากเป็นข้อมูลจริงกรุณาเขียนชื่อเต็มพร้อมประเภท",
    ),
    Code.ROW_MISSING: (
        Severity.ERROR,
        "{organisation} ยังไม่พบแถว “{row}” กรุณาเพิ่มแถวตามแบบและกรอกให้ครบ",
    ),
    Code.ANSWER_MISSING: (Severity.ERROR, "{organisation} ยังไม่ได้กรอกช่อง “{question}” กรุณากรอกให้ครบ"),
    Code.ANSWER_UNREADABLE: (
        Severity.ERROR,
        "{organisation} ช่อง “{question}” อ่านค่า “{value}” ไม่ได้ {expected}",
    ),
    Code.ANSWER_UNLIKE: (
        Severity.ERROR,
        "{organisation} ช่อง “{question}” เขียนไว้ “{value}” ซึ่งไม่เป็นไปตามรูปแบบที่กำหนด กรุณาเขียนเช่น “{example}”",
    ),
    Code.ANSWER_GUESSED: (
        Severity.WARNING,
        "{organisation} ช่อง “{question}” อ่าน “{value}” เป็น {read} หากไม่ใช่กรุณาแจ้งกลับ",
    ),
    Code.ANSWER_INCONSISTENT: (
        Severity.ERROR,
        "{organisation} ช่อง “{question}” ตอบว่าดำเนินการแล้ว แต่ช่อง “{needed}” ตอบว่ายังไม่ได้ดำเนินการ จึงยังไม่ได้บันทึกทั้งสองช่อง กรุณาตรวจสอบและแก้ไขให้สอดคล้องกัน",
    ),
    Code.ANSWER_NEEDED: (
        Severity.ERROR,
        "{organisation} ช่อง “{needed}” ตอบว่า {said} จึงต้องกรอกช่อง “{question}” ด้วย กรุณากรอกให้ครบ",
    ),
    Code.ANSWER_NOT_ASKED: (
        Severity.ERROR,
        "{organisation} {why} จึงไม่ต้องกรอกช่อง “{question}” แต่ช่องนั้นมีคำตอบ “{value}” {so}",
    ),
    Code.ANSWER_LEFT_OUT: (
        Severity.WARNING,
        "{organisation} ไม่ได้บันทึก “{value}” ในช่อง “{question}” เพราะไม่ต้องกรอกช่องนี้ ({why}) หากไม่ใช่กรุณาแจ้งกลับ",
    ),
    Code.UNIT_CONVERTED: (
        Severity.INFO,
        "{organisation} ช่อง “{question}” อ่านเป็น {read} จาก {written} หากไม่ใช่กรุณาแจ้งกลับ",
    ),
    Code.ATTACHMENT_UNCLEAR: (
        Severity.ERROR,
        "ได้รับไฟล์ “{value}” แต่ไม่ทราบว่าเป็น {asked} กรุณาตั้งชื่อไฟล์ให้มีคำว่า “{example}”{whose} แล้วส่งใหม่ หากเป็นเอกสารอื่นไม่ต้องดำเนินการใด",
    ),
    Code.ATTACHMENT_KIND: (
        Severity.ERROR,
        "ไฟล์ “{value}” ไม่ใช่ชนิดที่รับเป็น“{asked}” กรุณาส่งเป็นไฟล์ชนิดใดชนิดหนึ่งคือ {kinds}",
    ),
    Code.LIMIT_BROKEN: (
        Severity.ERROR,
        "{organisation} ช่อง “{question}” เขียนไว้ {value} ซึ่ง{relation}ช่อง “{other}” ({limit}) จึงยังไม่ได้บันทึก กรุณาตรวจสอบทั้งสองช่องและแก้ไข",
    ),
    Code.DAY_OUTSIDE: (
        Severity.ERROR,
        "{organisation} ช่อง “{question}” เขียนไว้ {value} ซึ่ง{relation}วันที่ {limit} จึงยังไม่ได้บันทึก กรุณาตรวจสอบและแก้ไข",
    ),
    Code.ROW_SHIFTED: (
        Severity.ERROR,
        "{organisation} คำตอบในแถวอาจเลื่อนไปอยู่ผิดช่อง (มีข้อมูลมากกว่าหัวคอลัมน์ หรือหลายช่องไม่ใช่ข้อมูลตามหัวคอลัมน์) จึงยังไม่ได้บันทึกแถวนี้ กรุณาตรวจให้คำตอบแต่ละช่องตรงกับหัวคอลัมน์แล้วส่งใหม่",
    ),
    Code.ROWS_SLIPPED: (
        Severity.ERROR,
        "แถวของ “{blank}” ไม่มีคำตอบ แต่แถวที่ {nameless} ซึ่งไม่มีชื่อหน่วยงาน มีคำตอบ คำตอบของแถวที่อยู่ระหว่างนั้นอาจเลื่อนขึ้นหรือลงไม่ตรงกับชื่อ จึงยังไม่ได้บันทึกแถวเหล่านั้น กรุณาตรวจให้คำตอบของแต่ละแห่งอยู่ในแถวเดียวกับชื่อแล้วส่งใหม่",
    ),
    Code.ROW_ONLY_PLANNED: (
        Severity.ERROR,
        "{organisation} มีเฉพาะแถวแผน ไม่พบแถวผลการดำเนินการ จึงยังไม่ได้บันทึก กรุณากรอกผลการดำเนินการแล้วส่งใหม่",
    ),
    Code.ROWS_SEVERAL: (
        Severity.ERROR,
        "{organisation} มีคำตอบมากกว่าหนึ่งแถว ({labels}) จึงไม่แน่ใจว่าแถวใดเป็นผลปัจจุบันและยังไม่ได้บันทึก กรุณาเหลือไว้แถวเดียวแล้วส่งใหม่",
    ),
    Code.LABEL_UNSURE: (
        Severity.ERROR,
        "{organisation} มีแถวที่กรอกแล้วแต่ไม่ได้ระบุ{label} ข้อมูลอาจเลื่อนไปอยู่ผิดแถวหรือมีแถวเกินมา จึงยังไม่ได้บันทึก กรุณาตรวจให้ข้อมูลแต่ละแถวตรงกับ{label}แล้วส่งใหม่",
    ),
    Code.NAMES_ASKEW: (
        Severity.ERROR,
        "{organisation} ชื่อหน่วยงาน อาจไม่ตรงกับแถวของตน เพราะแถวแรกใต้ชื่อทุกแห่งไม่ใช่แถวแรกตามแบบ และแห่งสุดท้ายมีแถวไม่ครบ จึงยังไม่ได้บันทึก กรุณาเขียนชื่อไว้ที่แถวแรกของแต่ละแห่งแล้วส่งใหม่",
    ),
    Code.INFORMANT_OTHER: (
        Severity.ERROR,
        "{organisation} ในแถวระบุผู้ให้ข้อมูลเป็น “{informant}” ซึ่งเป็นของหน่วยงานอื่น คำตอบอาจเลื่อนหรือเรียงไม่ตรงกับชื่อ จึงยังไม่ได้บันทึกแถวนี้ กรุณาตรวจให้คำตอบอยู่ในแถวเดียวกับชื่อหน่วยงานแล้วส่งใหม่",
    ),
    Code.COLUMN_MISSING: (Severity.ERROR, "ไม่พบคอลัมน์ “{question}” ในตาราง กรุณาใช้แบบที่แนบมากับหนังสือแจ้ง"),
    Code.COLUMN_GUESSED: (
        Severity.WARNING,
        "อ่านคอลัมน์ที่เขียนหัวว่า “{value}” เป็นช่อง “{question}” หากเป็นข้อมูลอื่นกรุณาแจ้งกลับ",
    ),
    Code.TOTAL_MISMATCH: (
        Severity.QUERY,
        "ยอดรวมช่อง “{question}” เขียนไว้ {value} แต่นับจากแต่ละแถวได้ {counted} หากถูกต้องกรุณาตอบกลับพร้อมเหตุผล หรือแก้ไขแล้วส่งใหม่",
    ),
    Code.SUM_MISMATCH: (
        Severity.QUERY,
        "{organisation} ช่อง “{question}” เขียนไว้ {value} แต่ผลรวมของช่องย่อยได้ {counted} หากถูกต้องกรุณาตอบกลับพร้อมเหตุผล หรือแก้ไขแล้วส่งใหม่",
    ),
    Code.SHARE_MISMATCH: (
        Severity.QUERY,
        "{organisation} ช่อง “{question}” เขียนไว้ {value} แต่คำนวณจากช่อง {parts} ได้ร้อยละ {counted} หากถูกต้องกรุณาตอบกลับพร้อมเหตุผล หรือแก้ไขแล้วส่งใหม่",
    ),
    Code.FIGURE_UNEXPECTED: (
        Severity.QUERY,
        "{organisation} ช่อง “{question}” แจ้งไว้ {value} {why} หากถูกต้องกรุณาตอบกลับพร้อมเหตุผล หรือแก้ไขแล้วส่งใหม่",
    ),
    Code.FIGURE_FAR: (
        Severity.QUERY,
        "{organisation} ช่อง “{question}” แจ้งไว้ {value} {why} หากถูกต้องกรุณาตอบกลับพร้อมเหตุผล หรือแก้ไขแล้วส่งใหม่",
    ),
    Code.DATE_UNREADABLE: (Severity.WARNING, "อ่านวันที่ของข้อมูล “{value}” ไม่ได้ กรุณาเขียน{example}"),
    Code.FILE_UNREADABLE: (Severity.ERROR, "เปิดไฟล์นี้ไม่ได้ {why} กรุณาบันทึกเป็นไฟล์ Excel (.xlsx) แล้วส่งใหม่"),
    Code.FILE_ENCRYPTED: (Severity.ERROR, "ไฟล์นี้ตั้งรหัสผ่านไว้ กรุณานำรหัสผ่านออกแล้วส่งใหม่"),
    Code.FILE_TOO_LARGE: (Severity.ERROR, "ไฟล์นี้ใหญ่เกินกว่าที่ระบบอ่านได้ ({why}) กรุณาส่งเฉพาะแบบรายงาน"),
    Code.SMIME_ENCRYPTED: (
        Severity.ERROR,
        "อีเมลหรือไฟล์นี้เข้ารหัสลับด้วยใบรับรองดิจิทัล (S/MIME) ระบบจึงเปิดอ่านไม่ได้ กรุณาปิดการเข้ารหัส (Encrypt) แล้วส่งแบบรายงาน Excel (.xlsx) มาใหม่ ส่วนลายมือชื่อดิจิทัลคงไว้ได้",
    ),
    Code.PGP_ENCRYPTED: (
        Severity.ERROR,
        "อีเมลหรือไฟล์นี้เข้ารหัสลับด้วย PGP ระบบจึงเปิดอ่านไม่ได้ กรุณาปิดการเข้ารหัสแล้วส่งแบบรายงาน Excel (.xlsx) มาใหม่",
    ),
    Code.RPMSG_PROTECTED: (
        Severity.ERROR,
        "อีเมลนี้จำกัดสิทธิ์การอ่านไว้ (message.rpmsg) ระบบจึงเปิดอ่านไม่ได้ กรุณาเลือก “ไม่จำกัดสิทธิ์” ในเมนูสิทธิ์หรือการเข้ารหัสของ Outlook แล้วส่งแบบรายงาน Excel (.xlsx) มาใหม่",
    ),
    Code.FILE_FORMAT: (Severity.ERROR, "ไฟล์นี้เป็น{what} ระบบของสำนักงานเปิดอ่านไม่ได้ กรุณา{instead}"),
    Code.LINK_NOT_FILE: (
        Severity.ERROR,
        "{what}เป็นลิงก์ ไม่ใช่ตัวไฟล์ ระบบของสำนักงานเปิดลิงก์ไม่ได้ กรุณา{instead} แล้วแนบไฟล์นั้นมากับอีเมลโดยตรง",
    ),
    Code.FILE_TOO_SLOW: (
        Severity.ERROR,
        "ระบบอ่านไฟล์นี้ไม่ทันในเวลาที่กำหนดสำหรับอีเมลหนึ่งฉบับ {why} กรุณาบันทึกเป็นไฟล์ Excel (.xlsx) ที่มีเฉพาะแบบรายงาน แล้วส่งแยกเป็นอีเมลละหนึ่งไฟล์",
    ),
    Code.MAIL_INCOMPLETE: (
        Severity.ERROR,
        "อ่านจดหมายฉบับนี้ได้ไม่ครบ เพราะมีไฟล์แนบหรือจดหมายซ้อนกันมากเกินไป กรุณาแบ่งส่งเป็นหลายฉบับ โดยแนบเฉพาะแบบรายงาน",
    ),
    Code.NOT_CALCULATED: (
        Severity.ERROR,
        "{organisation} ช่อง “{question}” เป็นสูตรที่ยังไม่ได้คำนวณ กรุณาพิมพ์ค่าลงไปโดยตรง",
    ),
    Code.HIDDEN_SHEET: (
        Severity.WARNING,
        "แผ่นงาน “{value}” ถูกซ่อนอยู่ ระบบจึงไม่ได้อ่าน หากมีข้อมูลที่ต้องรายงานกรุณายกเลิกการซ่อนแล้วส่งใหม่",
    ),
    Code.HIDDEN_ROWS: (
        Severity.WARNING,
        "แถวที่ {rows} ถูกซ่อนอยู่ ระบบได้อ่านรวมไว้แล้ว หากไม่ต้องการให้นับกรุณาลบแถวนั้นแล้วส่งใหม่",
    ),
    Code.HIDDEN_COLUMN: (
        Severity.WARNING,
        "คอลัมน์ “{question}” ถูกซ่อนอยู่ ระบบได้อ่านรวมไว้แล้ว กรุณาตรวจสอบว่าข้อมูลในคอลัมน์นี้ถูกต้อง",
    ),
    Code.HIDDEN_TWIN_COLUMN: (
        Severity.WARNING,
        "มีคอลัมน์ “{question}” ซ้ำกันและถูกซ่อนไว้ ระบบอ่านเฉพาะคอลัมน์ที่มองเห็น กรุณาตรวจสอบว่าถูกต้อง",
    ),
    Code.NAME_STRUCK: (
        Severity.WARNING,
        "แถวของ “{value}” ไม่ได้อ่าน เพราะชื่อในแถวนี้ใช้ไม่ได้ตามที่ระบุ หากเป็นข้อมูลจริงกรุณาพิมพ์ชื่อใหม่แล้วส่งอีกครั้ง",
    ),
    Code.SHEET_BLANK: (
        Severity.WARNING,
        "แผ่นงาน “{value}” ยังไม่ได้กรอก ระบบบันทึกจากแผ่นงานอื่นในไฟล์เดียวกัน หากไม่ใช่ข้อมูลของครั้งนี้กรุณาแจ้งกลับ",
    ),
    Code.SHEET_SET_ASIDE: (
        Severity.WARNING,
        "ไม่ได้อ่านแผ่นงาน “{value}” เพราะมีแบบรายงานอื่นส่งมาด้วย หากมีข้อมูลที่ต้องรายงานกรุณาย้ายไปไว้ในแผ่นงานเดียวกันแล้วส่งใหม่",
    ),
    Code.SHEET_CALLED_OLD: (
        Severity.WARNING,
        "บันทึกข้อมูลจากแผ่นงานชื่อ “{value}” หากไม่ใช่ข้อมูลที่จะรายงานกรุณาส่งแบบที่ถูกต้องมาใหม่",
    ),
    Code.INNER_FORM_RECORDED: (
        Severity.WARNING,
        "บันทึกข้อมูลของ {names} จากแบบรายงานที่อยู่ในอีเมลที่แนบมา หากเป็นข้อมูลเก่ากรุณาแจ้งกลับ",
    ),
    Code.PERIOD_OTHER: (
        Severity.ERROR,
        "หัวแบบรายงานเขียนว่า “{value}” แต่หนังสือแจ้งขอข้อมูลของ {asked} จึงยังไม่ได้บันทึก หากเป็นข้อมูลของครั้งนี้กรุณาแก้หัวแบบแล้วส่งใหม่",
    ),
    Code.PERIOD_DOUBTFUL: (
        Severity.WARNING,
        "หัวแบบรายงานเขียนว่า “{value}” แต่หนังสือแจ้งเขียนว่า {asked} ระบบได้บันทึกไว้แล้ว หากเป็นรายงานของเรื่องหรือครั้งอื่นกรุณาแจ้งกลับ",
    ),
    Code.FORM_OTHER: (
        Severity.ERROR,
        "ไฟล์นี้เป็นแบบรายงานของหนังสือ {letter} จึงไม่ได้บันทึกรวมกับเรื่องนี้ กรุณาส่งแยกอีเมลละหนึ่งเรื่อง",
    ),
    Code.ROUND_OTHER: (
        Severity.ERROR,
        "ไฟล์นี้เป็นแบบรายงานของ{round} แต่อีเมลนี้ตอบเรื่องของ{asked} จึงยังไม่ได้บันทึกในรอบใด กรุณากรอกแบบของ{asked} หากตั้งใจแก้ไขรายงานของ{round} กรุณาตอบกลับอีเมลของรอบนั้น",
    ),
    Code.FORM_TAKEN_BACK: (
        Severity.ERROR,
        "{where}เขียนว่า “{value}” จึงยังไม่ได้บันทึกแบบรายงานนี้ หากเป็นรายงานที่ใช้ได้แล้วกรุณานำคำดังกล่าวออกแล้วส่งใหม่",
    ),
    Code.DATE_DOUBTFUL: (
        Severity.WARNING,
        "วันที่ของข้อมูล {day} ไม่น่าจะเป็นของหนังสือแจ้งครั้งนี้ (ลงวันที่ {dated}) จึงยังไม่ได้บันทึกวันที่ กรุณาตรวจสอบวันที่ และหากเป็นแบบรายงานของครั้งก่อนกรุณาส่งแบบของครั้งนี้",
    ),
    Code.DATES_DISAGREE: (
        Severity.WARNING,
        "วันที่ของข้อมูลในแต่ละแผ่นงานไม่ตรงกัน ระบบใช้ {used} ไม่ได้ใช้ {day} หากไม่ใช่กรุณาแจ้งกลับ",
    ),
    Code.WORDS_NOT_READ: (
        Severity.WARNING,
        "{where}เขียนว่า “{value}” ระบบบันทึกเฉพาะที่กรอกในตารางและไม่ได้อ่านข้อความนี้ หากต้องการแก้ไขกรุณาแก้ในแบบแล้วส่งใหม่",
    ),
    Code.KEY_HIDDEN: (
        Severity.WARNING,
        "พบข้อความที่อาจเป็นรหัส Token Key หรือเลขประจำตัวประชาชนใน{where} ระบบปกปิดไว้และไม่บันทึก กรุณาอย่าส่งข้อมูลดังกล่าวทางอีเมล และหากเป็นรหัสที่ใช้อยู่ควรขอเปลี่ยน",
    ),
    Code.WORDS_CONTRADICT: (
        Severity.ERROR,
        "ในอีเมลเขียนว่า “{value}” จึงยังไม่ได้บันทึกข้อมูลของ{organisation} กรุณาส่งแบบรายงานที่ถูกต้องมาใหม่",
    ),
    Code.NIL_REPLY: (
        Severity.INFO,
        "บันทึกตามข้อความ “{value}” ว่า{reporter} ไม่มีข้อมูลทุกช่อง ทั้ง {count} แห่ง หากไม่ใช่กรุณาส่งแบบรายงานที่กรอกแล้ว",
    ),
}


def finding(code: Code, place: Place, value: str = "", *, about: tuple[str, str] = ("", ""), **fields: str) -> Finding:
    """One finding of ``code``, its sentence filled with ``value`` and ``fields``.

    ``about`` is (code of the organisation, key of the question). Raises KeyError when a field of the sentence is not given.
    """
    severity, sentence = CATALOGUE[code]
    message = sentence.format_map({"value": value, **fields})
    return Finding(code, severity, place, value, message, *about)


def further(like: Finding, place: Place, count: int) -> Finding:
    """That there are ``count`` more findings like one in the place."""
    said = f"และยังมีรายการทำนองเดียวกันนี้อีก {count} รายการในแผ่นงานนี้ กรุณาตรวจสอบทั้งแผ่นงาน"
    return Finding(like.code, like.severity, place, "", said)


def shown(text: str) -> str:
    """A value as findings may show it: no secrets, one line, at most 80 characters."""
    flat = " ".join(mask_secrets(text).split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"
