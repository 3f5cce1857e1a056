"""What stands beside a form in one mail is never decided in silence."""

import pytest

from parsers.answers.missing_and_contradicting import MOST
from parsers.doubts.spoken_of import only_spoken_of
from parsers.findings import Code
from parsers.form.form import Form
from parsers.read import read_file, read_message
from parsers.reading import Catalogue, FileRequest, Organisation, Reporter
from tests.forms.drawing import DENCHAI, ONE_ROW, mail, marks, rows, separated, table
from tests.forms.judging import corpus_bureau

BUREAU = corpus_bureau()
CATALOGUE = BUREAU.catalogue()
FORM = ("แบบ.csv", separated(table(rows(DENCHAI))), "text/csv")
SHORT = {organisation.code: organisation.short_name for organisation in BUREAU.roster.organisations}


def recorded(reading):
    return {SHORT[answer.organisation] for answer in reading.standing()}


def codes(reading):
    return [found.code for found in reading.findings]


def test_a_row_that_the_mail_calls_wrong_is_not_recorded():
    reading = read_message(mail("ขอแก้ไข ทต.แม่จั๊วะ เป็น ยังไม่ได้ดำเนินการ", [FORM]), CATALOGUE)
    assert recorded(reading) == set(DENCHAI) - {"ทต.แม่จั๊วะ"}
    assert codes(reading) == [Code.WORDS_CONTRADICT]


def test_words_that_deny_a_row_in_which_all_is_done_keep_it_from_being_recorded():
    everything = ("แบบ.csv", separated(table(rows(dict.fromkeys(DENCHAI, "YYYY")))), "text/csv")
    reading = read_message(mail("ทต.เด่นชัย ยังไม่มีประกาศ", [everything]), CATALOGUE)
    assert "ทต.เด่นชัย" not in recorded(reading)
    reading = read_message(mail("อบต.ไทรย้อย ยังไม่ได้ลงข้อมูลในระบบ", [FORM]), CATALOGUE)
    assert recorded(reading) == set(DENCHAI)  # the form says so too
    assert codes(reading) == [Code.WORDS_NOT_READ]


def test_words_that_deny_only_what_stands_as_done_in_a_row_contradict_it():
    """Of a row in which something else is not done."""
    form = ("แบบ.csv", separated(table(rows(dict.fromkeys(DENCHAI, "NNYY")))), "text/csv")
    reading = read_message(mail("ทต.เด่นชัย มาตรา 16 ยังไม่ได้ลงข้อมูลในระบบ info.go.th", [form]), CATALOGUE)
    kept = {a.question for a in reading.standing() if SHORT[a.organisation] == "ทต.เด่นชัย"}
    assert kept == {"s10_announced", "s10_posted", "s16_ordered"}
    assert codes(reading) == [Code.WORDS_CONTRADICT]


def test_words_that_name_one_question_at_length_keep_only_its_answer_from_being_recorded():
    form = ("แบบ.csv", separated(table(rows(dict.fromkeys(DENCHAI, "YYYY")))), "text/csv")
    line = "ตามไฟล์แนบ แต่ขอแก้ไข ทต.เด่นชัย มาตรา 16 ยังไม่ได้ลงข้อมูลในระบบ info.go.th"
    reading = read_message(mail(line, [form]), CATALOGUE)
    kept = {a.question for a in reading.standing() if SHORT[a.organisation] == "ทต.เด่นชัย"}
    assert kept == {"s10_announced", "s10_posted", "s16_ordered"}
    assert [(each.code, each.question) for each in reading.findings] == [(Code.WORDS_CONTRADICT, "s16_posted")]
    assert "ช่อง" in reading.findings[0].message
    more = line.replace("ยังไม่ได้ลง", "ยังไม่ได้จัดทำคำสั่งและลง")
    reading = read_message(mail(more, [form]), CATALOGUE)
    assert recorded(reading) == set(DENCHAI) - {"ทต.เด่นชัย"}


def test_words_without_a_form_bring_no_finding_of_their_own():
    reading = read_message(mail("ขอแก้ไข ทต.แม่จั๊วะ เป็น X"), CATALOGUE)
    assert codes(reading) == [Code.FORM_NOT_FOUND]


def test_a_quoted_table_below_an_attached_form_contradicts_nothing():
    old = "\n".join(
        f"> {line}" for line in separated(table(rows(dict.fromkeys(DENCHAI, "NNNN"))), "|").decode().split()
    )
    reading = read_message(mail(f"ส่งตามไฟล์แนบ\n\n{old}\n", [FORM]), CATALOGUE)
    assert codes(reading) == []
    assert recorded(reading) == set(DENCHAI)


def test_a_circular_that_somebody_names_goes_before_the_code_in_the_file():
    page = table(rows(DENCHAI))
    page.rows.append(["รหัสแบบ: w4829:den-chai"])
    data = separated(page)
    assert read_file("a.csv", data, FileRequest(CATALOGUE, "w5827", "den-chai")).answers
    found = read_file("a.csv", data, FileRequest(CATALOGUE, None, "den-chai"))
    assert not found.answers
    assert Code.FORM_OTHER in codes(found)


