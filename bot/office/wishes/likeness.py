"""What a sentence means by the sentences that it is like: the second look, where the grammar does not know its words.

Each known sentence (``bot.office.wishes.sayings``) and each new one becomes a vector of its short runs of letters, weighed by
how few sentences hold them; the nearest by cosine tell what is meant. Names, days, addresses, figures and circulars are slots,
so that only how a thing is said counts. In a saying a capital stands for a slot: N a name, D a day, A an address, W a circular,
0 a figure; " / " and the line's end part sentences.
"""

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.office.wishes.circulars import own_words
from bot.office.wishes.days import spans_of_days
from bot.office.wishes.names import people_in
from bot.office.wishes.slots import spans_of_addresses
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loose, loosened, plain
from bot.office.wishes.wish import Verb

SHORTEST, LONGEST = 2, 4  # letters of a run; 1 to 3 and 2 to 5 were no better in cross-validation
_NEIGHBOURS = 3  # sentences of one meaning that are weighed together, so that one odd sentence decides nothing
# "ว 5827", "w5827", "มท ๐๘๑๐.๗/ว ๕๘๒๗" in ASCII figures: a circular by its number.
_CIRCULAR = re.compile(r"(?<![ก-๙])ว\s?\.?\s?\d{2,7}|\bw\d{3,7}|มท\s?\d{3,5}\.\d{1,2}/ว\s?\d{1,7}")
# "10", "1,245", "12/12".
_FIGURE = re.compile(r"\d[\d,./]{0,20}")
# Words of politeness, which say nothing of what is meant; not within สถานะ, ฐานะ, ชนะ, เจ้า, หน้า, ค่าขนส่ง.
_POLITE = re.compile(
    r"ครับผม|ครับ|คร้าบ|ค้าบ|คับ|ค่ะ|คะ่|คะ(?!แ)|(?<!สถา)(?<!ฐา)(?<!ช)นะ(?=ค|\s|$)|ค่า{1,9}(?=\s|$)|(?<!เ)จ้า{1,9}(?=\s|$)"
    r"|จ้ะ|(?<!ห)น้า{1,9}(?=\s|$)|ฮะ(?=\s|$)|5{3,9}|\b(?:krub|krab|krap|kha|ka)\b"
)
# "N", "D": a slot of a saying, not a letter of a word.
_SLOT = re.compile(r"([NDAW0])(?![a-z])")
_DAY = re.compile(r"(?:วันที|วัน)?D0?")  # "วันที่ 12 ธันวาคม 2567" is one slot, its year too
_DEPARTMENT = re.compile("กรมสงเสริมการปกครองทองถิน|กรมฯ?|สวนกลาง")  # loose: the department, by whichever name
_CUTS = re.compile(r"\s/\s|\n")  # what parts sayings
_ENDS = "^$"  # stand before the first and behind the last letter


@dataclass(frozen=True)
class Near:
    """How like a sentence is to those of one meaning, from 0 to 1; and the nearest few, as they are compared."""

    verb: Verb
    likeness: float
    sayings: tuple[str, ...]


class Sayings:
    """Known sentences by what they mean, ready to be compared with; made once. ``said``: (verb, shape)."""

    def __init__(self, said: Iterable[tuple[Verb, str]]) -> None:
        self._said = list(dict.fromkeys(said))
        runs = [Counter(_runs(shape)) for _, shape in self._said]
        held = Counter(run for each in runs for run in each)
        self._weight = {run: math.log((len(self._said) + 1) / (count + 0.5)) for run, count in held.items()}
        self._rarest = max(self._weight.values(), default=1.0)
        self._holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, each in enumerate(runs):
            for run, weight in self._vector(each).items():
                self._holding[run].append((number, weight))

    def near(self, shape: str, among: Collection[Verb]) -> tuple[Near, ...]:
        """The meanings ``among`` which one is looked for, the likest first; those of which no run of letters is held are left out."""
        cosine: dict[int, float] = defaultdict(float)
        for run, weight in self._vector(Counter(_runs(shape))).items():
            for number, other in self._holding.get(run, ()):
                cosine[number] += weight * other
        best: dict[Verb, list[tuple[float, str]]] = defaultdict(list)
        for number, value in cosine.items():
            verb, saying = self._said[number]
            if verb in among:
                best[verb].append((value, saying))
        found = (_near(verb, sorted(values, reverse=True)[:_NEIGHBOURS]) for verb, values in best.items())
        return tuple(sorted(found, key=lambda one: -one.likeness))

    def _vector(self, runs: Mapping[str, int]) -> Mapping[str, float]:
        """The weights of a sentence's runs, of length 1 together; one that no known sentence holds weighs as the rarest."""
        raw = {run: (1 + math.log(count)) * self._weight.get(run, self._rarest) for run, count in runs.items()}
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {run: weight / length for run, weight in raw.items()}


def _near(verb: Verb, values: list[tuple[float, str]]) -> Near:
    """The likest counts as much as the mean of the few likest."""
    mean = sum(value for value, _ in values) / _NEIGHBOURS
    return Near(verb, (values[0][0] + mean) / 2, tuple(saying for _, saying in values))


def _runs(shape: str) -> Iterator[str]:
    ended = f"{_ENDS[0]}{shape}{_ENDS[1]}"
    for length in range(SHORTEST, LONGEST + 1):
        yield from (ended[at : at + length] for at in range(len(ended) - length + 1))


def sayings_in(text: str) -> Iterator[str]:
    """The shapes of the sentences of a text of sayings."""
    for sentence in filter(None, map(str.strip, _CUTS.split(text))):
        yield _DAY.sub("D", "".join(part if at % 2 else _key(part) for at, part in enumerate(_SLOT.split(sentence))))


def shape_of(line: str, speaker: Speaker) -> str:
    """A line as it is compared: loose, without politeness, its slots by their letters."""
    text = plain(line)
    marks = [
        *((span, "A") for span in spans_of_addresses(text)),
        *((found.span(), "W") for found in _CIRCULAR.finditer(text)),
        *((span, "D") for span in spans_of_days(text, speaker.today)),
        *((span, "N") for span in people_in(loosened(line), speaker.bureau.roster).spans),
        *((found.span(), "0") for found in _FIGURE.finditer(text)),
    ]
    called = sorted({loose(word) for word in own_words(speaker.bureau)} - {""}, key=len, reverse=True)
    out, at = [], 0
    for (start, end), slot in sorted(marks, key=lambda mark: (mark[0][0], -mark[0][1])):
        if start >= at:
            out += [_without_circulars(_key(text[at:start]), called), slot]
            at = end
    return _DAY.sub("D", "".join((*out, _without_circulars(_key(text[at:]), called))))


def _key(text: str) -> str:
    return _DEPARTMENT.sub("G", loosened(_POLITE.sub(" ", text)).key)


def _without_circulars(key: str, called: Iterable[str]) -> str:
    for word in called:
        key = key.replace(word, "W")
    return key


@functools.lru_cache(maxsize=2)
def known_sayings(*, staff: bool) -> Sayings:
    """The shipped sentences of staff, or of those who report. They are read and weighed at the first mail that needs them."""
    from bot.office.wishes.sayings import of_reporters, of_staff  # noqa: PLC0415 - not loaded by who needs no mail understood

    return Sayings(
        (verb, shape) for verb, text in (of_staff() if staff else of_reporters()) for shape in sayings_in(text)
    )
