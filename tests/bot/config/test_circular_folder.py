"""What a circular's folder encloses and links: every mistake is said in one pass, with its place and a way out."""

import os
import shutil
from pathlib import Path

import pytest

from bot.config.circular_folder import LARGEST_TOGETHER, load_circular
from bot.config.load import ConfigError
from bot.office.letters.enclosures import ReadyFile, files_for
from bot.shipped import TEMPLATES

W5827 = TEMPLATES / "circulars" / "w5827"
LETTER = "w5827-department-letter.pdf"
COPIES = 'copies = "๑ ฉบับ"'
PDF = b"%PDF-1.7\n"


@pytest.fixture
def folder(tmp_path):
    """The shipped circular in a folder of its own."""
    return Path(shutil.copytree(W5827, tmp_path / "w5827"))


def enclose(folder, *entries):
    """Let the shipped circular enclose just these: each as TOML lines."""
    before, _, rest = (W5827 / "circular.toml").read_text(encoding="utf-8").partition("[[enclosure]]")
    text = before + "".join(f"[[enclosure]]\n{entry}\n" for entry in entries) + rest[rest.index("# The links") :]
    (folder / "circular.toml").write_text(text, encoding="utf-8")


def altered(folder, old, new):
    path = folder / "circular.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def said(folder):
    with pytest.raises(ConfigError) as caught:
        load_circular(folder)
    assert {Path(problem.file).name for problem in caught.value.problems} == {"circular.toml"}
    return [f"{problem.key}: {problem.hint}" for problem in caught.value.problems]


def test_the_shipped_letter_is_loaded_with_its_bytes():
    [letter] = load_circular(W5827).enclosure
    assert letter.content == (W5827 / LETTER).read_bytes()
    assert (letter.copies, letter.to) == ("๑ ฉบับ", ("reporters",))


def test_once_loaded_the_files_are_not_read_again(folder):
    circular = load_circular(folder)
    shutil.rmtree(folder)
    assert files_for(circular, "reporters") == (ReadyFile(LETTER, (W5827 / LETTER).read_bytes()),)


FILES = {
    "ไม่มี.pdf": 'there is no file "ไม่มี.pdf"',
    "w5827-departmnt-letter.pdf": f'did you mean "{LETTER}"?',
    "../outside.pdf": "lies outside the folder",
    "/etc/hosts.pdf": "lies outside the folder",
    "linked.pdf": "lies outside the folder",
    "empty.pdf": "is empty",
    "picture.pdf": "is no pdf file inside",
    "letter.docx": "is no docx file inside",
    "folder.pdf": "cannot be read",
    "run.exe": "write the name of a file that ends in one of pdf, docx",
    "letter": "write the name of a file that ends in one of pdf, docx",
    "circular.toml": "write the name of a file that ends in one of pdf, docx",
    "a\\nb.pdf": "write the name of a file",
}


def test_every_file_that_cannot_be_sent_is_said_in_one_pass(folder):
    (folder.parent / "outside.pdf").write_bytes(PDF)
    (folder / "linked.pdf").symlink_to(folder.parent / "outside.pdf")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "picture.pdf").write_bytes(b"\x89PNG\r\n")
    (folder / "letter.docx").write_bytes(PDF)
    (folder / "folder.pdf").mkdir()
    (folder / "run.exe").write_bytes(b"MZ")
    enclose(folder, *(f'file = "{name}"\ntitle = "หนังสือ"' for name in FILES))
    lines = said(folder)
    assert len(lines) == len(FILES)
    for place, (line, hint) in enumerate(zip(lines, FILES.values(), strict=True), 1):
        assert line.startswith(f"enclosure[{place}].file: "), line
        assert hint in line


def test_mistakes_of_words_files_and_links_are_said_together(folder):
    altered(folder, "09:00:00", '"nine"')
    altered(folder, LETTER, "lost.pdf")
    altered(folder, 'address = "https://citly.me/QWctx"', 'address = "citly.me/QWctๅ"')
    altered(folder, "www.info.go.th มีจำนวน", "https://www.info.go.th/๑ มีจำนวน")
    lines = said(folder)
    keys = [line.partition(":")[0] for line in lines]
    assert sorted(keys) == ["enclosure[1].file", "link[3].address", "reminders.at", "wording.opening"]
    [opening] = [line for line in lines if line.startswith("wording")]
    assert opening.endswith('holds Thai digits; write "https://www.info.go.th/1"')


