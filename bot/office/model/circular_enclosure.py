"""What a circular sends along: files that lie in its folder. Values only; their bytes are put in by ``bot.config.circular_folder``."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, PrivateAttr

from bot.office.model.weblinks import web_address
from parsers.form.question_rules import Part
from parsers.thai.text import ascii_digits

Reader = Literal["reporters", "staff", "department"]  # with the request, with the draft, with the report
WebAddress = Annotated[str, AfterValidator(web_address)]


def _copies(value: str) -> str:
    number, _, unit = value.strip().partition(" ")
    if not ascii_digits(number).isdecimal() or int(ascii_digits(number)) < 1 or not unit.strip():
        raise ValueError(
            f'"{value}" says no number of copies; write a number, a blank and a unit, such as "๑ ฉบับ" or "๑ ชุด"'
        )
    return f"{number} {unit.strip()}"


def _title(value: str) -> str:
    if not value.strip() or "\n" in value:
        raise ValueError("write in one line what the letter shall call it")
    return value.strip()


Title = Annotated[str, AfterValidator(_title)]


class EnclosedFile(Part):
    """One ``[[enclosure]]``: a file that goes with letters of the circular, as สิ่งที่ส่งมาด้วย names it.

    ``address`` is where the file may be had as well; a file too large to send goes by its address alone.
    """

    file: str
    title: Title
    copies: Annotated[str, AfterValidator(_copies)] = "๑ ฉบับ"
    to: tuple[Reader, ...] = Field(default=("reporters",), min_length=1, examples=['["reporters"]'])
    address: WebAddress = ""

    _content: bytes = PrivateAttr(default=b"")

    @property
    def content(self) -> bytes:
        """The file's bytes; none when it goes by its address alone."""
        return self._content

    def filled(self, content: bytes) -> Self:
        """The same with the file's bytes."""
        copy = self.model_copy()
        copy._content = content  # noqa: SLF001 - its own, on a copy of itself
        return copy
