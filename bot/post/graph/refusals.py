"""What a refusal by Microsoft Graph means: for one letter, or for everything that is asked of the mailbox.

Owns the table of its codes. They stand in ``error.code`` of the answer
(https://learn.microsoft.com/en-us/graph/errors); those of mail are Exchange's own
(https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/responsecode).
"""

from http import HTTPStatus

from bot.post.error_meanings import BUSY, CROWDED, FOLDER, FULL, REFUSED, Trouble
from bot.post.exceptions import PostError, Transient
from bot.post.smtp.refusals import WAITS, About
from bot.post.smtp.sending import Result

RIGHTS = Trouble(
    "login",
    permanent=True,
    step="Give the application Mail.ReadWrite and Mail.Send of Microsoft Graph, have the administrator consent, and run "
    "`ruam authorize` as this mailbox.",
)
MAILBOX = Trouble(
    "login",
    permanent=True,
    step="Write a mailbox of Exchange Online in user; see that it has a licence and is not moved.",
)
SIGN_IN = Trouble("login", permanent=True, step="Sign in again as this mailbox: run `ruam authorize`.")

# Of the mailbox, whatever is asked of it; in small letters.
MAILBOX_CODES = {
    "erroraccessdenied": RIGHTS,
    "authorization_requestdenied": RIGHTS,
    "erroraccountdisabled": MAILBOX,
    "errorinvaliduser": MAILBOX,
    "request_resourcenotfound": MAILBOX,
    "mailboxnotenabledforrestapi": MAILBOX,
    "mailboxnotsupportedforrestapi": MAILBOX,
    "errornonexistentmailbox": MAILBOX,
    "errorquotaexceeded": FULL,
    "errorfoldernotfound": FOLDER,
    "errormailboxstoreunavailable": BUSY,
    "errorserverbusy": CROWDED,
    "applicationthrottled": CROWDED,
    "activitylimitreached": CROWDED,
}
# Of one letter.
LETTER_CODES = {
    "errormessagesizeexceeded": About.SIZE,
    "errorattachmentsizelimitexceeded": About.SIZE,
    "requestentitytoolarge": About.SIZE,
    "errorsendasdenied": About.SENDER,
    "errorsubmissionquotaexceeded": About.QUOTA,
    "errorexceededmessagelimit": About.QUOTA,
    "errormessagesubmissionblocked": About.SENDER,
    "errorinvalidrecipients": About.ADDRESS,
}
# Answers after which it is not known whether what was asked for was done: a server in front spoke, or one that broke.
DOUBTFUL = {HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT}
# Of a draft that was removed or changed by others meanwhile: the next try makes another.
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.GONE, HTTPStatus.PRECONDITION_FAILED}
WAITING = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
LONGEST = 500  # characters of an answer that are told


class Refusal(Exception):  # noqa: N818 -- never leaves this room
    """The server answered, and not with yes."""

    def __init__(self, status: int, code: str, said: str) -> None:
        self.status = status
        self.code = code
        self.words = f"{status} {code}: {said}"[:LONGEST].replace("\n", " ")
        super().__init__(self.words)

    @property
    def doubtful(self) -> bool:
        """Whether what was asked for may have been done all the same."""
        return self.status in DOUBTFUL

    def error(self, action: str) -> PostError:
        """What it means for whoever asked for anything but a letter's sending."""
        meant = self._of_the_mailbox() or (BUSY if self.status >= HTTPStatus.INTERNAL_SERVER_ERROR else REFUSED)
        return meant.error(action, self.words, stands=not meant.permanent and meant not in (BUSY, CROWDED))

    def result(self, action: str) -> Result:
        """What became of the letter that was refused. Raises PostError where every letter would fare the same."""
        about = LETTER_CODES.get(self.code.lower())
        if self.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            about = About.SIZE
        if about is None and (meant := self._of_the_mailbox()):
            raise meant.error(action, self.words)
        passing = self.status >= HTTPStatus.INTERNAL_SERVER_ERROR or self.status in GONE
        about = about or (About.SERVER if passing else About.LETTER)
        return Result("deferred" if about in WAITS else "failed", self.words, about=about)

    def _of_the_mailbox(self) -> Trouble | None:
        if known := MAILBOX_CODES.get(self.code.lower()):
            return known
        if self.status in WAITING:
            return CROWDED
        if self.status == HTTPStatus.UNAUTHORIZED:
            return SIGN_IN
        known_code = self.code.lower() in LETTER_CODES
        return RIGHTS if self.status == HTTPStatus.FORBIDDEN and not known_code else None


class Lost(Transient):
    """A request went out and no whole answer came: what it asked for may have been done."""
