"""Formats that are known but not opened: what each is called, and what to send instead.

Owns the words for each. Which bytes are of which format is decided where formats are told apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """``what`` completes "this file is …", ``instead`` completes "please …"; both Thai."""

    what: str
    instead: str


_EXCEL = "บันทึกเป็นไฟล์ Excel (.xlsx) แล้วแนบมาแทน"
_AS_WORD = "เปิดด้วย Word แล้วเลือก ไฟล์ > บันทึกเป็น > เอกสาร Word (.docx) จากนั้นแนบไฟล์ .docx ที่ได้มาแทน"
_AS_FILES = "แนบไฟล์ Excel มาโดยตรง หรือบีบอัดใหม่เป็น .zip"
_OPENED = "แตกไฟล์ออกก่อน แล้ว" + _AS_FILES
_COPIED = "คัดลอกตารางไปวางในไฟล์ Excel แล้วแนบไฟล์ .xlsx มาแทน"


def _packed(what: str) -> Named:
    return Named(f"ไฟล์บีบอัดชนิด {what}", _OPENED)


NAMED: Mapping[str, Named] = {
    "numbers": Named(
        "ไฟล์ Numbers ของ Apple",
        "เปิดด้วยโปรแกรม Numbers แล้วเลือก ไฟล์ > ส่งออกไปยัง > Excel จากนั้นแนบไฟล์ .xlsx ที่ได้มาแทน",
    ),
    "pages": Named(
        "ไฟล์ Pages ของ Apple",
        "เปิดด้วยโปรแกรม Pages แล้วเลือก ไฟล์ > ส่งออกไปยัง > Word จากนั้นแนบไฟล์ .docx ที่ได้มาแทน",
    ),
    "keynote": Named("ไฟล์ Keynote ของ Apple", _COPIED),
    "msg": Named(
        "จดหมายที่บันทึกจาก Outlook (.msg)",
        "เปิดจดหมายนั้นใน Outlook แล้วส่งต่อ หรือบันทึกไฟล์แบบรายงานที่อยู่ข้างในออกมาแล้วแนบมาแทน",
    ),
    "rpmsg": Named(
        "จดหมายที่ถูกจำกัดสิทธิ์ (.rpmsg) ซึ่งเปิดได้เฉพาะผู้รับที่ลงชื่อเข้าใช้",
        "ส่งใหม่โดยไม่ตั้งการเข้ารหัสหรือจำกัดสิทธิ์ของจดหมาย",
    ),
    "rights": Named("ไฟล์ที่ถูกจำกัดสิทธิ์การเปิด (IRM)", "ยกเลิกการจำกัดสิทธิ์ บันทึกเป็นไฟล์ Excel (.xlsx) แล้วแนบมาแทน"),
    "tar": _packed(".tar"),
    "bz2": _packed(".bz2"),
    "xz": _packed(".xz"),
    "zst": _packed(".zst"),
    "rar": _packed(".rar"),
    "7z": _packed(".7z"),
    "cab": _packed(".cab"),
    "lzh": _packed(".lzh"),
    "deflate64": Named("ไฟล์บีบอัด (.zip) แบบ Deflate64", _AS_FILES + " แบบปกติ"),
    "zip-method": Named("ไฟล์บีบอัด (.zip) ด้วยวิธีที่ไม่ใช่แบบทั่วไป", _AS_FILES + " แบบปกติ"),
    "doc": Named("ไฟล์ Word รุ่นเก่า (.doc)", _AS_WORD),
    "word-xml": Named("เอกสาร Word ที่บันทึกเป็น XML", _AS_WORD),
    "ppt": Named("ไฟล์ PowerPoint รุ่นเก่า (.ppt)", _COPIED),
    "publisher": Named("ไฟล์ Microsoft Publisher (.pub)", _COPIED),
    "visio": Named("ไฟล์ Microsoft Visio", _COPIED),
    "project": Named("ไฟล์ Microsoft Project (.mpp)", _COPIED),
    "works": Named("ไฟล์ Microsoft Works", _EXCEL),
    "onenote": Named("ไฟล์ OneNote (.one)", _COPIED),
    "access": Named(
        "ฐานข้อมูล Microsoft Access", "ส่งออกตารางเป็นไฟล์ Excel (ข้อมูลภายนอก > ส่งออก > Excel) แล้วแนบไฟล์ .xlsx มาแทน"
    ),
    "hwp": Named("ไฟล์ Hangul (.hwp)", _COPIED),
    "xps": Named("ไฟล์ XPS", "แนบไฟล์ Excel หรือ Word ต้นฉบับมาแทน"),
    "postscript": Named("ไฟล์สำหรับพิมพ์ (PostScript)", "แนบไฟล์ Excel หรือ Word ต้นฉบับมาแทน"),
    "epub": Named("หนังสืออิเล็กทรอนิกส์ (EPUB)", _COPIED),
    "odp": Named("งานนำเสนอ OpenDocument (.odp)", _COPIED),
    "opendocument": Named("ไฟล์ OpenDocument ที่ไม่ใช่ตารางคำนวณหรือเอกสารข้อความ", _COPIED),
    "sxc": Named("ตารางคำนวณของ OpenOffice รุ่นเก่า (.sxc)", _EXCEL),
    "sxw": Named(
        "เอกสารของ OpenOffice รุ่นเก่า",
        "เปิดด้วย LibreOffice แล้วเลือก บันทึกเป็น > Word 2007 (.docx) จากนั้นแนบไฟล์ .docx ที่ได้มาแทน",
    ),
    "program": Named("โปรแกรม ไม่ใช่แบบรายงาน", "แนบไฟล์ Excel (.xlsx) ที่เป็นแบบรายงาน"),
    "media": Named("ไฟล์เสียงหรือวิดีโอ", _COPIED),
}
