"""What reporters withdraw, what is asked beside another wish, and words that answer a letter of ours: on real books."""

import pytest

from bot.service.current_bureau import current
from tests.field.office_of_paper import DEN_CHAI, DEPARTMENT, FAILED, SONG, STAFF, Office, mail, said, to

STRANGER = "thief@freemail.example"
WITHDRAWN = "ส่งผิดค่ะ ขอยกเลิกรายงานที่ส่งไป"
MORE_TIME = "ขอขยายเวลาถึงวันที่ 3 ธันวาคม 2567"


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    yield made
    made.close()


def asked(office, text, sender=STAFF, subject="เรียนระบบ", **how):
    office.letters()
    outcome = office.take(mail(sender, text, subject=subject, **how))
    return outcome, office.letters()


def answered(office, letter, text, sender=STAFF, **heads):
    office.letters()
    outcome = office.take(mail(sender, text, answers=letter["Message-ID"], subject=f"Re: {letter['Subject']}", **heads))
    return outcome, office.letters()


def reported(office, mark="✓"):
    """The receipt of a form of Den Chai."""
    office.letters()
    assert office.take(mail(DEN_CHAI, "ขอส่ง", form=office.filled(mark=mark))) == "accepted"
    return to(DEN_CHAI, office.letters())[0]


def deadline_of(office, key):
    circular = current(office.house, office.now).bureau.circulars["w5827"]
    return circular.seen_by(key).deadlines.reporters


@pytest.mark.parametrize("word", ["ยืนยันค่ะ", "อำเภอเด่นชัย ขอยืนยันการยกเลิกรายงานดังกล่าว"])
def test_what_a_reporter_withdraws_is_said_back_and_counts_no_more_on_his_word_alone(office, word):
    receipt = reported(office)
    before = office.answers_of("den-chai")
    outcome, letters = answered(office, receipt, WITHDRAWN, DEN_CHAI)
    assert outcome == "said-back"
    (back,) = to(DEN_CHAI, letters)
    assert "ระบบยังไม่ได้ดำเนินการ" in said(back)
    assert "อบต.ไทรย้อย" in said(back)
    refused = (
        answered(office, back, "ยืนยัน", DEN_CHAI, **FAILED),
        answered(office, back, "ยืนยัน", STRANGER),
        answered(office, back, "ยืนยัน", SONG),
        answered(office, back, "ยืนยัน", STAFF),
        answered(office, back, "ยืนยัน แต่ขอดูก่อน", DEN_CHAI),
        answered(office, back, "ยังไม่ขอยืนยันการยกเลิก", DEN_CHAI),
        answered(office, back, "ขอยืนยันการยกเลิกถ้าปลัดเห็นด้วย", DEN_CHAI),
        answered(office, back, "ยืนยัน", DEN_CHAI, Auto_Submitted="auto-replied"),
        asked(office, "ยืนยัน", DEN_CHAI),
    )
    assert "withdrawn" not in [outcome for outcome, _ in refused]
    assert office.answers_of("den-chai") == before

    outcome, letters = answered(office, back, word, DEN_CHAI)
    assert outcome == "withdrawn"
    assert office.answers_of("den-chai") == []
    (notice,) = to(STAFF, letters)
    assert "ขอยกเลิกข้อมูลที่ส่ง" in notice["Subject"]
    assert answered(office, back, "ยืนยัน", DEN_CHAI)[0] == "not-confirmed"
    number = next(word for word in notice["Subject"].split() if word.isdecimal())
    _, (told,) = answered(office, notice, "ไม่รับค่ะ ข้อมูลเขาส่งมาเองจริง ๆ")  # the data, or the objection?
    assert "ไม่แน่ใจ" in said(told)
    assert office.answers_of("den-chai") == []
    assert answered(office, notice, f"รับ {number}")[0] == "dispute-overruled"
    assert office.answers_of("den-chai") == before


def test_of_two_reports_the_one_before_counts_again(office):
    reported(office)
    reported(office, "X")
    newest = office.answers_of("den-chai")
    _, letters = asked(office, WITHDRAWN, DEN_CHAI)
    answered(office, to(DEN_CHAI, letters)[0], "ยืนยัน", DEN_CHAI)
    assert set(newest) == {False}
    assert set(office.answers_of("den-chai")) == {True}


