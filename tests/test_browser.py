"""Through the door users come in by: a real Chromium on the real pages, with English as its language."""

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlparse

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright
from serving import Server, free_port, running_server

pytestmark = [pytest.mark.browser, pytest.mark.flaky(reruns=2)]  # a busy machine may lose a race, not three
expect.set_options(timeout=60_000)  # milliseconds; a loaded machine's first answer takes its time
REQUEST = "帮我写一份2026年医院工会工作计划，单位是某某市人民医院"
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PAGES = ("起草", "查范文", "比行业", "体检", "年度续写", "范文库", "我的文稿", "设置")
ALLOWED = {"Word", "txt", "docx", "md"}  # Latin words our users know
MODELS = {"qwen", "plus", "deepseek", "chat", "ollama", "http"}  # what a model and its address are called
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
    return written(page)


def written(page: Page) -> str:
    """The draft's text once it is all there."""
    sheet = page.locator(".paper:not(.blank-sheet):not(.growing *)")
    expect(sheet).to_be_visible()
    return sheet.inner_text()


def again(page: Page) -> None:
    """Another version of the whole draft."""
    page.locator("#toolbar").get_by_role("button", name="换一版", exact=True).click()
    expect(page.get_by_role("button", name="撤销")).to_be_enabled()


def turn_to(page: Page, name: str) -> None:
    tab = page.get_by_role("tab", name=name, exact=True)
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")


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
    assert "某某市人民医院" in written(page).splitlines()[0]


def test_who_is_quicker_than_the_page_loses_nothing(context: BrowserContext) -> None:
    page = context.new_page()
    held: list[Route] = []
    quicker = False

    def hold(route: Route) -> None:  # the page's own first questions wait until the user's is answered
        if quicker:
            route.continue_()
        else:
            held.append(route)

    page.route("**/queue/join*", hold)
    page.goto("/")
    expect(page.locator("#request textarea")).to_be_visible()
    page.wait_for_timeout(500)
    assert held
    quicker = True
    text = draft(page, REQUEST)
    for route in held:
        route.continue_()
    page.wait_for_timeout(1500)
    assert page.locator(".paper").inner_text() == text
    expect(page.locator("#chat")).to_contain_text("已写好")
    turn_to(page, "我的文稿")
    expect(page.locator("#drafts")).to_contain_text("某某市人民医院")


def test_another_version_differs(page: Page) -> None:
    before = draft(page, REQUEST)
    again(page)
    assert page.locator(".paper").inner_text() != before
    page.keyboard.press("Control+z")
    expect(page.get_by_role("button", name="重做")).to_be_enabled()
    assert page.locator(".paper").inner_text() == before


def test_clearing_the_conversation_starts_afresh(page: Page) -> None:
    draft(page, REQUEST)
    page.locator("#chat").get_by_role("button", name="清空对话").click()
    expect(page.locator(".blank-sheet")).to_be_visible()
    expect(page.get_by_role("button", name="换一版", exact=True)).to_be_hidden()


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
    option = page.get_by_role("option", name="医院")
    expect(option).to_have_text(re.compile(r"医院（[1-9]\d?）"))  # of what was found, not of all there is
    option.click()
    chips = page.locator("#results .card .chip.organisation")
    expect(chips.filter(has_not_text="医院")).to_have_count(0)
    expect(chips.first).to_have_text("医院")
    page.locator("#results").get_by_role("button", name="看全文").first.click()
    expect(page.get_by_role("dialog").locator("mark.passage").first).to_be_visible()


def test_what_a_search_was_read_as_can_be_taken_back(page: Page) -> None:
    turn_to(page, "查范文")
    find(page, "医院三月份女职工活动")
    chip = page.locator("#results .chip.understood").filter(has_text="单位类型：医院")
    chip.click()
    expect(chip).to_have_count(0)
    expect(page.locator("#results .chip.understood").first).to_be_visible()


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
    turn_to(page, "查范文")  # the cards of the last search are drawn anew
    expect(page.locator("#results")).not_to_contain_text("镇中心小学2025")
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
    again(page)
    assert second.locator(".paper").inner_text() == theirs
    for one, own, foreign in ((page, "人民医院", "第二中学"), (second, "第二中学", "人民医院")):
        turn_to(one, "我的文稿")
        expect(one.locator("#drafts")).to_contain_text(own)
        expect(one.locator("#drafts")).not_to_contain_text(foreign)
    other.close()


