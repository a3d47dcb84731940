"""A language model in the real pages: set up, written with, stopped half-way, reworded with; and none at all."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from model_server import ModelServer, Reply, model_server
from playwright.sync_api import Locator, Page, expect
from serving import Server, running_server
from test_browser import REQUEST, browser, context, draft, page, turn_to  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.flaky(reruns=2)]  # a busy machine may lose a race, not three
PACE, SLOW = 0.05, 0.5  # seconds between the pieces of an answer


def answering(request: dict[str, Any]) -> Reply:
    """A model that calls the tool it is offered, and gives back what it was told in slightly other words."""
    prompt = str(request["messages"][-1]["content"])
    offered = {tool["function"]["name"] for tool in request.get("tools", ())}
    if request["messages"][-1]["role"] == "tool":
        return Reply("计划已经写好，请您过目。", pace=PACE)
    if "draft" in offered:
        return Reply(tools=[("draft", {})])
    if offered:
        return Reply("请您看看还要改哪里。", pace=PACE)
    if "要改写的原文" in prompt:
        lines = re.findall(r'<原文 编号="(\d+)">\n(.*?)\n</原文>', prompt, re.DOTALL)
        pace = SLOW if "任务：扩写" in prompt else PACE
        return Reply("\n".join(f"{number}. {text[:-1]}，务求实效。" for number, text in lines), pace=pace)
    if "必须覆盖的要点" not in prompt:
        return Reply("春节前走访慰问困难职工。")
    points = prompt.partition("必须覆盖的要点")[2].partition("可以借鉴的材料")[0]
    return Reply(
        "\n".join(f"{line[:-1]}，务求实效。" for line in points.splitlines() if line.endswith("。")), pace=PACE
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A home of its own: the model set up here is no other test's."""
    with running_server(tmp_path_factory.mktemp("model")) as running:
        yield running


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with model_server(answering, key="sk-secret") as told:
        yield told


def set_up(page: Page, model: ModelServer, *, key: str = "sk-secret") -> None:  # noqa: F811
    turn_to(page, "设置")
    page.get_by_label("模型名称").fill("qwen-plus")
    page.get_by_label("服务地址").fill(model.url)
    page.get_by_label("密钥").fill(key)
    page.locator("#model-save").click()
    expect(page.locator(".model-trial")).to_contain_text("试" if key != "sk-secret" else "能用")


def drop(page: Page) -> None:  # noqa: F811
    turn_to(page, "设置")
    page.locator("#model-forget").click()
    expect(page.locator("#model-state")).to_contain_text("没有用大模型")
    turn_to(page, "起草")


def part(page: Page, number: int) -> Locator:  # noqa: F811
    """The drawer of a part of the draft."""
    page.locator(".paper h2[data-pick]").nth(number).click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("button", name="润色")).to_be_visible()
    return drawer


def test_without_a_model_the_buttons_do_what_rules_can(page: Page) -> None:  # noqa: F811
    text = draft(page, REQUEST)
    drawer = part(page, 1)
    drawer.get_by_role("button", name="扩写").click()
    expect(drawer.locator(".compared ins").first).to_be_visible()
    expect(drawer.locator(".likeness")).to_contain_text("与范文雷同")
    drawer.get_by_role("button", name="保留原文").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.locator(".paper").inner_text() == text

    part(page, 1).get_by_role("button", name="缩写").click()
    expect(drawer.locator(".compared del").first).to_be_visible()
    drawer.get_by_role("button", name="采用").click()
    expect(page.get_by_test_id("toast-body")).to_contain_text("撤销一步")
    page.wait_for_function("most => document.querySelector('.paper').innerText.length < most", arg=len(text))
    page.get_by_role("button", name="撤销").click()
    page.wait_for_function("text => document.querySelector('.paper').innerText === text", arg=text)

    part(page, 1).get_by_role("button", name="换语气").click()
    drawer.get_by_role("button", name="更亲切").click()
    expect(drawer).to_contain_text("要用大模型")
    drawer.get_by_role("link", name="去设置").click()
    expect(page.get_by_role("tab", name="设置")).to_have_attribute("aria-selected", "true")


