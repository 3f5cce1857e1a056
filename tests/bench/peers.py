"""What a user would write instead, in an environment of its own: ``python peers.py floor|naive PORT USER PASSWORD``.

Prints mails, wall seconds and CPU seconds of one pass over the INBOX; imports are not timed. ``floor`` fetches, takes the
attachments out and reads the cells, and keeps nothing: less cannot be done. ``naive`` is the loop that most would write.
"""

import email
import email.policy
import io
import sys
import time
import warnings

import imap_tools
import imapclient
import pandas
import python_calamine

HOST = "127.0.0.1"
AT_ONCE = 50  # mails of one FETCH


def floor(port: int, user: str, password: str) -> int:
    """Mails whose first sheet was read."""
    client = imapclient.IMAPClient(HOST, port=port, ssl=False)
    client.login(user, password)
    client.select_folder("INBOX", readonly=True)
    uids, mails = client.search("ALL"), 0
    for start in range(0, len(uids), AT_ONCE):
        for got in client.fetch(uids[start : start + AT_ONCE], ["BODY.PEEK[]"]).values():
            mail = email.message_from_bytes(got[b"BODY[]"], policy=email.policy.default)
            for part in mail.iter_attachments():
                book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(part.get_payload(decode=True)))
                book.get_sheet_by_index(0).to_python()
            mails += 1
    return mails


def naive(port: int, user: str, password: str) -> int:
    """Mails whose first sheet stands in the one table that is written at the end."""
    frames = []
    with imap_tools.MailBoxUnencrypted(HOST, port).login(user, password) as mailbox:
        for mail in mailbox.fetch(mark_seen=False, bulk=AT_ONCE):
            frames += [pandas.read_excel(io.BytesIO(file.payload)) for file in mail.attachments]
    pandas.concat(frames).to_excel(io.BytesIO())
    return len(frames)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    pandas.DataFrame().to_excel(io.BytesIO())  # the writer is imported with its first use
    wall, cpu = time.perf_counter(), time.process_time()
    done = {"floor": floor, "naive": naive}[sys.argv[1]](int(sys.argv[2]), *sys.argv[3:])
    print(done, time.perf_counter() - wall, time.process_time() - cpu)
