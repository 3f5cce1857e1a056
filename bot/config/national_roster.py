"""The rosters of all provinces, made of one national table: who there is and who reports for whom, without addresses.

A district answers for its ทต. and อบต.; อบจ., ทน., ทม. and เมืองพัทยา answer for themselves.
"""

import csv
from collections.abc import Iterable
from functools import cache

from bot.config.organisations_table import OrganisationRow
from bot.config.roster_folder import ReporterEntry, RosterFile, joined
from bot.office.model.roster import Roster, head_of
from bot.shipped import TEMPLATES
from parsers.form.naming import LOCAL
from parsers.organisations.provinces import province_of
from parsers.organisations.type_words import OFFICIAL, SAO, SUBDISTRICT
from parsers.reading import Organisation

PROVINCES_FILE = TEMPLATES / "rosters" / "provinces.csv"  # the department's two digits, name, English name
NATIONAL_FILE = (
    TEMPLATES / "rosters" / "organisations.csv"
)  # all 7,852, a district's four digits begin with its province's
BY_DISTRICT = frozenset({SAO, SUBDISTRICT})


@cache
def provinces() -> dict[str, tuple[str, str]]:
    """Name of each province to its two digits and its English name as a key: ``chiang-mai``."""
    with PROVINCES_FILE.open(encoding="utf-8", newline="") as file:
        return {row["name"]: (row["code"], "-".join(row["english"].lower().split())) for row in csv.DictReader(file)}


def province_named(text: str) -> str:
    """The province that a text names: ``น่าน``, ``จ.น่าน``, ``nan``, ``Chiang Mai``; empty when it names none."""
    wanted = _letters(text.lower())
    english = next((name for name, (_, key) in provinces().items() if _letters(key) == wanted), "")
    thai = province_of(text) or ""
    return english or (thai if thai in provinces() else "")


def province_files(province: str) -> tuple[RosterFile, list[OrganisationRow]]:
    """What a folder for this province would hold. Raises KeyError for none of ``provinces()``."""
    code = provinces()[province][0]
    with NATIONAL_FILE.open(encoding="utf-8", newline="") as file:
        table = [row for row in csv.DictReader(file) if row["district_code"].startswith(code)]
    rows = [
        OrganisationRow(
            district=row["district"],
            type=row["type"],
            official_name=OFFICIAL[row["type"]] + row["name"],
            short_name=row["type"] + row["name"],
            code=row["code"],
            addresses=(),
        )
        for row in table
    ]
    districts = {row["district"]: row["district_code"] for row in table if row["type"] in BY_DISTRICT}
    reporters = (*_themselves(rows), *(_district(name, digits) for name, digits in districts.items()))
    return RosterFile(province=province, reporter=reporters), rows


def national_roster(province: str) -> Roster:
    """The roster of a province, without addresses. Raises KeyError for none of ``provinces()``."""
    return joined(*province_files(province), str(NATIONAL_FILE))


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalpha())


def _district(name: str, digits: str) -> ReporterEntry:
    named = LOCAL.district + name
    return ReporterEntry(key=f"d{digits}", name=named, salutation=f"นาย{named}", district=name)


def _themselves(rows: Iterable[OrganisationRow]) -> list[ReporterEntry]:
    return [
        ReporterEntry(
            key=f"o{row.code}",
            name=row.official_name,
            salutation=head_of(Organisation(row.code, row.type, row.official_name, row.short_name, row.district)),
            organisations=(row.code,),
        )
        for row in rows
        if row.type not in BY_DISTRICT
    ]