def test_thousands_of_unknown_names_are_told_as_some_and_how_many_more():
    names = [[n, f"เทศบาลตำบลแห่งที่{n}ไกล", *marks("YYYY")] for n in range(1, 2_001)]
    reading = read_file("a.csv", separated(table(names, head=(ONE_ROW,))), FileRequest(CATALOGUE))
    unknown = [found for found in reading.findings if found.code is Code.ORGANISATION_UNKNOWN]
    assert len(unknown) == MOST + 1
    assert "1900" in unknown[-1].message


def test_what_bars_an_answer_is_never_left_out_for_its_number():
    blank = dict.fromkeys(SHORT.values(), "----")
    reading = read_file("a.csv", separated(table(rows(blank, naming=str))), FileRequest(CATALOGUE))
    assert codes(reading).count(Code.ANSWER_MISSING) == 4 * len(SHORT)


def test_words_that_something_is_done_contradict_a_row_that_says_no():
    form = ("แบบ.csv", separated(table(rows(dict.fromkeys(DENCHAI, "YNYY")))), "text/csv")
    done = "หลังจากจัดทำตารางแล้ว ทต.เด่นชัย ได้ลงข้อมูลประกาศตามมาตรา 10 ในระบบ info.go.th เรียบร้อยแล้ว"
    reading = read_message(mail(done, [form]), CATALOGUE)
    kept = {a.question for a in reading.standing() if SHORT[a.organisation] == "ทต.เด่นชัย"}
    assert kept == {"s10_announced", "s16_ordered", "s16_posted"}
    assert [(each.code, each.question) for each in reading.findings] == [(Code.WORDS_CONTRADICT, "s10_posted")]
    for said in (
        "ทต.เด่นชัย ได้จัดทำประกาศตามมาตรา 10 เรียบร้อยแล้ว",  # as the form says
        "ทต.เด่นชัย ได้จัดทำประกาศแล้ว อยู่ระหว่างลงระบบ",
        "หาก ทต.เด่นชัย ลงระบบเรียบร้อยแล้วจะแจ้งให้ทราบ",
    ):
        reading = read_message(mail(said, [form]), CATALOGUE)
        assert (recorded(reading), codes(reading)) == (set(DENCHAI), []), said


def test_of_a_figure_named_by_group_and_label_the_rest_of_the_row_stays():
    form = Form.model_validate(
        {
            "title": "แบบสำรวจประปา",
            "question": [
                {"key": "systems", "kind": "integer", "group": "ระบบประปา", "label": "ทั้งหมด (แห่ง)"},
                {"key": "houses", "kind": "integer", "group": "ครัวเรือน", "label": "ทั้งหมด (ครัวเรือน)"},
                {"key": "served", "kind": "integer", "group": "ครัวเรือน", "label": "มีน้ำประปาใช้ (ครัวเรือน)"},
            ],
        }
    )
    of_one = "ขอแก้ไขจำนวนครัวเรือนทั้งหมดของ ทต.เด่นชัย จาก 2,431 เป็น 2,553"
    assert only_spoken_of(of_one, form, form.by_key) == ["houses"]
    of_two = "ขอแก้ไขจำนวนครัวเรือนทั้งหมดเป็น 9 และครัวเรือนที่มีน้ำประปาใช้เป็น 5"
    assert only_spoken_of(of_two, form, form.by_key) == []


POOLS = Form.model_validate(
    {
        "title": "แบบสำรวจสระว่ายน้ำ",
        "question": [
            {"key": "pools", "kind": "integer", "group": "สระว่ายน้ำ (แห่ง)", "label": "ทั้งหมด"},
            {"key": "open", "kind": "integer", "group": "สระว่ายน้ำ (แห่ง)", "label": "เปิดใช้"},
            {"key": "users", "kind": "integer", "label": "ผู้ใช้บริการ (คน)"},
        ],
    }
)
SROI = Organisation("5540901", "อบต.", "องค์การบริหารส่วนตำบลสรอย", "อบต.สรอย", "วังชิ้น")
WANG_CHIN = Reporter("wang-chin", "อำเภอวังชิ้น", (SROI.code,), ("clerk@phrae.example",))


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("ทั้งนี้ อบต.สรอย แจ้งแก้ไขสระว่ายน้ำ (แห่ง) ช่องทั้งหมด จากเดิม 12 เป็น 21", {"open", "users"}),
        ("ทั้งนี้ อบต.สรอย ขอแก้ไขข้อมูล จาก 1,204 เป็น 1,240", {"pools", "open"}),
        ("ขอแก้ไข อบต.สรอย จาก 77 เป็น 78", set()),  # which nobody finds in the row
        ("ขอแก้ไข อบต.สรอย จาก 12 เป็น 21 และจาก 7 เป็น 8", set()),
    ],
)
def test_a_figure_that_words_say_to_be_wrong_is_the_one_that_is_asked(line, kept):
    head = "ที่,อปท.,สระว่ายน้ำ (แห่ง) ทั้งหมด,สระว่ายน้ำ (แห่ง) เปิดใช้,ผู้ใช้บริการ (คน)"
    form = ("แบบ.csv", f"{head}\n1,อบต.สรอย,12,7,1204\n".encode(), "text/csv")
    catalogue = Catalogue({"pools": POOLS}, (SROI,), (WANG_CHIN,), None)
    reading = read_message(mail(f"ขอส่งแบบรายงานตามไฟล์แนบ {line}", [form]), catalogue, None, "pools", WANG_CHIN.key)
    assert {answer.question for answer in reading.standing()} == kept
    assert codes(reading) == [Code.WORDS_CONTRADICT]
