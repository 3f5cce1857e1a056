"""Wishes in words, end to end on the embedded servers: said back, confirmed, forged, replayed; answered at once; passed on."""

import re
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LONG, SONG, DEN_CHAI = "long@amphoe.example", "song@amphoe.example", "den-chai@amphoe.example"
DAY = "2024-11-21T"

pytestmark = pytest.mark.timeout(240)


class Desk:
    """The office at work, and people who write to it."""

    def __init__(self, post_office, office, letters) -> None:
        self.post, self.office, self.letters = post_office, office, letters
        self.minute = 600
        self.written = 0

    @property
    def staff(self) -> str:
        return self.office.staff

    def once(self) -> None:
        self.minute += 5
        self.office.ruam("once", "--at", f"{DAY}{self.minute // 60:02d}:{self.minute % 60:02d}")

    def write(
        self, sender: str, text: str, subject: str = "", answering: bytes = b"", to: str = "office@phrae.example"
    ):
        """A mail of a person; what comes of it, as the letters that each address got since."""
        before = {address: len(self.post.inbox_of(address)) for address in self.post.addresses()}
        self.written += 1
        mail = EmailMessage(SMTP)
        mail["From"], mail["To"], mail["Message-ID"] = sender, to, f"<w{self.written}.{sender}>"
        if answering:
            asked = self.letters.parse(answering)
            mail["Subject"], mail["In-Reply-To"] = f"Re: {asked['Subject']}", asked["Message-ID"]
        else:
            mail["Subject"] = subject
        mail.set_content(text)
        self.last = mail.as_bytes()
        self.post.deliver(self.last, sender, to)
        self.once()
        return {
            address: self.post.inbox_of(address)[before.get(address, 0) :]
            for address in self.post.addresses()
            if address != "office@phrae.example" and len(self.post.inbox_of(address)) > before.get(address, 0)
        }

    def text(self, raw: bytes) -> str:
        return self.letters.parse(raw).get_body(("plain",)).get_content()


@pytest.fixture
def desk(post_office, embedded_office, letters):
    embedded_office.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    embedded_office.ruam("once", "--at", "2024-11-20T08:30")
    desk = Desk(post_office, embedded_office, letters)
    desk.once()
    return desk


def test_what_only_tells_is_answered_at_once(desk):
    came = desk.write(desk.staff, "เรียน ผู้ดูแล\nขอทราบสถานะหน่อยครับ", "สอบถาม")
    assert list(came) == [desk.staff]
    assert "อำเภอลอง: ๐/๑๑ แห่ง" in desk.text(came[desk.staff][0])
    came = desk.write(desk.staff, "ใครยังไม่ส่งบ้าง")
    assert "ยังค้าง ๘๔ แห่ง" in desk.text(came[desk.staff][0])
    came = desk.write(desk.staff, "ช่วยด้วย")
    assert "เลื่อนอำเภอลองถึง" in desk.text(came[desk.staff][0])
    came = desk.write(desk.staff, "ส่งแบบฟอร์มให้อำเภอลองอีกครั้ง")
    assert set(came) == {desk.staff, LONG}
    assert desk.letters.kinds(came[LONG]) == ["request"]
    assert desk.letters.enclosure(came[LONG][0])[:2] == b"PK"
    came = desk.write(desk.staff, "เตือนอำเภอสองตอนนี้ครับ")
    assert desk.letters.kinds(came[SONG]) == ["reminder"]


def test_unknown_words_get_the_nearest_and_the_list_each_time(desk):
    for text in ("เลื่อนลำดับวาระการประชุมให้หน่อยสิ ฝนตก", "ฝนตกหนักมาก", "ยังไงดีเนี่ย", "อะไรนะ"):
        came = desk.write(desk.staff, text)
        assert "ใครยังไม่ส่ง" in desk.text(came[desk.staff][0])


def stands(desk) -> str:
    """How the circular stands, without the counts of mails and letters, and how long ago its deadlines were: that grows."""
    said = desk.office.ruam("status", "w5827").stdout.partition("decided:")[0]
    return re.sub(r"\d+ d \d+ h", "", said)