def test_a_phone_shows_the_sheet_first_and_all_of_the_menu(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    expect(page.locator("#request textarea")).to_be_visible()
    draft(page, REQUEST)
    parts = page.locator(".outline li").first
    expect(parts).to_be_hidden()
    page.locator(".outline summary").click()
    expect(parts).to_be_visible()
    page.locator("#exports summary").click()
    menu = page.locator("#exports details > div").bounding_box()
    assert menu is not None
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= 390


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


def latin_words(page: Page) -> set[str]:
    """Latin words that are seen or read out, without names of files."""
    shown = page.locator("body").inner_text()
    told = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.getClientRects().length).flatMap(e => "
        "['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt', 'data-hint']"
        ".map(name => e.getAttribute(name))).filter(Boolean)"
    )
    return set(re.findall(r"[A-Za-z]{3,}", re.sub(r"\S+\.txt", "", shown + " ".join(told))))


def test_no_english_is_left_for_the_reader(page: Page) -> None:
    expect(page.locator("#chat .example")).to_have_count(4)
    page.wait_for_timeout(300)
    assert latin_words(page) - ALLOWED == set()
    draft(page, REQUEST)
    page.locator(".sentence.borrowed").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert latin_words(page) - ALLOWED == set()
    page.keyboard.press("Escape")
    for name in PAGES:
        turn_to(page, name)
        page.wait_for_timeout(300)
        assert latin_words(page) - ALLOWED - (MODELS if name == "设置" else set()) == set(), name
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_parts_move_lock_and_come_back(page: Page) -> None:
    draft(page, REQUEST)
    names = page.locator(".outline .name")
    second, third = names.nth(1).inner_text()[2:], names.nth(2).inner_text()[2:]
    page.locator(".outline li").nth(1).hover()
    page.get_by_role("button", name=f"下移：{second}").click()
    expect(names.nth(2)).to_contain_text(second)
    expect(names.nth(1)).to_contain_text(third)
    page.locator(".outline li").nth(1).hover()
    page.get_by_role("button", name=f"锁定：{third}").click()
    expect(page.locator(".outline li.locked")).to_have_count(1)
    page.locator(".outline li").nth(1).hover()
    page.get_by_role("button", name=f"删去：{third}").click()
    expect(page.locator(".toast-body.error")).to_contain_text("已锁定")
    expect(names.nth(1)).to_contain_text(third)
    box = page.get_by_label("要加的部分")
    box.fill("退休职工")
    box.press("Enter")
    expect(page.locator(".outline")).to_contain_text("退休")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".outline")).not_to_contain_text("退休")


def test_a_sentence_is_rewritten_and_swapped_and_kept(page: Page) -> None:
    draft(page, REQUEST)
    page.locator(".paper .dated span").click()
    page.get_by_role("dialog").get_by_label("日期").fill("2026年2月20日")
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(page.locator(".paper .dated")).to_have_text("2026年2月20日")
    sentence = page.locator(".paper .sentence").nth(3)
    sentence.click()
    page.get_by_role("dialog").get_by_label("这一句改成").fill("每月十日为职工接待日。")
    page.keyboard.press("Enter")
    expect(page.locator(".sentence.user")).to_have_text("每月十日为职工接待日。")
    other = page.locator(".sentence.template").nth(8)
    words = other.inner_text()
    other.click()
    page.get_by_role("dialog").get_by_role("button", name="换成这句").first.click()
    expect(page.locator(".paper")).not_to_contain_text(words)
    again(page)
    expect(page.locator(".sentence.user")).to_have_text("每月十日为职工接待日。")


def test_words_are_changed_where_they_stand(page: Page) -> None:
    draft(page, REQUEST)
    sentence = page.locator(".paper .sentence").nth(4)
    words = sentence.inner_text()
    sentence.dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("每月五日公布院务公开清单。")
    page.keyboard.press("Escape")
    expect(sentence).to_have_text(words)
    sentence.focus()
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("每月五日公布院务公开清单。")
    page.keyboard.press("Enter")
    expect(page.locator(".sentence.user")).to_have_text("每月五日公布院务公开清单。")
    page.locator(".paper h1").dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("某某市人民医院工会2026年工作要点")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="撤销")).to_be_enabled()
    expect(page.locator(".paper h1")).to_have_text("某某市人民医院工会2026年工作要点")


def test_the_users_words_are_shown_as_they_were_typed(page: Page) -> None:
    ask(page, "<b>你好</b><img src=/nowhere.png> **在吗**")
    bubble = page.locator("#chat .user.message")
    expect(bubble).to_contain_text("<b>你好</b><img src=/nowhere.png> **在吗**")
    expect(bubble.locator("img, b, strong")).to_have_count(0)


def test_the_chat_changes_the_draft_and_leads_to_other_pages(page: Page) -> None:
    draft(page, REQUEST)
    ask(page, "把第二部分删掉")
    expect(page.locator("#chat")).to_contain_text("已删去")
    ask(page, "检查一下")
    expect(page.locator("#chat")).to_contain_text("做了体检")
    ask(page, "学校和医院的民主管理有什么不同")
    page.locator("#chat").get_by_role("link", name="比行业").click()
    expect(page.get_by_role("tab", name="比行业")).to_have_attribute("aria-selected", "true")


