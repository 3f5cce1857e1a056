"""What strangers send, as the page shows it: words, tables, and files that are only saved. Nothing of it acts."""

import re
from email.message import EmailMessage

import pytest

from bot.desk.files import LONGEST_NAME, harmless, harmless_name
from bot.office.model.received_mail import Arrival
from tests.field.office_of_paper import OFFICE, SONG

SCRIPT = "<script>alert(1)</script>"
PAGE = SCRIPT.encode()
HTML = f"""<html><head><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">
<style>body{{background:url(https://evil.example/s)}}</style><link rel=stylesheet href="https://evil.example/c"></head>
<body onload="alert(1)" style="background:url(https://evil.example/b)">{SCRIPT}<img src="https://evil.example/p" onerror="alert(1)">
<a href="javascript:alert(1)">คลิก</a><a href="https://evil.example">ดู</a><form action="https://evil.example"><input name="p"><button>ส่ง</button></form>
<iframe src="https://evil.example"></iframe><svg onload="alert(1)"><script>1</script></svg><math><mtext><script>1</script></mtext></math>
<object data="https://evil.example"></object><embed src="https://evil.example"><table><tr><td onclick="alert(1)">ตาราง</td></tr></table>
<div id="main">ชื่อซ้ำ</div></body></html>"""
NAMES = (
    "../../etc/passwd",
    "form.xlsx.exe",
    "a\u202exslx.exe",
    'x" onmouseover="alert(1).html',
    "..",
    ".htaccess",
    "CON.xlsx",
    "หนังสือ.svg",
)


def hostile(name="form.html", content=PAGE, subject=f"{SCRIPT} {{{{ 7*7 }}}}"):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f'"{SCRIPT}" <{SONG}>', OFFICE, subject
    made["Message-ID"] = "<1@evil.example>"
    made.set_content(f"{SCRIPT} {{% raw %}} 49")
    made.add_alternative(HTML, subtype="html")
    made.add_attachment(content, maintype="text", subtype="html", filename=name)
    return made.as_bytes()


def received(office, raw):
    (number,) = office.house.books.receive([Arrival("INBOX", 7, 900, raw, office.now, len(raw))])
    return number


def test_hostile_html_loses_all_that_acts_loads_or_leads_elsewhere():
    clean = harmless(HTML)
    assert "ตาราง" in clean
    assert "ชื่อซ้ำ" in clean
    assert not re.search(r"evil|script|href|src|style|\bon\w+=|<form|<input|<svg|<iframe|\bid=", clean, re.IGNORECASE)


@pytest.mark.parametrize("read", [False, True])
def test_a_hostile_mail_is_words_on_every_page(office, read):
    number = received(office, hostile())
    if read:
        office.take(hostile())
    browser = office.signed_in()
    for path in ("/", "/mails", f"/mails/{number}", "/waiting", "/reporters/song", "/search?q=script"):
        page = browser.get(path)
        assert page.status_code == 200
        assert page.text.count("<script") == 1, path  # our own
        assert "alert(1)</script>" not in page.text
        assert "evil.example" not in page.text


def test_the_frame_of_a_mail_may_do_nothing(office):
    number = received(office, hostile())
    browser = office.signed_in()
    page = browser.get(f"/mails/{number}").text
    assert re.search(rf'<iframe sandbox referrerpolicy="no-referrer" loading="lazy" src="/mails/{number}/html"', page)
    frame = browser.get(f"/mails/{number}/html")
    policy = frame.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert policy.endswith("; sandbox")
    assert "evil" not in frame.text
    assert "<script" not in frame.text


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_only_saved_under_a_name_that_leads_nowhere(office, name):
    number = received(office, hostile(name))
    answer = office.signed_in().get(f"/mails/{number}/files/0")
    assert answer.status_code == 200
    assert answer.content.strip() == SCRIPT.encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    said = answer.headers["content-disposition"]
    plain = re.fullmatch(r"attachment; filename=\"([A-Za-z0-9._-]+)\"; filename\*=UTF-8''([A-Za-z0-9._%-]+)", said)
    assert plain
    assert plain[1].endswith((".xlsx", ".bin", ".txt"))
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", [*NAMES, "x" * 500 + ".xlsx", "", "\x00\r\n", "a/b\\c:d.pdf"])
def test_names_of_files_are_made_harmless(name):
    made = harmless_name(name)
    assert 0 < len(made) <= LONGEST_NAME + 4
    assert not set(made) & set('/\\:*?"<>|\r\n\0\u202e')
    assert not made.startswith(".")


def test_a_file_with_a_key_in_it_is_not_handed_out(office):
    key = b"Token Key: ABCDEFGHIJKLMNO"
    number = received(office, hostile("keys.txt", b"<table><tr><td>" + key + b"</td></tr></table>"))
    browser = office.signed_in()
    assert browser.get(f"/mails/{number}/files/0").status_code == 404
    page = browser.get(f"/mails/{number}").text
    assert "ดาวน์โหลดไม่ได้" in page
    assert "ABCDEFGHIJKLMNO" not in page
