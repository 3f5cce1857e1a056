"""A wish of the department: a task for staff until somebody says that it is done."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """What the department asked for in one mail."""

    message: int  # the mail's row, which is the task's number
    circular: str  # slug; "" when it names none
    opened: datetime.datetime
    sender: str = ""
    subject: str = ""
    words: str = ""  # the mail's own, secrets masked, cut
    done: datetime.datetime | None = None
    by: str = ""  # who said that it is done


@dataclass(frozen=True)
class Done:
    """A person's word that a task is done."""

    message: int
    by: str
