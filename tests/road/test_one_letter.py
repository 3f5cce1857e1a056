"""Two circulars, one letter: a reply with any of its forms counts for its own circular, whoever of the office sends it on."""

import re
import shutil
from collections import Counter
from io import BytesIO

import openpyxl
import pytest

from tests.road.conftest import ROOT

LONG, SONG, ELSEWHERE = "long@amphoe.example", "song@amphoe.example", "clerk.of.long@mail.example"
W5827 = ROOT / "templates" / "circulars" / "w5827"


@pytest.fixture
def phrae(embedded_office, tmp_path):
    """Two circulars that ask the same form and open on the same morning; the second has a day longer."""
    source = shutil.copytree(W5827, tmp_path / "source" / "w5900")
    file = source / "circular.toml"
    text = file.read_text(encoding="utf-8").replace('slug = "w5827"', 'slug = "w5900"').replace("ว ๕๘๒๗", "ว ๕๙๐๐")
    file.write_text(re.sub(r"(?m)^reporters = \S+", "reporters = 2567-12-02T16:30:00", text), encoding="utf-8")
    embedded_office.keep_only("long", "song")
    embedded_office.add_circular(W5827, {})
    embedded_office.add_circular(source, {})
    return embedded_office


def forms(letters, raw):
    return {
        part.get_filename(): part.get_payload(decode=True)
        for part in letters.parse(raw).iter_attachments()
        if part.get_filename().endswith(".xlsx")
    }


def test_a_reply_to_a_joined_letter_with_any_form_works(post_office, phrae, clerk, letters):
    phrae.ruam("once", "--at", "2024-11-20T08:30")
    [request] = post_office.inbox_of(LONG)
    head = letters.parse(request)
    assert head["X-Ruam-Circular"] == "w5827, w5900"
    sent = forms(letters, request)
    assert list(sent) == ["w5827-long.xlsx", "w5900-long.xlsx"]
    person, other = clerk(LONG), clerk(ELSEWHERE)
    post_office.deliver(
        person.reply(request, "ส่งเรื่องที่สอง", person.filled(sent["w5900-long.xlsx"])), LONG, "office@phrae.example"
    )
    phrae.ruam("once", "--at", "2024-11-21T09:00")
    receipt = letters.parse(post_office.inbox_of(LONG)[-1])
    assert (receipt["X-Ruam-Kind"], receipt["X-Ruam-Circular"]) == ("receipt", "w5900")
    # From an address that nobody knows: the reply proves that it has the letter, for either circular.
    post_office.deliver(
        other.reply(request, "ส่งเรื่องแรก", other.filled(sent["w5827-long.xlsx"])), ELSEWHERE, "office@phrae.example"
    )
    phrae.ruam("once", "--at", "2024-11-21T10:00")
    assert [letters.parse(raw)["X-Ruam-Circular"] for raw in post_office.inbox_of(ELSEWHERE)] == ["w5827"]
    assert "11/20" in phrae.ruam("status", "w5827").stdout
    assert "11/20" in phrae.ruam("status", "w5900").stdout


def test_a_reminder_names_both_and_who_sent_one_hears_of_the_other_alone(post_office, phrae, clerk, letters):
    phrae.ruam("once", "--at", "2024-11-20T08:30")
    [request] = post_office.inbox_of(LONG)
    person = clerk(LONG)
    form = person.filled(forms(letters, request)["w5827-long.xlsx"])
    post_office.deliver(person.reply(request, "ส่ง", form), LONG, "office@phrae.example")
    phrae.ruam("once", "--at", "2024-11-28T09:00")  # a working day before the one deadline, two before the other
    assert Counter(letters.kinds(post_office.inbox_of(SONG))) == {"request": 1, "reminder": 1}
    joined = letters.parse(post_office.inbox_of(SONG)[-1])
    assert joined["X-Ruam-Circular"] == "w5827, w5900"
    page = joined.get_body(("plain",)).get_content()
    assert page.index("ภายใน ๒๙ พฤศจิกายน ๒๕๖๗") < page.index("ภายใน ๒ ธันวาคม ๒๕๖๗")
    mine = [letters.parse(raw) for raw in post_office.inbox_of(LONG)]
    assert [mail["X-Ruam-Circular"] for mail in mine if mail["X-Ruam-Kind"] == "reminder"] == ["w5900"]
    filled = person.filled(forms(letters, post_office.inbox_of(LONG)[-1])["w5900-long.xlsx"])
    assert openpyxl.load_workbook(BytesIO(filled)).worksheets
    phrae.ruam("once", "--at", "2024-11-28T20:00")
    phrae.ruam("once", "--at", "2024-11-30T10:00")
    assert len(post_office.inbox_of(SONG)) == 2
