"""What the sender wrote: a mail's body without quoted mail, signature and mark-up.

Owns the rules for quotes of the usual mail programs, in English and Thai. Knows nothing of parts or headers.
"""

import re
from contextlib import suppress

from lxml import etree, html

from parsers.mail.mime.header_fields import clean
from parsers.mail.words.banners import without_banners
from parsers.thai import text

# What a person writes fits; a body of megabytes is a pasted file.
SOURCE_CAP = 1_000_000
# Characters that are shown to people and searched for words; answers stand in files.
TEXT_CAP = 4_000
# A newsletter has some hundred.
LINKS_CAP = 500
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"hr", "li", "ol", "p", "pre", "table", "tr", "ul"}
)
_UNSEEN = "//script|//style|//head|//title|//template|//noscript|//comment()|//processing-instruction()"
# What the sender struck out, he does not say.
_STRUCK = "//s|//strike|//del|//*[contains(translate(@style,'LINETHROUG','linethroug'),'line-through')]"
# Boxes that mail programs put around the mail answered to: Gmail, Apple, Thunderbird, Yahoo, Outlook, Proton, Zoho.
_QUOTES = (
    "//blockquote|//*[contains(@class,'gmail_quote')]|//*[contains(@class,'yahoo_quoted')]|//*[contains(@class,'protonmail_quote')]"
    "|//*[contains(@class,'moz-cite-prefix')]|//*[contains(@class,'zmail_extra')]|//*[@id='OLK_SRC_BODY_SECTION']"
    "|//*[@id='mail-editor-reference-message-container']|//*[@id='ms-outlook-mobile-signature']"
)
# Outlook marks only where the old mail begins; it goes on to the end.
_FROM_HERE = "//*[@id='appendonsend' or @id='divRplyFwdMsg' or @id='x_divRplyFwdMsg' or @id='stopSpelling']"

# The tables of our own letters, by the colour that only they give to their borders; quoted, they are nobody's answers.
_OURS = "//table[translate(@bordercolor,'ABCDEF','abcdef')='#9aa0a6']"

# "On Mon, 2 Dec 2024 at 09:00, … wrote:" (Gmail), "เมื่อ … เขียนว่า:", "Le lun. 2 déc. 2024 à 09:00, … a écrit :", broken over up to three
# lines; "รวม <office@phrae.example> เขียนเมื่อ 26 พ.ย. 2567 เวลา 08:31:" of telephones.
WROTE = re.compile(
    r"^[ \t]*(?:On\b|Am\b|Le\b|เมื่อ|ในวันที่|วันที่)[^\n]{3,200}(?:\n[^\n]{0,200}){0,2}?(?:wrote|เขียนว่า|เขียน|ได้เขียน|schrieb|a écrit)[ \t]*:[ \t]*$"
    r"|^[ \t]*[^\n<>]{0,100}<[^\n<>\s]{3,100}>[ \t]*(?:เขียนเมื่อ|ได้เขียนเมื่อ|wrote on)[^\n]{3,80}:[ \t]*$",
    re.MULTILINE,
)
# "> …" under it: the quote is marked, so an answer may stand below.
_QUOTED_BELOW = re.compile(r"\s*+>")
CUTS = (
    re.compile(
        # Outlook's "-----Original Message-----", Gmail's "---------- Forwarded message ---------", "---ข้อความเดิม---"
        r"^[ \t>]*-{2,}[ \t]*(?:original message|forwarded message|original appointment|ข้อความต้นฉบับ|ข้อความเดิม|ข้อความดั้งเดิม|"
        r"ข้อความที่ส่งต่อ|ข้อความที่ถูกส่งต่อ|ส่งต่อข้อความ|ตอบกลับ|ข้อความตอบกลับ|ส่งต่อ)[ \t]*-{2,}",
        re.MULTILINE | re.IGNORECASE,
    ),
    re.compile(
        # "From: …" and "Sent: …" one to four lines below it (Outlook), "จาก: …" and "วันที่: …"
        r"^[ \t]*(?:_{10,}[ \t]*\n\s*)?\*?(?:from|จาก)[ \t]*:\*?[^\n]*\n(?:[^\n]*\n){0,3}?[ \t]*\*?"
        r"(?:sent|date|ส่ง|ส่งเมื่อ|วันที่|วันที่ส่ง)[ \t]*:",
        re.MULTILINE | re.IGNORECASE,
    ),
    # "From: r@phrae.example" and "Subject: …" below it, on telephones that leave the day out.
    re.compile(
        r"^[ \t]*\*?(?:from|จาก)[ \t]*:\*?[^\n@]{0,100}@[^\n]*\n(?:[^\n]*\n){0,2}?[ \t]*\*?(?:subject|เรื่อง|หัวเรื่อง)[ \t]*:",
        re.MULTILINE | re.IGNORECASE,
    ),
    # "-- ": what stands below is a signature (RFC 3676, 4.3).
    re.compile(r"^-- ?$", re.MULTILINE),
)

