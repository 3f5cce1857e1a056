"""A token server on loopback, over HTTPS, that speaks as Google's and Microsoft's do, and misbehaves to order.

Access tokens run out, refresh tokens are replaced with each use and a used one is refused. It tells mail servers what a
token is worth: by `accepts`, and by introspection (RFC 7662) over plain HTTP for Dovecot.
"""

import base64
import datetime
import hashlib
import itertools
import json
import ssl
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPErrorProcessor, HTTPSHandler, build_opener

import google.auth.jwt
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from bot.post.login.token_file import Grant, TokenFile
from bot.post.settings import OAuth2Settings
from tests.setup.real_mail import HOST, free_port

CLIENT, SECRET, TENANT, USER = "office-app", "client-secret-7Q2w", "tenant-id", "office@phrae.example"
BY_KEY = "urn:ietf:params:oauth:grant-type:jwt-bearer"
GRANTS = {"microsoft": {"tenant": TENANT}, "google": {"client_secret": SECRET}}


class TokenServer:
    """Give `with`; `settings(folder)` is how to use it, `sign_in` leaves a first refresh token in the token file."""

    def __init__(self, certificates, introspection_port=0):
        self.certificates = certificates
        self.lock = threading.RLock()
        self.lifetime = 3600
        self.rotates = True
        self.access, self.refresh = {}, {}  # token: (user, end on the monotonic clock); token: user
        self.codes, self.devices = {}, {}
        self.delegates = {}  # a service account's address: its public key in PEM
        self.asked = []  # (path, parameters) of each request for tokens
        self.secrets = {SECRET}  # every token ever given out
        self.faults = []  # what to do instead of answering, one each
        self.stop = threading.Event()
        self._numbers = itertools.count(1)
        self._https = Quiet((HOST, 0), self._handler())
        self._https.socket = certificates.server_context().wrap_socket(
            self._https.socket, server_side=True, do_handshake_on_connect=False
        )
        self._http = Quiet((HOST, introspection_port), self._handler())
        self.url = f"https://{HOST}:{self._https.server_port}"

    # -- what a test says ----------------------------------------------------------------------------------------

    def settings(self, folder, provider="microsoft", **more):
        given = {
            "provider": provider,
            "client_id": CLIENT,
            "token_file": str(folder / "tokens.json"),
            "authority": self.url,
            "ca_file": str(self.certificates.ca),
            "timeout_seconds": 2.0,
        }
        return OAuth2Settings(**(given | GRANTS[provider] | more))

    def sign_in(self, settings, user=USER):
        """What a sign-in long ago left in the file: a refresh token, and an access token that has run out."""
        with self.lock:
            token = self._new("refresh")
            self.refresh[token] = user
        grant = Grant(token, self._new("stale"), datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC))
        file = TokenFile(settings)
        with file.locked(), file.replacing() as keep:
            keep(grant)
        return token

    def delegate(self, folder, name="desk@project.example"):
        """The administrator lets a service account act as a mailbox; the file of its key."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        self.secrets.add(private)
        self.delegates[name] = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        about = {"type": "service_account", "client_email": name, "token_uri": "https://elsewhere.example/token"}
        file = folder / "google-key.json"
        file.write_text(json.dumps({**about, "private_key": private}))
        return file

    def expire(self):
        """All access tokens run out; nobody is told."""
        with self.lock:
            self.access.clear()

    def revoke(self):
        """Nobody is signed in any more."""
        with self.lock:
            self.access.clear()
            self.refresh.clear()

    def fail(self, *faults):
        """The next requests for tokens end so: a status, "hang", "cut" (half an answer, after the tokens changed)."""
        self.faults += faults

    def accepts(self, user, token):
        """Whether a token lets a user in now."""
        with self.lock:
            whose, end = self.access.get(token, ("", 0))
            return whose == user and time.monotonic() < end

    def allow(self, page, user=USER):
        """Be the person's browser at Google's sign-in page: the address it ends at."""
        with self.lock:
            self.codes["next"] = user
        opener = build_opener(_NoRedirect, HTTPSHandler(context=_trusting(self.certificates)))
        return opener.open(page, timeout=5).headers["Location"]

    def enter(self, user_code, user=USER, polls=0):
        """Be the person who enters a device's code, after so many times that the device has asked; None refuses."""
        with self.lock:
            self.devices[user_code] = [""] * polls + [user]

    @property
    def renewals(self):
        return [data for _, data in self.asked if data["grant_type"] == "refresh_token"]

    # -- HTTP ----------------------------------------------------------------------------------------------------

    def _handler(self):
        server = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                server.answer(self, self.path, {})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                server.answer(self, self.path, {key: values[0] for key, values in parse_qs(body).items()})

        return Handler

    def answer(self, handler, path, data):
        split = urlsplit(path)
        query = {key: values[0] for key, values in parse_qs(split.query).items()}
        if split.path.endswith("/openid-configuration"):
            base = f"{self.url}/{TENANT}/oauth2/v2.0"
            pages = {"authorization": "authorize", "token": "token", "device_authorization": "devicecode"}
            found = {f"{name}_endpoint": f"{base}/{page}" for name, page in pages.items()}
            known = split.path.startswith(f"/{TENANT}/")
            say(handler, 200 if known else 400, found if known else {"error": "invalid_tenant"})
        elif split.path.endswith("/devicecode"):
            code = f"CODE{next(self._numbers)}"
            page = {"verification_uri": f"{self.url}/device", "expires_in": 60, "interval": 1}
            say(handler, 200, {"device_code": f"device-{code}", "user_code": code, **page})
        elif split.path == "/auth":
            self._redirect(handler, query)
        elif split.path == "/introspect":
            self._introspect(handler, (query | data).get("token", ""))
        else:
            self._token(handler, split.path, data)

    def _redirect(self, handler, query):
        code = f"code{next(self._numbers)}"
        with self.lock:
            self.codes[code] = (self.codes.pop("next"), query["code_challenge"], query["redirect_uri"])
        handler.send_response(302)
        handler.send_header(
            "Location",
            f"{query['redirect_uri']}?{urlencode({'state': query['state'], 'code': code, 'scope': query['scope']})}",
        )
        handler.end_headers()

    def _introspect(self, handler, token):
        with self.lock:
            user, end = self.access.get(token, ("", 0))
        active = time.monotonic() < end
        say(handler, 200, {"active": active, "username": user} if active else {"active": False})

    def _token(self, handler, path, data):
        self.asked.append((path, data))
        fault = self.faults.pop(0) if self.faults else None
        if fault == "hang":
            self.stop.wait(10)
            return
        if isinstance(fault, int):
            say(handler, fault, b"<html>not now</html>")
            return
        with self.lock:
            status, found = self._granted(data)
        say(handler, status, json.dumps(found).encode()[:-8] if fault == "cut" else found)

    def _granted(self, data):
        if data["grant_type"] == BY_KEY:
            return self._granted_by_key(data["assertion"])
        user = self._user(data)
        if data.get("client_id") != CLIENT or data.get("client_secret", SECRET) != SECRET:
            return 401, {"error": "invalid_client", "error_description": "Unknown application."}
        if user is None:
            return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        if user == "":
            return 400, {"error": "authorization_pending"}
        token = self._new("access")
        self.access[token] = (user, time.monotonic() + self.lifetime)
        found = {"token_type": "Bearer", "access_token": token, "expires_in": self.lifetime, "scope": "mail"}
        old = data.get("refresh_token")
        if old is None or self.rotates:
            found["refresh_token"] = self._new("refresh")
            self.refresh[found["refresh_token"]] = user
            self.refresh.pop(old, None)
        return 200, found

    def _granted_by_key(self, assertion):
        """By RFC 7523, for the mailbox that is named: to whom that was delegated, and no refresh token."""
        _, claims, _, _ = google.auth.jwt._unverified_decode(assertion)
        key = self.delegates.get(claims["iss"])
        if key is None:
            return 401, {"error": "unauthorized_client", "error_description": "Client is unauthorized."}
        google.auth.jwt.decode(assertion, certs=key)
        assert claims["scope"] == "https://mail.google.com/"
        token = self._new("access")
        self.access[token] = (claims["sub"], time.monotonic() + self.lifetime)
        return 200, {"token_type": "Bearer", "access_token": token, "expires_in": self.lifetime}

    def _user(self, data):
        """Whose tokens are asked for: None for nobody's, empty for somebody's who has not yet come."""
        if data["grant_type"] == "refresh_token":
            return self.refresh.get(data["refresh_token"])
        if data["grant_type"] == "authorization_code":
            user, challenge, landing = self.codes.pop(data["code"], (None, "", ""))
            digest = hashlib.sha256(data["code_verifier"].encode()).digest()
            right = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge
            return user if right and landing == data["redirect_uri"] and data.get("client_secret") else None
        answers = self.devices.get(data["device_code"].removeprefix("device-"), [""])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _new(self, kind):
        token = f"{kind}-token-{next(self._numbers)}-{'x9Kq' * 20}"
        self.secrets.add(token)
        return token

    # -- life ----------------------------------------------------------------------------------------------------

    def __enter__(self):
        for server in (self._https, self._http):
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for server in (self._https, self._http):
            server.shutdown()
            server.server_close()


