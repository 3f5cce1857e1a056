"""What meets a mail takes time as the mail is long: functions with their loops, on mails and sheets made to be slow."""

import pytest

from bot.config.load import shipped_bureau
from bot.office.rules.commands import order_in
from bot.post.authentication_results import judge
from bot.store.envelope_headers import content_digest, envelope
from parsers.blank_form.read_form import read_form
from parsers.form.naming import LOCAL
from parsers.formats.sniff import sniff
from parsers.formats.text import delimited, typed_table
from parsers.formats.unreadable import Unreadable
from parsers.formats.web import html
from parsers.grid import Cell, CellKind, Grid, Merge
from parsers.mail.message import parse
from parsers.mail.mime import header_fields
from parsers.mail.words import body_without_quotes
from parsers.mail.words.nil_return import says_nil
from parsers.mail.words.prose_corrections import corrections
from parsers.organisations.type_words import words_of
from parsers.secrets import mask
from parsers.tables.find import find_tables
from parsers.thai import charsets, text
from tests.laws.growth import LINEAR, exponent

HEAD = (
    b"From: a@district.example\r\nTo: office@phrae.example\r\nSubject: report\r\nMessage-ID: <1@district.example>\r\n"
)
CIRCULAR = next(iter(shipped_bureau().catalogue().forms.values()))


