"""How a page's elements are seen: hidden, in which font, struck out.

Owns the reading of styles in the head and at the elements (CSS 2.2), as far as Excel, Word and mail programs write them.
"""

import re

from lxml import html as library

# "display:none", "visibility: hidden", "mso-hide:all" (Word).
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
# "font-family:Wingdings", "font:12.0pt 'Wingdings 2'"; not "mso-bidi-font-family:…", the font of another script.
_FONT = re.compile(
    r"(?<![-\w])font-family\s*+:\s*+[\"']?\s*+([^\"';,]+)|(?<![-\w])font\s*+:[^;]{0,200}?\d[a-z%]*+\s++[\"']?([A-Za-z][^\"';,]*)",
    re.IGNORECASE,
)
# "text-decoration:line-through", "text-decoration-line:none": struck out, or no more.
_LINE = re.compile(r"text-decoration(?:-line)?\s*+:[^;]{0,200}?(line-through|none)", re.IGNORECASE)
# "vertical-align:super": above the line, as <sup> is.
_RAISED = re.compile(r"vertical-align\s*+:\s*+super", re.IGNORECASE)
_STRUCK = frozenset({"s", "strike", "del"})
_SELECTORS_CAP, _DECLARATIONS_CAP = 300, 2000  # characters of one rule of style


def _style_rules(tree: library.HtmlElement) -> dict[str, str]:
    """Declarations by class (".x") or by tag, as Excel and Word write them into the head of a page."""
    rules: dict[str, str] = {}
    for sheet in tree.iter("style"):
        for rule in (sheet.text or "").split("}")[:-1]:
            before, _, declarations = rule.rpartition("{")
            selectors = before.rpartition("{")[2][-_SELECTORS_CAP:]
            if len(declarations) <= _DECLARATIONS_CAP and any(
                wanted.search(declarations) for wanted in (_HIDDEN, _FONT, _LINE, _RAISED)
            ):
                for selector in selectors.split(","):
                    name = selector.strip().lower().rpartition(" ")[2]
                    plain = name.removeprefix("td").removeprefix("span") if "." in name else name
                    rules[plain] = f"{rules.get(plain, '')};{declarations}"[-2 * _DECLARATIONS_CAP :]
    return rules


class Styles:
    """The rules of one page."""

    def __init__(self, tree: library.HtmlElement) -> None:
        self._rules = _style_rules(tree)

    def _style(self, node: library.HtmlElement) -> str:
        classes = (self._rules.get(f".{name.lower()}", "") for name in (node.get("class") or "").split()[:10])
        return ";".join([self._rules.get(node.tag, ""), *classes, node.get("style") or ""])

    def is_hidden(self, node: library.HtmlElement) -> bool:
        """Whether nobody sees an element."""
        return node.get("hidden") is not None or bool(_HIDDEN.search(self._style(node)))

    def font(self, node: library.HtmlElement, otherwise: str = "") -> str:
        """The font that an element names; ``otherwise`` where it names none."""
        own = _FONT.findall(self._style(node))
        named = (own[-1][0] or own[-1][1]).strip() if own else (node.get("face") or "").split(",")[0].strip(" '\"")
        return otherwise if not named or named.lower() in ("inherit", "initial") else named

    def strikes(self, node: library.HtmlElement) -> bool:
        """Whether an element strikes out what is in it; a line once drawn goes through all that is inside."""
        lines = _LINE.findall(self._style(node))
        return lines[-1].lower() == "line-through" if lines else node.tag in _STRUCK

    def raises(self, node: library.HtmlElement) -> bool:
        """Whether an element stands above the line, as the number of a footnote does."""
        return node.tag == "sup" or bool(_RAISED.search(self._style(node)))