def test_a_withdrawal_that_is_dropped_or_not_his_changes_nothing(office):
    reported(office)
    before = office.answers_of("den-chai")
    _, letters = asked(office, WITHDRAWN, DEN_CHAI)
    assert answered(office, to(DEN_CHAI, letters)[0], "ไม่เอาแล้วค่ะ ใช้ของเดิม", DEN_CHAI)[0] == "wish-dropped"
    assert answered(office, to(DEN_CHAI, letters)[0], "ยืนยัน", DEN_CHAI)[0] == "not-confirmed"
    assert asked(office, WITHDRAWN, SONG)[0] == "words"  # who has reported nothing
    assert asked(office, WITHDRAWN, DEN_CHAI, **FAILED)[0] != "said-back"
    assert office.answers_of("den-chai") == before


@pytest.mark.parametrize(
    "word", ["ค่ะ", "โอเคจ้า", "ยกเลิกได้เลยค่ะ เดี๋ยวส่งใหม่", "ไม่ใช่ครับ ของอีกแห่ง", "รับทราบ", "แล้วต้องส่งไฟล์อีกไหมคะ"]
)
def test_other_words_than_the_two_are_told_them_and_nothing_is_done(office, word):
    receipt = reported(office)
    before = office.answers_of("den-chai")
    _, letters = answered(office, receipt, WITHDRAWN, DEN_CHAI)
    outcome, told = answered(office, to(DEN_CHAI, letters)[0], word, DEN_CHAI)
    assert outcome == "not-confirmed"
    assert "ยืนยัน หรือ ยกเลิก" in said(to(DEN_CHAI, told)[0])
    assert office.answers_of("den-chai") == before


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("ตามนั้นเลยครับ", "withdrawn"),
        ("ถูกต้องค่ะ", "withdrawn"),
        ("ยืนยันค่ะ ถอนได้เลย จะส่งฉบับใหม่", "withdrawn"),
        ("ไม่ต้องแล้วค่ะ ดูผิดเอง", "wish-dropped"),
        ("ยืนยันค่ะ ปลัดลงนามให้แล้ว", "withdrawn"),
        ("ยืนยันค่ะ ปลัดยังไม่ลงนาม", "not-confirmed"),
    ],
)
def test_what_is_clearly_yes_or_no_needs_no_other_word(office, word, outcome):
    receipt = reported(office)
    _, letters = answered(office, receipt, WITHDRAWN, DEN_CHAI)
    assert answered(office, to(DEN_CHAI, letters)[0], word, DEN_CHAI)[0] == outcome


def test_of_two_wishes_in_a_line_the_form_comes_and_staff_read_of_the_other(office):
    outcome, letters = asked(office, "ขอแบบฟอร์มใหม่ด้วยครับ แล้วขอเลื่อนส่งเป็น 3 ธ.ค. 67 ได้ไหม", DEN_CHAI)
    letters += office.later(minutes=5)
    assert outcome == "form-sent"
    (form,) = [one for one in to(DEN_CHAI, letters) if list(one.iter_attachments())]
    assert "ส่งให้เจ้าหน้าที่อ่านแล้ว" in said(form)
    assert any("ขอเลื่อนส่งเป็น 3 ธ.ค. 67" in said(one) for one in to(STAFF, letters))


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        *(("อนุมัติ", "granted"), ("ให้ตามที่ขอค่ะ", "granted"), ("เห็นควรขยายเวลาให้อำเภอเด่นชัยตามที่เสนอ", "granted")),
        *(("ไม่อนุมัติ เพราะกรมเร่ง", "denied"), ("ขยายให้ไม่ได้ค่ะ", "denied"), ("ปฏิเสธครับ", "denied")),
        *(
            ("เห็นควรขยายเวลาให้อำเภอสองตามที่เสนอ", "not-granted"),
            ("โอเคจ้า", "not-understood"),
            ("ให้ 3", "not-understood"),
        ),
        *(("สงสารเขา แต่คงให้ไม่ได้ กรมเร่ง", "not-understood"), ("อนุญาตค่ะ คุยกับอำเภอสองแล้ว", "not-understood")),
        *(("อนุมัติ แต่ขอดูก่อน", "not-understood"), ("จะให้ดีไหม", "not-understood"), ("ให้ ถ้าส่งครบ", "not-understood")),
    ],
)
def test_more_time_is_granted_or_denied_by_words_that_say_so_alone(office, word, outcome):
    _, letters = asked(office, MORE_TIME, DEN_CHAI)
    before = deadline_of(office, "den-chai")
    found, _ = answered(office, to(STAFF, letters)[0], word)
    assert found == outcome
    assert (deadline_of(office, "den-chai") != before) == (outcome == "granted")
    assert deadline_of(office, "song") == before


def test_a_day_in_the_grant_is_the_day_that_is_granted(office):
    _, letters = asked(office, MORE_TIME, DEN_CHAI)
    assert answered(office, to(STAFF, letters)[0], "ให้ได้ถึงวันจันทร์ที่ 2 ธ.ค. เท่านั้น")[0] == "granted"
    assert deadline_of(office, "den-chai").day == 2


