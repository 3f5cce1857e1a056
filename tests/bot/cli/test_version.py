"""One version: that of the code, which the changelog tells of."""

import re
from pathlib import Path

from typer.testing import CliRunner

from bot import __version__
from bot.cli.main import app

CHANGELOG = Path(__file__).parents[3] / "CHANGELOG.md"


def test_the_command_says_the_version():
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"ruam {__version__}\n")


def test_the_changelog_begins_with_it():
    newest = re.search(r"^## (\S+)", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert newest[1] == __version__


def test_without_a_command_there_is_help():
    done = CliRunner().invoke(app, [])
    assert "reporting desk" in done.output
