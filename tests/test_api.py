import asyncio
import json
from typing import Any

import pytest
from gradio_client import Client
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from serving import Server

NAMES = {"draft", "search", "compare", "read", "check", "rollover", "understand", "timeline"}


@pytest.fixture(scope="module")
def client(server: Server) -> Client:
    return Client(server.address, verbose=False)


def call(client: Client, name: str, *values: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(client.predict(*values, api_name=f"/{name}"))
    return answer


def test_draft(client: Client) -> None:
    plan = call(client, "draft", "医院", "某某市人民医院", 2026, "年度", "女职工", "简版")
    assert "某某市人民医院" in plan["title"]
    assert "2026" in plan["title"]
    sentences = [s for section in plan["sections"] for p in section["paragraphs"] for s in p["sentences"]]
    assert all(sentence["provenance"]["kind"] for sentence in sentences)
    assert plan["text"].startswith(plan["title"])
    assert plan["markdown"].startswith(f"# {plan['title']}")


def test_search(client: Client) -> None:
    found = call(client, "search", "教代会怎么开", "学校", "", 3)
    assert len(found["hits"]) == 3
    assert {hit["organisation"] for hit in found["hits"]} == {"学校"}
    assert not found["abstained"]


def test_compare(client: Client) -> None:
    comparison = call(client, "compare", "民主管理", "学校、医院")
    assert [column["organisation"] for column in comparison["columns"]] == ["学校", "医院"]


def test_check(client: Client) -> None:
    text = "阳光学校工会2026年工作计划\n一、指导思想\n深入学习贯彻党的十九大精神。\n二、主要工作\n开好教代会。\n"
    found = call(client, "check", text, 2026, "学校")["findings"]
    stale = next(each for each in found if each["kind"] == "stale")
    assert "十九大" in text[stale["start"] : stale["end"]]
    assert stale["replacement"]


def test_rollover(client: Client) -> None:
    text = "阳光小学工会2025年工作计划\n2025年，我校工会继续开好教代会，征集提案不少于二十件。\n"
    rolled = call(client, "rollover", text, 2026)
    assert rolled["from_year"] == 2025
    assert rolled["text_after"].startswith("阳光小学工会2026年工作计划")
    assert {change["before"] for change in rolled["changes"]} >= {"2025"}


def test_understand(client: Client) -> None:
    said = call(client, "understand", "帮我写一份明年的医院工会计划\n第三部分太长了", "2026-11-20")
    assert (said["intent"], said["year"]) == ("revise", 2027)
    assert said["edit"] == {"op": "shorten", "target": "第三部分", "detail": ""}


def test_timeline(client: Client) -> None:
    page = call(client, "timeline", 2026, "学校")
    assert page["year"] == 2026


def test_read(client: Client) -> None:
    text = "某某学校工会工作计划\n一、指导思想\n全面贯彻党的教育方针，团结教职工。\n二、主要工作\n开好教代会。\n"
    reading = call(client, "read", "计划.txt", text)
    assert reading["file"] == "计划.txt"
    assert reading["plans"][0]["organisation"] == "学校"


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("draft", ("饭店",), "没有单位类型 '饭店'"),
        ("draft", ("医院", "", 1890), "1890"),
        ("search", ("慰问", "", "吃饭"), "没有主题 '吃饭'"),
        ("compare", ("民主管理", "学校"), "至少要两种"),
        ("check", ("开好教代会。", 1890), "1890"),
        ("rollover", ("阳光小学工会2027年工作计划\n开好教代会。", 2026), "不能续写"),
        ("understand", ("你好", "昨天"), "昨天"),
        ("timeline", (1890,), "1890"),
    ],
)
def test_impossible_values_are_told_in_chinese(client: Client, name: str, values: tuple[Any, ...], told: str) -> None:
    assert told in call(client, name, *values)["error"]


def test_only_the_named_endpoints_are_offered(client: Client) -> None:
    offered = client.view_api(return_format="dict")["named_endpoints"]
    assert set(offered) == {f"/{name}" for name in NAMES}


def test_mcp_tools(server: Server) -> None:
    async def ask() -> tuple[set[str], str]:
        async with (
            streamable_http_client(f"{server.address}/gradio_api/mcp/") as (reader, writer, _),
            ClientSession(reader, writer) as session,
        ):
            await session.initialize()
            tools = {tool.name for tool in (await session.list_tools()).tools}
            result = await session.call_tool("search", {"query": "慰问困难职工", "k": 2})
            return tools, result.content[0].text  # type: ignore[union-attr]

    tools, text = asyncio.run(ask())
    assert tools == NAMES
    assert len(json.loads(text)["hits"]) == 2


def test_nothing_was_sent_to_another_machine(server: Server, client: Client) -> None:
    call(client, "search", "送温暖", "", "", 1)
    assert server.attempts() == []
