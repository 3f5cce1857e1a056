"""Only a plain word of approval on the first line counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.rules.commands import Command, Order, command_in, in_two_lines, order_in
from bot.office.wishes.sayings import of_reporters, of_staff
from bot.office.wishes.wish import Verb


@pytest.mark.parametrize(
    "text",
    [
        "อนุมัติ",
        "อนุมัติครับ",
        "อนุมัติ ค่ะ",
        "  อนุมัติ.\n\nเจ้าหน้าที่",
        "Approve",
        "approved",
        "\n\nเห็นชอบ",
        "อนุมัติให้ส่งได้เลยครับ",
        "“อนุมัติ”",
        '"อนุมัติ"',
        "อนุมัติแล้วครับ",
        "\u200bอนุมัติ\u200b",
        "เรียน ผู้ดูแล\nอนุมัติครับ",
        "เรียน  ผู้ดูแลระบบรวม\n\nสวัสดีครับ\n\nอนุมัติครับ\n\nสมศรี ใจดี\nโทร. 054-534119",
        "Dear team,\n\nApproved.",
        "ครับ\nอนุมัติ",
        "อนุมัติ\nหากมีข้อสงสัยติดต่อ 054-534119",
        "อนุมัติครับ\n\nวิชัย ครับ",
        "อนุมัติค่ะ\n\nขอแสดงความนับถือ\nนางสาวสมศรี ใจดี\nนักส่งเสริมการปกครองท้องถิ่นชำนาญการ\nสถ.จ.แพร่ โทร. 0 5453 4119",
        "อนุมัติ\n(สมศรี ใจดี)\nท้องถิ่นจังหวัดแพร่",
    ],
)
def test_approval_is_understood(text):
    assert command_in(text) is Command.APPROVE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ไม่อนุมัติ",
        "ยังไม่อนุมัติ",
        "รออนุมัติ",
        "ขอแก้ก่อน\nอนุมัติ",
        "not approved",
        "อนุมัติหรือไม่",
        "อนุมัติแต่ขอแก้ไขก่อน",
        "อนุมัติ แต่ขอแก้ ทม.แพร่ ก่อน",
        "อนุมัติ\nแต่ขอแก้ ทม.แพร่",
        "เรียน ผู้ดูแล\nไม่อนุมัติ",
        "อนุมัติ\n\nยกเว้น อบต.ไทรย้อย",
        "อนุมัติ ถ้าแก้ไขแล้ว",
        "อนุมัติ\nหากแก้ตัวเลขแล้ว",
        "อนุมัติ\nรอแก้ไขก่อนส่ง",
        "approved\n\nbut not before Friday",
        "เรียน ผู้ดูแล ไม่เห็นชอบ\nอนุมัติ",
        "อนุมัติ\nยังไม่ต้องส่ง",
        "อนุมัติไม่ได้",
        "ไม่ต้องส่ง\nอนุมัติ",
        "อนุมัติ\nแต่งตั้งแล้ว ตั้งแต่วันที่ 4",
        "อนุมัติครับ\n\nเดี๋ยวๆ ขอดูอีกรอบ อย่าเพิ่งส่ง",
        "อนุมัติครับ\n\nเดี๋ยวโทรหา",
        "อนุมัติ\nปลัดทักท้วงมา",
        "อนุมัติ\nสมศรี ใจดี\n\nตัวเลขเมืองแพร่ดูแปลกๆ",
        "ตัวเลขดูแปลกๆ\nอนุมัติ",
    ],
)
def test_anything_else_is_no_approval(text):
    """A refusal, a question, and consent with a condition, wherever in the mail it is said."""
    assert command_in(text) is None


WORDS = st.sampled_from(
    ("อนุมัติ", "อนุมัติครับ", "เห็นชอบค่ะ", "approved", "รับ", "รับครับ", "รับ 17", "รับเสมอ", "ส่งซ้ำ", "ส่งแล้วค่ะ")
)
ABOVE = st.sampled_from(("", "เรียน ผู้ดูแลระบบ\n\n", "สวัสดีครับ\n"))
BELOW = st.sampled_from(("", "\n\nสมศรี ใจดี", "\nขอบคุณค่ะ", "\n\nขอแสดงความนับถือ\nนายวิชัย พงษ์แก้ว\nโทร. 054-534119"))
# Sentences that ask, tell or take back something; of thanks and consent some are politeness.
SENTENCES = st.sampled_from(
    [
        " ".join(
            {"N": "อำเภอลอง", "D": "12 ธันวาคม 2567", "A": "a@long.example", "W": "ว 5827", "0": "12"}.get(w, w)
            for w in said.split()
        )
        for verb, said in (*of_staff(), *of_reporters())
        if verb not in {Verb.THANKS, Verb.APPROVE, Verb.CONFIRM} and not said.startswith(("สวัสดี", "อนุมัติ"))
    ]
)


@given(ABOVE, WORDS, st.sampled_from(("\n", "\n\n", "\n\n\n")), SENTENCES, BELOW)
def test_a_word_counts_only_where_nothing_else_is_said(above, word, between, sentence, below):
    """Whatever the further sentence says, above or below, in a paragraph of its own or over a signature."""
    assert command_in(f"{above}{word}{below}") is not None
    for text in (f"{above}{word}{between}{sentence}{below}", f"{above}{word}{below}{between}{sentence}"):
        assert command_in(text) is None, text
    assert command_in(f"{above}{sentence}{between}{word}{below}") not in {command_in(word), Command.APPROVE}


@pytest.mark.parametrize(
    ("text", "command", "number", "whose"),
    [
        ("รับ", Command.ACCEPT, None, ""),
        ("รับครับ", Command.ACCEPT, None, ""),
        ("“รับ” ค่ะ", Command.ACCEPT, None, ""),
        ("รับ ๑๗", Command.ACCEPT, 17, ""),
        ("รับ17 ครับ", Command.ACCEPT, 17, ""),
        ("รับเสมอ", Command.ACCEPT_ALWAYS, None, ""),
        ("รับเสมอ อำเภอลองครับ", Command.ACCEPT_ALWAYS, None, "อำเภอลอง"),
        ("รับเสมอ 17 อำเภอลอง", Command.ACCEPT_ALWAYS, 17, "อำเภอลอง"),
        ("ไม่รับค่ะ\nไม่รู้จัก", Command.REFUSE, None, ""),
        ("ไม่รับ 3", Command.REFUSE, 3, ""),
        ("รับ ทราบ", Command.ACCEPT, None, "ทราบ"),
    ],
)
def test_a_word_about_a_held_mail_may_name_it_and_its_reporter(text, command, number, whose):
    assert order_in(text) == Order(command, number, whose)


@pytest.mark.parametrize(
    "text", ["รับทราบ", "รับรอง", "ได้รับแล้ว", "ไม่รับทราบ", "ขอดูก่อน\nรับ", "ยังไม่รับ", "รับเสมอภาค", "รับ17ฉบับ"]
)
def test_other_words_are_no_command(text):
    assert order_in(text) is None or order_in(text).whose


def test_the_number_of_a_mail_is_short():
    assert order_in("รับ " + "9" * 30).number is None


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("รับไว้ได้ค่ะ ครั้งนี้ครั้งเดียวนะคะ เดี๋ยวให้เขาใช้เมลหน่วยงาน", Command.ACCEPT),
        ("รับครับ โทรถามแล้วเป็นเจ้าหน้าที่จริง", Command.ACCEPT),
        ("อนุโลมให้รับรายงานฉบับนี้", Command.ACCEPT),
        ("ไม่รับครับ ไม่รู้จักเมลนี้", Command.REFUSE),
        ("รับเสมอได้เลยครับคนนี้", Command.ACCEPT_ALWAYS),
    ],
)
def test_a_word_about_a_held_mail_may_give_its_reason(text, order):
    found = order_in(text)
    assert found is not None
    assert (found.command, found.bare) == (order, True)


@pytest.mark.parametrize(
    "text",
    ["รับครับ แต่ขอดูก่อน", "รับได้ถ้าเขาโทรมา", "รับไว้ก่อน", "รับทราบค่ะ ขอบคุณ", "รับแล้วครับ", "ไม่รับเสมอ", "รับค่ะ\nอย่าเพิ่งบันทึก"],
)
def test_a_condition_or_another_word_settles_no_held_mail(text):
    assert order_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "อนุมัติ เลขที่ พร ๐๐๒๓.๓/ว ๔๗๘๘ ลงวันที่ ๒๘ พฤศจิกายน ๒๕๖๗",
        "อนุมัติค่ะ หนังสือที่ พร 0023.1/1190 ลว. 4 ธ.ค. 67",
        "อนุมัติเลขที่พร0023.3/21501",
        "เรียน ผู้ดูแลระบบ\nอนุมัติครับ เลขที่ 1234 ลงวันที่ 4 ธันวาคม 2567 ครับ",
    ],
)
def test_an_approval_may_have_its_number_in_the_same_line(text):
    assert command_in(text) is Command.APPROVE
    assert [line for line in in_two_lines(text).splitlines() if line.strip() == "อนุมัติ"]


@pytest.mark.parametrize(
    "text",
    [
        *("อนุมัติ เลขที่ พร 0023.3/21456 แต่แก้ก่อน", "อนุมัติ เลขที่ 12 ลงวันที่ เมื่อครบแล้ว", "ไม่อนุมัติ เลขที่ พร 0023.3/21456"),
        *("อนุมัติ ที่ปรึกษาแล้ว", "อนุมัติ เลขที่ พร 0023.3/21456\nยังไม่ส่งนะคะ", "รออนุมัติ เลขที่ พร 0023.3/21456"),
        *("อนุมัติ เลขที่ พร 0023.3/21456 และส่งสำเนาให้ท่าน", "> อนุมัติ เลขที่ พร 0023.3/21456", "ใครอนุมัติ เลขที่ 1234"),
    ],
)
def test_a_number_beside_anything_else_approves_nothing(text):
    assert command_in(text) is not Command.APPROVE


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("พิจารณาแล้ว เห็นควรให้รับรายงานฉบับนี้", Order(Command.ACCEPT, bare=True)),
        ("โอเค รับเข้าระบบได้เลยจ้า", Order(Command.ACCEPT, bare=True)),
        ("รับไว้ แล้วจำเมลนี้ไว้นะคะว่าเป็นของวังชิ้น", Order(Command.ACCEPT_ALWAYS, whose="วังชิ้น", bare=True)),
        ("รับไว้ค่ะ ต่อไปรับได้เลย", Order(Command.ACCEPT_ALWAYS, bare=True)),
        ("รับไว้ได้ค่ะ ครั้งนี้ครั้งเดียวนะคะ คราวหน้าให้ใช้เมลหน่วยงาน", Order(Command.ACCEPT, bare=True)),
        ("ปฏิเสธครับ ไม่รู้จัก", Order(Command.REFUSE, bare=True)),
        ("รับไว้ค่ะ ต่อไปให้ส่งจากเมลราชการ", None),  # more is asked for than to let it in
        ("รับไว้ค่ะ คราวหน้าถามก่อน", None),
        ("เห็นควรให้รับ ถ้าปลัดเห็นด้วย", None),
        ("ปฏิเสธ แต่รอก่อน", None),
        ("เห็นควรให้รับไหม", None),
    ],
)
def test_a_word_about_a_held_mail_with_more_is_understood_whole_or_not(text, order):
    assert order_in(text) == order


@pytest.mark.parametrize("before", ["ทราบแล้ว\n", "รับทราบครับ\n", "ผ่านค่ะ ", ""])
@pytest.mark.parametrize("number", ["เลขหนังสือ", "ใช้เลขหนังสือ", "หนังสือเลขที่", "เลขที่", "ที่", "ธุรการออกเลขให้แล้ว ที่"])
def test_approval_and_number_however_the_number_is_called(before, number):
    text = in_two_lines(f"{before}อนุมัติค่ะ {number} พร 0023.1/14888 ลงวันที่ 28 พฤศจิกายน 2567")
    assert command_in(text) is Command.APPROVE
    assert text.splitlines()[-1] == "เลขที่ พร 0023.1/14888 ลงวันที่ 28 พฤศจิกายน 2567"
