"""Secrets and harmful text from one end to the other: mailbox, books, letters, report, log. Real servers, real processes."""

import email
import email.policy
import io
import json
import re
import sqlite3
import zipfile
from email.message import EmailMessage

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

LONG = "long@amphoe.example"
KEY = "aB3dE5gH7jK9mN1"  # 15 characters, mixed as no word is
XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"

pytestmark = pytest.mark.timeout(180)


def check_digit(twelve):
    total = sum(int(digit) * weight for digit, weight in zip(twelve, range(13, 1, -1), strict=True))
    return twelve + str((11 - total % 11) % 10)


CITIZEN = check_digit("110370000000")


def form_of(post_office):
    letter = email.message_from_bytes(post_office.inbox_of(LONG)[0], policy=email.policy.default)
    book = openpyxl.load_workbook(io.BytesIO(next(part.get_payload(decode=True) for part in letter.iter_attachments())))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_col=3):
        if str(sheet.cell(row[0].row, 2).value or "").startswith(("เทศบาล", "องค์การ")):
            for cell in row:
                if not cell.protection.locked:
                    cell.value = "✓"
    return letter, book


def remark_cell(sheet):
    """The cell beside or under the label of the remarks."""
    label = next(c for row in sheet.iter_rows() for c in row if "ปัญหา" in str(c.value or ""))
    return sheet.cell(label.row, label.column), str(label.value)


def mail_with(book, letter, *, subject="", name="แบบ.xlsx", text="", sender=LONG):
    out = io.BytesIO()
    book.save(out)
    mail = EmailMessage(email.policy.SMTP)
    mail["From"], mail["To"] = sender, "office+w5827@phrae.example"
    mail["Subject"] = f"Re: [w5827] {subject}"
    mail["Message-ID"] = "<1@amphoe.example>"
    mail["In-Reply-To"] = letter["Message-ID"]
    mail.set_content(text or "ส่งรายงาน")
    mail.add_attachment(out.getvalue(), maintype="application", subtype=XLSX, filename=name)
    return mail.as_bytes()


def dump(phrae):
    with sqlite3.connect(phrae.folder / "books.db") as books:
        return books, "\n".join(books.iterdump())


def trace(phrae):
    """What is left of the one mail: bytes, length of its digest, sender."""
    books, _ = dump(phrae)
    kept = books.execute(
        "SELECT count(raw), length(sha256), sender FROM message LEFT JOIN message_bytes USING (id)"
    ).fetchone()
    books.close()
    return kept


def words_of(raw):
    """Everything a mail says: headers, texts, the cells and parts of its workbooks."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    said = [f"{name}: {value}" for name, value in mail.items()]
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            said.append(part.get_content())
        elif (part.get_filename() or "").endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(part.get_payload(decode=True))) as archive:
                said += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join(said)


def all_words(post_office, phrae):
    """What everybody was sent, what the books hold with the letters' bytes decoded, and what the log says."""
    sent = [
        words_of(raw)
        for who in post_office.addresses()
        if not who.startswith("office")
        for raw in post_office.inbox_of(who)
    ]
    books, text = dump(phrae)
    kept = [words_of(raw) for (raw,) in books.execute("SELECT raw FROM letter_bytes")]
    decided = "SELECT raw FROM message JOIN message_bytes USING (id) WHERE state = 'decided'"
    mails = [words_of(raw) for (raw,) in books.execute(decided)]
    books.close()
    return "\n".join([*sent, *kept, *mails, text])


def test_keys_and_citizen_numbers_go_nowhere_and_the_sender_is_warned(post_office, phrae):
    """In a subject, a file's name, a sheet's name, a body, a name, a remark and an answer: found again in none of them."""
    letter, book = form_of(post_office)
    sheet = book.worksheets[0]
    sheet.title = f"แบบ {CITIZEN}"
    label, words = remark_cell(sheet)
    label.value = f"{words} token {KEY} บัตรประชาชน {CITIZEN}"
    rows = [r for r in range(1, sheet.max_row + 1) if str(sheet.cell(r, 2).value or "").startswith("องค์การ")]
    sheet.cell(rows[0], 3).value = f"token {KEY}"
    sheet.cell(rows[1], 2).value = f"อบต.ไม่มี {CITIZEN}"
    raw = mail_with(
        book,
        letter,
        subject=f"รหัส {KEY}",
        name=f"แบบ {CITIZEN}.xlsx",
        text=f"Token Key: {KEY}\nเลขบัตรประชาชน {CITIZEN}\n",
    )
    post_office.deliver(raw, LONG, "office+w5827@phrae.example")
    done = phrae.process("once", "--at", "2024-11-20T10:00")
    later = phrae.process("once", "--at", "2024-12-04T16:30")  # digest and draft
    shown = phrae.ruam("status").stdout + phrae.ruam("mails").stdout
    everything = all_words(post_office, phrae) + done.stderr + later.stderr + done.stdout + shown
    assert KEY not in everything
    assert CITIZEN not in everything
    answer = next(said for said in map(words_of, post_office.inbox_of(LONG)) if "X-Ruam-Kind: correction" in said)
    assert "Token Key หรือเลขประจำตัวประชาชน" in answer
    assert "[ปกปิด]" in answer
    assert trace(phrae) == (0, 64, LONG)


