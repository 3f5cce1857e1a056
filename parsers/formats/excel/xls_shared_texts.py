"""How many texts the table of shared texts of an .xls workbook really holds (MS-XLS 2.4.265, SST and its CONTINUE records).

Owns the walk over that table: some programs state more texts than they write, which other programs pass over.
"""

import struct
from collections.abc import Sequence

_HEAD = 8  # two counts
_WIDE, _FAR_EAST, _RICH = 1, 4, 8  # bits of a text's options


def held(pieces: Sequence[bytes]) -> int:
    """The number of whole texts in the records, the first of which begins with the two counts."""
    count, number, at = 0, 0, _HEAD
    while number < len(pieces):
        if at >= len(pieces[number]):
            number, at = number + 1, at - len(pieces[number])
            continue
        try:
            number, at = _behind(pieces, number, at)
        except (struct.error, IndexError):
            break
        count += 1
    return count


def _behind(pieces: Sequence[bytes], number: int, at: int) -> tuple[int, int]:
    """Where the text ends that begins in a record. Raises struct.error and IndexError where it does not end."""
    wanted, options = struct.unpack_from("<HB", pieces[number], at)
    at += 3
    more = 0
    if options & _RICH:
        more += 4 * struct.unpack_from("<H", pieces[number], at)[0]
        at += 2
    if options & _FAR_EAST:
        more += struct.unpack_from("<i", pieces[number], at)[0]
        at += 4
    while True:
        width = 2 if options & _WIDE else 1
        there = min(wanted, (len(pieces[number]) - at) // width)
        wanted, at = wanted - there, at + there * width
        if not wanted:
            break
        number, at = number + 1, 1  # a record that goes on with a text says anew how wide its characters are
        options = pieces[number][0]
    at += max(more, 0)
    while at > len(pieces[number]):
        number, at = number + 1, at - len(pieces[number])
        if number == len(pieces):
            raise IndexError
    return number, at
