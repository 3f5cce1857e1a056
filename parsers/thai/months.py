"""The names of months and days of the week, in full, in short, and as they are misspelt.

Owns the one vocabulary. Abbreviations differ by one letter (ม.ค., มี.ค., เม.ย., มิ.ย.), so a slip in one is never guessed at.
"""

from parsers.thai.text import normalise

MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
SHORT_MONTHS = (
    *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
    *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
)
WEEKDAYS = ("วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์", "วันอาทิตย์")
_ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# "กุมถาพันธ์" stood in a newspaper; the others are slips by ear and by key: "กรกฏาคม" (ฏ for ฎ), "พฤษจิกายน" (ษ for ศ).
_MISSPELT = {
    1: ("มกรา", "มกราคน", "มะกราคม"),
    2: ("กุมภา", "กุมภาพันธุ์", "กุมภาพันธ์ุ", "กุมถาพันธ์", "กุมพาพันธ์", "กุมภาพัน", "กุมภาพันท์", "กุมภาพันธ์์"),
    3: ("มีนา", "มีนาคน"),
    4: ("เมษา", "เมศายน", "เมสายน", "เมษยน"),
    5: ("พฤษภา", "พฤศภาคม", "พฤสภาคม", "พฤกษภาคม", "พฤษาคม"),
    6: ("มิถุนา", "มิุนายน", "มิถุนาน", "มิถุณายน"),
    7: ("กรกฎา", "กรกฏาคม", "กรกฏา", "กรกดาคม", "กรกฎคม", "กรกฏคม"),
    8: ("สิงหา", "สิงห์หาคม", "สิงห์คม", "สิงหาคน"),
    9: ("กันยา", "กันยายยน", "กัณยายน"),
    10: ("ตุลา", "ตุลาคน"),
    11: ("พฤศจิกา", "พฤษจิกายน", "พฤษจิกา", "พฤสจิกายน", "พฤจิกายน", "พฤศจิการยน", "พฤศจิกยน"),
    12: ("ธันวา", "ทันวาคม", "ธันวาคน", "ธัญวาคม"),
}


def _slips(word: str) -> set[str]:
    """``word`` with one character left out, one doubled, or two neighbours exchanged."""
    places = range(len(word))
    left_out = {word[:i] + word[i + 1 :] for i in places}
    doubled = {word[:i] + word[i] + word[i:] for i in places}
    exchanged = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places[:-1]}
    return left_out | doubled | exchanged


def _month_words() -> dict[str, int]:
    """Every accepted writing of a month, without dots and spaces. Abbreviations only as they are: they are too alike."""
    words: dict[str, int] = {}
    for number, month in enumerate(MONTHS, 1):
        words |= dict.fromkeys(_slips(month), number)
    for number in range(1, 13):
        exact = (MONTHS[number - 1], *_MISSPELT[number], _ENGLISH[number - 1], _ENGLISH[number - 1][:3])
        words |= dict.fromkeys((*exact, SHORT_MONTHS[number - 1].replace(".", "")), number)
    return {normalise(word): number for word, number in words.items()} | {"sept": 9}


MONTH_WORDS = _month_words()
