"""What is shipped beside the code: circulars, rosters, the words of mails and documents."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "_templates"  # inside an installed package
TEMPLATES = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[1] / "templates"
