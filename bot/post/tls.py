"""TLS towards mail servers: certificates and host names are verified, by the system's authorities or a file of the office's."""

import ssl

from bot.post.settings import ImapSettings, SmtpSettings


def verified(settings: ImapSettings | SmtpSettings) -> ssl.SSLContext:
    """A context that verifies certificate and host name. OSError or ssl.SSLError for an unusable ``ca_file``."""
    return ssl.create_default_context(cafile=settings.ca_file or None)
