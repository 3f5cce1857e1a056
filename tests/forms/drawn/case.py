"""One drawn case: its file and the reading a careful person would come to."""

from dataclasses import dataclass
from typing import Any

from tests.forms.drawing import DENCHAI


@dataclass(frozen=True)
class Drawn:
    """A case. ``saved_as`` is LibreOffice's filter for a file that it must save; ``data`` is then what it opens."""

    name: str
    data: bytes
    expected: dict[str, Any]
    extension: str = "xlsx"
    saved_as: str = ""
    source: str = "xlsx"


def drawn(name: str, data: bytes, why: str, *findings: str, **more: Any) -> Drawn:
    """A case read for อำเภอเด่นชัย in which all seven answer as drawn, unless ``more`` says otherwise.

    ``more``: ``reporter`` (None: nobody), ``asked`` (circular), ``name_sent``, ``extension``, ``saved_as``, ``source``, and the
    keys of the expected reading. The outcome is accepted without findings of errors, else partly, unless it is said.
    """
    reporter = more.pop("reporter", "เด่นชัย")
    args = {"reporter": reporter} if reporter else {}
    if asked := more.pop("asked", ""):
        args["circular"] = asked
    file = {key: more.pop(key) for key in ("extension", "saved_as", "source") if key in more}
    answers = more.pop("answers", DENCHAI)
    warnings = ("-guessed", "not-yours", "-unnamed", "-mismatch", "date", "hidden-", "sheet-", "-struck", "key-hidden")
    wrong = any(not any(word in found for word in warnings) for found in findings)
    outcome = more.pop("outcome", "rejected" if not answers else "partly" if wrong else "accepted")
    expected: dict[str, Any] = {"why": why, "args": args}
    if sent := more.pop("name_sent", ""):
        expected["name"] = sent
    expected |= {"outcome": outcome, **more, "findings": list(findings), "answers": answers}
    if not findings:
        del expected["findings"]
    return Drawn(name, data, expected, **file)
