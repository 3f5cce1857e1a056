"""Ruam as a user installs it: the wheel built from the checkout, in an environment that knows nothing of the checkout."""

import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 300  # seconds for one command; the demo takes most of it on a busy machine


class Installed:
    """The installed wheel in ``folder``, which is also where its commands run."""

    def __init__(self, folder: Path) -> None:
        """Build and install. Raises CalledProcessError, with what pip said, when that fails."""
        self.folder = folder
        self._environment = folder / "venv"
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        build = [*pip, "wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
        subprocess.run(build, check=True, cwd=folder, timeout=PATIENCE)
        (self.wheel,) = folder.glob("ruam-*.whl")
        venv.create(self._environment)
        (packages,) = self._environment.glob("lib/python*/site-packages")
        python = str(self._environment / "bin" / "python")
        subprocess.run(
            [*pip, "--python", python, "install", "--no-deps", str(self.wheel)], check=True, timeout=PATIENCE
        )
        # The lock's packages are taken from where the tests run. A path in a .pth file brings no .pth file of its own
        # along, so the editable checkout stays unknown.
        (packages / "lock.pth").write_text(f"{_site_packages()}\n")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command of the environment (``ruam``, ``python``), run outside the checkout; its exit code is the caller's to judge."""
        program = self._environment / "bin" / command[0]
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE", "RUAM"))
        }
        return subprocess.run(
            [program, *command[1:]],
            cwd=self.folder,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )


def _site_packages() -> Path:
    found = importlib.util.find_spec("typer")
    if found is None or found.origin is None:
        raise LookupError("typer")
    return Path(found.origin).parents[1]
