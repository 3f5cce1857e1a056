"""parsedmarc on as many reports of its own kind: the nearest peer that reads machine-made mail as it comes."""

import gzip
import resource
import subprocess
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from tests.bench.yard import Run, Yard
from tests.setup.real_mail import HOST, PASSWORD

BEGAN, ENDED = 1_731_628_800, 1_731_715_199  # the day that a report speaks of, in seconds of Unix
RECORD = """<record><row><source_ip>192.0.2.{last}</source_ip><count>{count}</count><policy_evaluated>
<disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
<identifiers><header_from>phrae.example</header_from></identifiers><auth_results>
<dkim><domain>phrae.example</domain><result>pass</result><selector>a</selector></dkim>
<spf><domain>phrae.example</domain><result>fail</result></spf></auth_results></record>"""


def report(number: int) -> str:
    """An aggregate report (RFC 7489, appendix C) of three senders."""
    records = "".join(RECORD.format(last=last, count=number % 97 + last) for last in (1, 2, 3))
    return f"""<?xml version="1.0" encoding="UTF-8" ?><feedback><report_metadata><org_name>receiver.example</org_name>
<email>dmarc@receiver.example</email><report_id>{number:032x}</report_id>
<date_range><begin>{BEGAN}</begin><end>{ENDED}</end></date_range></report_metadata>
<policy_published><domain>phrae.example</domain><adkim>r</adkim><aspf>r</aspf><p>none</p><sp>none</sp><pct>100</pct>
</policy_published>{records}</feedback>"""


def mails(count: int) -> Iterator[bytes]:
    """Mails (RFC 5322 bytes) with a report each."""
    for number in range(count):
        mail = EmailMessage(SMTP)
        mail["From"], mail["To"] = "dmarc@receiver.example", "dmarc@phrae.example"
        mail["Subject"] = f"Report Domain: phrae.example Submitter: receiver.example Report-ID: {number:032x}"
        mail["Message-ID"] = f"<{number}@receiver.example>"
        mail["Date"] = "Sat, 16 Nov 2024 00:00:00 +0000"
        mail.set_content("An aggregate report.")
        name = f"receiver.example!phrae.example!{BEGAN}!{ENDED}.xml.gz"
        mail.add_attachment(
            gzip.compress(report(number).encode()), maintype="application", subtype="gzip", filename=name
        )
        yield mail.as_bytes()


def run(yard: Yard, peers: Path, count: int) -> Run:
    """Wall and CPU seconds of ``count`` reports, those of an empty mailbox taken off."""
    empty, full = _once(yard, peers, 0), _once(yard, peers, count)
    return Run(full.wall - empty.wall, full.cpu - empty.cpu)


def _once(yard: Yard, peers: Path, count: int) -> Run:
    with yard.mailbox(mails(count)) as address:
        config = yard.folder / "parsedmarc.ini"
        config.write_text(f"""[general]
save_aggregate = True
output = {yard.folder / "parsedmarc"}
offline = True
n_procs = 1
[mailbox]
watch = False
batch_size = 0
[imap]
host = {HOST}
port = {yard.mail.imap_port}
ssl = False
skip_certificate_verification = True
user = {address}
password = {PASSWORD}
""")
        began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([peers / "bin" / "parsedmarc", "-c", config], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Run(time.monotonic() - began, cpu)
