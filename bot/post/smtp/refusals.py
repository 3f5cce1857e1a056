"""What a server's refusal of a letter means: whose fault it is, whether waiting helps, what the technician does next.

Owns the table over the codes of SMTP (RFC 5321, 4.2; enhanced: RFC 3463, RFC 7372, IANA's registry of RFC 5248) and the
words of big providers that give no code of their own. Knows no letter and no addressee.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 2000  # characters of an answer that are looked at


class About(StrEnum):
    """Whose fault a refusal is."""

    ADDRESS = "address"  # no such mailbox or domain, or switched off
    MAILBOX = "mailbox"  # the addressee's is full, or takes no more just now
    SIZE = "size"  # the letter is too large
    LETTER = "letter"  # its content, or a policy of the addressee's
    QUOTA = "quota"  # our account has sent its number
    SENDER = "sender"  # our account, address or machine may not send so
    SERVER = "server"  # the server's own trouble
    UNCLEAR = "unclear"


OURS = frozenset({About.QUOTA, About.SENDER})  # every letter would fare the same
WAITS = OURS | {About.SERVER}  # may pass though the server says 5xx: a day begins, somebody mends a setting
STEPS = {
    About.ADDRESS: "Correct the address in the roster, then `ruam resend` the letter.",
    About.MAILBOX: "Tell the addressee that its mailbox takes no mail, then `ruam resend` the letter.",
    About.SIZE: "Raise the server's limit, or send the file another way.",
    About.LETTER: "Read the server's words; when the cause is mended, `ruam resend` the letter.",
    About.QUOTA: "Tried again by itself for five days; raise the account's limit, or lower letters_per_hour in [smtp].",
    About.SENDER: (
        "Tried again by itself for five days; have the provider let this account send as the office's address: its "
        "login, its rights, the server's relaying, SPF and DKIM of the domain."
    ),
    About.SERVER: "Tried again by itself for five days; ask whoever runs the server when it lasts.",
    About.UNCLEAR: "Read the server's words; when the cause is mended, `ruam resend` the letter.",
}


@dataclass(frozen=True)
class Refusal:
    """What one answer means. ``passing``: a later try may succeed."""

    about: About
    passing: bool

    @property
    def step(self) -> str:
        """The next step for the technician."""
        return STEPS[self.about]


# "5.7.1" of "550 5.7.1 …" (RFC 3463); not a part of "10.5.7.1", an address of a computer.
_ENHANCED = re.compile(r"(?<![\d.])[245]\.(\d{1,3}\.\d{1,3})(?![\d.])")
# "over_quota", "over-quota" and "over quota" are one.
_MARKS = re.compile(r"[\s_\-]+")


def _signs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(sign.split()) for sign in text.split(";"))


# In order, the first that fits: words within the answer in small letters, its ``-`` and ``_`` blanks.
_WORDS = tuple(
    (about, _signs(words))
    for about, words in (
        (
            About.SIZE,
            """
        too large; too big; size limit; size exceeds; message size; maximum size; file size; mail size; message
        length; message exceeds; exceeds the maximum size; exceeds the maximum allowed size; larger than; oversize
        """,
        ),
        (
            About.MAILBOX,
            """
        receiving mail; over quota; overquota; mailbox full; mailbox is full; mailbox quota
        """,
        ),
        (
            About.QUOTA,
            """
        sending limit; sending quota; sending rate; send limit; send quota; limit of sending; submissionquota;
        submission quota; daily limit; daily user; daily quota; daily message; daily sending; daily smtp; daily email;
        daily mail; hourly; per hour; per day; per minute; 24 hour; 24 hr; in one day; message count; message limit;
        messages limit; email limit; emails limit; mail limit; mails limit; rate limit; ratelimit; rate control;
        throttl; too many messages; too many emails; too many mails; too many connections; too many recipients; too much
        mail; too fast; too quickly; outgoing quota; maximum credits; relay quota; relay limit; unusual rate; sending
        activity; exceeded threshold; limit exceeded; quota exceeded; exceeded the limit; exceeded your; exceeded its;
        exceeded the max; exceeded the quota; recipient limit; recipients limit; message recipients; reached your; too
        often; reached the limit; reached its limit; over limit; over the limit; limit reached; quota reached; exceeded
        quota; exceeded limit; out of quota; maximum number of messages; maximum number of emails
        """,
        ),
        (
            About.SENDER,
            """
        sender address rejected; sender rejected; sender denied; sender verify; bad sender; invalid sender; outbound
        sender; banned sender; sendas; send as; send on behalf; not owned by; not the owner; from address; sender
        address; mail from; envelope sender; sender is not; sender not; unauthenticated; email address is not verified;
        domain is not verified; permitted to send; allowed to send; email outgoing; authorized to send; authorised to
        send; permission to send; outgoing mail; outbound mail; outgoing email; not authenticated; authentication
        required; authentication is required; must authenticate; auth required; authenticate first; smtp auth;
        authentication credentials; log in first; login required; please log in; please login; must login; starttls;
        relay access; relay denied; relaying; relay not; mail relay; to relay; rcpthosts; not relay; no relay; cannot
        relay; client host rejected; client host blocked; your account; your ip; blacklist; black list; blocklist; block
        list; blocklisted; spamhaus; spamcop; barracuda; reputation; reverse dns; ptr record; spf; dkim; dmarc; helo
        command rejected
        """,
        ),
        (
            About.ADDRESS,
            """
        user unknown; unknown user; no such; not exist; doesn't exist; not found; no mailbox; unknown recipient;
        recipient unknown; invalid recipient; bad recipient; unknown mailbox; mailbox unavailable; unknown address;
        unrouteable; unroutable; no valid recipient; disabled; inactive; suspended; unknown local; not our
        """,
        ),
        (
            About.SERVER,
            """
        try again; try later; temporar; local error; insufficient; disk full; no space; queue
        """,
        ),
    )
)
_CLOSED_ACCOUNT = _signs("""
user suspended; account suspended; account is suspended; account has been suspended; account blocked; account is
blocked; account has been blocked; account is locked; account locked; account disabled; account is disabled;
subscription expired
""")
# The enhanced code without its class, or the beginning of it.
_CODES = tuple(
    (about, tuple(codes.split()))
    for about, codes in (
        (About.SIZE, "2.3 3.4"),
        (About.QUOTA, "4.5 1.90 5.3 7.28 7.232 7.233 7.705"),
        (About.ADDRESS, "1.1 1.2 1.3 1.4 1.6 1.9 1.10 2.1 2.4 4.1 4.4 4.6 4.310"),
        (About.MAILBOX, "2.2"),
        (
            About.SENDER,
            (
                "1.7 1.8 1.20 2.252 7.3 7.4 7.5 7.8 7.9 7.10 7.11 7.12 7.13 7.14 7.18 7.20 7.21 7.22 7.23 7.24 7.25 7.26 7.27 "
                "7.57 7.60 7.64 7.139 7.501 7.502 7.503 7.504 7.505 7.506 7.507 7.508 7.509 7.510 7.511 7.606 7.700 7.703 7.708 "
                "7.750"
            ),
        ),
        (About.SERVER, "3.0 3.1 3.2 3.5 4.0 4.2 4.3 4.7"),
        (About.LETTER, "6. 7."),
    )
)
_OF_THE_LOGIN = frozenset({530, 534, 535, 538})
_VAGUE = frozenset({None, About.LETTER, About.SERVER, About.MAILBOX})  # codes that servers give for much else


def meaning(code: int, words: str, verb: str = "") -> Refusal:
    """What an answer of 4xx or 5xx means. ``words``: the answer's text; ``verb``: MAIL, RCPT, DATA, ``.``, or "" if unknown."""
    about = _about(code, words, verb)
    return Refusal(about, code < 500 or about in WAITS)  # noqa: PLR2004 -- SMTP's border between "later" and "never"


