"""What a server means when it does not take a letter: whether the address is dead, and how staff say it in Thai. Pure."""

from parsers.reading import Unreached

# Refusals of this one letter, which say nothing of the address: too large, its form, its content, a policy (RFC 3463).
_OF_THE_LETTER = ("5.2.3", "5.3.4", "5.6.", "5.7.")
_OF_THE_ADDRESS = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")  # no such mailbox or domain, or switched off
_PLAIN = (  # the beginning of a code, or a word of the server: what it means
    (
        ("5.1.1", "5.1.10", "5.1.6", "unknown user", "user unknown", "no such", "not exist", "not found", "no mailbox"),
        "ไม่มีที่อยู่อีเมลนี้",
    ),
    (("5.2.1", "disabled", "inactive", "suspended"), "ที่อยู่อีเมลนี้ถูกปิดการใช้งาน"),
    (("5.2.2", "4.2.2", "quota", "mailbox full", "is full"), "กล่องจดหมายปลายทางเต็ม"),
    (("5.2.3", "5.3.4", "too large", "size"), "จดหมายมีขนาดใหญ่เกินที่ปลายทางรับ"),
    (("5.1.2", "4.1.2", "5.4.4", "4.4.4", "dns", "host not", "domain"), "ไม่พบเครื่องแม่ข่ายของที่อยู่นี้"),
    (("5.7.", "spam", "blocked", "policy", "dmarc"), "ปลายทางปฏิเสธตามนโยบายความปลอดภัยของเขา"),
    (("4.",), "ปลายทางติดต่อไม่ได้หลายครั้งจนหมดเวลา"),
)


def denies_address(one: Unreached) -> bool:
    """Whether a server's refusal clearly says that the address is dead, as its code or its words have it."""
    dead = _PLAIN[0][0] + _PLAIN[1][0]
    return one.code.startswith(_OF_THE_ADDRESS) or (not one.code and any(sign in one.words.lower() for sign in dead))


def speaks_of_address(one: Unreached) -> bool:
    """Whether a refusal says something of the address, and not of the one letter alone."""
    return not one.code.startswith(_OF_THE_LETTER)


def in_thai(one: Unreached) -> str:
    """What the server means, as staff say it."""
    words = one.words.lower()
    for signs, meaning in _PLAIN:
        if any(one.code.startswith(sign) if sign[0].isdigit() else sign in words for sign in signs):
            return meaning
    return "ปลายทางไม่รับจดหมาย"
