"""What a refusal over HTTPS means: for one letter, or for everything that is asked of the mailbox.

Owns the order of the questions. The codes, which differ, are each provider's own: `bot.post.graph.refusals`, `bot.post.gmail.refusals`.
"""

from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import ClassVar

from bot.post.error_meanings import BUSY, CROWDED, REFUSED, Trouble
from bot.post.exceptions import PostError, Transient
from bot.post.smtp.refusals import WAITS, About
from bot.post.smtp.sending import Result

SIGN_IN = Trouble("login", permanent=True, step="Sign in again as this mailbox: run `ruam authorize`.")
WAITING = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
LONGEST = 500  # characters of an answer that are told


class Refusal(Exception):  # noqa: N818 -- never leaves this room and those of the providers
    """The server answered, and not with yes. ``code`` is the provider's word; ``wait``: seconds it wants to be left alone, None unsaid."""

    rights: ClassVar[Trouble]  # what a 403 means that says no more
    mailbox_codes: ClassVar[Mapping[str, Trouble]]  # of the mailbox, whatever is asked of it; in small letters
    letter_codes: ClassVar[Mapping[str, About]]  # of one letter; in small letters
    # Answers after which it is not known whether what was asked for was done.
    doubtful_statuses: ClassVar[Collection[int]]
    # Of what was removed or changed by others meanwhile: the next try begins anew.
    gone: ClassVar[Collection[int]]

    def __init__(self, status: int, code: str, said: str, wait: float | None = None) -> None:
        self.status = status
        self.code = code
        self.wait = wait
        self.words = f"{status} {code}: {said}"[:LONGEST].replace("\n", " ")
        super().__init__(self.words)

    @property
    def doubtful(self) -> bool:
        """Whether what was asked for may have been done all the same."""
        return self.status in self.doubtful_statuses

    @property
    def waits(self) -> bool:
        """Whether the server wants to be left alone, whatever is asked of it."""
        return self.status in WAITING

    def error(self, action: str) -> PostError:
        """What it means for whoever asked for anything but a letter's sending."""
        meant = self._of_the_mailbox() or (BUSY if self.status >= HTTPStatus.INTERNAL_SERVER_ERROR else REFUSED)
        return meant.error(action, self.words, stands=not meant.permanent and meant not in (BUSY, CROWDED))

    def result(self, action: str) -> Result:
        """What became of the letter that was refused. Raises PostError where every letter would fare the same."""
        about = self._of_the_letter()
        if about is None and (meant := self._of_the_mailbox()):
            raise meant.error(action, self.words)
        passing = self.status >= HTTPStatus.INTERNAL_SERVER_ERROR or self.status in self.gone
        about = about or (About.SERVER if passing else About.LETTER)
        return Result("deferred" if about in WAITS else "failed", self.words, about=about)

    def _of_the_letter(self) -> About | None:
        if self.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return About.SIZE
        return self.letter_codes.get(self.code.lower())

    def _of_the_mailbox(self) -> Trouble | None:
        if known := self.mailbox_codes.get(self.code.lower()):
            return known
        if self.waits:
            return CROWDED
        if self.status == HTTPStatus.UNAUTHORIZED:
            return SIGN_IN
        return self.rights if self.status == HTTPStatus.FORBIDDEN and self._of_the_letter() is None else None


class Lost(Transient):
    """A request went out and no whole answer came: what it asked for may have been done."""
