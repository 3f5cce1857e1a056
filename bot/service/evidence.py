"""``ruam evidence``: all that stands behind a circular written into one archive. Streamed; the same books give the same bytes."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.documents.evidence.archive import Archive, file_name
from bot.documents.evidence.page import page
from bot.office.letters.enclosures import ReadyFile
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular import Circular
from bot.service.context import House
from bot.store import schema
from bot.store.evidence_rows import RoundRows, Row, Table
from bot.store.journal import BEGINNING
from parsers.form.question import heading
from parsers.mail.attached_file import packed_files, unpacked_files

MAILED = 10 << 20  # bytes of an archive that goes by mail; base64 makes it a third more, and servers take 15 to 25 MB
_PLACE = ("file", "sheet", "cell")
_MAIL = ("id", "received_at", "sender", "subject", "state", "outcome", "why", "reporter", "verdict", "vouched_by")
# Each table of the archive: its columns.
TABLES: Mapping[str, tuple[Table, tuple[str, ...]]] = {
    "remarks": (schema.remark, ("message_id", "reporter", "key", "text", *_PLACE, "sender", "received_at")),
    "explanations": (
        schema.explanation,
        ("message_id", "reporter", "organisation", "question", "value", "text", *_PLACE, "sender", "received_at"),
    ),
    "findings": (
        schema.finding,
        ("message_id", "position", "code", "severity", "organisation", "question", "value", "message", *_PLACE),
    ),
    "letters": (
        schema.letter,
        (
            *("id", "kind", "addressee", "occasion", "message_id", "recipients", "subject", "state"),
            *("queued_at", "sent_at", "refused", "detail", "occasioned_by"),
        ),
    ),
    "ledger": (schema.ledger, ("reporter", "step", "on", "action", "ground")),
    "rounds": (schema.round_change, ("kind", "by", "at", "whom", "why", "until", "opens", "cutoff", "department")),
    "approvals": (
        schema.report,
        ("version", "name", "fingerprint", "reference", "made_at", "approved_by", "dispatched_at"),
    ),
    "registrations": (schema.registration, ("paper", "number", "dated", "scan", "by", "at")),
    "wishes": (schema.wish, ("message_id", "reference", "said", "by", "at", "state", "settled_by", "settled_at")),
    "tasks": (schema.task, ("message_id", "opened_at", "done_at", "done_by")),
}
_SAID = frozenset({"remarks", "explanations", "findings"})
_LARGE = frozenset({"approvals", "registrations"})
_ANSWER = (
    *("message_id", "reporter", "organisation", "question", "heading", "value", "holds", "evidence", *_PLACE),
    *("sender", "received_at"),
)


def evidence_file(house: House, slug: str) -> ReadyFile | None:
    """The archive as a file to go with a letter; None where it is larger than mail servers take. As ``write_evidence``."""
    name = f"{slug}-evidence.zip"
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_evidence(house, house.bureau.circulars[slug], path)
        return ReadyFile(name, path.read_bytes()) if path.stat().st_size <= MAILED else None


def write_evidence(house: House, circular: Circular, path: Path) -> str:
    """Write the archive; the seal of the books as it has them. Raises OSError, BooksAwayError, SandboxClosed."""
    with house.books.round_rows(circular.slug) as rows, Archive(path) as archive:
        mails = rows.mails()
        archive.table(
            "mails.csv",
            (*_MAIL, "sha256", "kept"),
            ([_cell(row[n]) for n in (*_MAIL, "sha256", "kept")] for row in mails),
        )
        for number, raw in rows.raws(schema.message):
            archive.put(f"mails/{number:06}.eml", [raw])
            for at, (name, content) in enumerate(_files(house, raw), 1):
                archive.put(f"files/{number:06}/{at}-{file_name(name)}", [content])
        archive.table(
            "answers.csv", _ANSWER, (list(_answer(house, circular, row).values()) for row in rows.said(schema.answer))
        )
        archive.put("answers.json", _json_list(_answer(house, circular, row) for row in rows.said(schema.answer)))
        for name, (table, columns) in TABLES.items():
            found = rows.said(table) if name in _SAID else rows.of(table, large=name in _LARGE)
            archive.table(f"{name}.csv", columns, ([_cell(row[column]) for column in columns] for row in found))
        for row in rows.of(schema.report, large=True):
            archive.put(f"reports/v{row['version']}-{file_name(row['name'])}", [row["content"]])
        for row in rows.of(schema.registration, large=True):
            if row["scan"]:
                archive.put(f"reports/{row['paper']}-{file_name(row['scan'])}", [row["content"]])
        for number, raw in rows.raws(schema.letter):
            archive.put(f"letters/{number:06}.eml", [raw])
        seal = _write_chain(archive, rows)
        office = house.bureau.office.name
        title = {"slug": circular.slug, "number": circular.number, "subject": circular.title, "office": office}
        archive.put("index.html", page(title, seal, map(_line, rows.mails())))
    return seal


def _write_chain(archive: Archive, rows: RoundRows) -> str:
    """The things that the chain covers, and the chain from the first row that covers one of them; the seal."""
    about: set[str] = set()

    def told() -> Iterator[bytes]:
        for thing, content in rows.things():
            about.add(thing)
            yield _json_line({"thing": thing, "content": content})

    archive.put("things.jsonl", told())
    owners = {name.split()[1] for name in about if name.startswith("mail ")}
    about |= {f"mail bytes {number}" for number in owners}
    about |= {f"letter bytes {name.split()[1]}" for name in about if name.startswith("letter ")}
    seal = f"0:{BEGINNING}"

    def linked() -> Iterator[bytes]:
        nonlocal seal
        before, begun = BEGINNING, False
        for row in rows.journal():
            concerned = not about.isdisjoint(json.loads(row.covers))
            if concerned and not begun:
                begun = True
                yield _json_line({"before": before})
            if begun:
                whole = (
                    {"at": row.at and row.at.isoformat(), "kind": row.kind, "covers": row.covers} if concerned else {}
                )
                yield _json_line({"number": row.number, "digest": row.digest, "hash": row.hash, **whole})
            before, seal = row.hash, f"{row.number}:{row.hash}"

    archive.put("chain.jsonl", linked())
    return seal


def _files(house: House, raw: bytes) -> list[tuple[str, bytes]]:
    """The files of a mail, parted in the sandbox; none where they cannot be: the mail itself is there."""
    packed = house.sandbox.run(packed_files, raw)
    return unpacked_files(packed) if packed is not None else []


def _answer(house: House, circular: Circular, row: Row) -> dict[str, Any]:
    roster = house.bureau.roster.by_code
    asked = next((q for q in circular.form.question if q.key == row["question"]), None)
    named = roster[row["organisation"]].printed_name if row["organisation"] in roster else ""
    own = {"organisation": f"{row['organisation']} {named}".strip(), "heading": heading(asked) if asked else ""}
    own["holds"] = "yes" if row["superseded_at"] is None else "no"
    return {name: own[name] if name in own else _cell(row[name]) for name in _ANSWER}


def _line(row: Row) -> tuple[str, ...]:
    when = f"{row['received_at'].astimezone(BANGKOK):%Y-%m-%d %H:%M}"
    path = f"mails/{row['id']:06}.eml" if row["kept"] else ""
    return (str(row["id"]), when, row["sender"], row["subject"], f"{row['state'].value} {row['outcome']}", path)


def _cell(value: Any) -> Any:
    """A value as a table shows it: moments in UTC, lists and objects as JSON."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return getattr(value, "value", value)


def _json_line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value).encode("ascii") + b"\n"


def _json_list(values: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """A JSON array in pieces."""
    opened = False
    for value in values:
        yield (b",\n" if opened else b"[\n") + json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
        opened = True
    yield b"\n]\n" if opened else b"[]\n"