def _about(code: int, words: str, verb: str) -> About:
    said = _MARKS.sub(" ", words[:LONGEST].lower())
    enhanced = _ENHANCED.search(words[:LONGEST])
    by_code = _by_code(enhanced[1]) if enhanced else None
    by_words = next((about for about, signs in _WORDS if any(sign in said for sign in signs)), None)
    if code in _OF_THE_LOGIN:
        return About.SENDER
    if by_code in _VAGUE and any(sign in said for sign in _CLOSED_ACCOUNT):
        return About.ADDRESS if verb == "RCPT" and "sender" not in said else About.SENDER
    if by_code is About.ADDRESS and enhanced and enhanced[1].startswith("1."):
        return About.SENDER if verb != "RCPT" or "sender" in said else by_code
    if by_code is About.ADDRESS and by_words in {About.QUOTA, About.MAILBOX}:
        return by_words
    found = by_words if by_code in _VAGUE else by_code
    return found or by_code or _by_verb(code, verb)


def _by_code(subject: str) -> About | None:
    """By the enhanced code without its class: ``4.5`` of 5.4.5."""
    for about, codes in _CODES:
        if any(subject == code or (code.endswith(".") and subject.startswith(code)) for code in codes):
            return about
    return None


def _by_verb(code: int, verb: str) -> About:
    """What is refused when nothing is said but a number: all that MAIL names is our own address."""
    if code == 552:  # noqa: PLR2004 -- "exceeded storage allocation"
        return About.SIZE if verb in {"MAIL", "."} else About.MAILBOX
    if verb == "MAIL" and code in {550, 551, 553, 554}:
        return About.SENDER
    return About.UNCLEAR


def together(refusals: Iterable[Refusal]) -> About:
    """Whose fault it is that nobody takes a letter: the one that all have in common, or UNCLEAR."""
    found = {refusal.about for refusal in refusals}
    return found.pop() if len(found) == 1 else About.UNCLEAR
