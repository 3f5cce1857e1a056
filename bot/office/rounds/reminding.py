"""A reporter who is not reminded any more, and one who is after all. Nobody but staff is told. Pure."""

from bot.office.decision import Decision
from bot.office.model.bureau import Bureau
from bot.office.model.circular_standing import Standing
from bot.office.model.round_change import ChangeKind
from bot.office.rounds.instruction import Done, Instruction, refused


def spare(bureau: Bureau, standing: Standing, whom: str, word: Instruction) -> Done:
    """Remind a reporter (by key) no more; he still owes what he owes."""
    name = bureau.roster.by_key[whom].name
    if why := refused(standing) or (f"{name} ไม่ได้รับการเตือนอยู่แล้ว" if whom in standing.circular.round.spared else ""):
        return Done(why)
    return _changed(standing, f"ไม่เตือน{name} อีก", word, (ChangeKind.SPARED, whom))


def remind_again(bureau: Bureau, standing: Standing, whom: str, word: Instruction) -> Done:
    """Remind a reporter (by key) as the plan says."""
    name = bureau.roster.by_key[whom].name
    if why := refused(standing) or ("" if whom in standing.circular.round.spared else f"{name} ได้รับการเตือนตามปกติอยู่แล้ว"):
        return Done(why)
    return _changed(standing, f"เตือน{name} ตามปกติ", word, (ChangeKind.REMINDED, whom))


def _changed(standing: Standing, what: str, word: Instruction, change: tuple[ChangeKind, str]) -> Done:
    circular = standing.circular
    decision = Decision(
        outcome=change[0].value, circular=circular.slug, round_changes=(word.change(circular.slug, *change),)
    )
    return Done(f"{what} ในการรายงาน{circular.wording.subject}", decision)