def test_a_secret_outside_the_cells_is_not_carried_on_in_a_marked_copy_or_in_kept_bytes(post_office, phrae):
    """In a comment, a page's foot, a property and a list of choices, beside an answer that would be marked."""
    letter, book = form_of(post_office)
    sheet = book.worksheets[0]
    rows = [r for r in range(1, sheet.max_row + 1) if str(sheet.cell(r, 2).value or "").startswith("องค์การ")]
    sheet.cell(rows[0], 3).value = "ไม่แน่ใจ"
    sheet.cell(rows[0], 2).comment = Comment(f"ผู้กรอก{CITIZEN}", "ก")
    sheet.oddFooter.center.text = f"token={KEY}"
    book.properties.keywords = CITIZEN
    rule = DataValidation(type="list", formula1=f'"{CITIZEN},-"')
    rule.add("Z1")
    sheet.add_data_validation(rule)
    post_office.deliver(mail_with(book, letter), LONG, "office+w5827@phrae.example")
    done = phrae.process("once", "--at", "2024-11-20T10:00")
    everything = all_words(post_office, phrae) + done.stderr + done.stdout
    assert KEY not in everything
    assert CITIZEN not in everything
    answer = next(said for said in map(words_of, post_office.inbox_of(LONG)) if "X-Ruam-Kind: correction" in said)
    assert "Token Key หรือเลขประจำตัวประชาชน" in answer
    assert trace(phrae) == (0, 64, LONG)


def test_a_password_is_nowhere(post_office, phrae):
    """Not in the books, the log or a mail, nor in what is said when a login is refused."""
    letter, book = form_of(post_office)
    post_office.deliver(mail_with(book, letter), LONG, "office@phrae.example")
    done = phrae.process("once", "--at", "2024-11-20T10:00")
    text = phrae.config.read_text(encoding="utf-8")
    phrae.config.write_text(text.replace(post_office.password, "another-secret"), encoding="utf-8")
    refused = phrae.process("once", check=False)
    doctor = phrae.process("doctor", check=False)
    everything = all_words(post_office, phrae)
    for run in (done, refused, doctor):
        everything += run.stdout + run.stderr
    assert refused.returncode == 3
    assert post_office.password not in everything
    assert "another-secret" not in everything
    books, _ = dump(phrae)
    secret = books.execute("SELECT secret FROM office").fetchone()[0]
    books.close()
    assert secret not in done.stdout + done.stderr + refused.stderr + doctor.stdout


def test_html_formulas_paths_and_headers_in_what_people_write_stay_words(post_office, phrae):
    """A remark that is HTML and a formula, a file name that is a path, a subject that smuggles a header."""
    letter, book = form_of(post_office)
    sheet = book.worksheets[0]
    label, words = remark_cell(sheet)
    evil = '=HYPERLINK("http://evil.example","x") <script>alert(1)</script><img src=x onerror=alert(1)>'
    label.value = words
    sheet.cell(label.row, label.column).value = f"{words} {evil}"
    rows = [r for r in range(1, sheet.max_row + 1) if str(sheet.cell(r, 2).value or "").startswith("องค์การ")]
    sheet.cell(rows[0], 3).value = "<b>ไม่แน่ใจ</b>"
    sheet.cell(rows[1], 2).value = '=cmd|"/c calc"!A1 <script>alert(2)</script>'
    sheet.cell(rows[1], 2).data_type = "s"
    raw = mail_with(book, letter, name="../../etc/cron.d/evil.xlsx")
    raw = raw.replace(b"Subject: ", b"Subject: =?utf-8?q?hi=0D=0ABcc:_thief=40evil.example?= ", 1)
    raw = raw.replace(b"From: long@amphoe.example", b'From: "<script>alert(3)</script>" <long@amphoe.example>', 1)
    post_office.deliver(raw, LONG, "office+w5827@phrae.example")
    phrae.ruam("once", "--at", "2024-11-20T10:00")
    phrae.ruam("once", "--at", "2024-12-04T16:30")
    assert "thief@evil.example" not in post_office.addresses()
    for address in post_office.addresses():
        if address.startswith("office"):
            continue
        for one in post_office.inbox_of(address):
            check_letter(email.message_from_bytes(one, policy=email.policy.default))
    assert not list(phrae.folder.rglob("evil*"))
    assert len(post_office.inbox_of(LONG)) >= 2


def check_letter(mail):
    assert mail["Bcc"] is None
    for part in mail.walk():
        if part.get_content_type() == "text/html":
            page = part.get_content()
            assert "<script" not in page
            pictures = re.findall("<img[^>]*", page)
            assert all(picture.startswith('<img src="cid:') for picture in pictures)
        elif (part.get_filename() or "").endswith(".xlsx"):
            assert "/" not in part.get_filename()
            assert ".." not in part.get_filename()
            book = openpyxl.load_workbook(io.BytesIO(part.get_payload(decode=True)))
            for sheet in book.worksheets:
                for cell in (c for row in sheet.iter_rows() for c in row):
                    assert not (cell.data_type == "f" and ("evil" in str(cell.value) or "cmd" in str(cell.value)))
                    assert cell.hyperlink is None or "evil" not in str(cell.hyperlink.target)


def test_the_log_has_one_line_an_action_and_nothing_of_what_mails_say(post_office, phrae):
    letter, book = form_of(post_office)
    post_office.deliver(mail_with(book, letter, text="ข้อความลับเฉพาะของอำเภอ"), LONG, "office@phrae.example")
    done = phrae.process("once", "--at", "2024-11-20T10:00")
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert lines
    assert all(line.startswith("timestamp=") and " action=" in line and " event=" in line for line in lines)
    assert "ข้อความลับ" not in done.stderr
    assert "แบบ.xlsx" not in done.stderr


def test_status_as_json_is_one_object_with_the_health(post_office, phrae):
    found = json.loads(phrae.ruam("status", "--json").stdout)
    assert set(found) == {"health", "circulars"}
    assert found["health"]["letters"]["sent"] == 11
    assert found["health"]["scanned_at"]
    assert found["circulars"][0]["total"] == 84
