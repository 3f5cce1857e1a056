"""The two steps of a deed as pages: shown first, then done. Both are POSTs of who may act; a viewer's is refused."""

import secrets
from collections.abc import Mapping

from bot.desk.deeds import LONGEST, Coming, Kind, Wanted, coming_of, do, sealed, unsealed
from bot.desk.look import Look, NotThere, Page, number_in

Form = Mapping[str, str]
_NAME = 16  # bytes of a deed's name


def shown(look: Look, form: Form) -> Page:
    """What would come of it, and the button that does it. Nothing is changed. Raises NotThere."""
    if form.get("kind") not in {kind.value for kind in Kind}:
        raise NotThere(form.get("kind"))
    words, why = (form.get(name, "").strip()[:LONGEST] for name in ("words", "why"))
    cell = form.get("organisation", ""), form.get("question", "")
    wanted = Wanted(Kind(form["kind"]), form.get("slug", ""), number_in(form, "number"), words, *cell, why)
    return _shown(look, wanted)


def _shown(look: Look, wanted: Wanted, *, changed: bool = False) -> Page:
    name = secrets.token_hex(_NAME)
    coming = coming_of(look, wanted, name)
    deed = sealed(look, wanted, name, coming.mark) if coming.decision else ""
    return Page("deed", "ตรวจก่อนทำ" if deed else "ยังไม่ได้ทำ", {**_view(coming), "deed": deed, "changed": changed})


def done(look: Look, form: Form) -> Page:
    """Does it; or shows it anew where something else would come of it by now. Raises NotThere."""
    found = unsealed(look, form.get("deed", ""))
    if found is None:
        return Page(
            "deed", "ยังไม่ได้ทำ", {**_view(Coming("คำสั่งนี้เก่าเกินไปหรือไม่ถูกต้อง โปรดสั่งใหม่")), "deed": "", "changed": False}
        )
    wanted, name, mark = found
    coming, was_done = do(look, wanted, name, mark)
    if not was_done:
        return _shown(look, wanted, changed=True)
    return Page("done", "ดำเนินการแล้ว", _view(coming))


def _view(coming: Coming) -> dict[str, object]:
    return {"said": coming.said, "lines": coming.lines, "quotes": coming.quotes, "letters": coming.letters}
