"""What a refusal by Microsoft Graph means.

Owns the table of its codes. They stand in ``error.code`` of the answer
(https://learn.microsoft.com/en-us/graph/errors); those of mail are Exchange's own
(https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/responsecode).
"""

from http import HTTPStatus

from bot.post.error_meanings import BUSY, CROWDED, FOLDER, FULL, Trouble
from bot.post.https.refusals import Refusal
from bot.post.smtp.refusals import About

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


class GraphRefusal(Refusal):
    """One of Microsoft Graph."""

    rights = RIGHTS
    mailbox_codes = MAILBOX_CODES
    letter_codes = LETTER_CODES
    # A server in front spoke, or one that broke.
    doubtful_statuses = (HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT)
    # Of a draft: the next try makes another.
    gone = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.GONE, HTTPStatus.PRECONDITION_FAILED)
