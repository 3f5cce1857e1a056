"""A desk on real books, spoken to as a browser would, and letters with links as they lie in the outbox."""

import dataclasses
import re
from concurrent.futures import Executor, Future

import pytest
from starlette.testclient import TestClient

from bot.desk.app import desk_app
from bot.desk.desk import Desk
from parsers.files.mail_shown import letter_shown, mail_shown
from parsers.mail.attached_file import attached_file
from tests.field.office_of_paper import STAFF, Office, Reader, said

ORIGIN = "https://desk.phrae.example"
VIEWER = "governor@phrae.example"
OURS = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}


class LookingReader(Reader):
    """Reads and shows in this process."""

    warmed = None

    def warm(self, naming):
        self.warmed = naming

    def run(self, function, *args):
        return function(*args) if function in (mail_shown, letter_shown, attached_file) else None


class AtOnce(Executor):
    """Does what is submitted at once."""

    def submit(self, function, /, *args, **kwargs):
        function(*args, **kwargs)
        return Future()


class DeskOffice(Office):
    """The office of paper with a page, and browsers."""

    def __init__(self, folder) -> None:
        super().__init__(folder)
        own = dataclasses.replace(self.bureau.office, desk=ORIGIN)
        self.bureau = dataclasses.replace(self.bureau, office=own)
        self.house = dataclasses.replace(self.house, bureau=self.bureau, sandbox=LookingReader())
        self.desk = Desk(self.house, (VIEWER,), lambda: self.now)
        self.app = desk_app(self.desk, AtOnce())

    def reached_by(self, phone: str) -> None:
        """Give all contacts this telephone number; of this office alone, for its roster is shared with others."""
        roster = self.bureau.roster
        contacts = tuple(dataclasses.replace(contact, phone=phone) for contact in roster.contacts)
        self.bureau = dataclasses.replace(self.bureau, roster=dataclasses.replace(roster, contacts=contacts))
        self.house = dataclasses.replace(self.house, bureau=self.bureau)
        self.desk = Desk(self.house, (VIEWER,), lambda: self.now)
        self.app = desk_app(self.desk, AtOnce())

    def browser(self) -> TestClient:
        """One that has never been here."""
        return TestClient(self.app, base_url=ORIGIN, follow_redirects=False)

    def ask(self, browser, address=STAFF):
        """Type an address; the answer, and the links that were mailed."""
        self.letters()
        browser.get("/sign-in")
        answer = browser.post("/sign-in", data={"address": address}, headers=OURS)
        return answer, [link_in(letter) for letter in self.letters()]

    def signed_in(self, address=STAFF) -> TestClient:
        """A browser that came in by a mailed link."""
        browser = self.browser()
        _, (link,) = self.ask(browser, address)
        assert browser.post(link, headers=OURS).headers["location"] == "/"
        return browser


def as_read(page: str) -> str:
    """A page without the tags that keep words whole."""
    return re.sub(r'<span class="whole">([^<]*)</span>', r"\1", page)


def link_in(letter) -> str:
    """The path of the link in a letter; the same in text and HTML."""
    found = re.search(rf"{re.escape(ORIGIN)}(/sign-in/[\w-]+)", said(letter))[1]
    assert f'href="{ORIGIN}{found}"' in letter.get_body(("html",)).get_content()
    return found


@pytest.fixture
def office(tmp_path):
    made = DeskOffice(tmp_path)
    yield made
    made.close()
