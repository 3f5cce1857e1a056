"""What a person says should become of a round, and what came of it. Values only."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from bot.office.decision import Decision
from bot.office.model.circular_standing import Standing
from bot.office.model.roster import Contact
from bot.office.model.round_change import ChangeKind, RoundChange


@dataclass(frozen=True)
class Instruction:
    """On whose word a round is changed, when and why. ``occasion`` makes it the only one: a mail's hash, a command's moment."""

    by: str  # address, or the command
    now: datetime.datetime
    occasion: str
    why: str = ""

    def change(self, circular: str, kind: ChangeKind, whom: str = "") -> RoundChange:
        """The change of a round by this word."""
        return RoundChange(circular, kind, self.by, self.now, self.occasion, whom, self.why)


@dataclass(frozen=True)
class Done:
    """What comes of an instruction: the decision and what it does, in one Thai sentence; or, without one, why not.

    The sentence begins with the verb, so that จะ or แล้ว may stand around it. ``cautions`` are what staff should know beside it.
    """

    said: str
    decision: Decision | None = None
    cautions: tuple[str, ...] = ()


def no_address(contacts: Iterable[Contact]) -> tuple[str, ...]:
    """Who ought to be told and has no address of mail, as a caution to staff."""
    names = [contact.reporter.name for contact in contacts if not contact.reporter.addresses]
    return (f"ไม่มีที่อยู่อีเมลของ{', '.join(names)} โปรดแจ้งด้วยตนเอง",) if names else ()


def refused(standing: Standing) -> str:
    """Why nothing of this round can be changed any more, in Thai; empty when it can."""
    if standing.circular.closed:
        return "รอบนี้ปิดแล้ว โปรดเปิดรอบก่อน"
    return ""
