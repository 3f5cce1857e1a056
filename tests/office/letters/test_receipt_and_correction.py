"""What the answer to a reporter's mail lists, marks and leaves out."""

import dataclasses

import pytest

from bot.office.letters.enclosures import BlankForm, MarkedCopy
from bot.office.letters.letter import LetterKind
from bot.office.letters.marked_copies import marked_copies
from bot.office.letters.receipt_and_correction import Received, answer_letter, answered_lines, copy_of
from bot.office.model.recorded_answer import Recorded
from parsers.findings import Code, Finding, Place, Severity
from parsers.reading import FileReading, Outcome, RemarkText

MB = 1 << 20


def wrong(code, cell="C4", *, organisation="", severity=Severity.ERROR, file="f.xlsx", question=""):
    return Finding(code, severity, Place(file, "s", cell), "x", f"บอก {cell}", organisation, question)


@pytest.fixture
def letter_for(bureau, circular, papers):
    """The answer to a mail of อำเภอลอง with these findings."""

    def made(*findings, outcome=Outcome.PARTLY, codes=(), **more):
        reading = papers.reading_from("long@district.phrae.example", *codes, reporter="long", findings=findings)
        reading = dataclasses.replace(reading, outcome=outcome, **more)
        received = Received("key", papers.moment("2024-11-21 10:00"), reading, (reading.mail.sender,))
        return answer_letter(bureau, circular, received, ())

    return made


@pytest.mark.parametrize("count", [1, 7, 8, 9, 12])
@pytest.mark.parametrize("view", ["warnings", "errors"])
def test_findings_of_one_kind_are_listed_up_to_eight_and_of_more_three_and_their_number(
    count, view, letter_for, bureau
):
    severity = Severity.ERROR if view == "errors" else Severity.WARNING
    whose = bureau.roster.organisations[0].code
    same = [wrong(Code.ANSWER_UNREADABLE, f"C{n}", organisation=whose, severity=severity) for n in range(count)]
    other = wrong(Code.ANSWER_GUESSED, "D1", organisation=whose, severity=severity)
    said = letter_for(*same, other).view[view]
    listed = [found for _, group in said for found in group] if view == "errors" else said
    assert listed[-1] == other
    if count <= 8:
        assert listed[:-1] == same
    else:
        assert listed[:3] == same[:3]
        assert f"อีก {count - 3} รายการ" in listed[3].message
        assert len(listed) == 5


@pytest.mark.parametrize("organisations", [19, 20, 21, 24])
def test_a_letter_lists_sixty_errors_and_of_more_how_many_organisations_have_them(organisations, letter_for, bureau):
    """Three errors each; what concerns the file is always listed and counts for nothing."""
    codes = [organisation.code for organisation in bureau.roster.organisations[:organisations]]
    kinds = (Code.ANSWER_UNREADABLE, Code.ANSWER_INCONSISTENT, Code.NOT_CALCULATED)
    errors = [wrong(kind, organisation=code) for code in codes for kind in kinds]
    of_file = [wrong(Code.COLUMN_MISSING, f"A{n}") for n in range(12)]
    groups = letter_for(*errors, *of_file).view["errors"]
    assert dict(groups)["ไฟล์"] == of_file
    named = [(name, found) for name, found in groups if name in {o.short_name for o in bureau.roster.organisations}]
    assert [name for name, _ in named] == [o.short_name for o in bureau.roster.organisations[: min(organisations, 20)]]
    assert all(len(found) == 3 for _, found in named)
    more = organisations - 20
    if more > 0:
        name, [whole] = groups[-1]
        assert name == f"หน่วยงานอีก {more} แห่ง"
        assert f"อีก {3 * more} รายการ" in whole.message


