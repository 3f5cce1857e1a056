"""The office itself: who runs the bot, who its staff are, what it is called."""

from dataclasses import dataclass

from parsers.thai.dates import Digits


@dataclass(frozen=True)
class Office:
    """One provincial office. Every row of the books belongs to one."""

    slug: str
    name: str  # สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดแพร่
    province: str  # แพร่; of a department whose reporters are provinces, what it is over: ทั่วประเทศ
    address: str  # the mailbox the bot watches and writes from, lower case
    staff: tuple[str, ...]  # addresses, lower case
    unit: str = ""  # ฝ่ายบริหารทั่วไป
    phone: str = ""
    signer: tuple[str, ...] = ()  # lines under the signature of the report
    thai_digits: bool = True  # digits in letters and reports
    letter_number: str = ""  # what the registry's number begins with: พร ๐๐๒๓.๑/
    letterhead: tuple[str, ...] = ()  # the place under the emblem: ศาลากลางจังหวัดแพร่, ถนนไชยบูรณ์ แพร่ ๕๔๐๐๐
    emblem: bytes = b""  # the office's own picture of its emblem, PNG or JPEG
    # What reports and letters call its area where จังหวัด and the province do not: กรมส่งเสริมการปกครองท้องถิ่น.
    called: str = ""
    desk: str = ""  # the address of its page in the browser, without a last stroke; empty: it has none

    @property
    def area(self) -> str:
        """What reports are of and letters speak for: จังหวัดแพร่."""
        return self.called or f"จังหวัด{self.province}"

    @property
    def digits(self) -> Digits:
        """The digits of dates in letters, forms and reports."""
        return "thai" if self.thai_digits else "arabic"

    def is_own(self, address: str) -> bool:
        """Whether an address is the bot's own mailbox, a plus-address included."""
        local, _, domain = self.address.partition("@")
        there, _, host = address.lower().partition("@")
        return host == domain and there.partition("+")[0] == local
