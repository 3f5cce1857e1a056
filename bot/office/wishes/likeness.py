"""What a sentence means by the sentences that it is like: the second look, where the grammar does not know its words.

Each known sentence (``bot.office.wishes.sayings``) and each new one is the set of its short runs of letters; a run speaks for the
meanings whose sentences hold it more than others do, and all runs together tell what is meant. Names, days, addresses, figures and circulars are slots,
so that only how a thing is said counts. In a saying a capital stands for a slot: N a name, D a day, A an address, W a circular,
0 a figure.
"""

import functools
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.office.wishes.circulars import own_words
from bot.office.wishes.days import spans_of_days
from bot.office.wishes.names import people_in
from bot.office.wishes.slots import spans_of_addresses
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import longest_first, loose, loosened, plain
from bot.office.wishes.wish import Verb

SHORTEST, LONGEST = 2, 4  # letters of a run; 2 to 5 were no better where whole writers were left out
_NEIGHBOURS = 3  # sentences of one meaning that are looked at together
_SMOOTH = 0.05  # what a run counts that no sentence of a meaning holds; 0.01 to 0.5 were worse
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
_ENDS = "^$"  # stand before the first and behind the last letter


@dataclass(frozen=True)
class Near:
    """How much a sentence's runs speak for one meaning against all others: the mean of their log odds, below 0 where against."""

    verb: Verb
    odds: float


@dataclass(frozen=True)
class Likest:
    """How like a sentence is to the likest of one meaning, from 0 to 1; and the likest few, as they are compared."""

    likeness: float
    sayings: tuple[str, ...]


class Sayings:
    """Known sentences by what they mean, ready to be compared with; made once. ``said``: (verb, shape).

    A sentence is the set of its runs, and weighs 1 whatever its length. Complement naive Bayes: Rennie et al., "Tackling the
    poor assumptions of naive Bayes text classifiers", 2003.
    """

    def __init__(self, said: Iterable[tuple[Verb, str]]) -> None:
        self._said: dict[Verb, list[str]] = defaultdict(list)
        for verb, shape in dict.fromkeys(said):
            self._said[verb].append(shape)
        self._held = {verb: self._weights(shapes) for verb, shapes in self._said.items()}
        self._all: dict[str, float] = defaultdict(float)
        for weights in self._held.values():
            for run, weight in weights.items():
                self._all[run] += weight
        self._sums = {verb: sum(weights.values()) for verb, weights in self._held.items()}
        self._sum = sum(self._sums.values())

    @staticmethod
    def _weights(shapes: Iterable[str]) -> dict[str, float]:
        """By run how much it weighs in sentences of one meaning."""
        found: dict[str, float] = defaultdict(float)
        for shape in shapes:
            runs = runs_of(shape)
            for run in runs:
                found[run] += 1 / math.sqrt(len(runs))
        return dict(found)

    def near(self, shape: str, among: Collection[Verb]) -> tuple[Near, ...]:
        """The meanings ``among`` which one is looked for, the likest first; none where no run of letters is held."""
        runs = runs_of(shape)
        known = [run for run in runs if run in self._all]
        if not known:
            return ()
        found = (Near(verb, self._odds(verb, known) / len(runs)) for verb in self._held if verb in among)
        return tuple(sorted(found, key=lambda one: -one.odds))

    def _odds(self, verb: Verb, runs: Collection[str]) -> float:
        held, every, smooth = self._held[verb], self._all, _SMOOTH * len(self._all)
        base = math.log((self._sum - self._sums[verb] + smooth) / (self._sums[verb] + smooth))
        total = 0.0
        for run in runs:
            count = held.get(run, 0.0)
            total += math.log((count + _SMOOTH) / (every[run] - count + _SMOOTH)) + base
        return total

    def likest(self, shape: str, verb: Verb) -> Likest:
        """The known sentences of one meaning that share most runs with a sentence (Dice's coefficient)."""
        runs = runs_of(shape)
        found = sorted(((_shared(runs, runs_of(each)), each) for each in self._said.get(verb, ())), reverse=True)
        return Likest(found[0][0] if found else 0.0, tuple(each for _, each in found[:_NEIGHBOURS]))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def runs_of(shape: str) -> frozenset[str]:
    """The short runs of letters of a sentence; work and number grow with its length."""
    return frozenset(_runs(shape))


def _runs(shape: str) -> Iterator[str]:
    ended = f"{_ENDS[0]}{shape}{_ENDS[1]}"
    for length in range(SHORTEST, LONGEST + 1):
        yield from (ended[at : at + length] for at in range(len(ended) - length + 1))


def shape_of_saying(sentence: str) -> str:
    """The shape of a saying, whose slots are marked."""
    return _DAY.sub("D", "".join(part if at % 2 else _key(part) for at, part in enumerate(_SLOT.split(sentence))))


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
    called = longest_first(map(loose, own_words(speaker.bureau)))
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

    return Sayings((verb, shape_of_saying(saying)) for verb, saying in (of_staff() if staff else of_reporters()))