def field(name, pump, after=b""):
    """A mail with one long header field."""
    return lambda size: HEAD + name + b": " + pump * (size // len(pump)) + after + b"\r\n\r\nhello\r\n"


def again(pump, after=b"\r\n\r\nhello\r\n"):
    """A mail with many of one header field, or many of whatever else stands before its end."""
    return lambda size: HEAD + pump * (size // len(pump)) + after


def parts(pump, declared=b"multipart/mixed; boundary=b"):
    """A mail whose body is one thing again and again."""
    return lambda size: HEAD + b"Content-Type: " + declared + b"\r\n\r\n" + pump * (size // len(pump))


def nested(size):
    """Multiparts within multiparts."""
    made = [b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (at, at) for at in range(size // 60)]
    return HEAD + b"".join(made)


def many_boundaries(size):
    """Each part opens another boundary, none is closed."""
    made = [b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (at, at + 1) for at in range(size // 60)]
    return HEAD + b"Content-Type: multipart/mixed; boundary=b0\r\n\r\n" + b"".join(made)


WORD = b"=?utf-8?B?4LiB?= "
PLAIN, PAGE = b"text/plain; charset=utf-8", b"text/html; charset=utf-8"
MAILS = {
    "fields": again(b"X-A: b\r\n"),
    "received": again(b"Received: from a by b; Mon, 1 Jan 2024 00:00:00 +0000\r\n"),
    "folds": field(b"Subject", b"a\r\n "),
    "words": field(b"Subject", WORD),
    "words of other charsets": field(b"Subject", WORD + b"=?x?Q?=E0?= "),
    "half words": field(b"Subject", b"=?utf-8?B?"),
    "blank identifier": field(b"Message-ID", b"\x0c", b"\r\n x"),
    "identifiers": field(b"References", b"<a@b> "),
    "open identifiers": field(b"References", b"<\x0c"),
    **{
        f"addresses {pump!r}": field(b"From", pump)
        for pump in (
            b"a@b, ",
            b"(",
            b"[",
            b'"',
            b"<",
            b'"a',
            b"a:b;",
            b"@",
            b"\\",
            b"a b ",
            b"a@b ",
            WORD,
            b"(a) ",
            b",",
        )
    },
    **{f"to {pump!r}": field(b"To", pump) for pump in (b"a@b.example, ", b"[a] ", b'"a" ', b"<a@b>")},
    **{
        f"parameters {pump!r}": field(b"Content-Type", b"text/plain; " + pump)
        for pump in (b"a=b; ", b"name*0=a; ", b'"', b'a="b', b";", b'\\"', b"name*0*=utf-8''a; ")
    },
    "dispositions": field(b"Content-Disposition", b"attachment; filename*1=a; "),
    **{f"dates {pump!r}": field(b"Date", pump) for pump in (b"1 ", b"Mon, ", b":", b"Jan ", b"(", b"+0000 ")},
    **{
        f"results {pump!r}": field(b"Authentication-Results", b"mx.example; " + pump)
        for pump in (b"spf=pass smtp.mailfrom=a@b; ", b"(", b"()", b'"', b'\\"', b"=<", b"dkim=pass ", b"; ")
    },
    "many results": again(b"Authentication-Results: mx.example; spf=pass smtp.mailfrom=a@b\r\n"),
    "parts": parts(b"--b\r\n\r\nx\r\n"),
    "files": parts(b"--b\r\nContent-Disposition: attachment; filename=a.xlsx\r\n\r\nx\r\n"),
    "boundaries": parts(b"--b\r\n"),
    "closed boundaries": parts(b"--b--\r\n"),
    "no boundary": parts(b"--a\r\n"),
    "nested": nested,
    "other boundaries": many_boundaries,
    "mails within": parts(b"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b\r\n\r\nx\r\n"),
    "returned": parts(
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b\r\nAction: failed\r\n\r\n"
    ),
    "refused": lambda size: (
        HEAD.replace(b"report", b"Undelivered Mail") + b"\r\n" + b"550 5.1.1 <a@b.example> unknown\r\n" * (size // 33)
    ),
    "blank lines": parts(b"\r\n", PLAIN),
    "short lines": parts(b"a\r\n", PLAIN),
    "one line": parts(b"\xe0\xb8\x81", PLAIN),
    "blanks": parts(b" ", PLAIN),
    "quotes": parts(b"> > > a\r\n", PLAIN),
    "deep quotes": parts(b">", PLAIN),
    "attributions": parts(b"On Mon somebody wrote:\r\n> a\r\n", PLAIN),
    "old mails": parts(b"From: a\r\n", PLAIN),
    "identifiers within": parts(b"Message-ID:\r\n", PLAIN),
    "digits": parts(b"1", PLAIN),
    "dates within": parts("วันที่ 1 มกราคม 2567 ".encode(), PLAIN),
    "names within": parts("อบต.บ้านใหม่ ".encode(), PLAIN),
    "tags": parts(b"<b>", PAGE),
    "open tags": parts(b"<", PAGE),
    "blocks": parts(b"<div>a</div>", PAGE),
    "deep blocks": parts(b"<div>a", PAGE),
    "quoted blocks": parts(b"<blockquote>a</blockquote>b", PAGE),
    "ended mails": parts(b"<div>From: a</div><div>b</div>", PAGE),
    "tables": parts(b"<table><tr><td>a</td></tr></table>", PAGE),
    "deep tables": parts(b"<table><tr><td>a", PAGE),
    "cells": parts(b"<td>a</td>", PAGE.replace(b"charset", b"x=<table>; charset")),
    "styles": parts(b"<style>td{font:1px a}</style><table><td style='font:1px a'>a</td></table>", PAGE),
    "pictures": parts(b"<img src=cid:a>", PAGE),
}
OF_A_MAIL = {
    "parse": parse,
    "envelope": envelope,
    "content_digest": content_digest,
    "judge": lambda raw: judge(raw, "mx.example"),
    "sniff": sniff,
}
PUMPS = (
    " ",
    "\n",
    "\t",
    "(",
    "[",
    "<",
    '"',
    "a",
    "a ",
    "a\n",
    "1",
    "1,",
    "1 ",
    "@",
    "a@",
    "|",
    "a|",
    "a|\n",
    ",",
    "a,b\n",
    "ก",
    "ก ",
    "่",
    "ำ",
    "ๆ",
    "๑",
    "ไม่มี ",
    "อบต.ก ",
)
PUMPS += (
    "นั้น",
    "แก้ไขตามที่",
    "อบต.ก ผิด\n",
    "1 ม.ค. 67 ",
    "> a\n",
    "On a wrote:\n",
    "<td>a",
    "<table><tr><td>a",
    "<div>",
    "<p>",
    ";",
    "\x00",
    "-",
    "_",
    "ค่ะ",
    "1-2345-",
    "aB1",
    "&amp;",
    "\t\n",
)
OF_A_TEXT = {
    "normalise": text.normalise,
    "comparison_key": text.comparison_key,
    "thai_digits": text.thai_digits,
    "decode": lambda given: charsets.decode(given.encode(), None),
    "decode thai": lambda given: charsets.decode(given.encode("cp874", "replace"), "utf-8"),
    "mask_secrets": mask.mask_secrets,
    "words": lambda given: header_fields.words(given.encode()),
    "addresses": lambda given: header_fields.addresses(given.encode()[: header_fields.VALUE_CAP]),
    "identifiers": lambda given: header_fields.identifiers(given.encode()),
    "parameter": lambda given: header_fields.parameter(given.encode()[: header_fields.VALUE_CAP], "name"),
    "moment": lambda given: header_fields.moment(given.encode()[: header_fields.VALUE_CAP]),
    "own_words": body_without_quotes.own_words,
    "from_html": body_without_quotes.from_html,
    "own_html": lambda given: body_without_quotes.own_html("<table>" + given),
    "says_nil": lambda given: says_nil(given[:1400], CIRCULAR) if len(given) < 1500 else says_nil(given, CIRCULAR),
    "corrections": lambda given: corrections(given, given[:1000], words_of(LOCAL)),
    "order_in": order_in,
    "typed": lambda given: _tried(typed_table.read_text, given),
    "page": lambda given: _tried(html.read_text, "<table><tr><td>" + given),
    "delimited": lambda given: _tried(delimited.read, given.encode()),
}
BYTES = {"first": 1024, "most": 65_536, "seen": 0.03}
CHARACTERS = {"first": 512, "most": 32_768, "seen": 0.03}
CELLS = {"first": 1024, "most": 4096, "seen": 0.05, "patience": 30.0}  # 128 cells are more rows than one heading has


def _tried(read, given):
    try:
        read(given)
    except Unreadable:
        return


def sheet(of, words):
    """Cells with a heading and ``words`` over rows, columns or both."""

    def made(size):
        wide, high = {"rows": (4, size // 4), "columns": (size, 1), "both": (8, size // 8)}[of]
        said = [words[at % len(words)] for at in range(wide * high)]
        cells = {
            (2 + at // wide, 1 + at % wide): Cell(2 + at // wide, 1 + at % wide, CellKind.TEXT, word)
            for at, word in enumerate(said)
            if word
        }
        return {**cells, (1, 1): Cell(1, 1, CellKind.TEXT, "ชื่อ อปท.")}, ()

    return made


def merged(size):
    """A sheet of merged pairs of cells."""
    cells = {(at, column): Cell(at, column, CellKind.TEXT, "x") for at in range(1, size // 2) for column in (1, 3)}
    merges = tuple(Merge(at, column, at, column + 1) for at, column in cells)
    return cells, merges


LABEL = CIRCULAR.question[0].label
WORDS = {
    "x": ("x",),
    "names": ("อบต.บ้านใหม่", "x"),
    "near names": tuple(f"อบต.บ้านใหม{at}" for at in range(50)),
    "headings": ("ชื่อ อปท.", LABEL, CIRCULAR.question[-1].label),
    "labels": tuple(f"{LABEL} {at}" for at in range(50)),
    "dates": ("1 ม.ค. 67", "ข้อมูล ณ วันที่ 1 มกราคม 2567"),
    "totals": ("รวม", "1"),
    "figures": ("1", "2,000"),
    "notes": ("หมายเหตุ", "........", "ลงชื่อ"),
}
SHEETS = {
    **{f"{words} in {of}": sheet(of, WORDS[words]) for words in WORDS for of in ("rows", "columns", "both")},
    "merged": merged,
}


@pytest.mark.parametrize("function", OF_A_MAIL)
def test_what_reads_a_mail_is_linear(function):
    worse = {name: exponent(OF_A_MAIL[function], made, **BYTES) for name, made in MAILS.items()}
    assert {name: grows for name, grows in worse.items() if grows > LINEAR} == {}


@pytest.mark.parametrize("function", OF_A_TEXT)
def test_what_reads_a_text_is_linear(function):
    worse = {
        pump: exponent(OF_A_TEXT[function], lambda size, pump=pump: pump * (size // len(pump)), **CHARACTERS)
        for pump in PUMPS
    }
    assert {pump: grows for pump, grows in worse.items() if grows > LINEAR} == {}


@pytest.mark.parametrize("name", SHEETS)
def test_finding_tables_is_linear_in_the_cells(name):
    assert exponent(lambda held: find_tables(Grid("a", *held), CIRCULAR), SHEETS[name], **CELLS) <= LINEAR


@pytest.mark.parametrize("name", SHEETS)
def test_reading_a_blank_form_is_linear_in_the_cells(name):
    names = words_of(LOCAL)
    assert exponent(lambda held: read_form(Grid("a", *held), names), SHEETS[name], **CELLS) <= LINEAR