# A line of an old mail's header, "From: …", "เรื่อง: …", or what is drawn above it.
HEADER = re.compile(
    r"[ \t>*]*(?:[-_]{2,}|(?:from|sent|date|to|cc|subject|จาก|ส่ง|ส่งเมื่อ|วันที่|วันที่ส่ง|ถึง|สำเนา|สำเนาถึง|เรื่อง|หัวเรื่อง)[ \t]*:)",
    re.IGNORECASE,
)
# Where in the words of a page a piece begins: its text ("start") or what follows it ("end").
_Spot = tuple[int, str, html.HtmlElement]
_CELLS = 3  # of a row: a number, a name and an answer


def own_words(plain: str) -> str:
    """The text without quoted mail and signature, normalised line by line, at most ``TEXT_CAP`` characters.

    The cells of a table's row stand between bars.
    """
    kept = [clean(text.normalise(_barred(line))) for line in own_lines(plain).split("\n")]
    # At most one blank line in a row.
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()[:TEXT_CAP].rstrip()


def words_below(plain: str) -> str:
    """What stands below the header of an old mail, the header left out, as ``own_words``; "" where there is no such header.

    Where nothing stands above, the sender's own words may be among it, unmarked; nobody can tell which they are.
    """
    rest = without_banners(plain[:SOURCE_CAP].replace("\r\n", "\n").replace("\r", "\n"))
    begin = min((match.start() for cut in CUTS[:2] if (match := cut.search(rest))), default=len(rest))
    lines = (line for line in rest[begin:].split("\n") if not line.lstrip().startswith(">"))
    said = [clean(text.normalise(line)) for line in lines if not HEADER.match(line)]
    # At most one blank line in a row.
    return re.sub(r"\n{3,}", "\n\n", "\n".join(said)).strip()[:TEXT_CAP].rstrip()


def _barred(line: str) -> str:
    """A line of a table, its tabs as bars: what stands in cells is no sentence of the mail."""
    cells = line.split("\t")
    return " | ".join(cells).rstrip(" |") if sum(bool(cell.strip()) for cell in cells) >= _CELLS else line


def own_lines(plain: str) -> str:
    """The text without quoted mail and signature, its blanks and tabs as they were."""
    rest = without_banners(plain[:SOURCE_CAP].replace("\r\n", "\n").replace("\r", "\n"))
    rest = rest[: min((match.start() for cut in CUTS if (match := cut.search(rest))), default=len(rest))]
    rest = _without_attributions(rest)
    return "\n".join(line for line in rest.split("\n") if not line.lstrip().startswith(">"))


def _without_attributions(plain: str) -> str:
    """Cut at "… wrote:", unless the quote under it is marked by ">", for then an answer may stand below it."""
    kept: list[str] = []
    at = 0
    for match in WROTE.finditer(plain):
        kept.append(plain[at : match.start()])
        if not _QUOTED_BELOW.match(plain, match.end()):
            return "".join(kept)
        at = match.end()
    return "".join((*kept, plain[at:]))


def from_html(source: str) -> str:
    """HTML to plain text, quoted mail left out; empty when it cannot be read at all."""
    with suppress(etree.LxmlError, ValueError, AssertionError):
        return _plain(_own_tree(source, f"{_UNSEEN}|{_QUOTES}|{_STRUCK}"))
    return ""


def own_html(source: str) -> str:
    """The HTML that the sender wrote himself, tables of ours left out; empty when it has no table."""
    if "<table" not in source[:SOURCE_CAP].lower():
        return ""
    with suppress(etree.LxmlError, ValueError, AssertionError):
        tree = _own_tree(source, _QUOTES)  # the rules of style in its head name the fonts of marks
        _drop_quote_by_words(tree)
        _drop_ours(tree)
        return str(html.tostring(tree, encoding="unicode"))
    return ""


def own_links(source: str) -> list[str]:
    """The words of the HTML that the sender wrote himself, and the addresses that its links lead to."""
    with suppress(etree.LxmlError, ValueError, AssertionError):
        tree = _own_tree(source, f"{_UNSEEN}|{_QUOTES}|{_STRUCK}")
        _drop_quote_by_words(tree)
        return [_plain(tree), *map(str, tree.xpath("//a/@href")[:LINKS_CAP])]
    return []


