"""The letter with the link by which somebody signs in to the page in the browser. Pure."""

from bot.office.letters.letter import Letter, LetterKind, as_written
from bot.office.model.bureau import Bureau
from bot.office.model.sign_in import SignInLink
from parsers.reading import Mail

PATH = "/sign-in/"  # of the page, before what the link holds


def sign_in_letter(bureau: Bureau, link: SignInLink, token: str, answering: Mail | None = None) -> Letter:
    """To the one address that may use it; ``token`` is what the link holds. Its digest is the letter's occasion."""
    return Letter(
        kind=LetterKind.NOTICE,
        circular="",
        addressee=link.address,
        occasion=f"sign-in-{link.digest[:16]}",
        to=(link.address,),
        subject="ลิงก์สำหรับเข้าระบบ",
        template="sign_in",
        view={
            "link": as_written(f"{bureau.office.desk}{PATH}{token}"),
            "until": link.until,
            "here": bool(link.browser),
        },
        in_reply_to=answering.message_id if answering else "",
        references=answering.references if answering else (),
        cannot_wait=True,
    )
