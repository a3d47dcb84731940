"""Through the door users come in by: a real Chromium on the real pages, with English as its language."""

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlparse

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from serving import Server

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # milliseconds; a loaded machine's first answer takes its time
REQUEST = "帮我写一份2026年医院工会工作计划，单位是某某市人民医院"
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PAGES = ("起草", "查范文", "比行业", "范文库")
ALLOWED = {"Word", "txt", "docx", "md"}  # Latin words our users know
PLAN = """某某镇中心小学工会2025年工作计划
一、指导思想
以习近平新时代中国特色社会主义思想为指导，团结全体教职工，建设温馨和谐的教工之家。
二、主要工作
1.开好教代会，征集提案不少于二十件，逐件答复。
2.组织教职工踢毽子比赛和春季登山，丰富文体生活。
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = [path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))]
    assert found, "these tests need Chromium: apt-get install chromium fonts-noto-cjk"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found[0], args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A user of their own. Whatever the page asks of another machine, or complains of, fails the test."""
    user = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US", base_url=server.address)
    user.set_default_timeout(60_000)
    outside: list[str] = []
    complaints: list[str] = []
    user.on("request", lambda request: outside.append(request.url) if _is_outside(request.url) else None)
    user.on("weberror", lambda error: complaints.append(str(error.error)))
    user.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield user
    user.close()
    assert outside == []
    assert complaints == []
    assert server.attempts() == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return opened(context)


