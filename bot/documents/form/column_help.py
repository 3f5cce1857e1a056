"""What a form says of a column's rules: beside its cells while they are filled in, and in lines below the table."""

from collections.abc import Iterator, Sequence

from bot.documents.report.columns_and_headings import marks_of
from parsers.form.form import Form
from parsers.form.question import Kind, Question, heading
from parsers.form.question_rules import Condition
from parsers.thai.dates import thai_short_date
from parsers.values.units import asked_words

HELP_TITLE = "วิธีกรอกแต่ละช่อง"
FILES_TITLE = "ไฟล์ที่ต้องส่งพร้อมแบบนี้"


def help_of(form: Form, question: Question) -> str:
    """The rules of a column in Thai; empty for one that has none."""
    said = [
        f"เฉพาะ {' '.join(question.only)}" if question.only else "",
        _when_asked(form, question.asked_if) if question.asked_if else "",
        *_beside_others(form, question),
        *_days(question),
        f"ตอบได้หลายข้อ คั่นด้วย ; จาก {' / '.join(question.offered)}" if question.kind is Kind.CHOICES else "",
        f"หากตอบ “{question.other}” ให้ระบุต่อท้าย เช่น {question.other}: ..." if question.other else "",
        _units(question) if question.units else "",
        f"เขียนเช่น {question.example}" if question.example else "",
        f"คำนวณเป็นร้อยละของช่อง {_named(form, question.percent_of)}" if question.percent_of else "",
    ]
    return " ".join(filter(None, said))


def help_lines(form: Form) -> list[str]:
    """One line for each column that has rules."""
    return [f"ช่อง “{heading(q)}” {said}" for q in form.column if (said := help_of(form, q))]


def _beside_others(form: Form, question: Question) -> Iterator[str]:
    most, least = ("ไม่หลังวันใน", "ไม่ก่อนวันใน") if question.kind is Kind.DATE else ("ไม่เกิน", "ไม่น้อยกว่า")
    for words, key in ((most, question.at_most), (least, question.at_least)):
        if key:
            yield f"{words}ช่อง “{heading(form.column_of(key))}”"


def _days(question: Question) -> Iterator[str]:
    for words, past, day in (
        ("ไม่ก่อน", "ไม่ใช่วันที่ผ่านไปแล้ว", question.not_before),
        ("ไม่หลัง", "ไม่ใช่วันที่ยังมาไม่ถึง", question.not_after),
    ):
        if day:
            yield past if day == "today" else f"{words}วันที่ {thai_short_date(day)}"


def _units(question: Question) -> str:
    others = " หรือ ".join(word for word, _ in question.units)
    return f"กรอกเป็น{asked_words(question)} หากเป็น {others} ให้เขียนหน่วยต่อท้ายตัวเลข ระบบจะแปลงให้"


def _named(form: Form, keys: Sequence[str]) -> str:
    return " ต่อช่อง ".join(f"“{heading(form.column_of(key))}”" for key in keys)


def _when_asked(form: Form, condition: Condition) -> str:
    needed, marks = form.column_of(condition.question), marks_of(form)
    words = [word if isinstance(word, str) else marks.yes if word else marks.no for word in condition.said]
    return f"กรอกเฉพาะเมื่อช่อง “{heading(needed)}” ตอบว่า {' หรือ '.join(words)}"