def test_what_is_sent_during_an_answer_goes_out_after_it(page: Page) -> None:
    draft(page, REQUEST)
    ask(page, "把第二部分删掉")
    expect(page.locator("#request textarea")).to_have_value("")
    ask(page, "检查一下")
    expect(page.locator("#chat")).to_contain_text("已删去")
    expect(page.locator("#chat")).to_contain_text("做了体检")
    expect(page.locator("#request textarea")).to_have_value("")


def test_the_export_menu(page: Page) -> None:
    draft(page, REQUEST)
    for entry, ending in (("审核稿", "（审核稿）.docx"), ("任务分解表", "（任务分解表）.xlsx"), ("纯文本", ".txt")):
        page.locator("details.menu summary").click()
        with page.expect_download() as download:
            page.locator("details.menu .entry", has_text=entry).click()
        assert download.value.suggested_filename.endswith(ending)


def test_check_up_mends_a_pasted_plan(page: Page) -> None:
    turn_to(page, "体检")
    page.get_by_label("要体检的计划").fill(PLAN.replace("为指导", "和党的十九大精神为指导"))
    page.get_by_label("计划年份").fill("2026")
    page.get_by_role("button", name="体检", exact=True).click()
    expect(page.locator("#checked mark.finding").filter(has_text="十九大")).to_be_visible()
    page.locator("#findings").get_by_role("button", name=re.compile("一键改全部")).click()
    expect(page.locator("#checked")).not_to_contain_text("十九大")
    expect(page.locator("#checked")).to_contain_text("2026年工作计划")
    expect(page.locator(".likeness").first).to_contain_text("与范文雷同")
    page.locator("#findings").get_by_role("button", name="忽略").first.click()
    with page.expect_download() as download:
        page.locator("#check-word").click()
    assert download.value.suggested_filename.endswith("（体检修订）.docx")


