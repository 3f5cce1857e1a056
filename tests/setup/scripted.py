"""Scripted servers that misbehave to order: each connection runs a function, and nothing is hidden from it."""

import itertools
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from tests.setup.real_mail import HOST


class Wire:
    """One connection as a script sees it."""

    def __init__(self, sock, number):
        self.sock, self.number = sock, number  # number: 1 for the first connection
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = sock.makefile("rb")
        self.heard: list[bytes] = []

    def line(self) -> bytes:
        line = self.file.readline()
        if not line:
            raise EOFError
        self.heard.append(line.rstrip(b"\r\n"))
        return self.heard[-1]

    def say(self, *lines: bytes) -> None:
        self.sock.sendall(b"".join(line + b"\r\n" for line in lines))

    def hang(self) -> None:
        """Say nothing until the other side goes away."""
        while self.file.readline():
            pass

    def close(self) -> None:
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.file.close()
        self.sock.close()


class Scripted:
    """A server on loopback whose connections run `script(wire)`, each in a thread; the end of the script closes."""

    def __init__(self, script: Callable[[Wire], None]):
        self.script = script
        self.wires: list[Wire] = []
        self.listener = socket.create_server((HOST, 0))
        self.port = self.listener.getsockname()[1]
        self.threads = [threading.Thread(target=self._accept, daemon=True)]

    @property
    def heard(self) -> list[bytes]:
        return [line for wire in self.wires for line in wire.heard]

    def _accept(self):
        with suppress(OSError):
            for number in itertools.count(1):
                sock, _ = self.listener.accept()
                self.wires.append(Wire(sock, number))
                self.threads.append(threading.Thread(target=self._run, args=(self.wires[-1],), daemon=True))
                self.threads[-1].start()

    def _run(self, wire):
        with suppress(OSError, EOFError, ValueError):
            self.script(wire)
        wire.close()

    def __enter__(self):
        self.threads[0].start()
        return self

    def __exit__(self, *_):
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for wire in list(self.wires):
            with suppress(OSError):
                wire.sock.shutdown(socket.SHUT_RDWR)
        for thread in list(self.threads):
            thread.join(5)


def imap_script(answers, wire):
    """A server that knows the common commands; `answers` maps a verb to what is said instead.

    An answer is a list of lines, with `TAG` for the command's tag, or a function of (wire, tag, rest).
    """
    said = {
        "GREETING": [b"* OK ready"],
        "CAPABILITY": [b"* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS", b"TAG OK done"],
        "LOGIN": [b"TAG OK logged in"],
        "SELECT": [b"* 0 EXISTS", b"* OK [UIDVALIDITY 7] fine", b"TAG OK [READ-WRITE] selected"],
        "NOOP": [b"TAG OK done"],
        "LIST": [b'* LIST () "/" INBOX', b"TAG OK done"],
        "CREATE": [b"TAG OK done"],
        "SUBSCRIBE": [b"TAG OK done"],
        "EXAMINE": [b"TAG NO no such folder"],
        "LOGOUT": [b"* BYE bye", b"TAG OK done"],
        "IDLE": [b"+ idling"],
        "DONE": [b"TAG OK idled"],
    } | answers
    tag = b"*"

    def speak(verb, rest=b""):
        answer = said.get(verb, [b"TAG BAD unknown command"])
        if callable(answer):
            answer(wire, tag, rest)
        else:
            wire.say(*(line.replace(b"TAG", tag) for line in answer))

    speak("GREETING")
    while True:
        line = wire.line()
        if line == b"DONE":
            speak("DONE")
            continue
        tag, _, command = line.partition(b" ")
        verb, _, rest = command.partition(b" ")
        if verb == b"UID":
            verb, _, rest = rest.partition(b" ")
        speak(verb.decode().upper(), rest)


def smtp_script(answers, wire):
    """A server that takes everything; `answers` maps a verb, or `.` for the final dot, to what is said instead.

    An answer is a line, or a function of (wire, line). `mails` of the script's dictionary gathers what was taken.
    """
    said = {
        "GREETING": b"220 ready",
        "EHLO": b"250-scripted\r\n250 SIZE 10000000",
        "MAIL": b"250 sender",
        "RCPT": b"250 recipient",
        "DATA": b"354 go on",
        ".": b"250 taken",
        "RSET": b"250 reset",
        "QUIT": b"221 bye",
    } | answers

    def speak(verb, line=b""):
        answer = said.get(verb, b"500 unknown command")
        if callable(answer):
            answer = answer(wire, line)
        if answer:
            wire.say(answer)
        return answer

    speak("GREETING")
    while True:
        line = wire.line()
        verb = line.partition(b" ")[0].decode().upper()
        answer = speak(verb, line)
        if verb == "QUIT":
            return
        if verb == "DATA" and answer and answer.startswith(b"354"):
            while wire.line() != b".":
                pass
            speak(".")
