"""The province's own letter: drafted for staff, numbered or sent back signed, and carried by the request; on real books."""

import io
import re

import pdfplumber
import pytest

from tests.field.office_of_paper import said
from tests.field.small_office import SmallOffice, files_of, kinds, one

NUMBER = "เลขที่ พร 0023.1/ว 4778 ลงวันที่ 19 พ.ย. 2567"
PICTURE = b"\xff\xd8\xff\xe0" + b"page" * 20_000  # as large as a photographed page


@pytest.fixture
def office(tmp_path):
    made = []

    def make(**how):
        made.append(SmallOffice(tmp_path, **how))
        return made[-1]

    yield make
    for each in made:
        each.close()


def words_of(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join(page.extract_text() for page in document.pages).replace("\u00a0", " ")


def scanned(pdf: bytes) -> bytes:
    """A PDF that is not ours any more, as a scanner would give it."""
    return pdf + b"\n%scanned\n"


def test_the_draft_comes_a_working_day_before_and_the_request_carries_the_numbered_letter(office):
    desk = office()
    assert desk.at("2024-11-19 08:29") == []
    draft = one("signing", desk.at("2024-11-19 08:30"))
    assert list(files_of(draft)) == ["w5827-phrae-letter.docx", "w5827-phrae-letter.pdf"]
    assert desk.at("2024-11-19 12:00") == []  # once
    assert desk.reply(draft, f"{NUMBER} ครับ") == "letter-given"
    back = one("notice", desk.letters())
    text = words_of(files_of(back)["w5827-phrae-letter.pdf"])
    assert "พร ๐๐๒๓.๑/ว ๔๗๗๘" in text
    assert re.search("๑๙ พฤศ.*๒๕๖๗", text)
    requests = [each for each in desk.at("2024-11-20 08:30") if each["X-Ruam-Kind"] == "request"]
    assert len(requests) == 2
    for request in requests:
        form, letter, *_ = files_of(request)
        assert (form.endswith(".xlsx"), letter) == (True, "w5827-phrae-letter.pdf")
        assert files_of(request)[letter] == files_of(back)[letter]
        assert "ที่ พร ๐๐๒๓.๑/ว ๔๗๗๘ ลงวันที่ ๑๙ พฤศจิกายน ๒๕๖๗ (ไฟล์ก่อนลงนาม)" in said(request)
        assert f"เปิดไฟล์แนบ {form} ซึ่ง" in said(request)


@pytest.mark.parametrize(("name", "ending"), [("สแกน.pdf", "pdf"), ("IMG_2567.jpg", "jpg")])
def test_the_signed_scan_goes_as_it_came(office, name, ending):
    desk = office()
    draft = one("signing", desk.at("2024-11-19 08:30"))
    scan = scanned(files_of(draft)["w5827-phrae-letter.pdf"]) if ending == "pdf" else PICTURE
    assert desk.reply(draft, "ส่งหนังสือที่ลงนามแล้วครับ", (name, scan)) == "letter-given"
    assert "ยังไม่ทราบเลขที่" in said(one("notice", desk.letters()))
    assert desk.reply(draft, NUMBER) == "letter-given"  # the number later: the scan stays
    told = one("notice", desk.letters())
    assert not files_of(told)
    assert "สำเนาที่ลงนามแล้ว" in said(told)
    request = next(each for each in desk.at("2024-11-20 08:30") if each["X-Ruam-Kind"] == "request")
    assert files_of(request)[f"w5827-phrae-letter-signed.{ending}"] == scan
    assert list(files_of(request))[1].endswith(f"signed.{ending}")
    assert "๔๗๗๘ ลงวันที่ ๑๙ พฤศจิกายน ๒๕๖๗ (สำเนาที่ลงนามแล้ว)" in said(request)


def test_without_number_and_scan_the_request_goes_without_a_letter(office):
    """An unsigned draft is never attached; a number that comes later is taken, and staff hear that it came too late."""
    desk = office()
    draft = one("signing", desk.at("2024-11-19 08:30"))
    request = next(each for each in desk.at("2024-11-20 08:30") if each["X-Ruam-Kind"] == "request")
    assert [name for name in files_of(request) if "letter" in name] == ["w5827-department-letter.pdf"]
    assert "หนังสือจังหวัด" not in said(request)
    assert desk.reply(draft, NUMBER) == "letter-given"
    assert "ไปก่อนแล้ว" in said(one("notice", desk.letters()))


def test_requests_that_wait_go_with_the_letter_and_staff_hear_of_it_meanwhile(office):
    desk = office(letter={"wait": True})
    draft = one("signing", desk.at("2024-11-19 08:30"))
    assert "รอ" in said(draft)
    opening = desk.at("2024-11-20 08:30")
    assert kinds(opening) == ["notice", "digest"]
    assert "ยังรอหนังสือจังหวัด" in opening[0]["Subject"]
    assert "คำขอถึงผู้รายงานยังไม่ได้ส่ง" in said(one("digest", opening))
    assert kinds(desk.at("2024-11-20 15:00")) == []
    assert "คำขอถึงผู้รายงานยังไม่ได้ส่ง" in said(one("digest", desk.at("2024-11-22 09:00")))  # no reminder before a request
    assert desk.reply(opening[0], NUMBER) == "letter-given"
    assert kinds(desk.letters()) == ["notice", "request", "request"]
    assert kinds(desk.at("2024-11-22 15:00")) == []
    assert {each["X-Ruam-Kind"] for each in desk.at("2024-11-27 09:00")} == {"digest", "reminder"}


def test_what_is_no_signed_letter_is_said_and_not_taken(office):
    desk = office(letter={"wait": True})
    draft = one("signing", desk.at("2024-11-19 08:30"))
    own = files_of(draft)["w5827-phrae-letter.pdf"]
    locked = scanned(own) + b"trailer << /Encrypt 9 0 R >>"
    for files, why in {
        (("letter.pdf", own),): "ยังไม่มีลายมือชื่อ",
        (("letter.docx", files_of(draft)["w5827-phrae-letter.docx"]),): "ไม่ใช่ PDF หรือรูปภาพ",
        (("1.pdf", scanned(own)), ("2.pdf", scanned(own) + b"2")): "รวมหนังสือที่ลงนามแล้วเป็นไฟล์เดียว",
        (("locked.pdf", locked),): "ใส่รหัสผ่าน",
        (("large.jpg", b"\xff\xd8\xff\xe0" + bytes(6 << 20)),): "ใหญ่กว่า",
        (): "ตัวอย่างบรรทัดแรก",
    }.items():
        assert desk.reply(draft, "ส่งหนังสือครับ", *files) == "letter-not-given", why
        assert why in said(one("notice", desk.letters()))
    assert desk.reply(draft, "เลขที่ พร 0023.1/ว ลงวันที่ 31 พ.ย. 2567") == "letter-not-given"
    assert "อ่านเลขที่และวันที่ที่ท่านพิมพ์มาไม่ได้" in said(one("notice", desk.letters()))
    assert "request" not in kinds(desk.at("2024-11-20 08:30"))


def test_nobody_but_staff_can_number_the_letter(office):
    desk = office(letter={"wait": True})
    draft = one("signing", desk.at("2024-11-19 08:30"))
    for sender in ("boss@freemail.example", desk.bureau.roster.by_key["pao"].addresses[0]):
        assert desk.reply(draft, NUMBER, ("scan.jpg", PICTURE), sender=sender) != "letter-given"
    assert not desk.house.books.registered("w5827")
    assert "request" not in kinds(desk.at("2024-11-20 08:30"))


def test_a_mail_program_that_drops_the_thread_is_helped_by_the_reference_in_the_subject(office):
    desk = office()
    draft = one("signing", desk.at("2024-11-19 08:30"))
    del draft["Message-ID"]
    draft["Message-ID"] = "<lost@nowhere.example>"
    assert desk.reply(draft, NUMBER) == "letter-given"


def test_a_district_gets_a_paragraph_to_pass_on_with_what_each_organisation_owes(office):
    desk = office()
    requests = {
        str(each["To"]).partition(",")[0]: each
        for each in desk.at("2024-11-20 08:30")
        if each["X-Ruam-Kind"] == "request"
    }
    district, alone = (desk.bureau.roster.by_key[key] for key in ("den-chai", "pao"))
    text = said(requests[district.addresses[0]])
    assert "อำเภอเด่นชัยขอแจ้งเทศบาลตำบลและองค์การบริหารส่วนตำบลในพื้นที่" in text
    line = next(each for each in text.splitlines() if each.startswith("- ") and "จัดทำประกาศแล้ว" in each)
    for code in district.organisations:
        assert desk.bureau.roster.by_code[code].short_name in line
    assert line.count("ลงข้อมูลในระบบ info.go.th") == 2
    assert "ข้อความสำหรับแจ้งต่อ" not in said(requests[alone.addresses[0]])