@pytest.mark.parametrize("blank", [3, 4])
def test_a_row_is_wholly_blank_when_every_question_asked_is(blank, letter_for, bureau, circular):
    whose = bureau.roster.organisations[0]
    keys = [question.key for question in circular.form.asked][:blank]
    blanks = [
        wrong(Code.ANSWER_MISSING, f"{column}7", organisation=whose.code, question=key)
        for column, key in zip("CDEF", keys, strict=False)
    ]
    other = wrong(Code.ANSWER_GUESSED, "B7", organisation=whose.code)
    ((name, found),) = letter_for(*blanks, other).view["errors"]
    assert name == whose.short_name
    assert found[-1] == other
    if blank < 4:
        assert found[:-1] == blanks
    else:
        [whole, _] = found
        assert (whole.place.cell, whole.question) == ("C7:F7", "")


def of_file(name, size=1, format="xlsx"):  # noqa: A002 - the field's name
    return FileReading(name, format, size, Outcome.PARTLY)


@pytest.mark.parametrize(
    ("files", "marked"),
    [
        *(([of_file("a", 5 * MB)], ["a"]), ([of_file("a", 5 * MB + 1)], []), ([of_file("a", 0)], ["a"])),
        *(
            ([of_file("a", 3 * MB), of_file("b", 2 * MB)], ["a", "b"]),
            ([of_file("a", 3 * MB), of_file("b", 2 * MB + 1), of_file("c", 2 * MB)], ["a", "c"]),
        ),
        *(
            (
                [
                    of_file("a", format="xlsm"),
                    of_file("b", format="ods"),
                    of_file("c", format="xls"),
                    of_file("d", format="pdf"),
                ],
                ["a"],
            ),
        ),
    ],
)
def test_workbooks_are_marked_up_to_five_megabytes_together(files, marked, bureau, circular, papers):
    whose = bureau.roster.by_key["long"].organisations[0]
    found = tuple(wrong(Code.ANSWER_UNREADABLE, file=file.name, organisation=whose) for file in files)
    reading = dataclasses.replace(
        papers.reading_from("x@y.example", reporter="long"), files=tuple(files), findings=found
    )
    copies = marked_copies(bureau, circular, reading)
    assert [copy.file for copy in copies] == marked
    names = ["w5827-long-marked.xlsx", "w5827-long-marked-2.xlsx"]
    assert [copy.name for copy in copies] == names[: len(marked)]
    for copy in copies:
        assert copy.findings == tuple(each for each in found if each.place.file == copy.file)
        assert copy.organisations == {whose: bureau.roster.by_code[whose].short_name}


@pytest.mark.parametrize(
    ("found", "marks"),
    [
        *((wrong(Code.ANSWER_UNREADABLE), True), (wrong(Code.ANSWER_GUESSED, severity=Severity.WARNING), True)),
        *((wrong(Code.ANSWER_GUESSED, severity=Severity.INFO), False), (wrong(Code.COLUMN_MISSING, ""), False)),
        *((wrong(Code.ANSWER_UNREADABLE, file="other.xlsx"), False), (wrong(Code.KEY_HIDDEN), False)),
    ],
)
def test_a_copy_goes_back_when_a_cell_wants_a_look_and_holds_no_secret(found, marks, bureau, circular, papers):
    reading = papers.reading_from("x@y.example", files=(of_file("f.xlsx"),), findings=(found,))
    assert bool(marked_copies(bureau, circular, reading)) is marks
    secret = dataclasses.replace(reading, findings=(found, wrong(Code.KEY_HIDDEN, "Z9")))
    assert marked_copies(bureau, circular, secret) == ()


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("error", [True, False])
def test_a_clean_report_gets_a_receipt_and_any_other_a_correction_with_the_form(outcome, error, letter_for, bureau):
    codes = bureau.roster.by_key["long"].organisations
    found = (wrong(Code.ANSWER_UNREADABLE, severity=Severity.ERROR if error else Severity.WARNING),)
    letter = letter_for(*found, outcome=outcome, codes=codes, files=(of_file("f.xlsx"),))
    clean = outcome is Outcome.ACCEPTED and not error
    assert letter.kind is (LetterKind.RECEIPT if clean else LetterKind.CORRECTION)
    assert [type(each) for each in letter.enclosures] == [*([] if clean else [BlankForm]), MarkedCopy]
    headline = {Outcome.ACCEPTED: "ครบถ้วน" if clean else "มีข้อสังเกต", Outcome.REJECTED: "ยังบันทึกรายงานไม่ได้"}.get(
        outcome, "บางส่วน"
    )
    assert headline in letter.subject
    assert ("errors" in letter.view, letter.view.get("rejected")) == (
        not clean,
        None if clean else outcome is Outcome.REJECTED,
    )


