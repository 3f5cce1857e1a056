"""The catalogue of findings holds together: every code has a sentence, and people can look it up."""

from pathlib import Path
from string import Formatter

import pytest

from parsers.findings import CATALOGUE, Code, Place, finding

PAGE = (Path(__file__).parents[2] / "docs" / "check-json.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_thai_sentence_and_stands_in_the_docs(code):
    _, sentence = CATALOGUE[code]
    fields = {name: f"<{name}>" for _, name, _, _ in Formatter().parse(sentence) if name and name != "value"}
    found = finding(code, Place("a.xlsx", "แผ่น", "C7"), "x", **fields)
    thai = any("\u0e01" <= letter <= "\u0e5b" for letter in sentence)
    assert thai  # the catalogue owns every sentence
    assert Formatter().vformat(sentence, (), dict.fromkeys([*fields, "value"], "")).strip(" “”()")
    assert "{" not in found.message
    assert str(found.place) == "a.xlsx › แผ่น!C7"
    assert f"`{code.value}`" in PAGE
