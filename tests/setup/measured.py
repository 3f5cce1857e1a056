"""Which lines and branches of the code the tests reach, written by each of pytest's processes into ``.coverage/``.

A plugin (``-p tests.setup.measured``) and no fixture, since it must stand before the first module of the code is imported.
SlipCover takes out a probe as soon as it has told, so that tests take a third longer; a tracer took three times their time (measured on the corpus of
forms). Processes that a test starts are not measured.
"""

import json
import os
from pathlib import Path

import slipcover

ROOT = Path(__file__).parents[2]
ROOMS = [str(ROOT / room) for room in ("bot", "parsers")]
NOT_RUN = ["@overload", "raise NotImplementedError"]

_measured = slipcover.Slipcover(branch=True, immediate=True, source=ROOMS, exclude_also=NOT_RUN)
_ours = slipcover.FileMatcher(sources=ROOMS)
slipcover.wrap_spec_from_file_location(_measured, _ours)  # the way in which Alembic loads the books' steps
slipcover.ImportManager(_measured, _ours).__enter__()


def pytest_sessionfinish() -> None:
    """Keep what this process reached, for ``make coverage``."""
    folder = ROOT / ".coverage"
    folder.mkdir(exist_ok=True)
    process = os.environ.get("PYTEST_XDIST_WORKER", "main")
    (folder / f"{process}.json").write_text(json.dumps(_measured.get_coverage()))