@pytest.mark.parametrize(
    ("formats", "word"),
    [
        (["docx"], True),
        (["odt"], True),
        (["rtf"], True),
        (["doc"], True),
        (["docx", "pdf"], True),
        (["docx", "xlsx"], False),
        (["pdf"], False),
        ([], False),
    ]
    + [(["docx", other], False) for other in ("xlsm", "xls", "ods", "xlsb", "csv")],
)
def test_who_works_in_word_gets_the_form_in_word(formats, word, letter_for):
    files = tuple(of_file(f"f.{kind}", format=kind) for kind in formats)
    (form, *_) = letter_for(wrong(Code.ANSWER_UNREADABLE), files=files).enclosures
    assert (form.reporter, form.word) == ("long", word)


def test_the_copy_for_whom_somebody_else_reported_is_the_same_without_his_files(letter_for):
    letter = letter_for(wrong(Code.ANSWER_UNREADABLE), files=(of_file("f.xlsx"),))
    copy = copy_of(letter, ("boss@x.example",))
    assert copy.to == ("boss@x.example",)
    assert copy.view == {**letter.view, "elsewhere": True}
    assert copy.enclosures == letter.enclosures[:1]
    assert (copy.in_reply_to, copy.references) == ("", ())
    assert letter.subject in copy.subject
    assert copy.key != letter.key


def test_answers_are_told_in_the_rosters_order_and_the_forms(bureau, circular, papers):
    codes = bureau.roster.by_key["long"].organisations
    reading = papers.reading_from("x@y.example", *reversed(codes))
    answers = [answer for answer in reading.answers if answer.question != "s10_posted"]
    told = answered_lines(bureau, circular, reversed(answers))
    assert [name for name, _ in told] == [bureau.roster.by_code[code].short_name for code in codes]
    for _, lines in told:
        assert len(lines) == len(circular.form.question)
        assert len({value for _, value in lines}) == 2  # one was not answered


def test_a_known_reporter_is_addressed_as_his_roster_says_and_a_stranger_as_who_sent_it(letter_for, bureau):
    assert letter_for(known=True).view["salutation"] == bureau.roster.contact_for("long").salutation
    assert letter_for(known=False).view["salutation"] == "เจ้าหน้าที่ผู้ส่งรายงาน"


def test_remarks_stand_under_their_own_labels(letter_for, circular):
    first, *others = circular.form.remark
    letter = letter_for(remarks=(RemarkText(first.key, "ไม่มีสัญญาณ", Place("f.xlsx", "s", "A20")),))
    assert letter.view["remarks"] == [(first.label, "ไม่มีสัญญาณ")]
    assert first.label not in [other.label for other in others]


def test_the_copy_of_record_names_the_circular_and_the_mail(bureau, circular, papers):
    codes = bureau.roster.by_key["long"].organisations
    reading = papers.reading_from("long@district.phrae.example", *codes, reporter="long")
    held = [
        Recorded(
            a.organisation,
            a.question,
            a.value,
            7,
            "x@y.example",
            papers.moment("2024-11-21 10:00"),
            "",
            a.place,
            "long",
        )
        for a in reading.answers
    ]
    received = Received("key", papers.moment("2024-11-21 10:00"), reading, (reading.mail.sender,), message=7)
    copy = answer_letter(bureau, circular, received, held).view["copy"]
    assert copy.number == "w5827-7"