def opened(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/")
    expect(page.locator("#request textarea")).to_be_visible()
    return page


def _is_outside(url: str) -> bool:
    return urlparse(url).hostname not in (None, "127.0.0.1") and not url.startswith(("data:", "blob:"))


def ask(page: Page, request: str) -> None:
    page.locator("#request textarea").fill(request)
    page.locator("#request textarea").press("Enter")


def draft(page: Page, request: str) -> str:
    """Ask for a draft and return its text as shown."""
    ask(page, request)
    sheet = page.locator(".paper:not(.blank-sheet)")
    expect(sheet).to_be_visible()
    return sheet.inner_text()


def turn_to(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")


def find(page: Page, query: str) -> None:
    page.locator("#query input").fill(query)
    page.locator("#query input").press("Enter")
    expect(page.locator("#results .count, #results .notice").first).to_be_visible()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_first_draft_source_and_download(page: Page) -> None:
    text = draft(page, REQUEST)
    assert "某某市人民医院" in text.splitlines()[0]
    assert "2026" in text.splitlines()[0]
    expect(page.locator("#chat")).to_contain_text("已写好")

    sentence = page.locator(".sentence.borrowed").first
    words = sentence.inner_text()
    sentence.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.locator(".current")).to_have_text(words)
    span = drawer.locator(".original .span")
    kept = span.evaluate(
        "e => { const c = e.cloneNode(true); c.querySelectorAll('del').forEach(d => d.remove()); return c.textContent }"
    )
    assert squeezed(kept) == squeezed(words)  # the original with its changes is the sentence, to the letter
    drawer.get_by_role("button", name="看整篇范文").click()
    expect(page.get_by_role("dialog").locator("mark.passage").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    with page.expect_download() as download:
        page.get_by_text("下载 Word").click()
    assert re.fullmatch(r"某某市人民医院.*2026.*\.docx", download.value.suggested_filename)
    saved = docx.Document(BytesIO(Path(download.value.path()).read_bytes()))
    cells = "".join(cell.text for table in saved.tables for row in table.rows for cell in row.cells)
    printed = "".join(paragraph.text for paragraph in saved.paragraphs) + cells
    for line in page.locator(".sentence").all_inner_texts():
        assert squeezed(line) in squeezed(printed)


def test_missing_type_is_asked_for_with_choices(page: Page) -> None:
    ask(page, "写一份明年的工会计划")
    expect(page.locator("#chat")).to_contain_text("哪一类单位")
    page.locator("#chat").get_by_role("button", name="社区(村)").click()
    expect(page.locator(".paper:not(.blank-sheet) h1")).to_contain_text("工作计划")


def test_examples_guide_the_first_visit(page: Page) -> None:
    page.locator("#chat .example").first.click()
    expect(page.locator(".paper:not(.blank-sheet) h1")).to_contain_text("某某市人民医院")


def test_another_version_differs(page: Page) -> None:
    before = draft(page, REQUEST)
    page.get_by_role("button", name="换一版").click()
    expect(page.locator("#chat")).to_contain_text("第 2 版")
    assert page.locator(".paper").inner_text() != before


def test_clearing_the_conversation_starts_afresh(page: Page) -> None:
    draft(page, REQUEST)
    page.locator("#chat").get_by_role("button", name="清空对话").click()
    expect(page.locator(".blank-sheet")).to_be_visible()
    expect(page.get_by_role("button", name="换一版")).to_be_disabled()


def test_keys_of_the_request_box(page: Page) -> None:
    box = page.locator("#request textarea")
    box.fill("写一份学校计划")
    box.press("Control+Enter")
    box.press_sequentially("2026年")
    expect(box).to_have_value("写一份学校计划\n2026年")
    box.press("Enter")
    expect(page.locator(".paper:not(.blank-sheet) h1")).to_contain_text("2026")


def test_sources_open_by_keyboard(page: Page) -> None:
    draft(page, REQUEST)
    page.locator(".sentence").nth(2).focus()
    expect(page.locator("#hint")).to_have_class("shown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_search_filters_and_whole_text(page: Page) -> None:
    turn_to(page, "查范文")
    page.get_by_role("button", name="职代会怎么开").click()
    expect(page.locator("#results mark").first).to_be_visible()
    page.get_by_label("单位类型").first.click()
    page.get_by_role("option", name="医院").click()
    chips = page.locator("#results .card .chip.organisation")
    expect(chips.filter(has_not_text="医院")).to_have_count(0)
    expect(chips.first).to_have_text("医院")
    page.locator("#results").get_by_role("button", name="看全文").first.click()
    expect(page.get_by_role("dialog").locator("mark.passage").first).to_be_visible()


def test_search_abstains(page: Page) -> None:
    turn_to(page, "查范文")
    find(page, "量子计算机芯片光刻")
    expect(page.locator("#results")).to_contain_text("范文库中没有相关内容")


def test_compare_and_its_table(page: Page) -> None:
    turn_to(page, "比行业")
    expect(page.locator("#comparison .sector h3")).to_have_text(["学校", "医院", "企业"])
    page.get_by_label("县市总工会").check()
    expect(page.locator("#comparison .sector h3")).to_have_text(["学校", "医院", "企业", "县市总工会"])
    with page.expect_download() as download:
        page.get_by_text("下载表格").click()
    assert download.value.suggested_filename == "比行业_民主管理.xlsx"
    for name in ("医院", "企业", "县市总工会"):
        page.get_by_label(name, exact=True).uncheck()
    expect(page.locator("#comparison")).to_contain_text("请再选一种单位类型")


def test_library_takes_shows_corrects_and_forgets_a_file(page: Page, tmp_path: Path) -> None:
    file, empty = tmp_path / "镇中心小学2025.txt", tmp_path / "空白.txt"
    file.write_text(PLAN, encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    turn_to(page, "范文库")
    page.locator("#upload input[type=file]").set_input_files([file, empty])
    expect(page.locator("#upload-progress .added")).to_contain_text("已入库：1 篇")
    expect(page.locator("#upload-progress .refused")).to_contain_text("空")

    page.locator("#documents").get_by_role("button", name="镇中心小学2025").click()
    view = page.locator("#document-view")
    expect(view).to_contain_text("踢毽子")
    view.get_by_role("button", name="更正标签").click()
    page.get_by_label("单位类型").last.click()
    page.get_by_role("option", name="教科文卫系统").click()
    page.get_by_role("button", name="保存更正").first.click()
    expect(view.locator("summary .chip.organisation")).to_have_text("教科文卫系统")

    turn_to(page, "查范文")
    find(page, "踢毽子比赛")
    expect(page.locator("#results")).to_contain_text("镇中心小学2025")

    turn_to(page, "范文库")
    page.get_by_role("button", name="删除这份文档").click()
    page.get_by_role("button", name="确定删除").click()
    expect(page.locator("#documents")).not_to_contain_text("镇中心小学2025")
    turn_to(page, "查范文")
    find(page, "踢毽子比赛")
    expect(page.locator("#results")).not_to_contain_text("镇中心小学2025")


def test_heat_map_leads_to_its_passages_and_to_the_comparison(page: Page) -> None:
    turn_to(page, "范文库")
    cell = page.locator('#coverage button[data-value="学校|民主管理"]')
    count = int(cell.inner_text())
    cell.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text(f"共 {count} 段")
    drawer.get_by_role("button", name="和别的行业比一比").click()
    expect(page.get_by_role("tab", name="比行业")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#comparison .sector h3").first).to_have_text("学校")


def test_two_users_do_not_see_each_other(browser: Browser, server: Server, page: Page) -> None:
    other = browser.new_context(base_url=server.address)
    second = opened(other)
    mine = draft(page, REQUEST)
    theirs = draft(second, "我们是某某县第二中学，写一份2027年的工会计划")
    assert "某某县第二中学" not in mine + page.locator("#chat").inner_text()
    assert "人民医院" not in theirs + second.locator("#chat").inner_text()
    page.get_by_role("button", name="换一版").click()
    expect(page.locator("#chat")).to_contain_text("第 2 版")
    assert second.locator(".paper").inner_text() == theirs
    other.close()


@pytest.mark.parametrize("width", [390, 768, 1366])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    draft(page, REQUEST)
    for name in PAGES:
        turn_to(page, name)
        if name == "查范文":
            find(page, "劳动竞赛怎么写")
        page.wait_for_timeout(300)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, name


def test_no_english_is_left_for_the_reader(page: Page) -> None:
    draft(page, REQUEST)
    for name in PAGES:
        turn_to(page, name)
        page.wait_for_timeout(300)
        shown = page.locator("body").inner_text()
        labels = page.evaluate(
            "[...document.querySelectorAll('[aria-label],[title],[placeholder]')].filter(e => e.offsetParent)"
            ".flatMap(e => [e.ariaLabel, e.title, e.placeholder]).filter(Boolean)"
        )
        words = set(re.findall(r"[A-Za-z]{3,}", re.sub(r"\S+\.txt", "", shown + " ".join(labels))))
        assert words <= ALLOWED, name
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_theme_switch_is_remembered(page: Page) -> None:
    def is_dark() -> bool:
        return bool(page.evaluate("document.body.classList.contains('dark')"))

    before = is_dark()
    page.get_by_role("button", name="切换深色或浅色").click()
    assert is_dark() is not before
    page.reload()
    expect(page.locator("#request textarea")).to_be_visible()
    page.wait_for_timeout(300)
    assert is_dark() is not before
