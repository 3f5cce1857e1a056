"""A circular's enclosures on real Dovecot and real Postfix: what a reporter gets is what lies in the folder, byte for byte."""

import datetime
from pathlib import Path

import pytest

from tests.setup.moved_clock import office_now

ROOT = Path(__file__).parents[2]
REPORTER, OFFICE = "den-chai@amphoe.example", "office@phrae.example"
OTHERS = (
    *(f"{name}@amphoe.example" for name in ("mueang-phrae", "rong-kwang", "long", "sung-men", "song", "wang-chin")),
    *("nong-muang-khai@amphoe.example", "pao@phrae.example", "town@phrae.example", "somsri@phrae.example"),
    *("saraban_02540101@thesaban.example", "saraban_04540102@thesaban.example"),
)
THAI_NAME = "ตัวอย่างประกาศและคำสั่งขององค์กรปกครองส่วนท้องถิ่น.pdf"
ODD = b"%PDF-1.7\r\n.\r\nFrom here\n\x00\xff" + bytes(range(256)) * 400
MORE = f"""
[[enclosure]]
file = "{THAI_NAME}"
title = "ตัวอย่างประกาศฯ และคำสั่งฯ"
copies = "๒ ชุด"
"""

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]


def test_the_request_carries_what_it_names(real_mail, office, letters, clerk):
    """The request arrives whole; a reply that sends all of it back is read for its form alone, and the answer is clean."""
    for address in (REPORTER, OFFICE, *OTHERS):
        real_mail.add_user(address)
    real_mail.empty(REPORTER)
    real_mail.empty(OFFICE)
    folder = office(
        f'host = "127.0.0.1"\nport = {real_mail.imaps_port}\nsecurity = "tls"\nca_file = "{real_mail.certificates.ca}"\n'
        f'user = "office@phrae.example"\npassword = "{real_mail.password}"',
        f'host = "127.0.0.1"\nport = {real_mail.smtp_port}\nsecurity = "starttls"\nca_file = "{real_mail.certificates.ca}"',
    )
    now, day = office_now(), datetime.timedelta(days=1)
    moments = {"opens": -day / 24, "reporters": 9 * day, "cutoff": 12 * day, "department": 14 * day}
    folder.add_circular(
        ROOT / "templates" / "circulars" / "w5827", {name: now + later for name, later in moments.items()}
    )
    shelf = folder.folder / "circulars" / "w5827"
    (shelf / THAI_NAME).write_bytes(ODD)
    with (shelf / "circular.toml").open("a", encoding="utf-8") as file:
        file.write(MORE)
    folder.ruam("once")
    [asked] = real_mail.wait_for(REPORTER, 1, 60)
    assert letters.kinds([asked]) == ["request"]
    parts = list(letters.parse(asked).iter_attachments())
    names = [part.get_filename() for part in parts]
    contents = [part.get_payload(decode=True) for part in parts]
    assert names == ["w5827-den-chai.xlsx", "w5827-department-letter.pdf", THAI_NAME]
    assert contents[1:] == [(shelf / name).read_bytes() for name in names[1:]]
    said = letters.parse(asked).get_body(("plain",)).get_content()
    for number, name, copies in zip("๑๒๓", names, ("๑ ชุด", "๑ ฉบับ", "๒ ชุด"), strict=True):
        assert any(line.startswith(f"{number}. ") and line.endswith(f" จำนวน {copies}") for line in said.splitlines())
        assert f"ไฟล์แนบ {name}" in said
    for address in ("https://bit.ly/4fHYxIQ", "http://opdc.link/MTA2YTY", "https://citly.me/QWctx"):
        assert address in said
    person = clerk(REPORTER)
    reply = letters.parse(person.reply(asked, "ขอส่งแบบรายงาน", person.filled(contents[0])))
    reply.add_attachment(contents[1], "application", "pdf", filename=names[1])
    real_mail.submit(
        REPORTER, letters.parse(asked)["Reply-To"], reply.as_bytes(policy=reply.policy.clone(linesep="\r\n"))
    )
    real_mail.wait_for(OFFICE, 1)
    folder.ruam("once")
    receipt = real_mail.wait_for(REPORTER, 2)[-1]
    assert letters.kinds([receipt]) == ["receipt"]
    told = letters.parse(receipt).get_body(("plain",)).get_content()
    assert "ครบถ้วนแล้ว" in told
    assert names[1] not in told
