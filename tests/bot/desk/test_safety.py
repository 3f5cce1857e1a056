"""What stands before every page: where a deed comes from, how much and how often, and what browsers are told."""

import datetime
import re

import pytest

from bot.desk.rate_limits import PAGES, SIGN_INS, Limiter, Rate
from bot.desk.safety import LARGEST
from tests.bot.desk.conftest import ORIGIN, OURS
from tests.road.conftest import ROOT

PATHS = ("/sign-in", "/sign-in/x", "/", "/nowhere", "/mails", "/static/desk.css")


@pytest.mark.parametrize("path", PATHS)
def test_browsers_are_told_to_be_careful_everywhere(office, path):
    for browser in (office.browser(), office.signed_in()):
        said = browser.get(path).headers
        policy = dict(part.strip().split(" ", 1) for part in said["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert "unsafe" not in said["content-security-policy"]
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["form-action"] == "'self'"
        assert said["x-content-type-options"] == "nosniff"
        assert said["referrer-policy"] == "same-origin"
        assert "max-age" in said["strict-transport-security"]
        assert said["cache-control"] == ("public, max-age=3600" if path.startswith("/static") else "no-store")


@pytest.mark.parametrize(
    "heads",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null"},
        {"Origin": ORIGIN.replace("https", "http")},
        {"Origin": f"{ORIGIN}:8443"},
    ],
)
def test_a_deed_from_another_page_is_refused(office, heads):
    browser = office.signed_in()
    for path in ("/sign-out", "/sign-in", "/sign-in/x", "/"):
        assert browser.post(path, headers=heads).status_code == 403
    assert browser.get("/health").status_code == 200


@pytest.mark.parametrize("heads", [OURS, {"Origin": ORIGIN}, {"Sec-Fetch-Site": "same-origin"}])
def test_a_deed_from_our_own_page_is_done(office, heads):
    assert office.signed_in().post("/sign-out", headers=heads).status_code == 303


@pytest.mark.parametrize("host", ["evil.example", "desk.phrae.example.evil.example", "127.0.0.1"])
def test_another_host_name_is_not_answered(office, host):
    assert office.browser().get("/sign-in", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_no_other_method_is_known(office, method):
    assert office.browser().request(method, "/sign-in", headers=OURS).status_code == 405


def test_more_than_a_form_is_not_taken_in(office):
    answer = office.browser().post("/sign-in", data={"address": "x" * LARGEST}, headers=OURS)
    assert answer.status_code == 413


def test_who_asks_too_often_has_to_wait(office):
    browser = office.browser()
    codes = [browser.post("/sign-in/x", headers=OURS).status_code for _ in range(SIGN_INS.most + 1)]
    assert codes == [403] * SIGN_INS.most + [429]
    assert browser.get("/sign-in").status_code == 200
    office.now += SIGN_INS.within
    assert browser.post("/sign-in/x", headers=OURS).status_code == 403
    codes = [browser.get("/sign-in").status_code for _ in range(PAGES.most + 1)]
    assert codes[-1] == 429


def test_one_caller_does_not_use_up_what_others_may():
    limiter, rate = Limiter(), Rate(2, datetime.timedelta(minutes=1))
    now = datetime.datetime(2024, 11, 27, tzinfo=datetime.UTC)
    assert [limiter.allows("a", rate, now) for _ in range(3)] == [True, True, False]
    assert limiter.allows("b", rate, now)
    assert limiter.allows("a", rate, now + rate.within / 2)
    assert not limiter.allows("a", rate, now + rate.within / 2)


@pytest.mark.parametrize(
    "path", ["/static/../config.toml", "/static/..%2f..%2fconfig.toml", "/static/sign_in.html.j2", "/static/"]
)
def test_only_what_is_named_is_handed_out(office, path):
    assert office.browser().get(path).status_code in {303, 404}


def test_no_page_holds_a_style_or_a_script_of_its_own(office):
    browser = office.signed_in()
    for path in ("/", "/circulars/w5827", "/circulars/w5827/report", "/reporters/song", "/sign-in"):
        page = browser.get(path).text
        assert " style=" not in page
        assert "<style" not in page
        assert " on" not in {word[:3] for word in page.split("<")[1:] if word.startswith("on")}
        assert page.count("<script") <= 1


def test_each_attack_of_the_document_has_its_test():
    here = "".join(file.read_text("utf-8") for file in (ROOT / "tests" / "bot" / "desk").glob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", (ROOT / "docs" / "desk.md").read_text("utf-8"))
    assert len(named) > 20
    assert [name for name in named if f"def {name}(" not in here] == []
