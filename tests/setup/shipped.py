"""The shipped office as tests set it to work: with an address and staff that exist nowhere."""

import dataclasses
import functools

from bot.config.load import shipped_bureau
from bot.office.model.bureau import Bureau
from tests.setup.real_mail import OFFICE

STAFF = "somsri@phrae.example"


@functools.cache
def as_shipped() -> Bureau:
    """The shipped office, read once by each process: it is never changed, only replaced."""
    return shipped_bureau()


def bureau_at_work(staff: tuple[str, ...] = (STAFF,)) -> Bureau:
    """The shipped roster and circulars, run by an office at ``OFFICE``."""
    shipped = as_shipped()
    return dataclasses.replace(shipped, office=dataclasses.replace(shipped.office, address=OFFICE, staff=staff))