def test_the_form_goes_again_to_those_alone_who_still_owe_it(office):
    reported(office)
    outcome, letters = asked(office, "ส่งแบบฟอร์มให้ทุกแห่งที่ยังไม่ส่งอีกครั้ง")
    assert outcome == "form-sent"
    assert to(SONG, letters)
    assert not [one for one in to(DEN_CHAI, letters) if one["X-Ruam-Kind"] == "request"]


@pytest.mark.parametrize("wish", ["งดเตือนอำเภอเด่นชัยถึงวันจันทร์", "ปิดรับรายงานพรุ่งนี้", "เตือนอำเภอเด่นชัยวันจันทร์หน้า"])
def test_a_limit_that_cannot_be_kept_is_asked_after_and_nothing_is_done(office, wish):
    outcome, letters = asked(office, wish)
    assert outcome == "wish-lacks"
    assert not to(DEN_CHAI, letters)


def test_two_wishes_that_are_done_at_once_are_both_done(office):
    outcome, letters = asked(office, "ขอสถานะ ว 5827 แล้วก็ส่งแบบฟอร์มให้อำเภอเด่นชัยอีกทีด้วยค่ะ")
    assert outcome == "told-status"
    assert [one for one in to(DEN_CHAI, letters) if one["X-Ruam-Kind"] == "request"]
    told = [one["Subject"] for one in to(STAFF, letters)]
    assert any("ครบแล้ว" in subject for subject in told)
    assert any("ส่งแบบรายงานอีกครั้ง" in subject for subject in told)


@pytest.mark.parametrize(
    "wish",
    [
        "ขอสถานะ ว 5827 แล้วเลื่อนอำเภอเด่นชัยถึง 3 ธ.ค. 67 ด้วย",
        "ส่งแบบฟอร์มให้อำเภอเด่นชัยอีกที แล้วขอยกเว้น อบต.ไทรย้อย เพราะยุบแล้ว",
        "เตือนอำเภอเด่นชัยตอนนี้ และขอให้เขาโทรหาผมด้วย",
        "เตือนอำเภอเด่นชัยตอนนี้ และเตือนอำเภอน้ำปาดด้วย",
    ],
)
def test_of_two_wishes_one_of_which_changes_something_or_is_not_understood_none_is_done(office, wish):
    outcome, letters = asked(office, wish)
    assert outcome in {"not-plain", "wish-lacks"}
    assert not to(DEN_CHAI, letters)
    assert len(to(STAFF, letters)) == 1


