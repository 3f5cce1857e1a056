"""Variables of the environment that override the file of settings: which there are, and how each is called.

``RUAM_IMAP__PASSWORD`` overrides ``password`` in ``[imap]``, and so on for every key.
"""

import os
import re
from collections.abc import Mapping
from typing import Any

from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.config.config_toml import Config
from bot.config.problems import ConfigError, Problem, did_you_mean

PREFIX = "RUAM_"
NESTED = "__"
ENVIRONMENT = "environment"


class _Variables(Config, BaseSettings):
    """Tells pydantic-settings which sections and keys the environment may override; never built."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter=NESTED)


def environment() -> dict[str, Any]:
    """What the environment overrides, by section and key. Raises ConfigError."""
    sections = list(Config.model_fields)
    problems = []
    for name in sorted(os.environ):
        section, nested, _ = name.upper().removeprefix(PREFIX).partition(NESTED)
        if name.upper().startswith(PREFIX) and nested and section.lower() not in sections:
            hint = f"there is no such section; {did_you_mean(section, [known.upper() for known in sections])}"
            problems.append(Problem(ENVIRONMENT, name, hint))
    if problems:
        raise ConfigError(problems)
    try:
        return EnvSettingsSource(_Variables)()
    except SettingsError:
        hint = """write lists as JSON, such as '["somchai@office.example"]'"""
        raise ConfigError([Problem(ENVIRONMENT, f"{PREFIX}...", hint)]) from None


def origin(key: str, overrides: Mapping[str, Any], file: str) -> tuple[str, str]:
    """(file, key) of a value as the person who wrote it knows them: a variable when the environment set it."""
    value: Any = overrides
    # "form.question[3].label": pydantic's place of a list's entry.
    for part in re.sub(r"\[[^\[\]]*\]", "", key).split("."):
        if not isinstance(value, Mapping) or part not in value:
            return file, key
        value = value[part]
    return ENVIRONMENT, variable(key)


def variable(key: str) -> str:
    """``imap.password`` as ``RUAM_IMAP__PASSWORD``."""
    return PREFIX + key.upper().replace(".", NESTED)
