"""What people write wrong in a configuration: each is told once, with its line, and what to write instead; in Thai where asked."""

import string
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.load import ConfigError, load_bureau, load_circular, load_config
from bot.config.problems import INSTEAD
from bot.config.thai_problems import THAI_INSTEAD, thai_hint
from bot.config.toml_mistakes import KINDS, plain_reason
from bot.shipped import TEMPLATES
from parsers.thai.text import thai_share

EXAMPLE = TEMPLATES.parent / "config.example.toml"


def reason(text):
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    return plain_reason(text, caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\nport = ๙๙๓", "line 2, port = ๙๙๓: write the digits 0-9, not Thai ones"),
        ("day = ๒๕๖๗-๑๑-๒๙", "line 1, day = ๒๕๖๗-๑๑-๒๙: write the digits 0-9, not Thai ones"),
        ("name = “น่าน”", "line 1, name = “น่าน”: write straight quotes"),
        ("name = น่าน", "line 1, name = น่าน: write text in quotes"),
        ('y = 1\nname = "น่าน\nz = 2', 'line 2, name = "น่าน: a quote is opened and not closed'),
        ("a = 2567-11-29T16:30", "line 1, a = 2567-11-29T16:30: write the seconds of a time too, such as 16:30:00"),
        ("a = 09:00", "line 1, a = 09:00: write the seconds"),
        ("a = 2567-13-01", "line 1, a = 2567-13-01: there is no such day"),
        (
            "a = 2567-02-29",
            'line 1, a = 2567-02-29: write a 29 February of a Buddhist year in quotes, such as "2567-02-29"',
        ),
        ("[office\n", "line 1, [office: close the name of the section"),
        ("a = 1\nb = 1\na = 2", "line 3, a = 2: this key or section stands twice"),
        ("[[r]]\nk = 1\n[[r]]\nk = 2\nk = 3", "line 5, k = 3: this key or section stands twice"),
        ('name: "x"', 'line 1, name: "x": write = between the key and its value, not a colon'),
        ('name "x"', 'line 1, name "x": write = between the key and its value'),
        ('a = "C:\\Users"', 'line 1, a = "C:\\Users": write / for \\ in a path'),
        ("b = 1\na = [1, 2", "line 2, a = [1, 2: part the entries of a list"),
        ("a = True", "line 1, a = True: write true or false, in small letters"),
        ("ชื่อ = 1", "line 1, ชื่อ = 1: a line begins with a key in Latin letters"),
        ("a\u00a0= 1", "an invisible character stands in this line"),
        ("a = 1,5", "line 1, a = 1,5: one key with one value stands in a line"),
    ],
)
def test_a_text_that_is_no_toml_is_told_with_its_line(text, said):
    assert reason(text).startswith(said) or said in reason(text)


@pytest.mark.parametrize(
    "line", ["password = “correct-horse”", "client_secret = correct-horse", "url = “postgresql://a:correct-horse@b/c”"]
)
def test_a_line_that_may_hold_a_secret_is_not_repeated(line):
    assert "correct-horse" not in reason(f"a = 1\n{line}")
    assert reason(f"a = 1\n{line}").startswith("line 2: ")


@given(st.text(string.ascii_letters + "=[]\"'#“” ๐๑:-\n", max_size=60))
def test_any_text_that_is_no_toml_gets_one_line(text):
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = plain_reason(text, error)
        assert "\n" not in said
        assert said.startswith("line ")


def test_a_deadline_without_a_time_is_a_mistake(tmp_path):
    text = (TEMPLATES / "circulars" / "w5827" / "circular.toml").read_text(encoding="utf-8")
    assert "reporters = 2567-11-29T16:30:00" in text
    for day in ("2567-11-29", '"2567-11-29"'):
        (tmp_path / "circular.toml").write_text(text.replace("2567-11-29T16:30:00", day, 1), encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            load_circular(tmp_path)
        assert "deadlines.reporters: write the time of day too, such as 2567-11-29T16:30:00" in str(caught.value)


def test_every_sentence_on_kinds_of_values_has_its_thai():
    assert THAI_INSTEAD.keys() == INSTEAD.keys()
    for kind, english in INSTEAD.items():
        fields = {name: "7" for _, name, _, _ in string.Formatter().parse(english) if name}
        assert thai_hint(english.format_map(fields)) == THAI_INSTEAD[kind].format_map(fields)
        assert thai_hint(f'"x": {english.format_map(fields)}').startswith('"x": ')


def test_every_kind_of_broken_line_has_its_thai():
    for _, said in KINDS:
        assert thai_share(thai_hint(f"line 3, x: {said}")) > 0.3, said


@pytest.fixture
def config(tmp_path):
    """The example with something else in it."""

    def made(old, new, lang="th"):
        text = EXAMPLE.read_text(encoding="utf-8")
        assert old in text
        file = tmp_path / "config.toml"
        file.write_text(text.replace(old, new, 1).replace('lang = "en"', f'lang = "{lang}"', 1), encoding="utf-8")
        return file

    return made


def said(load, *arguments):
    with pytest.raises(ConfigError) as caught:
        load(*arguments)
    return [problem.hint for problem in caught.value.problems]


def test_an_office_that_asks_for_thai_gets_thai(config):
    (line,) = said(load_config, config("port = 1143", "port = ๑๑๔๓"))
    assert line.startswith("บรรทัดที่ ")
    assert line.endswith(", port = ๑๑๔๓: ใช้เลขอารบิก 0-9 ไม่ใช่เลขไทย")
    assert said(load_config, config("port = 1143", "port = 70000")) == ["70000: เขียนตัวเลขไม่เกิน 65535"]
    assert said(load_config, config("poll_seconds = 60", "pol_seconds = 60")) == ["ไม่มีคีย์นี้ หมายถึง “poll_seconds” หรือไม่"]
    assert said(load_config, config('staff = ["staff@phrae.example"]', "")) == ['ยังไม่ได้เขียน กรุณาเขียน staff = ["..."]']
    (line,) = said(load_bureau, load_config(config('roster = "phrae"', 'roster = "นานน"')))
    assert line.endswith("เขียนที่ตั้งนับจากไฟล์นี้ หรือชื่อจังหวัด")


def test_others_get_english(config):
    assert said(load_config, config("port = 1143", "port = 70000", lang="en")) == [
        "70000: write a number of at most 65535"
    ]


def test_a_sentence_without_a_thai_one_stays(config):
    assert thai_hint("something new: do this") == "something new: do this"
