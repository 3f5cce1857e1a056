"""A list of organisations within a sentence, cut where it would be too long to read."""

from collections.abc import Sequence


def named_few(names: Sequence[str], most: int) -> str:
    """So many names at most, and how many organisations there are besides: ``ก, ข และอีก 3 แห่ง``."""
    listed, more = ", ".join(names[:most]), len(names) - most
    return f"{listed} และอีก {more} แห่ง" if more > 0 else listed
