"""What a child is born with: its fork server read a specimen, made of the catalogue alone, before any mail."""

import dataclasses

import pytest

from parsers import read
from parsers.child_process import specimen
from parsers.child_process.child import READING
from parsers.child_process.sandbox import Sandbox
from parsers.organisations.type_words import words_of
from parsers.reading import MailKind, Outcome
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
        assert sandbox._server._kept == known
        assert (
            READING.dump_json(sandbox.read_message(raw, dataclasses.replace(known))) == whole
        )  # equal, another object