CHANGES = (
    ("เลื่อนกำหนดของอำเภอลองถึงวันที่ ๓ ธันวาคม ๒๕๖๗", LONG, "๓ ธันวาคม ๒๕๖๗"),
    ("ยกเว้น อบต.ไทรย้อย เพราะไม่มีอินเทอร์เน็ต", DEN_CHAI, "ไม่มีอินเทอร์เน็ต"),
    ("แก้ไข อบต.ไทรย้อย ช่อง จัดทำประกาศแล้ว เป็น ✓", DEN_CHAI, "เจ้าหน้าที่แก้ไขข้อมูลของท่าน"),
    ("เพิ่มที่อยู่ second@amphoe.example ให้อำเภอลอง", LONG, "second@amphoe.example"),
    ("ไม่ต้องเตือนอำเภอลองแล้วครับ", None, ""),
    ("วันหยุด 2 ธันวาคม 2567 เพราะมติคณะรัฐมนตรี", None, ""),
    ("ปิด", None, ""),
)


@pytest.mark.parametrize(("said", "told", "what"), CHANGES)
def test_what_changes_something_is_said_back_and_done_on_the_word(desk, said, told, what):
    """Nothing before the word; the forged one, one out of the blue and the replayed one are refused."""
    came = desk.write(desk.staff, f"สวัสดีค่ะ\n{said}\n\nขอบคุณค่ะ\nสมศรี")
    assert list(came) == [desk.staff]
    (back,) = came[desk.staff]
    assert "ระบบยังไม่ได้ดำเนินการ" in desk.text(back)
    before = stands(desk)

    forged = desk.write("thief@freemail.example", "ยืนยัน", answering=back)
    assert told not in forged
    new = desk.write(desk.staff, "ยืนยัน", "ยืนยัน")
    assert "ไม่ทราบว่าหมายถึงเรื่องใด" in desk.text(new[desk.staff][0])
    half = desk.write(desk.staff, "ยืนยัน แต่ขอดูก่อน", answering=back)
    assert "เงื่อนไข" in desk.text(half[desk.staff][0])
    assert stands(desk) == before

    done = desk.write(desk.staff, "ยืนยันค่ะ", answering=back)
    assert "ดำเนินการแล้ว" in desk.text(done[desk.staff][0])
    if told:
        assert what in desk.text(done[told][0])
    replayed = desk.write(desk.staff, "ยืนยัน", answering=back)
    assert "ดำเนินการไปแล้ว" in desk.text(replayed[desk.staff][0])
    assert told not in replayed
    copy = desk.last
    desk.post.deliver(copy, desk.staff, "office@phrae.example")
    count = len(desk.post.inbox_of(told)) if told else 0
    desk.once()
    assert not told or len(desk.post.inbox_of(told)) == count


def test_who_lost_the_thread_is_known_by_the_reference_in_the_subject(desk):
    came = desk.write(desk.staff, "เลื่อนอำเภอลองถึง 3 ธ.ค. 67")
    subject = desk.letters.parse(came[desk.staff][0])["Subject"]
    done = desk.write(desk.staff, "ยืนยัน", f"Re: {subject}")
    assert LONG in done
    guessed = re.sub(r"\([A-Z2-7]{10}\)", "(AAAAAAAAAA)", subject)
    assert LONG not in desk.write(desk.staff, "ยืนยัน", f"Re: {guessed}")


def test_what_changed_meanwhile_is_said_back_anew(desk):
    first = desk.write(desk.staff, "เลื่อนอำเภอลองถึง 3 ธ.ค. 67")[desk.staff][0]
    second = desk.write(desk.staff, "เลื่อนอำเภอลองถึง 4 ธ.ค. 67")[desk.staff][0]
    assert LONG in desk.write(desk.staff, "ยืนยัน", answering=second)
    late = desk.write(desk.staff, "ยืนยัน", answering=first)
    assert LONG not in late
    assert "ระบบยังไม่ได้ดำเนินการ" in desk.text(late[desk.staff][0])


