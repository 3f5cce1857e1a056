"""What a child is born with: its fork server read a specimen, made of the catalogue alone, before any mail."""

import dataclasses
import json
import pickle

import pytest

from parsers import read
from parsers.child_process import specimen
from parsers.child_process.child import READING
from parsers.child_process.kept_catalogues import OFFICES, Catalogues, Kept, pickled
from parsers.child_process.sandbox import Sandbox
from parsers.files.mail_shown import mail_shown
from parsers.form.naming import Naming, OrganisationType
from parsers.mail.words import typed_line
from parsers.organisations.type_words import words_of
from parsers.reading import FileRequest, MailKind, Outcome
from parsers.tables.wordings import wordings_of
from tests.forms.judging import corpus_bureau


@pytest.fixture(scope="module")
def known():
    return corpus_bureau().catalogue()


def test_the_specimen_is_read_as_a_report_of_every_circular(known):
    """Otherwise reading would make anew for each mail what was to be made once."""
    for slug, form in known.forms.items():
        reading = specimen.read_against(dataclasses.replace(known, forms={slug: form}))
        assert (reading.circular, reading.mail.kind) == (slug, MailKind.REPORT)
        assert reading.outcome in (Outcome.ACCEPTED, Outcome.PARTLY)
        assert reading.answers


def test_a_mail_finds_the_wordings_of_its_form_and_the_words_of_its_roster_made(known, build):
    specimen.read_against(known)
    made = [kept.cache_info().misses for kept in (wordings_of, words_of)]
    raw = build.mail(("แบบรายงาน.xlsx", build.workbook(build.official([("ทต.บ้านปิน", *"✓✓✓✓")])), build.xlsx))
    assert read.read_message(raw, known).answers
    assert [kept.cache_info().misses for kept in (wordings_of, words_of)] == made


def test_a_catalogue_that_comes_again_is_kept_and_another_takes_its_place(known):
    """Whatever a child was born with, it reads against the catalogue of its own task."""
    other = dataclasses.replace(known, forms={"waste2568": known.forms["waste2568"]})
    raw = specimen.mail(known)
    whole, part = (READING.dump_json(read.read_message(raw, each)) for each in (known, other))
    assert whole != part
    with Sandbox() as sandbox:
        for asked, expected in ((known, whole), (known, whole), (known, whole), (other, part), (known, whole)):
            assert READING.dump_json(sandbox.read_message(raw, asked)) == expected
        assert sandbox._server._catalogues.find(known)
        assert (
            READING.dump_json(sandbox.read_message(raw, dataclasses.replace(known))) == whole
        )  # equal, another object


def test_offices_that_take_turns_each_keep_their_catalogue():
    """As many as are kept; of more the one that was used longest ago goes, and nothing else is asked of the server."""
    catalogues, offices = Catalogues(), [f"office {number}" for number in range(OFFICES + 1)]
    assert not any(catalogues.find(each) or catalogues.comes_again(each) for each in offices[:OFFICES])
    assert all(catalogues.comes_again(each) for each in offices[:OFFICES])
    slots = {catalogues.take(each).slot for each in offices[:OFFICES]}
    assert slots == set(range(OFFICES))
    assert all(catalogues.find(each) for each in offices[:OFFICES])
    assert not catalogues.comes_again(offices[-1])
    assert catalogues.comes_again(offices[-1])
    assert catalogues.take(offices[-1]).slot in slots
    assert [bool(catalogues.find(each)) for each in offices] == [False, *[True] * OFFICES]


def test_a_task_names_the_catalogue_that_its_reader_has(known):
    """And carries every other itself."""
    request = FileRequest(known, "w5827")
    assert len(pickled(request, Kept(3, known))) < 500 < len(pickled(request, None)) / 10
    assert pickle.loads(pickled(request, Kept(3, dataclasses.replace(known)))) == request  # equal, but not the same


def test_who_shows_mails_of_a_naming_makes_its_words_once(build):
    """Patterns of how names are written take longer to make than a mail to show: 0.2 seconds in each child."""
    naming = Naming((OrganisationType("รร.", "โรงเรียน"),), frozenset({"บ้านปิน"}))
    specimen.made_of(naming)
    made = [kept.cache_info().misses for kept in (words_of, typed_line._patterns)]
    raw = build.mail(("แบบรายงาน.xlsx", build.workbook(build.official([("ทต.บ้านปิน", *"✓✓✓✓")])), build.xlsx))
    assert json.loads(mail_shown(raw, naming))["sheets"]
    assert [kept.cache_info().misses for kept in (words_of, typed_line._patterns)] == made


def test_a_warmed_sandbox_has_the_naming_before_the_first_mail(build):
    naming = Naming(province="แพร่")
    raw = build.mail(("แบบรายงาน.xlsx", build.workbook(build.official([("ทต.บ้านปิน", *"✓✓✓✓")])), build.xlsx))
    with Sandbox() as sandbox:
        sandbox.warm(naming)
        assert sandbox._server._catalogues.find(naming)
        assert json.loads(sandbox.run(mail_shown, raw, naming))["files"][0]["name"] == "แบบรายงาน.xlsx"
