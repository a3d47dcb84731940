"""Old formats (.doc .wps .rtf .odt) through LibreOffice, when it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import BadDocument
from corpus.formats.docx import docx_text
from corpus.formats.kind import WORD

PROGRAMS = ("soffice", "libreoffice")
TIMEOUT = 120  # seconds for one document


def office_text(data: bytes, *, name: str) -> str:
    """The text of an old document, converted to .docx first. Raises BadDocument."""
    program = next((found for candidate in PROGRAMS if (found := shutil.which(candidate))), None)
    if program is None:
        raise BadDocument(f"{name!r} 是旧格式，需要 LibreOffice 才能读，本机没有安装。{WORD}")
    with tempfile.TemporaryDirectory(prefix="gongbi-") as folder:
        return docx_text(_converted(program, data, Path(folder), name=name), name=name)


def _converted(program: str, data: bytes, folder: Path, *, name: str) -> bytes:
    source = folder / "input.doc"
    source.write_bytes(data)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)]
    try:
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired as error:
        raise BadDocument(f"{name!r} 转换超过 {TIMEOUT} 秒，已放弃。{WORD}") from error
    converted = folder / "out" / "input.docx"
    if not converted.exists():
        raise BadDocument(f"LibreOffice 打不开 {name!r}，可能已损坏或有密码。{WORD}")
    return converted.read_bytes()
