"""The way of a value through the code, seen while it runs: `python tests/ways.py mail` or `cell`.

`mail`: a raw mail with a filled form, from the mailbox's bytes to the decision in the books. `cell`: one cell of a workbook,
to the report. A function is on the way when one of its parameters is the value, holds it, or is what became of it. Each is
told once, under the first that called it. A stay is a run of functions in one room, which is what stands straight in a
package; a return is a stay in a room that the way had left before.
"""

import datetime
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import Self

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.documents.report.workbook import report_workbook  # noqa: E402 - the path comes first
from bot.office.model.received_mail import Arrival  # noqa: E402
from bot.office.model.recorded_answer import Recorded  # noqa: E402
from bot.office.model.rollup import roll_up  # noqa: E402
from bot.service import facts_of_mail, handle_mail  # noqa: E402
from parsers.read import read_file  # noqa: E402
from parsers.reading import FileRequest  # noqa: E402
from parsers.tables.model import Table  # noqa: E402
from tests.field.small_office import SmallOffice, mail_of  # noqa: E402

OURS = tuple(f"{ROOT / package}/" for package in ("bot", "parsers"))
PLAIN = (str, int, float, bool, type(None))  # equal for many values, so they tell of none


class Way:
    """Follows one value: ``begin`` names it, and while the way is entered as a context each call is looked at."""

    def __init__(self) -> None:
        self.functions: dict[tuple[str, str], int] = {}  # (module, name) to the depth of its first call
        self.known: dict[int, object] = {}  # by identity; held, so that no identity is used again
        self._bytes: set[bytes] = set()
        self._open: list[tuple[FrameType, bool]] = []
        self._choose: Callable[[object], object] = lambda _: None

    def begin(self, value: object) -> None:
        """From here on ``value`` is what is followed."""
        self.known[id(value)] = value
        if isinstance(value, bytes):
            self._bytes.add(value)

    def begin_with(self, choose: Callable[[object], object]) -> None:
        """What ``choose`` picks from the first result it picks anything from is what is followed."""
        self._choose = choose

    def __enter__(self) -> Self:
        sys.setprofile(self._seen)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _seen(self, frame: FrameType, event: str, result: object) -> None:
        if not frame.f_code.co_filename.startswith(OURS) or frame.f_code.co_name.startswith("<"):
            return
        if event == "call":
            on_the_way = any(self._carries(each) for each in _parameters(frame))
            if on_the_way:
                depth = sum(on for _, on in self._open)
                self.functions.setdefault((_module(frame), frame.f_code.co_qualname), depth)
            self._open.append((frame, on_the_way))
        elif event == "return" and self._open and self._open[-1][0] is frame:
            _, on_the_way = self._open.pop()
            if not self.known and (first := self._choose(result)) is not None:
                self.begin(first)
            if on_the_way and not isinstance(result, PLAIN) and self._became(result):
                self.known[id(result)] = result

    def _became(self, result: object) -> bool:
        """What a function on the way makes is the value in another shape; lists and the like count by what is in them."""
        return not isinstance(result, list | tuple | dict | set | frozenset) or len(result) > 0

    def _carries(self, given: object) -> bool:
        return any(self._is_followed(each) for each in (given, *_inside(given)))

    def _is_followed(self, given: object) -> bool:
        """By identity; bytes that come out of the books anew by what they are."""
        return id(given) in self.known or (isinstance(given, bytes) and given in self._bytes)

    def stays(self) -> list[str]:
        """The rooms in the order of the way."""
        found: list[str] = []
        for module, _ in self.functions:
            room = "/".join(module.split("/")[:2])
            if not found or found[-1] != room:
                found.append(room)
        return found

    def told(self) -> Iterator[str]:
        """The way in lines, the last with its figures."""
        for (module, name), depth in self.functions.items():
            yield f"{'  ' * min(depth, 20)}{name}  {module}"
        stays = self.stays()
        back = len(stays) - len(set(stays))
        yield f"{len(self.functions)} functions in {len(set(stays))} rooms: {len(stays)} stays, {back} returns"


def _parameters(frame: FrameType) -> list[object]:
    code = frame.f_code
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return [frame.f_locals[name] for name in names if name in frame.f_locals]


def _inside(given: object, deep: int = 2) -> Iterator[object]:
    """What a value holds, two steps deep: the cells of a row, the entries of what was gathered."""
    if isinstance(given, dict):
        held: Iterable[object] = given.values()
    elif isinstance(given, list | tuple | set | frozenset):
        held = given
    else:
        names = getattr(type(given), "__slots__", ()) if type(given).__module__.startswith(("bot", "parsers")) else ()
        held = (*getattr(given, "__dict__", {}).values(), *(getattr(given, name, None) for name in names))
    for each in held:
        yield each
        if deep > 1 and not isinstance(each, PLAIN):
            yield from _inside(each, deep - 1)


def _module(frame: FrameType) -> str:
    return str(Path(frame.f_code.co_filename).relative_to(ROOT))


def mail(way: Way, folder: Path) -> None:
    """One mail of a district, read and decided in this process."""
    office = SmallOffice(folder)
    office.at("2024-11-20 08:00")
    sender = office.bureau.roster.by_key["den-chai"].addresses[0]
    raw = mail_of(sender, "ขอส่งแบบรายงาน", office.filled("den-chai"), "form.xlsx")
    office.house.books.receive([Arrival("INBOX", 7, 1, raw, office.now, len(raw))])
    office.house.books.sort_mails(facts_of_mail.addresses_known(office.house))
    message = office.house.books.claim_mail(office.now, datetime.timedelta(minutes=5))
    assert message is not None
    way.begin(message)
    way.begin(raw)
    with way:
        handle_mail.handle(office.house, message, office.now)


def cell(way: Way, folder: Path) -> None:
    """The first answer of a district's workbook: to the reading, then as recorded to the report's workbook."""
    office = SmallOffice(folder)
    circular, roster = office.bureau.circulars["w5827"], office.bureau.roster
    request = FileRequest(office.bureau.catalogue(), circular.slug, "den-chai")
    way.begin_with(lambda made: next(iter(_answer_cells(made)), None) if isinstance(made, Table) else None)
    with way:
        reading = read_file("form.xlsx", office.filled("den-chai"), request)
    recorded = [
        Recorded(one.organisation, one.question, one.value, 1, "x@phrae.example", office.now, "", one.place, "den-chai")
        for one in reading.answers
    ]
    for told, one in zip(recorded, reading.answers, strict=True):
        if id(one) in way.known:
            way.begin(told)
    with way:
        rollup = roll_up(circular, roster, recorded, (), office.now.date())
        report_workbook(circular, rollup, office.bureau.office, roster)


def _answer_cells(table: Table) -> Iterator[object]:
    return (each for row in table.rows for each in row.cells.values())


def main() -> None:
    """Prints the way that the first argument names."""
    way = Way()
    with tempfile.TemporaryDirectory() as folder:
        {"mail": mail, "cell": cell}[sys.argv[1]](way, Path(folder))
    print("\n".join(way.told()))


if __name__ == "__main__":
    main()
