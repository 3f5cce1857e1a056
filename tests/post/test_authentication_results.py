"""Only the receiving server's own word on the one From address counts, and whatever is unclear fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.post.authentication_results import UNNAMED, Verdict, judge

SERVER = "mx.phrae.example"
FROM = "From: Long <long@amphoe.example>"


def judged(*head, server=SERVER):
    return judge("\r\n".join([*head, "", "body"]).encode(), server).verdict.value


def said(result):
    return f"Authentication-Results: {SERVER}; {result}"


@pytest.mark.parametrize(
    ("result", "verdict"),
    [
        ("dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=amphoe.example", "pass"),
        ("dmarc=pass", "pass"),
        ("dmarc=fail (p=none) header.from=amphoe.example", "fail"),
        ("dkim=pass header.d=amphoe.example; dmarc=fail header.from=amphoe.example", "fail"),
        ("dmarc=pass header.from=evil.example", "fail"),
        ("dmarc=pass header.from=amphoe.example; dmarc=fail header.from=amphoe.example", "fail"),
        ('dkim=pass header.i=@amphoe.example header.s=s1 header.b="ab/+c="', "pass"),
        ("dkim=pass header.d=mail.amphoe.example", "pass"),
        ("dkim=pass header.d=example", "none"),
        ("dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=x@evil.example", "fail"),
        ("dkim=fail header.d=amphoe.example; spf=pass smtp.mailfrom=long@amphoe.example", "pass"),
        ("spf=pass (sender IP is 1.2.3.4) smtp.mailfrom=<long@amphoe.example>;", "pass"),
        ("spf=pass smtp.mailfrom=amphoe.example.evil.example", "fail"),
        ("spf=pass smtp.mailfrom=evilamphoe.example", "fail"),
        ("spf=none smtp.mailfrom=evil.example", "fail"),
        ("spf=none smtp.mailfrom= smtp.helo=evil.example", "fail"),
        ("spf=fail smtp.mailfrom=amphoe.example", "fail"),
        ("spf=softfail smtp.mailfrom=long@amphoe.example; dkim=none", "fail"),
        ("spf=fail smtp.mailfrom=amphoe.example; dkim=pass header.d=amphoe.example", "pass"),
        ("spf=neutral smtp.mailfrom=amphoe.example", "none"),
        ("spf=none smtp.mailfrom=amphoe.example; dkim=none; dmarc=none header.from=amphoe.example", "none"),
        ("dmarc=temperror header.from=amphoe.example", "none"),
        ("none", "none"),
        ("dmarc=", "fail"),
        ("dmarc=pass header.from=(", "fail"),
        ('spf=pass smtp.mailfrom="x; dmarc=pass@evil.example', "fail"),
        ('dkim=pass header.d="amphoe.example" (; dmarc=fail)', "pass"),
        ("(" * 500, "fail"),
    ],
)
def test_the_servers_word_is_weighed(result, verdict):
    assert judged(said(result), FROM) == verdict


def test_only_the_topmost_result_of_the_configured_server_counts():
    other = "Authentication-Results: mx.evil.example; dmarc=pass"
    assert judged(other, said("dmarc=fail"), FROM, said("dmarc=pass")) == "fail"
    assert judged(said("dmarc=pass"), FROM, said("dmarc=fail")) == "pass"
    assert judged(other, FROM) == "none"


@pytest.mark.parametrize(
    "near", ["mx.phrae.example.evil.example", "x.mx.phrae.example", "mx.phrae.examp", "(mx.phrae.example) evil.example", '"mx.phrae.example"x']
)  # fmt: skip
def test_a_name_that_merely_resembles_the_servers_is_another(near):
    assert judged(f"Authentication-Results: {near}; dmarc=pass", FROM) == "none"


@pytest.mark.parametrize(
    "same", ["MX.Phrae.Example", '"mx.phrae.example"', "(comment) mx.phrae.example", "mx.phrae.example 1"]
)
def test_the_servers_name_is_known_however_it_is_written(same):
    assert judged(f"authentication-results: {same}; dmarc=fail", FROM) == "fail"


def test_without_a_configured_server_nobody_is_judged():
    assert judged(said("dmarc=fail"), FROM, server="") == "none"


def test_a_server_that_gives_no_name_may_be_configured():
    exchange = (
        "Authentication-Results: spf=pass (sender IP is 1.2.3.4)\r\n smtp.mailfrom=amphoe.example; dkim=pass"
        " header.d=amphoe.example;dmarc=pass action=none\r\n header.from=amphoe.example;compauth=pass reason=100"
    )
    assert judged(exchange, FROM, server=UNNAMED) == "pass"
    assert judged(exchange.replace("pass", "fail"), FROM, server=UNNAMED) == "fail"
    assert judged(said("dmarc=pass"), FROM, server=UNNAMED) == "none"


@pytest.mark.parametrize(
    "head",
    [
        [FROM, "From: x@evil.example"],
        ["From: long@amphoe.example, x@evil.example"],
        ["From: long@amphoe.example <x@evil.example>"],
        ["From: <x@evil.example> <long@amphoe.example>"],
        ["From: =?utf-8?b?TG9uZyA8bG9uZ0BhbXBob2UuZXhhbXBsZT4=?="],
        ["From: long@amphoe.example\x00 <x@evil.example>"],
        ["From: long@x@amphoe.example"],
        ["From: Long, x@evil.example <long@amphoe.example>"],
        ['From: "x@evil.example <long@amphoe.example>'],
        ["From: (x@evil.example <long@amphoe.example>"],
        ["From: nobody"],
        ["From:"],
        [],
    ],
)
@pytest.mark.parametrize("server", [SERVER, ""])
def test_a_from_that_is_not_one_address_fails_whatever_the_server_says(head, server):
    assert judged(said("dmarc=pass"), *head, server=server) == "fail"


@pytest.mark.parametrize(
    ("value", "sender"),
    [
        ('"long@amphoe.example" <x@evil.example>', "x@evil.example"),
        ("long@amphoe.example (x@evil.example)", "long@amphoe.example"),
        ("Long <LONG@Amphoe.example>", "long@amphoe.example"),
        ("long@amphoe.example", "long@amphoe.example"),
        ('"Long, District" <long@amphoe.example>', "long@amphoe.example"),
        ("อำเภอลอง <long@amphoe.example>", "long@amphoe.example"),
        ("long+x@amphoe.example", "long+x@amphoe.example"),
        ("อำเภอลอง, จังหวัดแพร่ <long@amphoe.example>", "long@amphoe.example"),
        ("=?utf-8?B?4Lil4Lit4LiH?=, =?utf-8?B?4LmB4Lie4Lij4LmI?= <long@amphoe.example>", "long@amphoe.example"),
        ("[Long <long@amphoe.example>", "long@amphoe.example"),
        ("[ด่วน] Long <long@amphoe.example>", "long@amphoe.example"),
        ("(Long <long@amphoe.example>", "long@amphoe.example"),
        ("Long) <long@amphoe.example>", "long@amphoe.example"),
        ('"Long <long@amphoe.example>', "long@amphoe.example"),
        ('Lo"ng <long@amphoe.example>', "long@amphoe.example"),
        ("Long; District <long@amphoe.example>", "long@amphoe.example"),
        ("<<long@amphoe.example>>", "long@amphoe.example"),
        ("<long@amphoe.example", "long@amphoe.example"),
        ("long@amphoe.example <long@amphoe.example>", "long@amphoe.example"),
        ("long@amphoe.example,", "long@amphoe.example"),
    ],
)
def test_the_address_that_is_judged_is_named(value, sender):
    assert judge(f"From: {value}\n\n".encode(), "").sender == sender


_NAMES = st.sampled_from(["From", "Authentication-Results", "authentication-results ", "X", ""])
_RESULTS = st.sampled_from(
    ["dmarc=pass", "dmarc=fail", "spf=pass", "smtp.mailfrom=", "header.d=", "amphoe.example", "long@", SERVER, ";", "(", ")", '"', "=", "\\", " ", "\r\n ", "\x00"]
)  # fmt: skip
_VALUES = st.lists(st.one_of(_RESULTS, st.text(max_size=5)), max_size=30).map("".join)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(raw):
    assert judge(raw, SERVER).verdict in Verdict


@given(st.lists(st.tuples(_NAMES, _VALUES), max_size=6))
def test_no_headers_make_it_raise(pairs):
    raw = "\r\n".join(f"{name}: {value}" for name, value in pairs).encode("utf-8", "surrogatepass")
    assert judge(raw, SERVER).verdict in Verdict


@given(_VALUES)
def test_nothing_written_below_the_servers_result_undoes_its_refusal(value):
    raw = f"{said('dmarc=fail')}\r\n{FROM}\r\nAuthentication-Results: {value}\r\n\r\n".encode("utf-8", "replace")
    assert judge(raw, SERVER).verdict is Verdict.FAIL