def test_a_reporter_gets_form_and_standing_at_once(desk):
    came = desk.write(LONG, "ขอแบบฟอร์มใหม่ด้วยครับ ไฟล์เดิมเปิดไม่ได้")
    assert list(came) == [LONG]
    assert desk.letters.enclosure(came[LONG][0])[:2] == b"PK"
    came = desk.write(LONG, "ขอทราบสถานะการส่งรายงานของอำเภอครับ")
    assert "ได้รับครบแล้ว ๐ จาก ๑๑ แห่ง" in desk.text(came[LONG][0])


def test_more_time_is_put_to_staff_and_granted_with_one_word(desk):
    came = desk.write(LONG, "ขอขยายเวลาส่งรายงานถึงวันที่ 3 ธันวาคม 2567 เนื่องจากผู้รับผิดชอบลาป่วย")
    assert set(came) == {LONG, desk.staff}
    (question,) = came[desk.staff]
    assert "ลาป่วย" in desk.text(question)
    assert LONG not in desk.write("thief@freemail.example", "ให้", answering=question)
    done = desk.write(desk.staff, "ให้ค่ะ", answering=question)
    assert desk.letters.kinds(done[LONG]) == ["extension"]
    assert LONG not in desk.write(desk.staff, "ให้", answering=question)


def test_more_time_is_denied_with_the_reason(desk):
    question = desk.write(LONG, "ขอขยายเวลาหน่อยค่ะ")[desk.staff][0]
    asked = desk.write(desk.staff, "ให้", answering=question)
    assert "ระบุวัน" in desk.text(asked[desk.staff][0])
    done = desk.write(desk.staff, "ไม่ให้ เพราะเลยกำหนดของกรมแล้ว", answering=question)
    assert "เลยกำหนดของกรมแล้ว" in desk.text(done[LONG][0])


def test_a_new_address_is_added_when_staff_say_so_and_is_written_to_from_then_on(desk):
    question = desk.write(LONG, "แจ้งเปลี่ยนอีเมลเป็น new.long@amphoe.example ค่ะ")[desk.staff][0]
    desk.write(desk.staff, "ให้", answering=question)
    came = desk.write(desk.staff, "เตือนอำเภอลองตอนนี้")
    assert "new.long@amphoe.example" in desk.letters.parse(came[LONG][0])["To"]
    came = desk.write("new.long@amphoe.example", "ขอแบบฟอร์มครับ")
    assert desk.letters.kinds(came.get("new.long@amphoe.example", [])) in (["receipt"], [])


def test_one_cell_of_a_reporter_is_changed_on_his_own_word(desk):
    said = "ทต.ห้วยอ้อ ช่องจัดทำประกาศ แก้เป็น ยังไม่ได้ดำเนินการ"
    (back,) = desk.write(LONG, said)[LONG]
    assert "ระบบยังไม่ได้แก้ไข" in desk.text(back)
    assert LONG not in desk.write("thief@freemail.example", "ยืนยัน", answering=back)
    other = desk.write(SONG, "ยืนยัน", answering=back)
    assert all("ทต.ห้วยอ้อ" not in desk.text(raw) for raw in other.get(LONG, []))
    done = desk.write(LONG, "ยืนยันครับ", answering=back)
    assert "ทต.ห้วยอ้อ" in desk.text(done[LONG][0])
    again = desk.write(LONG, "ยืนยัน", answering=back)
    assert "ไปแล้ว" in desk.text(again[LONG][0])


def test_what_a_reporter_sent_by_mistake_is_taken_out_on_his_word_until_staff_decide(desk, clerk, letters):
    person, request = clerk(LONG), desk.post.inbox_of(LONG)[0]
    raw = person.reply(request, "ส่งรายงาน", person.filled(letters.enclosure(request), "✓"))
    desk.post.deliver(raw, LONG, "office+w5827@phrae.example")
    desk.once()
    receipt = desk.post.inbox_of(LONG)[-1]
    (back,) = desk.write(LONG, "ส่งผิดไฟล์ค่ะ ขอยกเลิกรายงานที่ส่งไป", answering=receipt)[LONG]
    assert "ระบบยังไม่ได้ดำเนินการ" in desk.text(back)
    assert LONG not in desk.write("thief@freemail.example", "ยืนยัน", answering=back)
    assert "ได้รับครบแล้ว ๑๑ จาก ๑๑" in desk.text(desk.write(LONG, "สถานะ", answering=request)[LONG][0])
    done = desk.write(LONG, "ยืนยันค่ะ", answering=back)
    assert "ยกเลิกแล้ว" in desk.text(done[LONG][0])
    assert done[desk.staff]
    assert "ได้รับครบแล้ว ๐ จาก ๑๑" in desk.text(desk.write(LONG, "สถานะ", answering=request)[LONG][0])
    again = desk.write(LONG, "ยืนยัน", answering=back)
    assert "ไปแล้ว" in desk.text(again[LONG][0])


