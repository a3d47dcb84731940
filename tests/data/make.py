"""Write the sample files of this folder anew with real programs: python-docx, LibreOffice, Chromium.

Run `python tests/data/make.py` where `soffice`, `chromium` and the Noto CJK fonts are installed; the tests read the
files that are committed. The texts are our own.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

HERE = Path(__file__).parent
FONT = "Noto Sans CJK SC"
PAGE_FONT = "Droid Sans Fallback"  # TrueType: Chromium embeds the glyphs it needs only
TITLE = "某某实业公司工会2025年工作计划"
OPENING = (
    "2025年，公司工会在公司党委和上级工会的领导下，围绕企业改革发展中心任务，团结动员广大职工立足岗位、"
    "建功立业，切实履行维护职工合法权益、竭诚服务职工群众的基本职责，为公司高质量发展作出新的贡献。"
)
# (level of the automatic number or None, text)
BODY: tuple[tuple[int | None, str], ...] = (
    (0, "加强思想引领，凝聚职工力量"),
    (1, "组织职工学习党的二十届三中全会精神"),
    (None, "利用班前会、职工书屋等载体，每月至少组织一次集中学习，做到有计划、有记录、有讨论，使职工明确方向。"),
    (1, "开展“中国梦·劳动美”主题宣传"),
    (2, "四月份举办职工演讲比赛，各分会选派选手参加，评出一等奖一名、二等奖二名、三等奖三名，在五一大会上表彰；"),
    (2, "九月份组织职工书画摄影展。"),
    (0, "维护职工权益，构建和谐劳动关系"),
    (1, "坚持和完善职工代表大会制度"),
    (None, "凡涉及职工切身利益的重大事项，一律提交职代会审议。"),
)
ROWS = (
    ("时间", "工作内容", "责任部门"),
    ("一月", "开展元旦、春节送温暖活动", "工会办公室"),
    ("三月", "庆祝三八国际妇女节，组织女职工健康讲座", "女职工委员会"),
)
LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
STORE_WITH_PASSWORD = """
import sys, time, uno
from com.sun.star.beans import NamedValue, PropertyValue
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(60):
    try:
        context = resolver.resolve("uno:pipe,name=gongbi;urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.5)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
def values(**given):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in given.items())
document = desktop.loadComponentFromURL(sys.argv[1], "_blank", 0, values(Hidden=True))
for url, name in zip(sys.argv[2::2], sys.argv[3::2]):
    secret = (NamedValue("CryptoType", "Standard"), NamedValue("OOXPassword", "secret"))
    protection = {"EncryptionData": uno.Any("[]com.sun.star.beans.NamedValue", secret)} if "2007" in name else {}
    document.storeToURL(url, values(FilterName=name, Password="secret", **protection))
