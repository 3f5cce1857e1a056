"""The rosters of all provinces: whom they hold, who reports, how a province may be written, and what each district's reply says.

Every run reads the replies of a sample of provinces; ``python tests/rosters/every_district.py`` those of all, with the time.
"""

import pytest

from bot.config.load import ConfigError, load_bureau, load_config
from bot.config.national_roster import national_roster, province_files, province_named, provinces
from bot.shipped import TEMPLATES
from tests.rosters.every_district import read_province

SAMPLE = ("น่าน", "ชลบุรี", "นนทบุรี", "อุบลราชธานี")  # beside namesakes: พัทยา, a town renamed, many districts


def test_every_province_of_the_country_but_bangkok_has_a_roster():
    rosters = [national_roster(province) for province in provinces()]
    assert len(rosters) == 76
    organisations = [each for roster in rosters for each in roster.organisations]
    assert len(organisations) == len({each.code for each in organisations}) == 7_852
    # Each is answered for once: loading would refuse it otherwise.
    assert sum(len(contact.reporter.organisations) for roster in rosters for contact in roster.contacts) == 7_852


def test_towns_and_the_province_answer_for_themselves_and_districts_for_the_others():
    roster = national_roster("น่าน")
    first, second, third = roster.contacts[:3]
    assert (first.reporter.name, first.salutation) == (
        "องค์การบริหารส่วนจังหวัดน่าน",
        "นายกองค์การบริหารส่วนจังหวัดน่าน",
    )
    assert (second.reporter.name, second.salutation) == ("เทศบาลเมืองน่าน", "นายกเทศมนตรีเมืองน่าน")
    assert (third.reporter.name, third.salutation) == ("อำเภอเมืองน่าน", "นายอำเภอเมืองน่าน")
    assert len(roster.contacts) == len(roster.unaddressed) == 17
    by_district = {
        o.type for c in roster.contacts[2:] for code in c.reporter.organisations for o in [roster.by_code[code]]
    }
    assert by_district == {"ทต.", "อบต."}


@pytest.mark.parametrize("text", ["น่าน", "จังหวัดน่าน", "จ.น่าน", "จ. น่าน", " nan", "Nan", "NAN"])
def test_a_province_is_known_as_an_office_writes_it(text):
    assert province_named(text) == "น่าน"


@pytest.mark.parametrize("text", ["chiang-mai", "Chiang Mai", "chiangmai", "เชียงใหม่"])
def test_two_words_may_stand_together(text):
    assert province_named(text) == "เชียงใหม่"


@pytest.mark.parametrize("text", ["", "-", "กรุงเทพมหานคร", "Bangkok", "นาน", "12"])
def test_what_is_no_province_of_the_table_is_none(text):
    assert province_named(text) == ""


def test_names_of_provinces_are_those_that_names_are_read_with():
    assert all(province_named(name) == name and province_named(key) == name for name, (_, key) in provinces().items())


@pytest.mark.parametrize("name", ["น่าน", "nan"])
def test_an_office_names_its_province_in_the_place_of_a_folder(tmp_path, office_of, name):
    bureau = load_bureau(load_config(office_of(tmp_path, name)))
    assert bureau.roster.province == "น่าน"


def test_a_roster_that_is_neither_is_told_so(tmp_path, office_of):
    with pytest.raises(ConfigError) as caught:
        load_bureau(load_config(office_of(tmp_path, "นานน")))
    assert "or the name of a province" in str(caught.value)
    assert len(caught.value.problems) == 1


@pytest.fixture
def office_of():
    """The configuration of an office with another roster."""

    def made(folder, roster):
        text = (TEMPLATES.parent / "config.example.toml").read_text(encoding="utf-8")
        assert 'roster = "phrae"' in text
        file = folder / "config.toml"
        file.write_text(text.replace('roster = "phrae"', f'roster = "{roster}"'), encoding="utf-8")
        return file

    return made


def test_two_organisations_of_one_name_and_place_are_told_apart():
    """ทม.บางบัวทอง stands twice in the lists; the younger one is called เทศบาลเมืองใหม่บางบัวทอง."""
    _, rows = province_files("นนทบุรี")
    assert {row.short_name for row in rows} >= {"ทม.บางบัวทอง", "ทม.ใหม่บางบัวทอง"}


@pytest.mark.parametrize("province", SAMPLE)
def test_the_reply_of_every_district_is_read(province):
    """The form each reporter gets, filled in and read back: by the office's own form and by a list of bare names."""
    found = read_province(province)
    assert found.wrong == []
    assert found.reporters == len(national_roster(province).contacts)
    assert found.organisations == len(national_roster(province).organisations)
