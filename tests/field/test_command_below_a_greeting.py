"""Staff approve below a greeting or above a quote; a condition is never taken for consent and is told so."""

import datetime

import pytest

from bot.office.model.bangkok_time import BANGKOK
from tests.field.office_of_paper import DEPARTMENT, STAFF, Office, mail, said, to

AT = datetime.datetime(2024, 12, 4, 16, 30, tzinfo=BANGKOK)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """The books once the draft is out, which takes long to draw, and the identifier of the draft."""
    folder = tmp_path_factory.mktemp("drafted")
    made = Office(folder)
    made.now = AT
    letter = next(one for one in made.later(minutes=0) if one["X-Ruam-Kind"] == "draft")
    made.close()
    return (folder / "books.db").read_bytes(), letter["Message-ID"]


@pytest.fixture
def office(tmp_path, drafted):
    made = Office(tmp_path, books=drafted[0])
    made.now = AT
    yield made
    made.close()


@pytest.fixture
def draft(drafted):
    return drafted[1]


@pytest.mark.parametrize(
    "text",
    [
        "เรียน ผู้ดูแล\nอนุมัติครับ",
        "เรียน ผู้ดูแลระบบรวม\n\nอนุมัติค่ะ\n\nสมศรี ใจดี\nโทร. 054-534119",
        "สวัสดีครับ\nอนุมัติให้ส่งได้เลยครับ",
        "อนุมัติครับ\n\nเมื่อ วันพุธที่ 4 ธ.ค. 2567 สำนักงาน เขียนว่า:\n> โปรดตรวจ แต่หากต้องแก้ไข",
        "“อนุมัติ”",
        "เรียน ผู้ดูแลระบบ\nตรวจแล้วเรียบร้อยดี ส่งกรมได้เลยค่ะ\n\nสมศรี ใจดี\nโทร. 054-534119",
    ],
)
def test_it_is_an_approval(office, draft, text):
    assert office.take(mail(STAFF, text, answers=draft)) == "approved"


@pytest.mark.parametrize(
    "text",
    [
        "อนุมัติ แต่ขอแก้ ทม.แพร่ ก่อน",
        "อนุมัติ\nแต่ให้แก้ ทม.แพร่ ก่อนส่ง",
        "ไม่อนุมัติ",
        "เรียน ผู้ดูแล\nยังไม่อนุมัติครับ",
        "อนุมัติถ้าครบทุกแห่ง",
        "อนุมัติไหม",
        "ส่งกรมได้เลยค่ะ ถ้าครบทุกแห่ง",
    ],
)
def test_it_is_none_and_that_is_said(office, draft, text):
    office.letters()
    assert office.take(mail(STAFF, text, answers=draft)) in {"not-understood", "not-plain", "wish-lacks"}
    letters = office.letters()
    assert to(DEPARTMENT, letters) == []
    (answer,) = to(STAFF, letters)
    assert "ยังไม่ได้" in answer["Subject"]
    assert "อนุมัติ" in said(answer)
