"""PDF files to text: visual lines joined to paragraphs."""

import io

from corpus.errors import BadDocument


def pdf_text(data: bytes, *, name: str) -> str:
    """The text of a PDF. Raises BadDocument when it is protected, damaged, or scanned pictures only."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadDocument(f"{name!r} 有密码，打不开。请先去掉密码再加入。")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except PyPdfError as error:
        raise BadDocument(f"{name!r} 已损坏，读不出来。请重新下载，或用 WPS 打开后另存为 .docx。") from error
    if not text.strip():
        raise BadDocument(f"{name!r} 是扫描件，里面只有图片没有文字。请先用文字识别（OCR）软件转成 .docx 或 .txt。")
    return text