def test_a_denial_in_answer_to_a_question_goes_on_to_who_asked(office):
    _, letters = asked(office, "นักเรียนที่ย้ายเข้าใหม่ต้องนับด้วยไหมคะ โรงเรียนยังไม่ส่งยอด", DEN_CHAI)
    letters += office.later(minutes=5)
    question = next(one for one in to(STAFF, letters) if "โรงเรียนยังไม่ส่งยอด" in said(one))
    outcome, letters = answered(office, question, "เลื่อนไม่ได้แล้วค่ะ ต้องภายในวันที่ 29 พ.ย.")
    assert outcome == "relayed"
    assert "เลื่อนไม่ได้แล้วค่ะ" in said(to(DEN_CHAI, letters)[0])


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("ต้องกรอกด้วยค่ะ ขอให้ดูคู่มือหน้า 3 ก่อน", "relayed"),
        ("ไม่ต้องส่งครับ", "relayed"),
        ("ขอสถานะหน่อยค่ะ", "told-status"),  # asks the desk
        ("อืม พี่ก็ไม่แน่ใจ ขอโทรถามกรมก่อน อย่าเพิ่งบอกอะไรเขา", "no-answer-yet"),
        ("เดี๋ยวดูให้ค่ะ", "no-answer-yet"),
        ("รอหารือท่านก่อนครับ", "no-answer-yet"),
    ],
)
def test_what_is_no_answer_yet_does_not_go_on_to_who_asked(office, text, outcome):
    _, letters = asked(office, "มาตรา 16 หมายถึงคำสั่งฉบับไหนคะ", DEN_CHAI)
    letters += office.later(minutes=5)
    question = next(one for one in to(STAFF, letters) if "คำสั่งฉบับไหน" in said(one))
    done, letters = answered(office, question, text)
    assert done == outcome
    assert bool(to(DEN_CHAI, letters)) is (outcome == "relayed")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("ส่งไฟล์ให้กรมแล้วค่ะ", "task-done"),
        ("เรียบร้อยแล้วค่ะ ส่งไฟล์แก้ให้กรมทางไลน์เมื่อเช้า", "task-done"),
        ("ดำเนินการตามที่กรมขอครบแล้ว", "task-done"),
        ("เรียบร้อยค่ะ ส่งกลับกรมทางอีเมลตอน 9 โมง คุณอ้อที่กรมตอบรับแล้ว", "task-done"),
        ("เรียบร้อยค่ะ แต่ยังขาดของอำเภอลอง", "not-understood"),
        ("อัปโหลดไฟล์ที่กรมขอเสร็จเมื่อกี้ ถือว่าจบเรื่องนี้ได้ค่ะ ขอบคุณที่เตือนนะคะ", "task-done"),
        ("ตอบทางไลน์กลุ่มไปแล้วตอนแปดโมง เรื่องนี้ถือว่าจบ ไม่ต้องตามแล้วค่ะ", "task-done"),
        ("ส่งไปแล้วครึ่งหนึ่ง เรื่องนี้ยังไม่จบนะ", "not-understood"),
        ("ส่งไปแล้วสามรอบ เรื่องนี้จะจบเมื่อไร", "not-understood"),
        ("จะส่งให้บ่ายนี้", "not-understood"),
        ("ส่งแล้วแต่ยังไม่ครบ", "not-understood"),
        ("ส่งไฟล์ให้แล้ว\nเหลือหนังสือนำ", "not-understood"),
        ("ส่งแล้วหรือยังคะ", "told-status"),
    ],
)
def test_what_the_department_asked_is_done_where_words_say_so_through_and_through(office, text, outcome):
    office.letters()
    office.take(mail(DEPARTMENT, "ขอให้ส่งไฟล์ Excel ฉบับแก้ไขภายในวันนี้", subject="[w5827] ขอไฟล์"))
    letters = office.letters() + office.later(minutes=5)
    assert answered(office, to(STAFF, letters)[0], text)[0] == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("รับคำทักท้วงค่ะ น้องฝึกงานส่งผิดแฟ้ม", "dispute-upheld"),
        ("คุยแล้ว รับตามที่อำเภอเด่นชัยแจ้ง", "dispute-upheld"),
        ("ไม่รับคำค้านครับ เขาส่งมาเอง", "dispute-overruled"),
        ("ไม่รับครับ เขาส่งมาเอง", "dispute-unclear"),  # the data, or the objection
        ("รับคำค้านไว้ก่อน เดี๋ยวถามเขา", "not-understood"),
        ("ถ้ารับคำค้าน ต้องลบหมดไหม", "not-understood"),
    ],
)
def test_an_objection_is_taken_or_not_where_it_is_named(office, text, outcome):
    _, letters = answered(office, reported(office), "ไม่ใช่ของเรา", DEN_CHAI)
    assert answered(office, to(STAFF, letters + office.later(minutes=5))[0], text)[0] == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("ผมยังไม่ได้ส่งอะไรสักฉบับ ข้อมูลนี่ใครส่ง ไม่ใช่ของอำเภอผม ช่วยตรวจสอบด่วน", "disputed"),
        ("ถ้าไม่ใช่ของเราต้องทำอย่างไรคะ", "words"),
        ("ไม่ใช่ของเราเฉพาะ อบต.ไทรย้อย", "words"),
    ],
)
def test_that_data_are_not_theirs_is_heard_within_a_story_and_only_outright(office, text, outcome):
    assert answered(office, reported(office), text, DEN_CHAI)[0] == outcome


def test_a_question_beside_the_wish_for_a_form_is_read_by_staff(office):
    text = "ของ อบต.ไทรย้อย ครูบอกว่าราคาขึ้น ต้องคิดราคาเก่าหรือใหม่คะ แล้วขอไฟล์แบบอีกทีด้วยค่ะ"
    outcome, letters = asked(office, text, DEN_CHAI)
    letters += office.later(minutes=5)
    assert outcome in {"form-sent", "words"}
    assert any("ราคาเก่าหรือใหม่" in said(one) for one in to(STAFF, letters))


def test_staff_hear_before_they_grant_that_time_for_one_organisation_would_be_given_to_all(office):
    for text, some in ((MORE_TIME, False), ("ขอขยายเวลาเฉพาะ อบต.ไทรย้อย ถึงวันที่ 3 ธันวาคม 2567", True)):
        outcome, letters = asked(office, text, DEN_CHAI)
        assert outcome == "put-to-staff"
        assert ("ขยายเวลาของทุกแห่งในอำเภอเด่นชัย" in said(to(STAFF, letters)[0])) is some
