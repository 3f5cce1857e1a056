"""What a digest tells beside how each circular stands: what to do with the word for it, and what changed since the last one. Pure."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.office.letters.waiting_for_staff import Wait
from bot.office.model.bureau import Bureau
from bot.office.model.circular_standing import Standing
from bot.office.model.named_few import named_few

CALLS = 10  # reporters to phone that a digest lists; `ruam calls` has all
CHANGED = 15  # circulars whose changes it tells
NAMED = 8  # organisations in a line of these
DRAFTS = 20  # drafts that it lists


@dataclass(frozen=True)
class Morning:
    """What the plan knows of this morning. ``since``: the last digest; ``calls``: lines of each, whom first."""

    since: datetime.datetime | None = None
    calls: tuple[tuple[str, ...], ...] = ()
    days: tuple[str, ...] = ()  # what is doubtful about days off and deadlines

    def waits(self, queried: int) -> tuple[Wait, ...]:
        """What of it waits for staff, as the first line counts it; ``queried``: who has a figure not explained."""
        found = (
            Wait("ตรวจข้อสังเกตที่ยังไม่มีคำชี้แจง", queried, "แห่ง"),
            Wait("โทรศัพท์ติดตามผู้รายงาน", len(self.calls), "ราย"),
            Wait("ดูเรื่องวันหยุดและกำหนด", len(self.days), "เรื่อง"),
        )
        return tuple(wait for wait in found if wait.count)


NOTHING_MORE = Morning()


def view_of(
    bureau: Bureau, standings: Sequence[Standing], entries: Iterable[dict[str, Any]], morning: Morning
) -> dict[str, Any]:
    """The names that the template needs of it: drafts, asked, calls, calls_more, days, changed, since."""
    changed = [line for standing in standings for line in _changed(bureau, standing, morning.since)]
    drafts = [(one.circular, one.drafts[-1]) for one in standings if _waits_for_approval(one)]
    asked = [
        (entry["circular"], len(entry["conflicts"]), len(entry["queried"]))
        for entry in entries
        if entry["conflicts"] or entry["queried"]
    ]
    return {
        "drafts": [(circular, draft.version, draft.made) for circular, draft in drafts[:DRAFTS]],
        "asked": asked[:DRAFTS],
        "calls": morning.calls[:CALLS],
        "calls_more": len(morning.calls[CALLS:]),
        "days": morning.days[:DRAFTS],
        "changed": changed[:CHANGED],
        "changed_more": len(changed[CHANGED:]),
        "since": morning.since,
    }


def _waits_for_approval(standing: Standing) -> bool:
    return bool(standing.drafts) and not standing.dispatched and not standing.drafts[-1].waits


def _changed(bureau: Bureau, standing: Standing, since: datetime.datetime | None) -> Iterable[str]:
    """A line where something happened in a circular since then: reports, a draft, the report itself."""
    if since is None:
        return
    newest = standing.last_received
    came = [each.printed_short for each in bureau.roster.organisations if newest.get(each.code, since) > since]
    said = []
    if came:
        said.append(f"ได้รับข้อมูลใหม่หรือแก้ไข {len(came)} แห่ง ({named_few(came, NAMED)})")
    if made := [draft for draft in standing.drafts if draft.made > since]:
        said.append(f"จัดทำร่างรายงานฉบับที่ {made[-1].version}")
    if standing.dispatched and standing.dispatched > since:
        said.append("ส่งรายงานให้ส่วนกลางแล้ว")
    if said:
        yield f"{standing.circular.wording.subject} [{standing.circular.slug}]: {' · '.join(said)}"