document.close(True)
desktop.terminate()
"""


def write_docx(path: Path) -> None:
    """A plan with automatic numbers on three levels, a table with merged cells, header and footer."""
    document = Document()
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    _define_list(document.part.numbering_part.element)
    document.add_paragraph(TITLE).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(OPENING).paragraph_format.first_line_indent = Pt(28)
    for level, text in BODY:
        paragraph = document.add_paragraph(text)
        if level is None:
            paragraph.paragraph_format.first_line_indent = Pt(28)
        else:
            xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(xml))
    table = document.add_table(rows=0, cols=3)
    table.style = "Table Grid"
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    cells = table.add_row().cells
    cells[0].text = "七至九月"
    cells[1].merge(cells[2]).text = "高温慰问一线职工"
    document.add_paragraph("某某实业公司工会").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.sections[0].header.paragraphs[0].text = "公司工会文件"
    document.sections[0].footer.paragraphs[0].text = "- 1 -"
    document.save(str(path))


def _define_list(numbering: Any) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for n, (form, text) in enumerate(LEVELS)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}'
    numbering.insert(0, parse_xml(abstract + "</w:abstractNum>"))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def page(body: str) -> str:
    """A web page around `body`."""
    return (
        '<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>工会工作计划</title>'
        f'<style>body{{font:16px/1.8 "{PAGE_FONT}";width:560px}}h1,h2{{font:inherit}}p{{text-indent:2em;margin:0}}'
        "td{padding:4px 12px}</style>"
        f"<script>var unseen = 1;</script></head><body>\n{body}\n</body></html>\n"
    )


def plan_page() -> str:
    """The plan as a web page of a site: navigation, hidden parts, a list, a table."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in ROWS)
    return page(
        '<div class="top"><a href="/">首页</a> | <a href="/a">通知公告</a> | <a href="/b">工会工作</a></div>\n'
        '<div style="display:none">看不见的字</div>\n'
        f'<h1 style="text-align:center">{TITLE}</h1>\n<p>{OPENING}</p>\n<h2>一、加强思想引领</h2>\n'
        "<p>每月至少组织一次集中学习。<br>做到有计划、有记录。<!-- 注释 --></p>\n"
        "<ol><li>四月份举办演讲比赛；</li><li>九月份组织书画展。</li></ol>\n"
        f"<h2>二、重点工作安排</h2>\n<table border='1'>\n{rows}</table>\n<p>{OPENING}</p>"
    )


def convert(source: Path, target: str, folder: Path, *, filter_: str = "") -> Path:
    """`source` as LibreOffice converts it."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run([*command, target + filter_, "--outdir", str(folder), str(source)], check=True, capture_output=True)
    return folder / f"{source.stem}.{target}"


def print_page(markup: str, target: Path, folder: Path) -> None:
    """A page as Chromium prints it."""
    source = folder / "page.html"
    source.write_text(markup, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'chromium'}"]
    subprocess.run([*command, f"--print-to-pdf={target}", source.as_uri()], check=True, capture_output=True)


def photograph(markup: str, target: Path, folder: Path) -> None:
    """A page as Chromium paints it."""
    source = folder / "photo.html"
    source.write_text(markup, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'chromium'}"]
    command += ["--window-size=600,150", f"--screenshot={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True)


def store_with_password(source: Path, folder: Path) -> None:
    """Protected copies, as LibreOffice stores them through its own interface."""
    script = folder / "store.py"
    script.write_text(STORE_WITH_PASSWORD, encoding="utf-8")
    accept = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    office = subprocess.Popen([*accept, "--accept=pipe,name=gongbi;urp;"])
    targets = [(HERE / "password.docx", "MS Word 2007 XML"), (HERE / "password.doc", "MS Word 97")]
    urls = [text for path, name in targets for text in (path.as_uri(), name)]
    subprocess.run(["/usr/bin/python3", str(script), source.as_uri(), *urls], check=True)
    office.wait(60)


def main() -> None:
    """Write every file."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_docx(HERE / "plan.docx")
        (HERE / "page.html").write_text(plan_page(), encoding="utf-8")
        for suffix in ("doc", "pdf"):
            convert(HERE / "plan.docx", suffix, folder).replace(HERE / f"plan.{suffix}")
        print_page(plan_page(), HERE / "printed.pdf", folder)
        short = Document()
        short.add_paragraph("加密的计划")
        short.save(str(folder / "short.docx"))
        store_with_password(folder / "short.docx", folder)
        protect = ':writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":'
        convert(folder / "short.docx", "pdf", folder, filter_=protect + '{"type":"string","value":"secret"}}').replace(
            HERE / "password.pdf"
        )
        photograph(page(f"<p>{OPENING}</p>"), folder / "photo.png", folder)
        print_page(page(f'<img src="{(folder / "photo.png").as_uri()}">'), HERE / "scanned.pdf", folder)
    sys.stdout.write("".join(f"{path.stat().st_size:>8} {path.name}\n" for path in sorted(HERE.iterdir())))


if __name__ == "__main__":
    main()
