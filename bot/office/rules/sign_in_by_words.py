"""``ขอเข้าระบบ``: a link to the page in the browser, to the member of staff who asks, and to nobody else. Pure.

The answer goes to the staff address that the mail names as its sender: who only borrows that name gets nothing.
"""

import hashlib
import hmac

from bot.office.decision import Decision
from bot.office.letters.notice import NOTHING_TO_DO, Notice
from bot.office.letters.sign_in import sign_in_letter
from bot.office.model.received_mail import MessageState
from bot.office.model.sign_in import SignInLink, digest_of
from bot.office.rules.case import Case
from bot.office.rules.said_back import answered


def link_by_mail(case: Case) -> Decision:
    """The link, or that the office has no such page."""
    if not case.bureau.office.desk:
        content = Notice("สำนักงานนี้ไม่ได้เปิดใช้หน้าเว็บของระบบ", ("สั่งและสอบถามทางอีเมลได้ตามปกติ",), todo=NOTHING_TO_DO)
        return answered(case, "no-desk", content)
    token = hmac.new(case.facts.secret.encode(), f"sign-in|{case.key}".encode(), hashlib.sha256).hexdigest()
    link = SignInLink(digest_of(token), case.mail.sender, "", case.now)
    letter = sign_in_letter(case.bureau, link, token, case.mail)
    return Decision(MessageState.DECIDED, "sign-in", letters=(letter,), links=(link,))
