"""Coverage-guided fuzzing of the message reader: no bytes may make ``parse`` raise or hang.

Run by hand, with atheris in the environment (it is not among the locked packages):

    python tests/fuzz/messages.py CORPUS_FOLDER -max_total_time=1800 -timeout=20 -rss_limit_mb=2048

CORPUS_FOLDER grows; seed it with any mails, such as those of the demo. What breaks becomes a test beside the reader.
"""

import sys

import atheris

with atheris.instrument_imports(include=["parsers", "email"]):
    from parsers.mail.message import parse


def one(data: bytes) -> None:
    """Any mail is parsed to a message with at most the capped number of attachments."""
    message = parse(data)
    assert message.mail.text is not None


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
