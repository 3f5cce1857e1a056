"""What differs between two rosters, in lines for staff: who is new, gone, renamed, who reports, whose addresses changed. Pure."""

from collections.abc import Iterable, Iterator

from bot.office.model.named_few import named_few
from bot.office.model.roster import Contact, Roster
from parsers.reading import Organisation

NAMED = 12  # in one line; further ones are counted


def changes(before: Roster, after: Roster) -> tuple[str, ...]:
    """One line for each change, organisations before reporters; empty where nothing differs."""
    return (*_of_organisations(before, after), *_of_reporters(before, after), *_own_addresses(before, after))


def counted(before: Roster, after: Roster) -> tuple[str, ...]:
    """How much of each sort changes, a few words each; what does not change is not named."""
    was, now = _addresses(before), _addresses(after)
    chiefs, chiefs_now = _by_key(before), _by_key(after)
    both = [(before.by_code[code], one) for code, one in after.by_code.items() if code in before.by_code]
    named = sum(old.official_name != new.official_name and old.type == new.type for old, new in both)
    named += sum(name != chiefs[key][0] for key, (name, _) in chiefs_now.items() if key in chiefs)
    figures = (
        ("ที่อยู่อีเมลใหม่", len(now - was)),
        ("ที่อยู่อีเมลที่นำออก", len(was - now)),
        ("อีเมลหัวหน้าที่เปลี่ยน", sum(chief != chiefs.get(key, ("", ""))[1] for key, (_, chief) in chiefs_now.items())),
        ("หน่วยงานใหม่", len(after.by_code.keys() - before.by_code.keys())),
        ("หน่วยงานที่นำออก", len(before.by_code.keys() - after.by_code.keys())),
        ("ชื่อที่เปลี่ยน", named),
        ("ฐานะที่เปลี่ยน", sum(old.type != new.type for old, new in both)),
    )
    return tuple(f"{what} {figure} รายการ" for what, figure in figures if figure)


def _addresses(roster: Roster) -> set[tuple[str, str]]:
    """Each address with whose it is, reporters and organisations that may answer for themselves."""
    return {(reporter.key, address) for reporter in roster.reporters for address in reporter.addresses}


def _by_key(roster: Roster) -> dict[str, tuple[str, str]]:
    """Name and chief of each declared reporter."""
    return {each.reporter.key: (each.reporter.name, each.chief) for each in roster.contacts}


def _of_organisations(before: Roster, after: Roster) -> Iterator[str]:
    new = [each for code, each in after.by_code.items() if code not in before.by_code]
    gone = [each for code, each in before.by_code.items() if code not in after.by_code]
    yield from _named("เพิ่ม", (each.printed_short for each in new))
    yield from _named("นำออก (ข้อมูลที่เคยรายงานยังอยู่)", (each.printed_short for each in gone))
    for code, now in after.by_code.items():
        was = before.by_code.get(code)
        if was:
            yield from _of_one(was, now)
    who_was, who_is = _who(before), _who(after)
    moved: dict[tuple[str, str], list[str]] = {}
    for code, name in who_is.items():
        if code in who_was and who_was[code] != name:
            moved.setdefault((who_was[code], name), []).append(after.by_code[code].printed_short)
    for (old, name), organisations in moved.items():
        yield from _named(f"ผู้รายงานเปลี่ยนจาก{old} เป็น{name}", organisations)


def _of_one(was: Organisation, now: Organisation) -> Iterator[str]:
    if was.type != now.type:
        yield f"เปลี่ยนฐานะ: {was.short_name} เป็น {now.short_name} (ข้อมูลเดิมอยู่กับแห่งนี้ต่อไป)"
    elif was.official_name != now.official_name:
        yield f"เปลี่ยนชื่อ: {was.short_name} เป็น {now.short_name}"
    if was.district != now.district:
        yield f"ย้ายอำเภอ: {now.short_name} จาก{was.district} ไป{now.district}"
    if (was.present_code or was.code) != (now.present_code or now.code):
        yield f"รหัสใหม่: {now.short_name} {now.present_code or now.code}"


def _of_reporters(before: Roster, after: Roster) -> Iterator[str]:
    was = {each.reporter.key: each for each in before.contacts}
    now = {each.reporter.key: each for each in after.contacts}
    yield from _named("ผู้รายงานใหม่", (each.reporter.name for key, each in now.items() if key not in was))
    yield from _named("ผู้รายงานที่ไม่มีแล้ว", (each.reporter.name for key, each in was.items() if key not in now))
    for key, contact in now.items():
        said = list(_of_contact(was.get(key), contact))
        if said:
            yield f"{contact.reporter.name}: {' · '.join(said)}"


def _of_contact(was: Contact | None, now: Contact) -> Iterator[str]:
    if was and was.reporter.name != now.reporter.name:
        yield f"เดิมชื่อ{was.reporter.name}"
    old = was.reporter.addresses if was else ()
    yield from (f"+ {address}" for address in now.reporter.addresses if address not in old)
    yield from (f"− {address}" for address in old if address not in now.reporter.addresses)
    for what, before, after in (
        ("เรียน", was.salutation if was else now.salutation, now.salutation),
        ("หัวหน้า", was.chief if was else "", now.chief),
        ("โทรศัพท์", was.phone if was else "", now.phone),
    ):
        if before != after:
            yield f"{what} {after or 'ไม่มี'}"


def _own_addresses(before: Roster, after: Roster) -> Iterator[str]:
    changed = (
        after.by_code[code].printed_short
        for code in after.by_code
        if before.own_addresses.get(code, ()) != after.own_addresses.get(code, ()) and code in before.by_code
    )
    yield from _named("อีเมลของหน่วยงานเองเปลี่ยน", changed)


def _who(roster: Roster) -> dict[str, str]:
    return {code: each.reporter.name for each in roster.contacts for code in each.reporter.organisations}


def _named(what: str, names: Iterable[str]) -> Iterator[str]:
    found = list(names)
    if found:
        yield f"{what} {len(found)} แห่ง: {named_few(found, NAMED)}"
