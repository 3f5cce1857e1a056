"""What goes with a letter, as it is named in it (สิ่งที่ส่งมาด้วย). Pure."""

from dataclasses import dataclass

from bot.office.letters.letter import BlankForm, Enclosure, ReadyFile
from bot.office.model.circular import Circular
from bot.office.model.circular_enclosure import EnclosedFile, Reader


@dataclass(frozen=True)
class Listed:
    """One thing sent along: what the letter calls it, and the enclosure itself; none when it goes by its address alone."""

    title: str
    copies: str  # after จำนวน: ๑ ฉบับ, ๑ ชุด
    enclosure: Enclosure | None = None
    name: str = ""  # of the file, as the reader finds it among the attachments; empty when it is not known yet
    address: str = ""  # where it may be had as well


def with_request(form: BlankForm, own: tuple[Listed, ...] = ()) -> tuple[Listed, ...]:
    """What goes with the request: the form first, because it must come back, the office's ``own`` papers, the circular's."""
    circular = form.circular
    return (
        Listed(circular.form.title, "๑ ชุด", form, form.name),
        *own,
        *(_listed(one) for one in circular.enclosure if "reporters" in one.to),
    )


def attached(listed: tuple[Listed, ...]) -> tuple[Enclosure, ...]:
    """The enclosures of what is listed, in its order."""
    return tuple(one.enclosure for one in listed if one.enclosure)


def files_for(circular: Circular, reader: Reader) -> tuple[ReadyFile, ...]:
    """The circular's own files for these readers; what is too large to send is not among them."""
    return tuple(_file(one) for one in circular.enclosure if reader in one.to and one.content)


def _listed(one: EnclosedFile) -> Listed:
    file = _file(one) if one.content else None
    return Listed(one.title, one.copies, file, file.name if file else "", one.address)


def _file(one: EnclosedFile) -> ReadyFile:
    return ReadyFile(one.file.replace("\\", "/").rpartition("/")[2], one.content)