def test_words_selected_on_the_sheet_are_reworded(page: Page) -> None:  # noqa: F811
    draft(page, REQUEST)
    sentence = page.locator(".paper .sentence").nth(3)
    sentence.scroll_into_view_if_needed()
    box = sentence.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 14)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 14, steps=5)
    page.mouse.up()
    bar = page.locator(".reword-bar")
    expect(bar).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)  # selecting opens nothing
    bar.get_by_role("button", name="扩写").click()
    expect(page.get_by_role("dialog")).to_contain_text("要用大模型")
    page.get_by_role("dialog").get_by_role("button", name="扩写整个部分").click()
    expect(page.get_by_role("dialog").locator(".compared ins").first).to_be_visible()
    expect(bar).to_be_hidden()


def test_a_wrong_key_is_told_and_never_shown(page: Page, model: ModelServer) -> None:  # noqa: F811
    set_up(page, model, key="sk-wrong")
    expect(page.locator(".model-trial.problem")).to_contain_text("不认密钥")
    page.reload()
    expect(page.locator("#request textarea")).to_be_visible()
    turn_to(page, "设置")
    expect(page.get_by_label("模型名称")).to_have_value("qwen-plus")
    expect(page.get_by_label("密钥")).to_have_value("")
    assert "sk-wrong" not in page.content()
    drop(page)


def test_a_model_writes_is_stopped_and_rewords(page: Page, model: ModelServer, server: Server) -> None:  # noqa: F811
    set_up(page, model)
    turn_to(page, "起草")
    box = page.locator("#request textarea")
    box.fill("写一份2026年学校工会计划，单位是某某市第一小学")
    box.press("Enter")
    expect(page.locator("#chat")).to_contain_text("正在写（2/")  # one part is written
    expect(page.locator("#line")).to_contain_text("模型撰写")
    page.keyboard.press("Escape")
    expect(page.locator("#chat")).to_contain_text("已停下")
    expect(page.locator("#line")).to_contain_text("模型撰写")
    expect(page.get_by_role("button", name="发送")).to_be_visible()
    asked = len(model.requests)

    text = page.locator(".paper").inner_text()
    drawer = part(page, 3)
    drawer.get_by_role("button", name="润色").click()
    expect(drawer.locator(".coming")).to_contain_text("1.")  # its words as they come
    expect(drawer.locator(".compared ins").first).to_contain_text("务求实效")
    drawer.get_by_role("button", name="采用").click()
    expect(page.get_by_test_id("toast-body")).to_contain_text("已采用")
    page.wait_for_function("before => document.querySelector('.paper').innerText !== before", arg=text)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("button", name="重做")).to_be_enabled()
    assert page.locator(".paper").inner_text() == text

    part(page, 3).get_by_role("button", name="扩写").click()
    expect(drawer.locator(".coming")).to_contain_text("1.")
    drawer.get_by_role("button", name="停止").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_timeout(1500)
    expect(page.get_by_role("dialog")).to_have_count(0)  # and it stays away
    assert page.locator(".paper").inner_text() == text
    assert len(model.requests) == asked + 2
    drop(page)
    assert "sk-secret" not in Path(server.messages).read_text(encoding="utf-8")


def test_a_sentence_may_be_changed_while_a_model_writes(page: Page, model: ModelServer) -> None:  # noqa: F811
    set_up(page, model)
    turn_to(page, "起草")
    box = page.locator("#request textarea")
    box.fill("写一份2026年学校工会计划，单位是某某市第一小学，简短一点")
    box.press("Enter")
    expect(page.locator("#chat")).to_contain_text("正在写（2/")
    before_schedule = page.locator(".paper h2").nth(-2)
    before_schedule.locator("xpath=following-sibling::p[1]//span[@data-pick='sentence']").first.click()
    page.get_by_role("dialog").get_by_label("这一句改成").fill("每月十日为职工接待日。")
    page.keyboard.press("Enter")
    expect(page.locator(".sentence.user")).to_have_text("每月十日为职工接待日。")
    expect(page.locator("#chat")).to_contain_text("您刚改过")
    expect(page.locator(".sentence.user")).to_have_text("每月十日为职工接待日。")
    page.get_by_role("button", name="换一版", exact=True).click()  # the desk is not behind
    expect(page.get_by_role("button", name="撤销")).to_be_enabled()
    expect(page.locator(".toast-body.error")).to_have_count(0)
    drop(page)
