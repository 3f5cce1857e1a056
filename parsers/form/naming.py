"""How a roster's organisations are named: the types that it declares and the names it holds.

Data that a form carries to wherever names are read; what is done with it is ``parsers.organisations``' business.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class OrganisationType:
    """One ``[[type]]`` of a roster: schools, villages, provinces."""

    short: str  # รพ.สต.
    words: str = ""  # what an official name begins with: โรงพยาบาลส่งเสริมสุขภาพตำบล; empty where names stand alone
    spellings: tuple[str, ...] = ()  # further ways to write the words
    head: str = ""  # who is written to and signs: ผู้อำนวยการ


@dataclass(frozen=True)
class Naming:
    """No types are those of local administrative organisations, whose names are known by their words alone.

    Other words, such as โรงเรียน, also stand where nobody is named: there the names of the roster decide.
    """

    types: tuple[OrganisationType, ...] = ()
    bare: frozenset[str] = frozenset()  # the names of declared types without their words, as comparison keys
    alone: frozenset[str] = frozenset()  # the names of types without words: such a name is one wherever it stands
    province: str = ""  # as a comparison key
    district: str = "อำเภอ"  # what stands before the names of the districts

    @property
    def called(self) -> str:
        """What the organisations are called together."""
        return "และ".join(each.words or each.short for each in self.types) or "องค์กรปกครองส่วนท้องถิ่น"


LOCAL = Naming()  # of local administrative organisations
