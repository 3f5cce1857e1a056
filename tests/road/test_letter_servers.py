"""The letter to the districts and a report that waits, on real Dovecot and real Postfix: signed, carried, numbered, sent once."""

import datetime
import email.policy
from pathlib import Path

import pytest

from tests.setup.moved_clock import office_now

ROOT = Path(__file__).parent.parent.parent
OFFICE, DEPARTMENT = "office@phrae.example", "dla0810@dla.example"
PEOPLE = ("den-chai@amphoe.example", "pao@phrae.example")
SCAN = b"%PDF-1.7\n% as the scanner of the registry gave it\n" + bytes(range(256)) * 400 + b"\n%%EOF\n"
NUMBER = "ที่ พร ๐๐๒๓.๑/๑๒๓๔ ลงวันที่ ๒ ธันวาคม ๒๕๖๗"

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]


@pytest.fixture
def phrae(real_mail, real_office):
    """Two reporters; requests wait for the letter, the report for its number."""
    for address in (*PEOPLE, "saraban_02540101@thesaban.example"):
        real_mail.add_user(address)
    for address in (*PEOPLE, OFFICE, "somsri@phrae.example", DEPARTMENT):
        real_mail.empty(address)
    real_office.keep_only("den-chai", "pao")
    now, day = office_now(), datetime.timedelta(days=1)
    moments = {
        "opens": now - day / 24,
        "reporters": now + 9 * day,
        "cutoff": now + 12 * day,
        "department": now + 14 * day,
    }
    real_office.add_circular(ROOT / "templates" / "circulars" / "w5827", moments)
    file = real_office.folder / "circulars" / "w5827" / "circular.toml"
    text = file.read_text(encoding="utf-8").replace("wait = false", "wait = true")
    file.write_text(text.replace("[department]\n", "[department]\nwait_for_number = true\n", 1), encoding="utf-8")
    return real_office


def test_the_signed_letter_goes_with_the_request_and_the_report_once_it_has_its_number(
    real_mail, phrae, running, clerk, letters
):
    staff = clerk(phrae.staff)

    def to_staff(kind, count):
        """The newest of so many mails of a kind in the staff's mailbox."""
        for all_in in range(1, 30):
            found = [raw for raw in real_mail.wait_for(phrae.staff, all_in, 60) if letters.kinds([raw]) == [kind]]
            if len(found) == count:
                return found[-1]
        raise AssertionError(kind)

    def answer(letter, text, name="", content=b""):
        mail = letters.parse(staff.reply(letter, text))
        if content:
            mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
        real_mail.submit(phrae.staff, OFFICE, mail.as_bytes(policy=email.policy.SMTP))

    with running(phrae):
        draft = to_staff("signing", 1)
        assert [part.get_filename() for part in letters.parse(draft).iter_attachments()] == [
            "w5827-phrae-letter.docx",
            "w5827-phrae-letter.pdf",
        ]
        answer(draft, "เลขที่ พร 0023.1/ว 4778 ลงวันที่ 26 พ.ย. 2567 ครับ", "หนังสือลงนาม.pdf", SCAN)
        requests = {address: real_mail.wait_for(address, 1, 60)[0] for address in PEOPLE}
        for address, request in requests.items():
            form, signed, *_ = letters.parse(request).iter_attachments()
            assert signed.get_filename() == "w5827-phrae-letter-signed.pdf"
            assert signed.get_payload(decode=True) == SCAN
            person = clerk(address)
            filled = person.filled(form.get_payload(decode=True))
            real_mail.submit(address, OFFICE, person.reply(request, "ขอส่งแบบรายงาน", filled))
        answer(to_staff("draft", 1), "อนุมัติครับ")
        waiting = _waiting(real_mail, phrae, letters)
        assert real_mail.mails_of(DEPARTMENT) == []
        for _ in range(2):  # given twice, sent once
            answer(waiting, f"เลข{NUMBER}")
        [report] = real_mail.wait_for(DEPARTMENT, 1, 60)
        real_mail.wait_for(OFFICE, 6, folder=".Ruam.Done")
    assert NUMBER in str(letters.parse(report)["Subject"]).replace("\u00a0", " ")
    assert len(real_mail.mails_of(DEPARTMENT)) == 1


def _waiting(real_mail, phrae, letters):
    """The word to staff that the report waits for its number."""
    for count in range(1, 30):
        for raw in real_mail.wait_for(phrae.staff, count, 60):
            if "รอเลขที่" in str(letters.parse(raw)["Subject"]):
                return raw
    raise AssertionError("no word of a report that waits")
