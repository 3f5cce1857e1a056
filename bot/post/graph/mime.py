"""How the bytes of a letter are taken apart and put together again without changing what they say."""

import base64
import email.policy

# A header that was read keeps its own lines (RFC 5322, 2.2.3), whatever their length.
AS_IT_IS = email.policy.SMTP.clone(refold_source="none")


def base64_of(raw: bytes) -> bytes:
    """Bytes as Microsoft Graph takes MIME: base64 in one line."""
    return base64.b64encode(raw)
