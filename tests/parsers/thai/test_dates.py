"""Dates as Thai offices write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.thai.dates import (
    doubt_of,
    from_excel,
    parse_date,
    read_date,
    thai_date,
    thai_moment,
    thai_short_date,
    thai_weekday,
    two_ways,
)
from parsers.thai.months import MONTHS, SHORT_MONTHS

DAY = datetime.date(2024, 11, 29)
NEAR = datetime.date(2024, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "๒๙ พฤศจิกายน ๒๕๖๗",
            "๒๙\nพฤศจิกายน ๒๕๖๗",
            "29\nพ.ย.\n256\n7",
            "๒๙\nพ.ย.\n๒๕\n๖๗",
            "๒๙พฤศจิกายน๒๕๖๗",
            "29 พฤศจิกายน พ.ศ. 2567",
            "29 พฤศจิกายน พุทธศักราช 2567",
        ),
        *("29 พ.ย. 2567", "29 พ.ย. 67", "29 พย 67", "๒๙ พ.ย.๖๗", "29 พ. ย. 67", "29-พ.ย.-67", "29 พ.ย. พ.ศ. 2567"),
        *(
            "29/11/2567",
            "29/11/67",
            "29-11-2567",
            "29.11.67",
            "2567-11-29",
            "29 / 11 / 2567",
            "29 11 2567",
            "29/11/พ.ศ. 2567",
        ),
        *(
            "29/11/2024",
            "2024-11-29",
            "2024-11-29 00:00:00",
            "2024-11-29T16:30:00",
            "29 Nov 2024",
            "29-Nov-2567",
            "29 พ.ย. ค.ศ. 2024",
        ),
        "ศุกร์ 29 พ.ย. 67",
        *("วันศุกร์ที่ ๒๙ เดือน พฤศจิกายน พ.ศ. ๒๕๖๗", "ลงวันที่ ๒๙ พฤศจิกายน ๒๕๖๗", "ข้อมูล ณ วันที่ 29 พ.ย. 2567", "ณ 29/11/67"),
        *("วันที่ 29 เดือนพฤศจิกายน ปี 2567", "ภายในวันที่ 29 พฤศจิกายน 2567 เวลา 16.30 น.", "ศ. 29 พ.ย. 67", "วันที่: 29/11/2567"),
        *("29 พฤษจิกายน 2567", "29 พฤศจิกา 67", "29 พฤศจิกายยน 2567", "29 พฤศจกายน 2567"),
    ],
)
def test_every_usual_writing_of_a_day_is_understood(text):
    assert parse_date(text, NEAR) == DAY
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29/2/2567", (2024, 2, 29)),  # 2567 of the common era has no such day
        ("1 กุมถาพันธ์ 2567", (2024, 2, 1)),
        ("1 กรกฏาคม 2567", (2024, 7, 1)),
        ("1 ม.ค. 2567", (2024, 1, 1)),
        ("1 มี.ค. 2567", (2024, 3, 1)),
        ("1 มิ.ย. 2567", (2024, 6, 1)),
        ("1 เม.ย. 2567", (2024, 4, 1)),
    ],
)
def test_leap_days_misspellings_and_look_alike_months(text, day):
    assert parse_date(text) == datetime.date(*day)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "ไม่มี", "12", "3.5", "/...../๒๕๖๗", "ข้อมูล ณ วันที่/...../๒๕๖๗", "พฤศจิกายน 2567", "ไตรมาสที่ 2"),
        *(
            "31/4/2567",
            "29/2/2566",
            "0/11/67",
            "29/13/67",
            "29 ม.ย. 67",
            "29 พ.จ. 67",
            "29 คม 67",
            "29/11/256",
            "29/11/1867",
        ),
        *(
            "7440-001-0012/62",
            "เลขที่ 29/11/67",
            "1-5 พฤศจิกายน 2567",
            "29/11/2567 และ 30/11/2567",
            "29 พฤศจิกายน ค.ศ. 2567",
        ),
        "9" * 5000,
    ],
)
def test_what_is_no_single_day_is_not_read(text):
    assert parse_date(text, NEAR) is None


@pytest.mark.parametrize(
    ("text", "near", "day"),
    [
        ("29/11/67", "2024-11-20", "2024-11-29"),
        ("29/11/24", "2024-11-20", "2024-11-29"),  # 2524 BE is out of reach
        ("29/11/55", "2024-11-20", "2012-11-29"),
        ("29/11/24", None, None),  # 2524 BE or 2024 CE: nobody can tell
        ("29/11/67", None, "2024-11-29"),
        ("๑๗/๑๒", "2024-11-20", "2024-12-17"),
        ("3 ม.ค.", "2024-12-20", "2025-01-03"),
        ("๑๗/๑๒", None, None),
        ("29/2", "2025-03-01", "2024-02-29"),
    ],
)
def test_a_short_or_missing_year_is_the_one_near_the_report(text, near, day):
    read = parse_date(text, datetime.date.fromisoformat(near) if near else None)
    assert read == (datetime.date.fromisoformat(day) if day else None)


def test_no_misspelling_of_a_month_is_another_month():
    for number, (month, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), 1):
        for word in (month, short, short.replace(".", ""), short.replace(".", ". "), short[:-1]):
            read = parse_date(f"5 {word} 2567")
            assert read == datetime.date(2024, number, 5), word


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31)))
def test_every_written_day_is_read_back(day):
    written = [thai_date(day), thai_date(day, "arabic"), thai_short_date(day), thai_short_date(day, "thai")]
    written.append(f"{day.day}/{day.month}/{day.year + 543}")
    assert [parse_date(text) for text in written] == [day] * 5
    assert parse_date(f"{thai_weekday(day)}ที่ {thai_date(day)}", NEAR) == day


@given(st.text(), st.none() | st.dates())
def test_reading_a_date_never_raises(text, near):
    parse_date(text, near)
    parse_date(f"29 {text} 67", near)
    parse_date(f"ณ วันที่ {text}/2567", near)


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("2567-11-29", "2024-11-29"),
        ("1967-11-29", "2024-11-29"),
        ("2024-11-29", "2024-11-29"),
        ("1981-05-01", "1981-05-01"),  # not near the report, so it may be meant
        ("2568-02-29", "2568-02-29"),  # 2025 has no such day: left for a person
    ],
)
def test_buddhist_years_typed_into_excel_are_brought_back(stored, meant):
    assert from_excel(datetime.date.fromisoformat(stored), NEAR) == datetime.date.fromisoformat(meant)


def test_without_a_report_date_an_old_year_stays():
    assert from_excel(datetime.date(1967, 11, 29), None) == datetime.date(1967, 11, 29)
    assert from_excel(datetime.datetime(2567, 11, 29, 8, 0), None) == DAY  # noqa: DTZ001 - cells have no zone


@given(st.dates(), st.none() | st.dates())
def test_bringing_back_a_date_never_raises(value, near):
    assert isinstance(from_excel(value, near), datetime.date)


def test_days_and_moments_are_written_as_in_official_letters():
    moment = datetime.datetime(2024, 11, 29, 16, 30, tzinfo=datetime.UTC)
    assert thai_date(DAY) == "๒๙ พฤศจิกายน ๒๕๖๗"
    assert thai_date(DAY, "arabic") == "29 พฤศจิกายน 2567"
    assert thai_short_date(DAY) == "29 พ.ย. 2567"
    assert thai_moment(moment) == "๒๙ พฤศจิกายน ๒๕๖๗ เวลา ๑๖.๓๐ น."
    assert thai_moment(moment, "arabic") == "29 พฤศจิกายน 2567 เวลา 16.30 น."
    assert thai_weekday(DAY) == "วันศุกร์"


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("29/11/2567", False),
        ("วันศุกร์ที่ 29 พฤศจิกายน 2567", False),
        ("ศุกร์ 29 พฤศจิกายน 2567", False),
        ("จันทร์ 29 พฤศจิกายน 2567", True),
        ("29/11", True),
        ("29 พ.ย.", True),
        ("วันจันทร์ที่ 29 พฤศจิกายน 2567", True),
        ("ภายในวันที่ 29 พ.ย. 67", True),
        ("คาดว่าวันที่ 29 พ.ย. 67", True),
    ],
)
def test_a_day_without_year_hedged_or_of_another_weekday_is_a_guess(text, guess):
    assert read_date(text, NEAR) == (DAY, guess)


@pytest.mark.parametrize(
    "text", ["เลื่อนจากวันที่ 29 พ.ย. 67", "ไม่ใช่วันที่ 29 พ.ย. 67", "ยังไม่กำหนดวันที่ 29 พ.ย. 67", "ยกเลิกวันที่ 29 พ.ย. 67"]
)
def test_a_day_that_the_words_before_it_take_back_is_none(text):
    assert read_date(text, NEAR) == (None, False)


@pytest.mark.parametrize(
    ("year", "doubt"),
    [
        (2024, "none"),
        (2015, "none"),
        (2029, "none"),
        (2013, "far"),
        (1927, "far"),
        (2031, "far"),
        (1924, "impossible"),
        (1900, "impossible"),
        (2043, "impossible"),
    ],
)
def test_the_farther_a_day_lies_from_the_report_the_less_it_is_believed(year, doubt):
    assert doubt_of(datetime.date(year, 11, 20), NEAR) == doubt
    assert doubt_of(datetime.date(year, 11, 20), None) == "none"


@given(st.dates(), st.dates())
def test_no_day_makes_doubt_raise_and_the_day_itself_is_beyond_doubt(day, near):
    assert doubt_of(day, near) in ("none", "far", "impossible")
    assert doubt_of(near, near) == "none"


def test_a_stored_year_that_may_be_a_short_buddhist_one_is_two_ways():
    assert two_ways(datetime.date(1957, 6, 20), NEAR)
    assert not two_ways(datetime.date(1982, 6, 20), NEAR)
    assert not two_ways(datetime.date(1957, 6, 20), None)


# --- limits: the last year that counts and the first that does not ----------------------------------------------------


@pytest.mark.parametrize(
    ("written", "year"),
    [
        *(("1899", None), ("1900", 1900), ("2100", 2100), ("2101", None)),
        *(("2399", None), ("2400", 1857), ("2700", 2157), ("2701", None)),
        *(("ค.ศ. 2100", 2100), ("ค.ศ. 2101", None), ("ค.ศ. 2400", None), ("ค.ศ. 2567", None), ("ค.ศ. 1900", 1900)),
        *(("พ.ศ. 2400", 1857), ("พ.ศ. 2399", None), ("พ.ศ. 2024", None), ("พ.ศ. 2100", None)),
        *(("39", None), ("40", 1997), ("99", 2056), ("00", None), ("พ.ศ. 39", 1996), ("ค.ศ. 39", 2039)),
    ],
)
def test_a_year_is_of_the_era_that_its_size_and_its_words_allow(written, year):
    for text in (f"5 มกราคม {written}", f"5/1/{written}"):
        assert parse_date(text) == (datetime.date(year, 1, 5) if year else None), text


@pytest.mark.parametrize("near", [datetime.date(2024, 6, 15), datetime.date(2027, 1, 1)])
def test_a_short_year_is_believed_within_five_years_of_the_report(near):
    for years in range(-12, 13):
        year = near.year + years
        for written, buddhist in ((year % 100, False), ((year + 543) % 100, True)):
            believed = abs(years) <= 5 or (buddhist and years < 0)  # "58" of 2558 ten years back: 2058 is nobody's
            assert parse_date(f"5/1/{written:02}", near) == (datetime.date(year, 1, 5) if believed else None), written


@pytest.mark.parametrize(
    ("written", "day"),
    [
        *(("22 ต.ค. 58", "2015-10-22"), ("๒๒ ต.ค. ๔๑", "1998-10-22"), ("22/10/45", "2002-10-22")),
        *(("22 ต.ค. 38", None), ("22/10/15", None), ("22 ต.ค. 75", None), ("22/10/99", None)),
    ],
)
def test_a_short_year_of_long_ago_is_the_buddhist_one_where_the_common_one_is_nobodys(written, day):
    assert parse_date(written, datetime.date(2025, 6, 25)) == (datetime.date.fromisoformat(day) if day else None)


def test_a_day_and_a_month_without_a_year_are_the_nearest_to_the_report():
    near = datetime.date(2024, 6, 15)
    for days in range(-180, 181):
        day = near + datetime.timedelta(days=days)
        assert read_date(f"{day.day}/{day.month}", near) == (day, True)


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        *(("2399-01-05", 2399), ("2400-01-05", 1857)),
        *(("1939-01-05", 1939), ("1940-01-05", 1940), ("1999-01-05", 1999), ("2000-01-05", 2000)),
        *(("1961-01-05", 1961), ("1962-01-05", 2019), ("1972-01-05", 2029), ("1973-01-05", 1973)),
    ],
)
def test_a_stored_year_is_brought_back_within_five_years_of_the_report_and_no_farther(stored, meant):
    assert from_excel(datetime.date.fromisoformat(stored), NEAR) == datetime.date(meant, 1, 5)


@pytest.mark.parametrize(
    ("year", "near", "both"),
    [
        *((1939, 2024, False), (1940, 2024, True), (1972, 2024, True), (1973, 2024, False)),
        *((1999, 2051, True), (1999, 2050, False), (2000, 2070, False)),
    ],
)
def test_a_stored_year_is_two_ways_up_to_five_years_ahead(year, near, both):
    assert two_ways(datetime.date(year, 1, 5), datetime.date(near, 1, 5)) is both
    assert not two_ways(datetime.date(year, 1, 5), None)


def test_a_text_longer_than_its_limit_is_no_date():
    text = "29/11/2567"
    assert (
        parse_date(f"{'ก' * (200 - len(text) - 3)} ณ {text}") is None
    )  # words before a date have a limit of their own
    assert parse_date(f"{text}{' ' * (200 - len(text))}") == DAY
    assert parse_date(f"{text}{' ' * (201 - len(text))}") is None
    assert parse_date(f"{'ก' * 120}ณ {text}") == DAY
    assert parse_date(f"{'ก' * 121}ณ {text}") is None


def test_the_farther_from_the_report_a_day_lies_the_less_it_is_believed_to_the_day():
    """Ten years back and five ahead are taken; a hundred back and more than fifteen ahead are no dates."""
    for days, doubt in (
        *((0, "none"), (-3652, "none"), (-3653, "far"), (1826, "none"), (1827, "far")),
        *((5478, "far"), (5479, "impossible"), (-36159, "far"), (-36160, "impossible")),
    ):
        assert doubt_of(NEAR + datetime.timedelta(days=days), NEAR) == doubt, days


@pytest.mark.parametrize("text", ["วันศุกร์ที่ 31 กุมภาพันธ์ 2567", "วันจันทร์ที่ 29/2/2566", "วันพุธที่ 5 มกราคม"])
def test_a_day_of_the_week_before_no_day_is_none(text):
    assert read_date(text)[0] is None


@pytest.mark.parametrize(("year", "hedged"), [("63", False), ("57", True), ("2557", False)])
def test_a_year_of_two_digits_of_long_ago_is_doubted(year, hedged):
    """57 may be a slip for 67; a year in full is none."""
    near = datetime.date(2024, 11, 29)
    day, doubted = read_date(f"5 ม.ค. {year}", near)
    assert day is not None
    assert doubted is hedged
