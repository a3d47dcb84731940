"""Old formats through LibreOffice, when it is installed: .doc .wps .rtf .odt become .docx."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from corpus.errors import BadDocument
from corpus.formats.advice import RESAVE
from corpus.formats.doc import doc_text
from corpus.formats.docx import docx_text

TIMEOUT = 120  # seconds for one document
# Nothing in a document may run or be fetched.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
_one_at_a_time = threading.Lock()  # two LibreOffices at once are heavy, and one profile serves one


def office_text(data: bytes, *, name: str) -> str:
    """The text of a .rtf or .odt file. Raises BadDocument, also when LibreOffice is not installed."""
    program = find_office()
    if program is None:
        raise BadDocument(
            f"{name!r} 是旧格式，要装 LibreOffice 才能读，本机没有。可以安装它，或{RESAVE.removeprefix('请')}"
        )
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="gongbi-", ignore_cleanup_errors=True) as folder:
        converted = _converted(program, data, Path(folder), name=name)
    return docx_text(converted, name=name)


def word_text(data: bytes, *, name: str) -> str:
    """The text of a .doc or .wps file: through LibreOffice, without it the bare text. Raises BadDocument."""
    return doc_text(data, name=name) if find_office() is None else office_text(data, name=name)


def find_office() -> str | None:
    """The LibreOffice program; None when it is not installed."""
    folders = [os.environ[key] for key in ("PROGRAMFILES", "PROGRAMFILES(X86)") if key in os.environ]
    usual = os.pathsep.join(str(Path(folder) / "LibreOffice" / "program") for folder in folders)
    return (
        shutil.which("soffice")
        or shutil.which("libreoffice")
        or (shutil.which("soffice", path=usual) if usual else None)
    )


def _converted(program: str, data: bytes, folder: Path, *, name: str) -> bytes:
    source, profile = folder / "input.doc", folder / "profile"
    source.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise BadDocument(f"{name!r} 转换超过 {TIMEOUT} 秒，已放弃。{RESAVE}") from error
    finally:
        _end(process)
    converted = source.with_suffix(".docx")
    if not converted.exists():
        raise BadDocument(f"LibreOffice 打不开 {name!r}，可能已损坏或有密码。{RESAVE}")
    return converted.read_bytes()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program and what it started: soffice is a script that starts others."""
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
