"""What is wrong in what the office wrote: every mistake with its file, its key and what to write instead.

Owns the one exception of configuration and the plain words for what pydantic found. A value that may be a secret is
never repeated.
"""

import difflib
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

Result = TypeVar("Result")
Some = TypeVar("Some", bound=BaseModel)

# What to write instead, by pydantic's type of error; the fields are the error's own context.
INSTEAD = {
    "string_type": 'write text in quotes, such as "..."',
    "string_too_short": "write at least {min_length} character(s)",
    "string_too_long": "write at most {max_length} characters",
    "too_short": "write at least {min_length} item(s)",
    "int_type": "write a whole number, without quotes",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "float_type": "write a number, without quotes",
    "float_parsing": "write a number",
    "bool_type": "write true or false, without quotes",
    "bool_parsing": "write true or false",
    "greater_than": "write a number greater than {gt}",
    "greater_than_equal": "write a number of at least {ge}",
    "less_than": "write a number less than {lt}",
    "less_than_equal": "write a number of at most {le}",
    "literal_error": "write one of {expected}",
    "enum": "write one of {expected}",
    "tuple_type": 'write a list, such as ["..."]',
    "frozen_set_type": "write a list, such as [2567-12-31]",
    "model_type": "write a section with keys of its own",
    "model_attributes_type": "write a section with keys of its own",
    "date_type": "write a day such as 2567-11-29, without quotes",
    "date_parsing": "write a day such as 2567-11-29",
    "date_from_datetime_parsing": "write a day such as 2567-11-29",
    "date_from_datetime_inexact": "write a day without a time, such as 2567-11-29",
    "datetime_type": "write a moment such as 2567-11-29T16:30:00, without quotes",
    "datetime_parsing": "write a moment such as 2567-11-29T16:30:00",
    "datetime_from_date_parsing": "write a moment such as 2567-11-29T16:30:00",
    "time_type": "write a time such as 09:00:00, without quotes",
    "time_parsing": "write a time such as 09:00:00",
}
# What a text must look like, by its pattern's purpose: the patterns themselves are not for people.
PATTERNS = {
    r"^[a-z][a-z0-9_]*$": 'small letters a-z, digits and underscores, such as "s10_announced"',
    r"^[a-z0-9][a-z0-9-]{0,30}$": 'at most 31 small letters a-z, digits and hyphens, such as "w5827"',
    r"^(https://[^/]+)?$": 'an address such as "https://login.example", without a path',
    r"^[a-z][a-z0-9-]{0,40}$": 'small letters a-z, digits and hyphens, such as "mueang-phrae"',
}
SECRET = ("password", "secret", "url")  # keys whose values are never repeated
RENAMED = {"attachment": 'write attachments, a list such as ["report"] or ["form"]'}  # keys of former versions
LONGEST_VALUE = 60  # characters of a wrong value that are repeated


@dataclass(frozen=True)
class Problem:
    """One mistake: the file (or ``environment``), the key's dotted path or the row and column, what to write instead."""

    file: str
    key: str
    hint: str

    def __str__(self) -> str:
        """One line: ``config.toml: imap.port: 70000: write a number of at most 65535``."""
        return ": ".join(part for part in (self.file, self.key, self.hint) if part)


class ConfigError(Exception):
    """The configuration, a circular or the roster cannot be used. ``problems`` holds every mistake found, at least one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def attempt(problems: list[Problem], load: Callable[[], Result]) -> Result | None:
    """The result of ``load``, or None after adding its problems to the list, so that all files are looked at."""
    try:
        return load()
    except ConfigError as error:
        problems += error.problems
        return None


def validated(model: type[Some], given: Mapping[str, Any], file: str) -> Some:
    """``given`` as a ``model``. Raises ConfigError naming every wrong key of ``file``."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problems = [Problem(file, key, hint) for key, hint in explain(error, model, given)]
        raise ConfigError(problems) from None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """What to write instead of an unknown word: the nearest known one, else all of them."""
    choices = list(known)
    nearest = near(word, choices)
    return f'did you mean "{nearest}"?' if nearest else f"write one of: {', '.join(choices)}"


def near(word: str, known: Iterable[str]) -> str:
    """The known word nearest to a misspelt one; empty when none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1)), "")


def explain(error: ValidationError, model: type[BaseModel], given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(key, what to write instead) for everything pydantic found in ``given``, in its order."""
    found = error.errors(include_url=False)
    return [
        (key_of(one["loc"], given), _hint(dict(one), model))
        for one in found
        # A list counts as too short when its items are wrong; the items say it better.
        if one["type"] != "too_short" or not any(one["loc"] == other["loc"][:-1] for other in found)
    ]


def key_of(loc: Sequence[int | str], given: Any) -> str:
    """A dotted path as the file's reader knows it; an item of a list is named by its own key where it has one."""
    path = ""
    for part in loc:
        try:
            given = given[part]
        except (KeyError, IndexError, TypeError):
            given = None
        if isinstance(part, str):
            path += f".{part}" if path else part
        else:
            name = given.get("key") if isinstance(given, Mapping) else None
            path += f"[{name}]" if isinstance(name, str) else f"[{part + 1}]"
    return path


def _hint(found: Mapping[str, Any], model: type[BaseModel]) -> str:
    kind, loc, context = found["type"], found["loc"], found.get("ctx", {})
    name = str(loc[-1]) if loc else ""
    if kind == "missing":
        return f"is missing; write {_example(model, loc)}"
    if kind == "extra_forbidden":
        return f"is not known here; {RENAMED.get(name) or did_you_mean(name, _keys_beside(model, loc))}"
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_pattern_mismatch":
        return _shown(found) + "write " + PATTERNS.get(context["pattern"], f"text of the form {context['pattern']}")
    instead = INSTEAD.get(kind)
    return _shown(found) + (instead.format_map(context) if instead else found["msg"])


def _shown(found: Mapping[str, Any]) -> str:
    """The wrong value and a colon, or nothing when it is long, a table, or perhaps a secret."""
    value = found["input"]
    plain = isinstance(value, str | int | float)
    if not plain or any(word in str(part) for part in found["loc"] for word in SECRET):
        return ""
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return f"{text}: " if len(text) <= LONGEST_VALUE else ""


def _example(model: type[BaseModel], loc: Sequence[int | str]) -> str:
    """How the missing key is written."""
    name = str(loc[-1])
    holder = _model_at(model, loc[:-1])
    field = _fields_of(holder).get(name) if holder else None
    if field is not None and field.examples:
        return f"{name} = {field.examples[0]}"
    if field is not None and _model_in(field.annotation):
        dotted = ".".join(str(part) for part in loc if isinstance(part, str))
        return f"[[{dotted}]]" if "tuple" in str(field.annotation) else f"the section [{dotted}]"
    many = field is not None and "tuple" in str(field.annotation)
    day = field is not None and "datetime" in str(field.annotation)
    return f"{name} = " + ('["..."]' if many else "2567-11-29T16:30:00" if day else '"..."')


def _keys_beside(model: type[BaseModel], loc: Sequence[int | str]) -> list[str]:
    holder = _model_at(model, loc[:-1])
    return list(_fields_of(holder)) if holder else []


def _model_at(model: type[BaseModel], loc: Sequence[int | str]) -> type[BaseModel] | None:
    found: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, str) and found is not None:
            field = _fields_of(found).get(part)
            found = _model_in(field.annotation) if field else None
    return found


def _fields_of(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The fields of a model by the names under which they are written."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model a field holds, be it one or a list of them."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    return next((model for inner in get_args(annotation) if (model := _model_in(inner))), None)
