"""Wishes about where a reporter is reached: an address more, or one less. Pure."""

from bot.office.decision import Decision
from bot.office.letters.letter import Letter
from bot.office.letters.notice import Notice
from bot.office.letters.word_to_reporter import Reader, word_to
from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.circular import mail_address
from bot.office.model.roster import Contact
from bot.office.rounds.instruction import Done
from bot.office.rules.wish_asked import Asked


def holders(asked: Asked) -> tuple[Contact, ...]:
    """Whose address it is now."""
    roster = asked.bureau.roster
    theirs = (r.key for r in roster.reporters if asked.wish.address in map(str.casefold, r.addresses))
    return tuple(map(roster.contact_for, theirs))


def address_added(asked: Asked) -> Done:
    """Letters go to one address more, and what comes from it counts; those who were reached before hear of it."""
    wish, office = asked.wish, asked.bureau.office
    (contact,) = asked.contacts if len(asked.contacts) == 1 else (None,)
    if contact is None:
        return Done("เพิ่มที่อยู่ได้ครั้งละหนึ่งผู้รายงาน โปรดระบุเพียงแห่งเดียว")
    owners = [each.reporter for each in holders(asked)]
    reasons = (
        (not _is_address(wish.address), f"{wish.address} ไม่ใช่ที่อยู่อีเมลที่ถูกต้อง"),
        (contact.reporter in owners, f"{wish.address} เป็นที่อยู่ของ{contact.reporter.name} อยู่แล้ว"),
        (owners, f"{wish.address} เป็นที่อยู่ของ{owners[0].name if owners else ''} อยู่แล้ว"),
        (wish.address in office.staff or office.is_own(wish.address), f"{wish.address} เป็นที่อยู่ของเจ้าหน้าที่หรือของระบบ"),
    )
    if why := next((said for holds, said in reasons if holds), ""):
        return Done(why)
    marks = [_mark(asked, AddressStanding.ADDED, contact.reporter.key)]
    if asked.facts.about_address is not None and asked.facts.about_address.standing is AddressStanding.REFUSED:
        marks.append(_mark(asked, AddressStanding.ACCEPTED, contact.reporter.key))
    told = _told(
        asked,
        contact,
        (*contact.reporter.addresses, wish.address),
        f"เพิ่มที่อยู่ {wish.address} เป็นที่อยู่ของ{contact.reporter.name}",
    )
    return Done(
        f"เพิ่มที่อยู่ {wish.address} ให้{contact.reporter.name} และแจ้งทุกที่อยู่ของ{contact.reporter.name}",
        Decision(outcome="address-added", letters=(told,), marks=tuple(marks)),
        ("จดหมายจากที่อยู่นี้จะนับเป็นรายงานของผู้รายงานนี้",),
    )


def address_removed(asked: Asked) -> Done:
    """No letter goes there any more, and what comes from it counts no more; those who are left hear of it."""
    wish, owners = asked.wish, holders(asked)
    named = {contact.reporter.key for contact in asked.contacts}
    if not owners:
        return Done(f"{wish.address} ไม่ใช่ที่อยู่ของผู้รายงานใดในทะเบียน")
    if named and not named & {owner.reporter.key for owner in owners}:
        return Done(f"{wish.address} เป็นที่อยู่ของ{owners[0].reporter.name} ไม่ใช่ของผู้รายงานที่ระบุ")
    left = {o.reporter.key: tuple(a for a in o.reporter.addresses if a.casefold() != wish.address) for o in owners}
    alone = next((owner for owner in owners if not left[owner.reporter.key]), None)
    if alone is not None and alone in asked.bureau.roster.contacts:
        return Done(f"{wish.address} เป็นที่อยู่เดียวของ{alone.reporter.name} โปรดเพิ่มที่อยู่ใหม่ก่อนลบ")
    names = " และ".join(owner.reporter.name for owner in owners)
    marks = [_mark(asked, AddressStanding.REMOVED, "")]
    if asked.facts.about_address is not None and asked.facts.about_address.standing is AddressStanding.ACCEPTED:
        marks.append(_mark(asked, AddressStanding.REFUSED, ""))
    told = [
        _told(asked, o, left[o.reporter.key], f"ลบที่อยู่ {wish.address} ออกจากที่อยู่ของ{o.reporter.name}")
        for o in owners
        if left[o.reporter.key]
    ]
    return Done(
        f"ลบที่อยู่ {wish.address} ของ{names}",
        Decision(outcome="address-removed", letters=tuple(told), marks=tuple(marks)),
        ("จดหมายจากที่อยู่นี้จะไม่นับเป็นรายงานอีก",),
    )


def _mark(asked: Asked, standing: AddressStanding, reporter: str) -> AddressMark:
    return AddressMark(asked.wish.address, standing, reporter, asked.wish.why, asked.word.by, asked.now)


def _told(asked: Asked, contact: Contact, to: tuple[str, ...], what: str) -> Letter:
    content = Notice(
        "เปลี่ยนแปลงที่อยู่อีเมลที่ใช้ติดต่อ",
        (f"เจ้าหน้าที่{asked.bureau.office.name}{what}",),
        todo="หากไม่ถูกต้อง โปรดติดต่อเจ้าหน้าที่",
    )
    reader = Reader(contact.reporter.key, contact.salutation, to)
    return word_to(reader, None, f"{asked.word.occasion}-address", content)


def _is_address(address: str) -> bool:
    try:
        return bool(mail_address(address))
    except ValueError:
        return False