class Quiet(ThreadingHTTPServer):
    """Says nothing of clients that go away; the tests make them do so."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _NoRedirect(HTTPErrorProcessor):
    def http_response(self, request, response):
        return response

    https_response = http_response


def _trusting(certificates):
    return ssl.create_default_context(cafile=str(certificates.ca))


def say(handler, status, found):
    body = found if isinstance(found, bytes) else json.dumps(found).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


# -- mail servers that ask it ------------------------------------------------------------------------------------


def presented(response):
    """(user, token) of a client's XOAUTH2 response in base64."""
    user, token = base64.b64decode(response).split(b"\x01")[:2]
    return user.removeprefix(b"user=").decode(), token.removeprefix(b"auth=Bearer ").decode()


REASON = base64.b64encode(b'{"status":"401","schemes":"bearer"}')


def imap_answers(tokens):
    """For `imap_script`: a server that lets in by XOAUTH2 alone."""

    def authenticate(wire, tag, rest):
        assert rest == b"XOAUTH2", rest
        wire.say(b"+ ")
        if tokens.accepts(*presented(wire.line())):
            wire.say(tag + b" OK in")
            return
        wire.say(b"+ " + REASON)
        assert wire.line() == b"", "the token must not be sent again as an answer to the reason"
        wire.say(tag + b" NO [AUTHENTICATIONFAILED] Invalid credentials")

    def login(wire, tag, rest):
        wire.say(tag + b" NO [AUTHENTICATIONFAILED] no passwords here")

    capable = [b"* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS AUTH=XOAUTH2", b"TAG OK done"]
    return {"CAPABILITY": capable, "AUTHENTICATE": authenticate, "LOGIN": login}


class TokenDoor:
    """An aiosmtpd handler that lets in by XOAUTH2 and keeps what it gets."""

    def __init__(self, tokens):
        self.tokens = tokens
        self.logins = []
        self.mails = []

    async def auth_XOAUTH2(self, server, args):  # noqa: N802 -- aiosmtpd's name
        self.logins.append(self.tokens.accepts(*presented(args[1])))
        if self.logins[-1]:
            return AuthResult(success=True, auth_data=USER)
        answer = await server.challenge_auth(REASON, encode_to_b64=False)
        assert answer == b"", "the token must not be sent again as an answer to the reason"
        return AuthResult(success=False, handled=False)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.mails.append((tuple(envelope.rcpt_tos), envelope.content))
        return "250 kept"


@contextmanager
def outgoing(tokens):
    """A running outgoing server that wants STARTTLS and a token: (handler, port)."""
    handler = TokenDoor(tokens)
    context = tokens.certificates.server_context()
    controller = Controller(
        handler, hostname=HOST, port=free_port(), tls_context=context, require_starttls=True, auth_required=True
    )
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop()