@pytest.mark.parametrize(
    ("old", "new", "key", "hint"),
    [
        (COPIES, 'copies = "ฉบับเดียว"', "enclosure[1].copies", 'such as "๑ ฉบับ"'),
        (COPIES, 'copies = "๐ ฉบับ"', "enclosure[1].copies", 'such as "๑ ฉบับ"'),
        (COPIES, COPIES + '\nto = ["everybody"]', "enclosure[1].to[1]", "'reporters', 'staff' or 'department'"),
        (COPIES, COPIES + "\nto = []", "enclosure[1].to", "at least 1"),
        (COPIES, COPIES + '\nwhom = ["reporters"]', "enclosure[1].whom", "is not known here"),
        (COPIES, COPIES + '\ncontent = "x"', "enclosure[1].content", "is not known here"),
        (COPIES, COPIES + '\naddress = "bit.ly/๑"', "enclosure[1].address", 'write "https://bit.ly/1"'),
        ('label = "คู่มือการใช้งานระบบ info.go.th"', 'label = " "', "link[3].label", "in one line"),
        ('address = "https://citly.me/PDtVU"', "", "link[4].address", "is missing"),
        ('address = "https://citly.me/PDtVU"', 'address = "ftp://a.example/b"', "link[4].address", "copy the address anew"),
        ('"https://citly.me/PDtVU"', '"https://citly.me/PDtVU"\nuntil = 2567-11-19', "", "until = 2024-11-19 is before"),
        ('"https://citly.me/PDtVU"', '"https://citly.me/PDtVU"\nuntil = "soon"', "link[4].until", "write a day"),
        ("www.info.go.th มี", "bit.ly/4fHYxIQ มี", "wording.opening", 'write "https://bit.ly/4fHYxIQ"'),
        ("หนังสือที่ส่งให้อำเภอใช้ https://bit.ly/4fHYxIQ", "โปรดสอบถาม", "wording.remarks_for_staff[9]", "holds Thai digits"),
        ('กรณียังไม่ได้ดำเนินการ",\n]', 'ดู bit.ly/๑",\n]', "form.note[1]", 'write "https://bit.ly/1"'),
    ],
)  # fmt: skip
def test_each_mistake_has_its_place_and_a_way_out(folder, old, new, key, hint):
    altered(folder, old, new)
    [line] = said(folder)
    assert line.startswith(f"{key}: ")
    assert hint in line


def sized(folder, name, size):
    """A file of this size; it takes no room."""
    with (folder / name).open("wb") as file:
        file.write(PDF)
        os.truncate(file.fileno(), size)
    return f'file = "{name}"\ntitle = "หนังสือ {name}"'


def test_what_is_too_large_goes_by_its_address_the_largest_first(folder):
    big, bigger, small = (sized(folder, f"{n}.pdf", size) for n, size in enumerate((4_000_000, 5_000_000, 300_000)))
    link = 'address = "https://files.phrae.example/a"'
    enclose(folder, f"{big}\n{link}", f"{bigger}\n{link}", small)
    assert [len(one.content) for one in load_circular(folder).enclosure] == [4_000_000, 0, 300_000]
    enclose(folder, f"{big}\n{link}", bigger, small)
    assert [len(one.content) for one in load_circular(folder).enclosure] == [0, 5_000_000, 300_000]


def test_a_file_far_too_large_is_not_read(folder):
    enclose(folder, sized(folder, "a.pdf", 50_000_000_000) + '\naddress = "https://files.phrae.example/a"')
    assert load_circular(folder).enclosure[0].content == b""


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ("", 'give it address = "https://..."'),
        ('\nto = ["department"]', "make it smaller"),
        ('\nto = ["reporters", "staff"]\naddress = "https://files.phrae.example/a"', "make it smaller"),
    ],
)
def test_what_is_too_large_without_a_way_is_a_mistake(folder, more, hint):
    enclose(folder, sized(folder, "a.pdf", LARGEST_TOGETHER + 1) + more, sized(folder, "b.pdf", 1_000))
    lines = said(folder)
    assert {line.partition(":")[0] for line in lines} == {"enclosure[1].file"}
    assert all(hint in line for line in lines)


def test_one_file_stands_in_one_entry(folder):
    entry = f'file = "{LETTER}"\ntitle = "หนังสือ"'
    enclose(folder, entry, entry + '\nto = ["staff"]')
    [line] = said(folder)
    assert line.startswith("enclosure[2].file: ")
    assert "is enclosed already" in line
