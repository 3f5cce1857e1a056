"""How many automatic mails of a folder are known for what they are: ``python tests/manners.py FOLDER``.

FOLDER holds mails, and perhaps a ``MANIFEST.tsv`` beside or in it. What a mail really is was judged by hand and is listed
below by the end of its path; a mail that is not listed is taken for a person's. Prints recognised n of m for each kind, the misses, and
what was read of the delivery reports. Ends with 1 when a person's mail was taken for a machine's.
"""

import collections
import sys
from pathlib import Path

from parsers.mail.message import parse
from parsers.reading import MailKind

FILES = frozenset({"", ".eml", ".msg", ".raw", ".txt"})
BOUNCES = (
    "sisimai-set-of-emails/",  # the whole set is of returned mails
    "mimetools-testmsgs/badbound.msg",
    "dsn_with_multipart_alternative.raw",
    "multipart-wo-boundary.raw",
    "report_530.eml",
    "report_422.eml",
    "raw_email_with_mimepart_without_content_type.eml",
    "php-mime-mail-parser/failure.eml",
)
ANSWERS = (
    "dmarc_ruf_report_linkedin.crlf.eml",
    "exim_plain_text_only_no_arf_part.eml",
    "aggregate/twilight.eml",
)
LISTS = (
    "mbox.rlug-0",
    "arcbad.eml",
    "bad_date_header2.eml",  # a newsletter
    "encoding_madness.eml",  # an advertisement of a program
)
NO_MAILS = (".tnef", "mozilla-jsmime/charsets")


def truth(name: str) -> MailKind:
    """What a mail is, by its path."""
    for kind, names in ((MailKind.BOUNCE, BOUNCES), (MailKind.AUTO_REPLY, ANSWERS), (MailKind.LIST, LISTS)):
        if any(one in name if one.endswith("/") else name.endswith(one) for one in names):
            return kind
    return MailKind.OTHER


def main(arguments: list[str]) -> int:
    """Read everything; the exit code."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__)
        return 2
    folder = Path(arguments[0])
    counts: collections.Counter[tuple[MailKind, bool]] = collections.Counter()
    misses, returned = [], []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = str(path.relative_to(folder))
        if name.endswith((*NO_MAILS, "MANIFEST.tsv")):
            continue
        mail, wanted = parse(path.read_bytes()).mail, truth(name)
        machine = mail.kind not in {MailKind.OTHER, MailKind.REPORT}
        right = machine if wanted is not MailKind.OTHER else not machine
        counts[wanted, right] += 1
        if not right:
            misses.append(f"{name}: is {wanted}, taken for {mail.kind}")
        if mail.returned:
            returned.append((name, mail.returned))
    for kind in (MailKind.BOUNCE, MailKind.AUTO_REPLY, MailKind.LIST, MailKind.OTHER):
        good, bad = counts[kind, True], counts[kind, False]
        print(f"{'person' if kind is MailKind.OTHER else kind:12} {good} of {good + bad}")
    print("misses:", *(misses or ["none"]), sep="\n    ")
    print(
        f"of {len(returned)} returned mails: the address read in {sum(bool(r.unreached) for _, r in returned)}, ",
        end="",
    )
    print(f"the Message-ID in {sum(bool(r.identifiers) for _, r in returned)}; without the one or the other:")
    for name, one in returned:
        lacking = [word for word, there in (("address", one.unreached), ("Message-ID", one.identifiers)) if not there]
        if lacking:
            print(f"    {name}: no {', no '.join(lacking)}")
    return 1 if counts[MailKind.OTHER, False] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
