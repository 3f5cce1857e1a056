"""References that open brackets without end take time as they are long, and the true ones among them are found."""

import pytest

from parsers.mail.message import parse
from tests.laws.growth import LINEAR, exponent

PUMPS = ("\x0c", "<", "< ", "<a ", "<a@b", "<a@b> ", "<a@b>\x0c", ">", "> <", "a@b ", "[<a@b>] ", "<>", "(", '"')


def mail(pump: str, size: int) -> bytes:
    """A mail that refers to something again and again."""
    references = "<first@a.example> " + pump * (size // len(pump)) + "\r\n <last@a.example>"
    return f"From: a@b.example\r\nMessage-ID: <1@b.example>\r\nReferences: {references}\r\n\r\nx".encode("latin-1")


@pytest.mark.parametrize("pump", PUMPS)
def test_such_references_take_time_as_they_are_long(pump):
    assert exponent(parse, lambda size: mail(pump, size), first=400, most=25_600, seen=0.02) <= LINEAR


@pytest.mark.parametrize("pump", PUMPS)
def test_the_first_of_them_is_found(pump):
    assert parse(mail(pump, 30_000)).mail.references[0] == "first@a.example"