def whole_html(source: str) -> tuple[str, list[str]]:
    """The words of HTML, quoted mail included, and the addresses on the web that its links lead to."""
    with suppress(etree.LxmlError, ValueError, AssertionError):
        tree = _own_tree(source, _UNSEEN)
        leads = [str(each) for each in tree.xpath("//a/@href")[:LINKS_CAP]]
        return _plain(tree), [each for each in leads if each.lower().startswith("http")]
    return "", []


def _whole_tree(source: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    return html.document_fromstring(clean_markup(source), parser=parser)


def html_words(source: str) -> str:
    """The words of HTML, quoted mail included, whose places ``html_between`` takes; empty when it cannot be read at all."""
    with suppress(etree.LxmlError, ValueError, AssertionError):
        return _words_with_spots(_whole_tree(source))[0]
    return ""


def html_between(source: str, begin: int, end: int) -> str:
    """The HTML with no words but those between two places, tables of ours left out; empty when no table has any."""
    with suppress(etree.LxmlError, ValueError, AssertionError):
        tree = _whole_tree(source)
        for at, event, node in _words_with_spots(tree)[1]:
            if begin <= at < end or node.tag == "style":  # names the fonts of marks
                continue
            if event == "start":
                node.text = None
            else:
                node.tail = None
        _drop_ours(tree)
        if any(table.text_content().strip() for table in tree.iter("table")):
            return str(html.tostring(tree, encoding="unicode"))
    return ""


def _own_tree(source: str, unwanted: str) -> html.HtmlElement:
    tree = _whole_tree(source)
    _drop(tree, unwanted)
    return tree


def _drop_ours(tree: html.HtmlElement) -> None:
    for table in tree.xpath(_OURS):
        _remove(table)


def _drop_quote_by_words(tree: html.HtmlElement) -> None:
    """Drop an old mail and all after it where only words say that it begins ("From: ... Sent: ...", "... wrote:")."""
    words, spots = _words_with_spots(tree)
    start = min((match.start() for cut in (*CUTS, WROTE) if (match := cut.search(words))), default=None)
    if start is None:
        return
    _, event, node = next(spot for spot in reversed(spots) if spot[0] <= start)
    if event == "start":
        _drop_from(node)
    else:
        for later in node.xpath("following::node()[self::*]"):
            _remove(later)


def _words_with_spots(tree: html.HtmlElement) -> tuple[str, list[_Spot]]:
    """The words of a page, and where each piece of them begins: before ("end": behind) which element."""
    told: list[str] = []
    spots: list[_Spot] = []
    length = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        # White space in HTML source means one blank.
        piece = re.sub(r"\s+", " ", (node.text if event == "start" else node.tail) or "").strip("\n")
        spots.append((length, event, node))
        if node.tag in _BLOCKS and told and not told[-1].endswith("\n"):
            piece = "\n" + piece.lstrip(" ")
        if piece.strip(" ") or not told or not told[-1].endswith("\n"):
            told.append(piece)
            length += len(piece)
    return "".join(told), spots


def clean_markup(source: str) -> bytes:
    """Bytes that the parser takes: capped, without half characters and control characters."""
    # Control characters, at which the parser stops.
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", source[:SOURCE_CAP]).encode("utf-8", "replace")


def _drop(tree: html.HtmlElement, unwanted: str) -> None:
    for start in tree.xpath(_FROM_HERE)[:1]:
        _drop_from(start)
    for node in tree.xpath(unwanted):
        _remove(node)


def _drop_from(start: html.HtmlElement) -> None:
    for node in [start, *start.xpath("following::node()[self::*]")]:
        _remove(node)


def _remove(node: html.HtmlElement) -> None:
    """Take a node out but leave the text that follows it, unless it went with something around it."""
    if node.getparent() is not None:
        node.drop_tree()


def _plain(tree: html.HtmlElement) -> str:
    pieces: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if node.tag in _BLOCKS:
            pieces.append("\n")
        elif node.tag in ("td", "th") and event == "end":
            pieces.append("\t")
        piece = (node.text if event == "start" else node.tail) or ""
        # White space in HTML source means one blank.
        pieces.append(re.sub(r"\s+", " ", piece))
    lines = (line.strip(" ") for line in "".join(pieces).split("\n"))
    # At most one blank line in a row.
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
