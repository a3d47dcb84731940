"""Pictures of every page, wide and narrow, light and dark, into ./screenshots.

python tests/screenshots.py [FOLDER]
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright
from serving import running_server
from test_browser import PLAN, QUIET, REQUEST, draft, find, turn_to

SIZES = ((1366, 768), (390, 844))
SETTLED = 700  # milliseconds for animations


def written(page: Page) -> None:
    draft(page, REQUEST)


def source(page: Page) -> None:
    page.locator(".sentence.borrowed").first.click()
    page.get_by_role("dialog").wait_for()


def examined(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator("#line button.lights").click()
    page.get_by_role("dialog").wait_for()


def section(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator(".paper h2").nth(1).click()
    page.get_by_role("dialog").wait_for()


def reworded(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="缩写").click()
    page.get_by_role("dialog").locator(".likeness, .notice").first.wait_for()


def exporting(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator("#exports summary").click()


def searched(page: Page) -> None:
    page.keyboard.press("Escape")
    turn_to(page, "查范文")
    find(page, "困难职工怎么帮扶")


def abstained(page: Page) -> None:
    find(page, "量子计算机芯片光刻")


def compared(page: Page) -> None:
    turn_to(page, "比行业")
    page.locator("#comparison .sector").first.wait_for()


def stocked(page: Page) -> None:
    turn_to(page, "范文库")
    page.locator("#documents button").nth(1).click()
    page.locator("#document-view summary").first.click()


def cell(page: Page) -> None:
    page.locator("#coverage .heat-3").first.click()
    page.get_by_role("dialog").wait_for()


def checked(page: Page) -> None:
    page.keyboard.press("Escape")
    turn_to(page, "体检")
    page.get_by_label("要体检的计划").fill(PLAN.replace("为指导", "和党的十九大精神为指导"))
    page.get_by_label("计划年份").fill("2026")
    page.get_by_role("button", name="体检", exact=True).click()
    page.locator("#findings .findings").wait_for()


def to_roll(page: Page) -> None:
    turn_to(page, "年度续写")


def rolled(page: Page) -> None:
    turn_to(page, "年度续写")
    page.get_by_label("去年的计划", exact=True).fill(PLAN)
    page.get_by_label("新计划的年份").fill("2026")
    page.get_by_role("button", name="续写", exact=True).click()
    page.locator("#changes .findings").first.wait_for()


def kept(page: Page) -> None:
    turn_to(page, "起草")
    page.locator("#toolbar").get_by_role("button", name="换一版", exact=True).click()
    expect(page.get_by_role("button", name="撤销")).to_be_enabled()
    turn_to(page, "我的文稿")
    page.locator("#drafts button").first.click()
    page.locator(".versions").wait_for()


def settled(page: Page) -> None:
    turn_to(page, "设置")


def to_check(page: Page) -> None:
    page.keyboard.press("Escape")
    turn_to(page, "体检")


def nothing(page: Page) -> None:
    """The first visit."""


STEPS: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("1-起草-首次", nothing),
    ("2-起草-文稿", written),
    ("3-起草-来历", source),
    ("4-起草-体检", examined),
    ("5-起草-部分", section),
    ("6-起草-改写", reworded),
    ("7-起草-导出", exporting),
    ("8-查范文", searched),
    ("9-查范文-无结果", abstained),
    ("10-比行业", compared),
    ("11-范文库", stocked),
    ("12-范文库-格子", cell),
    ("13-体检-首次", to_check),
    ("14-体检", checked),
    ("15-年度续写-首次", to_roll),
    ("16-年度续写", rolled),
    ("17-我的文稿", kept),
    ("18-设置", settled),
)


def main(folder: Path) -> None:
    """Take every picture; those that scroll are also kept whole."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as home, running_server(Path(home)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        for width, height in SIZES:
            for theme in ("light", "dark"):
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(f"{server.address}/?__theme={theme}")
                page.locator("#request textarea").wait_for()
                for name, step in STEPS:
                    step(page)
                    page.wait_for_timeout(SETTLED)
                    page.screenshot(path=folder / f"{name}-{width}-{theme}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
