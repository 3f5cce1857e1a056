"""What a proposal asks, as the tables that ``[form]`` of a circular's folder holds. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from parsers.blank_form.proposal import NewForm, NewQuestion
from parsers.form.question import LISTED, Kind

TITLE = "แบบรายงาน"
_OTHER = "อื่น"  # how the choice begins behind which people write their own
_PARTS = str.maketrans({":": " ", ";": " "})  # what parts choices in an answer


def form_table(form: NewForm) -> dict[str, Any]:
    """``[form]`` with its questions, rows and remarks, as TOML has them."""
    said: dict[str, Any] = {"title": form.title or TITLE}
    for key in ("organisation_label", "row_label", "total_label", "yes", "no", "note", "report_note"):
        if value := getattr(form, key):
            said[key] = list(value) if isinstance(value, tuple) else value
    if form.free:
        said["rows"] = "free"
    said["question"] = [_question(question, number) for number, question in enumerate(form.questions, 1)]
    if form.rows:
        said["row"] = [{"key": f"r{at}", "label": label} for at, label in enumerate(form.rows, 1)]
    if form.remarks:
        said["remark"] = [{"key": f"remark{at}", "label": label} for at, label in enumerate(form.remarks, 1)]
    return said


def key_of(number: int) -> str:
    """The key of a question in the books."""
    return f"q{number}"


def _question(question: NewQuestion, number: int) -> Mapping[str, Any]:
    return {"key": key_of(number), **dict(_parts(question))}


def _parts(question: NewQuestion) -> Iterator[tuple[str, Any]]:
    kind = question.kind
    choices = tuple(dict.fromkeys(" ".join(each.translate(_PARTS).split()) for each in question.choices))
    other = next((each for each in choices if each.startswith(_OTHER)), "") if kind is not Kind.PROGRESS else ""
    listed = [each for each in choices if each != other]
    if kind in LISTED and not listed:  # a list that nobody gave is words
        kind, other = Kind.TEXT, ""
    yield "kind", kind.value
    if question.group:
        yield "group", question.group
    yield "label", question.label
    if question.unit:
        yield "unit", question.unit
    if kind in LISTED:
        yield "choices", listed
    if kind in LISTED and other:
        yield "other", other
    if question.only:
        yield "only", list(question.only)
    if not question.required:
        yield "required", False
    if question.requires:
        yield "requires", key_of(question.requires)
    if question.sum_of:
        yield "sum_of", [key_of(part) for part in question.sum_of]
