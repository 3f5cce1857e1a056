"""Comments on the cells of a workbook: what people wrote is kept by its cell, what our own copy had put on is not."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from parsers.files.hide_secrets import guarded
from parsers.formats.excel.xlsx import read
from parsers.formats.office_zip.cell_comments import AUTHOR, BEFORE, WORDS, take_comments
from parsers.secrets.mask import HIDDEN

THREADS = """<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="C7"><text>ยังไม่ได้ลง</text></threadedComment><threadedComment ref="C7"><text>รอรหัส</text></threadedComment>
<threadedComment ref="D7" done="1"><text>ยังไม่ได้ลง</text></threadedComment></ThreadedComments>"""
STAND_IN = """<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>tc={0}</author></authors>
<commentList><comment ref="C7" authorId="0"><text><t>[Threaded comment] ยังไม่ได้ลง</t></text></comment></commentList></comments>"""


def commented(said, author):
    book = openpyxl.Workbook()
    book.active["C7"] = "✓"
    book.active["C7"].comment = Comment(said, author)
    out = io.BytesIO()
    book.save(out)
    return read(out.getvalue()).grids[0]


@pytest.mark.parametrize(
    ("said", "author", "kept"),
    [
        ("ยังไม่ได้ลงจริง", "สมชาย", {(7, 3): "ยังไม่ได้ลงจริง"}),
        ("ช่องนี้ยังไม่ได้กรอก", AUTHOR, {}),
        (f"{next(iter(WORDS.values()))}: ช่องนี้ยังไม่ได้กรอก", "", {}),
        (f"ช่องนี้ยังไม่ได้กรอก{BEFORE}รอลงนาม", AUTHOR, {(7, 3): "รอลงนาม"}),
    ],
)
def test_comments_of_people_are_kept_by_their_cells(said, author, kept):
    assert commented(said, author).comments == kept


def test_a_thread_is_read_once_and_not_when_it_is_closed():
    comments = {}
    for part in (STAND_IN, THREADS):
        take_comments(comments, part.encode())
    assert comments == {(7, 3): "ยังไม่ได้ลง\nรอรหัส"}


@pytest.mark.parametrize("part", ["<comments", '<comments><comment ref="?"><t>ก</t></comment></comments>'])
def test_what_is_damaged_is_left_out(part):
    comments = {}
    take_comments(comments, part.encode())
    assert comments == {}


def test_a_secret_in_a_comment_is_hidden():
    grid = guarded(commented("Token Key: 1101700203450", "สมชาย"))
    assert HIDDEN in grid.comments[7, 3]
