"""What a refusal by the Gmail API means.

Owns the table of its reasons (https://developers.google.com/workspace/gmail/api/guides/handle-errors). Limits come as 403 or as 429, of which the
reason tells nothing more; where the account has sent its number of mails, the words end with ``(Mail sending)``, and reading goes on.
"""

from http import HTTPStatus

from bot.post.error_meanings import BUSY, CROWDED, FULL, Trouble
from bot.post.https.refusals import Refusal
from bot.post.smtp.refusals import About

SIGN_IN = Trouble(
    "login",
    permanent=True,
    step="Sign in again as this mailbox: run `ruam authorize`; with a service account, see that its key is still good.",
)
RIGHTS = Trouble(
    "login",
    permanent=True,
    step="Let the application or the service account have the scope https://mail.google.com/ for this mailbox; sign in as this "
    "mailbox (`ruam authorize`), or name it in subject.",
)
POLICY = Trouble(
    "login",
    permanent=True,
    step="Have the domain's administrator allow the application: Admin console, Security, API controls.",
)
API_OFF = Trouble("login", permanent=True, step="Enable the Gmail API in the project of the Google Cloud console.")
MAILBOX = Trouble("login", permanent=True, step="Write a mailbox in user for which Gmail is switched on.")

# Of the mailbox, whatever is asked of it; in small letters.
MAILBOX_CODES = {
    "autherror": SIGN_IN,
    "insufficientpermissions": RIGHTS,
    "domainpolicy": POLICY,
    "accessnotconfigured": API_OFF,
    "failedprecondition": MAILBOX,
    "ratelimitexceeded": CROWDED,
    "userratelimitexceeded": CROWDED,
    "dailylimitexceeded": CROWDED,
    "quotaexceeded": CROWDED,
    "backenderror": BUSY,
    "storagequotaexceeded": FULL,
}
LIMITS = {"ratelimitexceeded", "userratelimitexceeded", "dailylimitexceeded", "quotaexceeded"}
CUT = "upload"  # our own word for an upload of which the server did not take what was put
# Of one letter.
LETTER_CODES = {"uploadtoolarge": About.SIZE, CUT: About.SERVER}
OF_SENDING = "(mail sending)"
# What a refused letter is told when it is whom it goes to that is wrong: "Recipient address required", "Invalid To header".
OF_RECIPIENTS = ("recipient", "to header", "cc header", "bcc header")


class GmailRefusal(Refusal):
    """One of the Gmail API."""

    rights = RIGHTS
    mailbox_codes = MAILBOX_CODES
    letter_codes = LETTER_CODES
    # No answer of a broken server says that a letter did not go.
    doubtful_statuses = (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    )
    # Of an upload that the server forgot: the next try begins another.
    gone = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)

    @property
    def waits(self) -> bool:
        """A limit of the project or the mailbox; not that of the mails sent in a day, which is for sending alone."""
        return (super().waits or self.code.lower() in LIMITS) and not self._of_mails_sent()

    def _of_mails_sent(self) -> bool:
        return self.status == HTTPStatus.TOO_MANY_REQUESTS and OF_SENDING in self.words.lower()

    def _of_the_letter(self) -> About | None:
        if self._of_mails_sent():
            return About.QUOTA
        if self.status == HTTPStatus.BAD_REQUEST and any(sign in self.words.lower() for sign in OF_RECIPIENTS):
            return About.ADDRESS
        return super()._of_the_letter()
