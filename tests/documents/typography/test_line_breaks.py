"""Where lines may end."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.typography.line_breaks import KEPT, glued, pieces

THAI = st.text(
    alphabet=[chr(code) for code in range(0x0E01, 0x0E5C) if code not in range(0x0E3B, 0x0E3F)] + list(" .,()/-19ab")
)


@given(THAI)
@settings(deadline=None)  # the first call reads the dictionary
def test_the_pieces_together_are_the_text(text):
    together = "".join(pieces(text)).replace(KEPT, " ")
    assert together.split() == text.replace(KEPT, " ").split()


@given(THAI)
@settings(deadline=None)  # the first call reads the dictionary
def test_no_piece_but_a_space_is_blank_and_none_begins_with_a_mark_that_needs_a_letter_before(text):
    found = pieces(text)
    assert all(piece == " " or piece.strip(" ") for piece in found)
    for before, piece in itertools.pairwise(found):
        if before != " ":
            assert piece[0] not in "ะาำๅฯๆ\u0e31\u0e34\u0e48\u0e49"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("ลงวันที่ ๑๒ พฤศจิกายน ๒๕๖๗ นั้น", f"ลงวันที่{KEPT}๑๒{KEPT}พฤศจิกายน{KEPT}๒๕๖๗{KEPT}นั้น"),
        ("ตามมาตรา ๑๖ และ", f"มาตรา{KEPT}๑๖"),
        ("จำนวน ๘๔ แห่ง", f"จำนวน{KEPT}๘๔{KEPT}แห่ง"),
        ("พ.ศ. ๒๕๖๕", f"พ.ศ.{KEPT}๒๕๖๕"),
        ("โทร. ๐ ๕๔๕๓", f"โทร.{KEPT}๐"),
        ("ภายใน ๗ วันทำการ", f"๗{KEPT}วันทำการ"),
        ("ตลอด ๒๔ ชั่วโมง", f"๒๔{KEPT}ชั่วโมง"),
        ("ปี ๒๕๖๘ ท้องถิ่น", "๒๕๖๘ ท้องถิ่น"),
        ("จำนวน ๓ แห่ง และ", f"จำนวน{KEPT}๓{KEPT}แห่ง และ"),
        ("หนังสือที่ มท ๐๘๑๐.๗/ว ๕๘๒๗", f"ที่{KEPT}มท{KEPT}๐๘๑๐.๗/ว{KEPT}๕๘๒๗"),
        ("โทร. ๐ ๕๔๕๓ ๔๑๑๙", f"โทร.{KEPT}๐{KEPT}๕๔๕๓{KEPT}๔๑๑๙"),
        ("แบบ ภ.ด.ส. ๖ แจ้งยอด", f"ภ.ด.ส.{KEPT}๖"),
        ("บ่อบาดาลหมู่ ๒", f"หมู่{KEPT}๒"),
        ("(ข้อมูล ณ วันที่ ๔", f"ณ{KEPT}วันที่{KEPT}๔"),
    ],
)
def test_numbers_stay_with_what_they_count_or_number(text, whole):
    assert whole in glued(text)


def test_borders_that_may_lie_elsewhere_are_no_place_to_end_a_line():
    assert "ดำเนินการตาม" in pieces("ให้ดำเนินการตามพระราชบัญญัติ")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("ให้เห็นได้ชัดเจน", "ชัดเจน"),
        ("เดือนละครั้ง", "เดือนละ"),
        ("คำสั่งฯ ม.๑๖", "ม.๑๖"),
        ("ข่าวอย่างน้อย", "อย่างน้อย"),
        ("ปริมาณ (ตัน/วัน)", "(ตัน/วัน)"),
        ("แผน (พ.ศ. ๒๕๖๖-๒๕๗๐)", "๒๕๖๖-๒๕๗๐)"),
        ("ติดตั้งเครื่องดับเพลิงและทางหนีไฟ", "เครื่องดับเพลิง"),
        ("ชาวบ้านสิบสองหมู่บ้าน", "สิบสองหมู่บ้าน"),
        ("เป็นเงินสองแสนสี่หมื่นบาทถ้วน", "สองแสนสี่หมื่นบาทถ้วน"),
        ("ในวันพฤหัสบดีที่ ๑๘ มกราคม", f"พฤหัสบดีที่{KEPT}๑๘"),
        ("ชั้นมัธยมศึกษาปีที่ ๓", f"มัธยมศึกษาปีที่{KEPT}๓"),
        ("ผู้ร่วมงานสามร้อยกว่าคน", "สามร้อยกว่าคน"),
        ("อายุไม่ต่ำกว่ายี่สิบปี", "ไม่ต่ำกว่า"),
        ("ที่หลวง (น.ส.ล.) หาก", "(น.ส.ล.)"),
        ("ของอบต.ท่ากระดาน", "อบต.ท่า"),
        ("ในเขตอำเภอดอนสะแก", "อำเภอดอนสะแก"),
        ("กองช่างตรวจสอบพบว่า", "พบว่า"),
        ("มอบนายสมพร ใจเที่ยงธรรม", "นายสมพร"),
    ],
)
def test_no_line_ends_within(text, whole):
    assert any(whole in piece for piece in pieces(text))


def test_names_are_kept_whole():
    name = "องค์การบริหารส่วนตำบลห้วยไร่"
    assert name in pieces(f"ขอให้{name}รายงาน", frozenset({name}))
    assert name not in pieces(f"ขอให้{name}รายงาน")