def test_check_up_reads_a_file_and_tells_what_is_wrong(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "去年.txt"
    file.write_text(PLAN, encoding="utf-8")
    turn_to(page, "体检")
    page.get_by_role("button", name="体检", exact=True).click()
    expect(page.get_by_test_id("toast-body")).to_contain_text("还没有要体检的文字")
    page.locator("#check-file input[type=file]").set_input_files(file)
    expect(page.get_by_label("要体检的计划")).to_have_value(re.compile("踢毽子"))


def test_roll_over_shows_changes_fills_a_gap_and_goes_on(page: Page) -> None:
    turn_to(page, "年度续写")
    page.get_by_label("去年的计划", exact=True).fill(PLAN)
    page.get_by_label("新计划的年份").fill("2026")
    page.get_by_role("button", name="续写", exact=True).click()
    expect(page.locator("#rolled ins").first).to_have_text("2026")
    page.locator("#changes").get_by_role("button", name=re.compile("加进来")).first.click()
    expect(page.locator("#changes .chip.only")).to_have_text("补缺")
    with page.expect_download() as download:
        page.locator("#roll-word").click()
    assert download.value.suggested_filename.endswith("2026年工作计划.docx")
    page.get_by_role("button", name="到起草里接着改").click()
    expect(page.locator("#sheet .paper h1")).to_contain_text("2026年工作计划")
    expect(page.locator("#sheet")).to_contain_text("踢毽子")


def test_drafts_are_found_again_renamed_compared_and_deleted(page: Page) -> None:
    text = draft(page, REQUEST)
    again(page)
    page.reload()
    expect(page.locator("#recent .example")).to_contain_text("某某市人民医院")
    turn_to(page, "我的文稿")
    page.locator("#drafts button").first.click()
    expect(page.locator("#differences")).to_contain_text("不同")
    view = page.locator("#draft-view")
    view.get_by_label("文稿的名字").fill("上会稿")
    view.get_by_role("button", name="保存").click()
    expect(page.locator("#drafts")).to_contain_text("上会稿")
    view.get_by_role("button", name="用这一版").last.click()
    view.get_by_role("button", name="打开，接着改").click()
    expect(page.locator("#sheet .paper h1")).to_contain_text("某某市人民医院")
    assert page.locator("#sheet .paper").inner_text() == text
    expect(page.locator("#chat")).to_contain_text("已写好")
    turn_to(page, "我的文稿")
    page.locator("#draft-view").get_by_role("button", name="删除这份文稿").click()
    page.locator("#pages").get_by_role("button", name="确定删除").click()
    expect(page.locator("#drafts")).to_contain_text("还没有文稿")


def test_settings_serve_every_draft(page: Page) -> None:
    turn_to(page, "设置")
    page.get_by_label("单位全称").fill("阳光县中医院")
    page.get_by_label("单位类型").last.click()
    page.get_by_role("option", name="医院").click()
    page.get_by_label("会员人数").fill("320")
    page.locator("#settings-save").click()
    expect(page.get_by_test_id("toast-body")).to_contain_text("已保存")
    page.reload()
    expect(page.locator("#request textarea")).to_be_visible()
    turn_to(page, "设置")
    expect(page.get_by_label("单位全称")).to_have_value("阳光县中医院")
    turn_to(page, "起草")
    assert "阳光县中医院" in draft(page, "写一份2026年的工会计划").splitlines()[0]


def test_a_sample_passage_goes_into_the_draft(page: Page) -> None:
    draft(page, "写一份2026年小学工会计划，单位是阳光镇中心小学")
    before = page.locator(".sentence.borrowed").count()
    turn_to(page, "查范文")
    find(page, "教代会征集提案")
    entries = page.get_by_role("dialog").locator(".entry")
    for use in page.locator("#results").get_by_role("button", name="用到草稿里").all():
        use.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        if entries.count():  # the others stand in the draft already
            break
        page.keyboard.press("Escape")
    entries.first.click()
    expect(page.get_by_test_id("toast-body")).to_contain_text("放进")
    turn_to(page, "起草")
    expect(page.locator(".sentence.borrowed").nth(before)).to_be_visible()


def test_theme_switch_is_remembered(page: Page) -> None:
    def is_dark() -> bool:
        return bool(page.evaluate("document.body.classList.contains('dark')"))

    before = is_dark()
    turn_to(page, "设置")
    expect(page.locator("#settings-save")).to_be_enabled()  # the page has asked all it wants to know
    page.wait_for_timeout(500)
    page.get_by_role("button", name="切换深色或浅色").click()
    assert is_dark() is not before
    page.reload()
    expect(page.locator("#request textarea")).to_be_visible()
    page.wait_for_timeout(300)
    assert is_dark() is not before


def test_work_is_found_again_after_a_restart(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    user = browser.new_context(base_url=f"http://127.0.0.1:{port}")
    user.set_default_timeout(60_000)
    with running_server(tmp_path, port=port):
        text = draft(opened(user), REQUEST)
    with running_server(tmp_path, port=port):
        page = opened(user)
        page.locator("#recent .example").first.click()
        assert written(page) == text
        expect(page.locator("#chat")).to_contain_text("已写好")
        ask(page, "把第二部分删掉")
        expect(page.locator("#chat")).to_contain_text("已删去")
    user.close()
    accounts = tmp_path / "accounts.txt"
    accounts.write_text("wang:secret one\nli:secret two\n", encoding="utf-8")
    with running_server(tmp_path, "--auth", str(accounts), port=port):
        assert "人民医院" not in _drafts_of(browser, port, "wang", "我们是某某县第二中学，写一份2027年的工会计划")
        assert "第二中学" not in _drafts_of(browser, port, "li", REQUEST)
        assert "第二中学" in _drafts_of(browser, port, "wang", "写一份2027年街道工会计划")


def _drafts_of(browser: Browser, port: int, name: str, request: str) -> str:
    """What 我的文稿 shows a named user of a new browser after another draft."""
    password = {"wang": "secret one", "li": "secret two"}[name]
    with browser.new_context(base_url=f"http://127.0.0.1:{port}", locale="en-US") as seat:
        seat.set_default_timeout(60_000)
        page = seat.new_page()
        page.goto("/")
        page.locator("input").first.wait_for()
        assert set(re.findall(r"[A-Za-z]{3,}", page.locator("body").inner_text())) == set()
        box = page.locator(".panel").bounding_box()
        assert box is not None
        assert box["width"] <= 400
        page.locator("input").first.fill(name)
        page.locator("input").nth(1).fill(password)
        page.locator("button").first.click()
        draft(page, request)
        turn_to(page, "我的文稿")
        expect(page.locator("#drafts button").first).to_be_visible()
        return page.locator("#drafts").inner_text()


def test_reading_in_files_can_be_stopped(page: Page, tmp_path: Path) -> None:
    files = [tmp_path / f"停止试验{count}.txt" for count in range(60)]
    for count, file in enumerate(files):
        file.write_text(PLAN.replace("踢毽子", f"第{count}次套圈") * 8, encoding="utf-8")
    turn_to(page, "范文库")
    page.locator("#upload input[type=file]").set_input_files(files)
    expect(page.locator("#upload-progress")).to_contain_text("已入库")
    page.locator("#upload-stop").click()
    expect(page.locator("#upload-progress")).to_contain_text("已停止")
    expect(page.locator("#upload-stop")).to_be_hidden()
    page.wait_for_timeout(1000)
    there = page.locator("#documents").get_by_text("停止试验").count()
    turn_to(page, "设置")
    turn_to(page, "范文库")
    page.wait_for_timeout(1000)
    assert 0 < there < len(files)
    assert page.locator("#documents").get_by_text("停止试验").count() == there
