"""TOML and other text files to their content; what is no TOML or no UTF-8 is said with the line and what to write instead."""

import tomllib
from pathlib import Path
from typing import Any

from bot.config.problems import ConfigError, Problem
from bot.config.toml_mistakes import plain_reason


def read_toml(file: Path) -> dict[str, Any]:
    """The content of a TOML file; a byte order mark is allowed. Raises ConfigError."""
    text = read_text(file)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([Problem(str(file), "", plain_reason(text, error))]) from None


def read_text(file: Path) -> str:
    """The text of a UTF-8 file, without a byte order mark. Raises ConfigError."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        hint = f"cannot be read ({error.strerror}); give the path of a file that is there"
    except UnicodeDecodeError as error:
        hint = f'is not UTF-8 (byte {error.start + 1}); save it as UTF-8 (in Excel: "CSV UTF-8")'
    raise ConfigError([Problem(str(file), "", hint)])