def test_a_question_goes_to_staff_and_their_answer_to_the_asker(desk):
    came = desk.write(LONG, "มาตรา 16 หมายถึงคำสั่งฉบับไหนคะ")
    (question,) = came[desk.staff]
    assert "คำสั่งฉบับไหน" in desk.text(question)
    done = desk.write(desk.staff, "หมายถึงคำสั่งกำหนดระบบสำหรับการปฏิบัติหน้าที่ค่ะ\n\nสมศรี", answering=question)
    (answer,) = done[LONG]
    assert "คำสั่งกำหนดระบบ" in desk.text(answer)
    assert "คำสั่งฉบับไหน" in desk.text(answer)
    parsed = desk.letters.parse(answer)
    assert "office@phrae.example" in parsed["From"]
    assert desk.staff not in parsed.as_string()
    assert "ส่งคำตอบของท่านถึง" in desk.text(done[desk.staff][0])
    assert LONG not in desk.write("thief@freemail.example", "คำตอบปลอม", answering=question)


def test_of_several_questions_staff_name_the_one_that_they_answer(desk):
    desk.write(LONG, "มาตรา 16 หมายถึงคำสั่งฉบับไหนคะ")
    desk.write(SONG, "ต้องแนบสำเนาคำสั่งด้วยหรือเปล่าครับ")
    desk.write(DEN_CHAI, "ใช้แบบเก่าของปีที่แล้วไปเลยดีไหม")
    desk.minute += 65
    before = len(desk.post.inbox_of(desk.staff))
    desk.once()
    joined = desk.post.inbox_of(desk.staff)[before:][0]
    number = re.search(r"หมายเลข ([๐-๙\d]+)[^\n]*song@", desk.text(joined))[1]
    which = desk.write(desk.staff, "ต้องแนบครับ", answering=joined)
    assert "หมายเลข" in desk.text(which[desk.staff][0])
    done = desk.write(desk.staff, f"ตอบ {number} ต้องแนบครับ", answering=joined)
    assert "ต้องแนบครับ" in desk.text(done[SONG][0])
    assert LONG not in done


def test_who_is_spared_is_reminded_no_more_until_staff_say_so(desk):
    back = desk.write(desk.staff, "ไม่ต้องเตือนอำเภอลอง")[desk.staff][0]
    desk.write(desk.staff, "ยืนยัน", answering=back)
    desk.office.ruam("once", "--at", "2024-11-22T09:00")
    assert desk.letters.kinds(desk.post.inbox_of(LONG)) == ["request"]
    assert desk.letters.kinds(desk.post.inbox_of(SONG)) == ["request", "reminder"]


def test_an_address_that_was_added_may_be_removed_and_counts_no_more(desk):
    for said in ("เพิ่มที่อยู่ second@amphoe.example ให้อำเภอลอง", "ลบที่อยู่ second@amphoe.example"):
        back = desk.write(desk.staff, said)[desk.staff][0]
        done = desk.write(desk.staff, "ยืนยัน", answering=back)
        assert "ดำเนินการแล้ว" in desk.text(done[desk.staff][0])
        came = desk.write(desk.staff, "เตือนอำเภอลองตอนนี้")
        assert ("second@amphoe.example" in desk.letters.parse(came[LONG][0])["To"]) is said.startswith("เพิ่ม")
    alone = desk.write(desk.staff, "ลบที่อยู่ long@amphoe.example")
    assert "ที่อยู่เดียว" in desk.text(alone[desk.staff][0])
