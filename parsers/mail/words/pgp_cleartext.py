"""Text that was signed in place (RFC 9580, 7): the text without what the program wrote around it."""

import re

_BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----"
# The signature under the text, up to its own end; what a list adds below stays (RFC 9580, 7.1).
_SIGNATURE = re.compile(r"^-----BEGIN PGP SIGNATURE-----", re.MULTILINE)
# "-----END PGP SIGNATURE-----" and the end of its line.
_END = re.compile(r"^-----END PGP SIGNATURE-----[ \t]*\n?", re.MULTILINE)


def without_armour(plain: str) -> str:
    """The text as its writer typed it; any other text as it is."""
    if _BEGIN not in plain:
        return plain
    before, _, rest = plain.replace("\r\n", "\n").partition(_BEGIN)
    rest = rest.partition("\n\n")[2]  # the names of hashes, then an empty line
    if signature := _SIGNATURE.search(rest):
        end = _END.search(rest, signature.end())
        rest = rest[: signature.start()] + (rest[end.end() :] if end else "")
    # "- -----" was "-----": lines that begin with a dash are escaped (RFC 9580, 7.2).
    return before + re.sub(r"^- ", "", rest, flags=re.MULTILINE)
