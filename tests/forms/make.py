"""Makes the corpus: every file of ``tests/forms/<trouble>/`` with its expected reading. Run by hand, or ``make forms``.

Owns nothing but the writing; the cases stand in ``tests/forms/drawn/<trouble>.py``. The same bytes each time, but for the
few files that an office program must save: those are made once, with ``--office``, and kept.
"""

import importlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from tests.forms.drawing import zipped
from tests.forms.drawn import TROUBLES
from tests.forms.drawn.case import Drawn

HERE = Path(__file__).parent
FILE_CAP, WHOLE_CAP = 25_000, 4_500_000


def main(arguments: list[str]) -> None:
    """Write every case; with ``--office`` also those that LibreOffice saves."""
    kept: set[Path] = set()
    for trouble in TROUBLES:
        drawn: list[Drawn] = importlib.import_module(f"tests.forms.drawn.{trouble}").CASES()
        names = [each.name for each in drawn]
        if len(names) != len(set(names)):
            raise ValueError(f"{trouble}: two cases of one name: {sorted(n for n in names if names.count(n) > 1)}")
        for each in drawn:
            kept |= _written(HERE / trouble, each, office="--office" in arguments)
    sizes = [path.stat().st_size for path in kept]
    if max(sizes) > FILE_CAP or sum(sizes) > WHOLE_CAP:
        raise ValueError(
            f"too large: {[path.name for path in kept if path.stat().st_size > FILE_CAP]}, {sum(sizes)} bytes"
        )
    print(f"{len(kept) // 2} cases, {sum(sizes) // 1000} kB")


def _written(folder: Path, drawn: Drawn, *, office: bool) -> set[Path]:
    folder.mkdir(exist_ok=True)
    file, expected = folder / f"{drawn.name}.{drawn.extension}", folder / f"{drawn.name}.json"
    if not drawn.saved_as:
        file.write_bytes(drawn.data)
    elif office:
        file.write_bytes(_saved(drawn))
    elif not file.exists():
        raise FileNotFoundError(f"{file}: make it with --office")
    expected.write_text(_compact(drawn.expected), "utf-8")
    return {file, expected}


def _compact(expected: dict[str, Any]) -> str:
    """JSON with one line for each key and each organisation."""
    lines = []
    for key, value in expected.items():
        if key == "answers":
            rows = ",\n".join(
                f"    {json.dumps(n, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}"
                for n, v in value.items()
            )
            lines.append(f'  "answers": {{\n{rows}\n  }}')
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _saved(drawn: Drawn) -> bytes:
    """What LibreOffice makes of the drawn workbook."""
    program = shutil.which("soffice")
    if not program:
        raise FileNotFoundError("soffice is needed for --office")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"source.{drawn.source}")
        source.write_bytes(drawn.data)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            drawn.saved_as,
        ]
        subprocess.run(
            [*command, "--outdir", f"{folder}/out", str(source)], check=True, capture_output=True, timeout=180
        )
        data = next(Path(folder, "out").iterdir()).read_bytes()
    return _without_pictures(data) if drawn.extension == "ods" else data


def _without_pictures(data: bytes) -> bytes:
    """An OpenDocument package without the picture of its first page."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        names = [info.filename for info in source.infolist() if not info.filename.startswith("Thumbnails/")]
        return zipped([(name, source.read(name)) for name in names], stored_first=True)


if __name__ == "__main__":
    main(sys.argv[1:])
