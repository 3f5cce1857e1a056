"""The questions of the first day in their order, each answer tried at once; nothing is written here.

What is asked depends on what was found: a mailbox with mails in it, an outgoing server that wants another login.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from pydantic import SecretStr

from bot.config.national_roster import national_roster, province_named
from bot.doctor.round_trip import BACK_SECONDS, Trip, round_trip
from bot.post.exceptions import PostError, Transient, certificate_fault
from bot.post.imap.mailbox import Mailbox
from bot.post.settings import ImapSettings, SmtpSettings
from bot.post.smtp.connection import NO_LOGIN
from bot.post.smtp.sending import Outbox
from bot.setup.domain_checks import domain_checks
from bot.setup.first_files import FirstDay
from bot.setup.names import Names
from bot.setup.person import Interview, Unfit
from bot.setup.servers import FREE, USUAL, Place, Settings, guessed, working_imap, working_smtp
from parsers.rosters.addresses import addresses_in
from parsers.thai.dates import parse_date
from parsers.thai.text import ascii_digits

YES, NO = ("y", "yes", "ใช่", "ตกลง"), ("n", "no", "ไม่", "ไม่ใช่")
NONE = "-"  # an answer that there is none
REASONS = ("name", "away", "port", "certificate", "login")  # kinds of trouble that have words of their own
HIGHEST_PORT = 65_535

Value = TypeVar("Value")
Login = dict[str, Any]  # user, and password as a secret


@dataclass
class Setup:
    """One run of questions. ``now``: when it is."""

    interview: Interview
    names: Names
    now: datetime.datetime

    def run(self) -> FirstDay:
        """All answers. Raises Unanswered where a file of answers will not do."""
        ask = self.interview.ask
        province = ask("province", self._province)
        address = ask("address", self._address)
        domain = address.partition("@")[2]
        if domain in FREE:
            self.interview.tell("free-mail", "warning", domain=domain)
        guesses = guessed(domain, self.names)
        imap, count = self._mailbox(address, guesses[0])
        since = ask("since", self._since, count=str(count)) if count else None
        smtp = self._outgoing(imap, guesses[1])
        trip = self._to_itself(address, imap, smtp)
        if domain not in FREE:
            raw = trip.found.raw if trip.found else b""
            for remark in domain_checks(domain, raw, self.names):
                self.interview.tell(remark.name, remark.tone, **remark.fields)
        staff = ask("staff", lambda text: self._staff(text, address))
        phone = ask("phone", lambda text: "" if text == NONE else text)
        practice = ask("practice", self._yes, "n")
        return FirstDay(
            province, address, imap, smtp, staff, phone, since, trip.authserv_id, practice, self.interview.language
        )

    # --- the office

    def _province(self, text: str) -> str:
        province = province_named(text)
        if not province:
            raise self.interview.unfit("no-province", value=text)
        roster = national_roster(province)
        counts = {"organisations": len(roster.organisations), "reporters": len(roster.contacts)}
        self.interview.tell("roster", "good", province=province, **{key: str(value) for key, value in counts.items()})
        return province

    def _address(self, text: str) -> str:
        return self._addresses(text)[0]

    def _addresses(self, text: str) -> tuple[str, ...]:
        found, wrong = addresses_in(text)
        if wrong or not found:
            raise self.interview.unfit("no-address" if text else "nothing", value=wrong or text)
        return found

    def _staff(self, text: str, own: str) -> tuple[str, ...]:
        found = self._addresses(text)
        if own in found:
            raise self.interview.unfit("own-address", value=own)
        return found

    def _yes(self, text: str) -> bool:
        if text.lower() not in YES + NO:
            raise self.interview.unfit("yes-or-no")
        return text.lower() in YES

    def _since(self, text: str) -> datetime.date | None:
        day = parse_date(text, self.now.date()) if text else None
        if text and day is None:
            raise self.interview.unfit("no-day", value=text)
        return day

    # --- its servers

    def _mailbox(self, address: str, guess: str) -> tuple[ImapSettings, int]:
        """The mailbox, logged in to with its folders made, and how many mails lie in it."""
        server = self.interview.ask("imap", lambda text: self._server(text, "imap", working_imap), guess)

        def logged_in(login: Login) -> tuple[ImapSettings, int]:
            settings = ImapSettings.model_validate(server.model_dump() | login)
            with Mailbox(settings) as mailbox:
                mailbox.ensure_folders()
                return settings, len(mailbox.uids())

        settings, count = self._login(("user", "password"), address, server, logged_in)
        self.interview.tell("logged-in", "good", count=str(count))
        return settings, count

    def _outgoing(self, imap: ImapSettings, guess: str) -> SmtpSettings:
        server = self.interview.ask("smtp", lambda text: self._server(text, "smtp", working_smtp), guess)
        try:
            settings = _with_login(server, {"user": imap.user, "password": imap.password})
        except PostError as error:
            if error.kind == NO_LOGIN:  # it may take mail all the same; the mail to itself shows it
                settings = server
            else:
                self.interview.person.tell(str(self._why(server, error)), "warning")
                settings = self._login(("smtp_user", "smtp_password"), imap.user, server, partial(_with_login, server))
        self.interview.tell("sending", "good")
        return settings

    def _login(
        self,
        names: tuple[str, str],
        user: str,
        server: ImapSettings | SmtpSettings,
        logged_in: Callable[[Login], Value],
    ) -> Value:
        """User and password, both asked again until the server takes them: either may be wrong."""
        while True:
            user = self.interview.ask(names[0], self._given, user)
            password = "" if user == NONE else self.interview.ask(names[1], self._given, hidden=True)
            try:
                return logged_in({"user": user.removeprefix(NONE), "password": SecretStr(password)})
            except PostError as error:
                self.interview.person.refused(names[1], self._why(server, error))

    def _to_itself(self, address: str, imap: ImapSettings, smtp: SmtpSettings) -> Trip:
        """The mail to itself, filed away again; what it tells of the receiving server."""
        tell = self.interview.tell
        tell("waiting")
        try:
            with Mailbox(imap) as mailbox:
                trip = round_trip(address, mailbox, Outbox(smtp))
                if trip.found:
                    mailbox.file_away(trip.found.uid, "Done")
        except PostError as error:
            self.interview.person.tell(str(self._why(smtp, error)), "wrong")
            return Trip(self.now)
        if trip.refused:
            tell("refused", "wrong", detail=trip.refused)
        elif trip.found is None:
            tell("came-not", "wrong", seconds=f"{BACK_SECONDS:.0f}", address=address)
        else:
            tell("came", "good", seconds=f"{trip.seconds:.1f}")
            name = trip.authserv_id
            tell("authserv" if name else "authserv-none", "good" if name else "warning", server=name)
        return trip

    def _server(self, text: str, kind: str, working: Callable[[Place], Settings]) -> Settings:
        """A server as ``host:port``, with the way of security by which it answers."""
        host, _, port = self._given(text).replace(" ", "").partition(":")
        said = ascii_digits(port) or str(USUAL[kind])
        if not said.isdecimal() or not 0 < int(said) <= HIGHEST_PORT:
            raise self.interview.unfit("no-port", value=port, usual=str(USUAL[kind]))
        place = Place(host.lower(), int(said))
        try:
            settings = working(place)
        except PostError as error:
            raise self._why(place, error) from None
        self.interview.tell("reached", "good", place=str(place), security=settings.security)
        return settings

    def _given(self, text: str) -> str:
        if not text:
            raise self.interview.unfit("nothing")
        return text

    def _why(self, server: ImapSettings | SmtpSettings | Place, error: PostError) -> Unfit:
        kind = (
            "certificate"
            if certificate_fault(error)
            else error.kind or ("away" if isinstance(error, Transient) else "")
        )
        known = kind if kind in REASONS else "server"
        # "b'[AUTHENTICATIONFAILED] ...'": as the IMAP library shows an answer.
        detail = re.sub(r"^b'(.{0,500})'$", r"\1", error.detail or error.action)
        return self.interview.unfit(known, away=known == "away", place=f"{server.host}:{server.port}", detail=detail)


def _with_login(server: SmtpSettings, login: Login) -> SmtpSettings:
    """The settings with a login that the server takes. Raises PostError."""
    settings = SmtpSettings.model_validate(server.model_dump() | login)
    Outbox(settings).probe()
    return settings
