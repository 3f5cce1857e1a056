"""``ruam check`` of a mail: the same object as for a file, with the kind of mail and what was attached."""

import io
import json
import zipfile
from email.message import EmailMessage

import pytest

from bot.cli.check_output import as_json
from bot.config.load import shipped_bureau
from bot.documents.form.excel_form import blank_form
from parsers.read import read_message

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture(scope="module")
def bureau():
    return shipped_bureau()


@pytest.fixture(scope="module")
def check(bureau):
    """The object of a mail with this text and these files."""

    def checked(text="", *files, headers=(), **asked):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "clerk@freemail.example", "เรื่อง"
        for name, value in headers:
            mail[name] = value
        mail.set_content(text)
        for name, data in files:
            mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        found = as_json(bureau, read_message(mail.as_bytes(), bureau.catalogue(), **asked))
        return json.loads(json.dumps(found, ensure_ascii=False))

    return checked


@pytest.fixture(scope="module")
def form(bureau):
    return blank_form(bureau.circulars["w5827"], bureau.roster, "long")


def zipped(*members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "headers", "kind"),
    [
        ("สวัสดีครับ", (), "other"),
        ("อนุมัติครับ", (), "command"),
        ("อนุมัติ", [("Auto-Submitted", "auto-replied")], "auto-reply"),
        ("อนุมัติ", [("List-Id", "<x>")], "list"),
        ("อนุมัติ", [("X-Ruam-Kind", "draft")], "own"),
        ("ดีแล้ว\nอนุมัติ", (), "other"),
    ],
)
def test_the_kind_says_what_a_mail_without_a_form_is(check, text, headers, kind):
    """A command by its first line, unless a machine wrote it."""
    assert check(text, headers=headers)["kind"] == kind


def test_a_mail_with_a_form_is_a_report_whatever_it_says(check, form):
    assert check("อนุมัติ", ("แบบ.xlsx", form))["kind"] == "report"


def test_every_file_is_listed_with_what_became_of_it(check, form):
    """Archives and what is in them."""
    found = check("ส่งครับ", ("งาน.zip", zipped(("แบบ.xlsx", form), ("ภาพ.png", PNG))), ("logo.png", PNG))
    assert found["attachments"] == [
        {"name": "งาน.zip", "format": "zip", "outcome": "rejected"},
        {"name": "งาน.zip › แบบ.xlsx", "format": "xlsx", "outcome": "rejected"},
        {"name": "งาน.zip › ภาพ.png", "format": "image", "outcome": "rejected"},
        {"name": "logo.png", "format": "image", "outcome": "rejected"},
    ]
    assert (found["circular"], found["reporter"]) == ("w5827", "อำเภอลอง")


def test_who_is_meant_goes_before_who_sent_it(check, form):
    found = check("ส่งครับ", ("แบบ.xlsx", form), circular="w5827", reporter="pao")
    assert (found["circular"], found["reporter"]) == ("w5827", "องค์การบริหารส่วนจังหวัดแพร่")


def test_a_mail_without_anything_still_gives_the_whole_object(check):
    found = check("สวัสดี")
    assert set(found) == {
        "circular",
        "reporter",
        "as_of",
        "outcome",
        "answers",
        "remarks",
        "findings",
        "kind",
        "attachments",
    }
    assert (found["attachments"], found["outcome"], found["circular"]) == ([], "rejected", None)
