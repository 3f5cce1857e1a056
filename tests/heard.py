"""Whether every mail of a folder is heard: ``python tests/heard.py FOLDER``.

Each mail under FOLDER is read as it is and decided as if a known reporter, staff, the department, or a stranger who answers
a letter of ours had sent it. Counts what becomes of them; prints and ends with 1 for a mail that ends without an answer or a
word to staff with its text, unless a program wrote it or it is bare thanks.
"""

import collections
import dataclasses
import datetime
import sys
from pathlib import Path
from typing import Any

from bot.config.load import shipped_bureau
from bot.office.decision import Decision, Facts
from bot.office.letters.letter import STAFF
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.received_mail import Inboxed
from bot.office.model.sent_letter import SentLetter
from bot.office.rules.case import Case
from bot.office.rules.decide import decide
from parsers.read import read_message
from parsers.reading import MACHINE_MADE, Reading

NOW = datetime.datetime(2024, 11, 27, 9, 0, tzinfo=BANGKOK)
MOST = 3_000_000  # bytes of a mail; larger ones are made to be slow
WHO = {
    "reporter": "long@district.phrae.example",
    "staff": "somsri@phrae.example",
    "department": "dla0810_7@dla.go.th",
    "stranger who answers": "who@freemail.example",
}
OURS = SentLetter("request", "w5827", "long", "request", "r@phrae.example", ("long@district.phrae.example",))


def is_heard(decision: Decision, text: str) -> bool:
    """Whether somebody is answered, or staff get the text, or their share of a long one."""
    if any(letter.addressee != STAFF or letter.template == "words" for letter in decision.letters):
        return True
    beginning = text[:1_000]
    shown = [quote.text for letter in decision.letters for quote in letter.view.get("quotes", ())]
    waits = any(entry.step.startswith("words-") for entry in decision.ledger)
    return any(beginning in each for each in shown) or (waits and beginning in decision.why)


def main(arguments: list[str]) -> int:
    """Read everything; the exit code."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__)
        return 2
    shipped = shipped_bureau()
    office = dataclasses.replace(shipped.office, address="office@phrae.example", staff=(WHO["staff"],))
    bureau = dataclasses.replace(shipped, office=office)
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    unheard = []
    paths = [p for p in sorted(Path(arguments[0]).rglob("*")) if p.is_file() and p.stat().st_size < MOST]
    for path in paths:
        read = read_message(path.read_bytes(), bureau.catalogue())
        for name, address in WHO.items():
            decision, reading = _decided(bureau, read, name, address)
            counts[name, decision.outcome] += 1
            mail = reading.mail
            silent = mail is None or mail.kind in MACHINE_MADE or decision.outcome == "thanks"
            if not silent and not is_heard(decision, mail.text.strip()):
                unheard.append(f"{path}: as {name}: {decision.outcome}")
    for (name, outcome), count in sorted(counts.items()):
        print(f"{name:<22} {outcome:<18} {count}")
    print(f"{len(paths)} mails, {sum(counts.values())} decisions; unheard: {len(unheard)}", *unheard, sep="\n    ")
    return 1 if unheard else 0


def _decided(bureau, read: Reading, name: str, address: str) -> tuple[Decision, Reading]:
    """The decision, as if the mail came from ``address``."""
    answers = name == "stranger who answers"
    known: dict[str, Any] = {"reporter": "long"} if answers or name == "reporter" else {}
    mail = dataclasses.replace(read.mail, sender=address) if read.mail else None
    reading = dataclasses.replace(read, mail=mail, circular=read.circular or "w5827", **known)
    facts = Facts(answered=(OURS,) if answers else ())
    message = Inboxed(1, b"", "ab" * 32, NOW, 1000, oversize=False)
    return decide(Case(bureau, reading, facts, message, NOW)), reading


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
