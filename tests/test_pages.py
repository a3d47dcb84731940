"""What the pages show, as HTML from plain functions; no browser."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from drafts import BORROWED, DRAFT

from assistant.datatypes import Draft, Edit, ProvenanceKind
from assistant.desk import Desk, Room
from assistant.history import History, SavedDraft
from assistant.pages import compare, corrections, coverage, documents, exports, library, search, sources
from assistant.pages.downloads import written
from assistant.pages.facets import NAMES, POOL, Asked, choices_of
from assistant.pages.language import chinese_page
from assistant.pages.markup import marked, merged, word_spans
from assistant.pages.paper import find_sentence, hint, paper, summary
from assistant.pages.sentence import sentence_drawer
from assistant.pages.sheet import sheet
from assistant.pages.talk import as_typed
from assistant.pages.texts import whole_text
from assistant.profile import Profiles
from assistant.resources import Resources
from corpus.datatypes import OrganisationType, Passage, Repair, RepairKind, Topic
from corpus.errors import BadRequest
from corpus.library import Library

PLAN = """某某小学工会2024年工作计划
一、指导思想
以习近平新时代中国特色社会主义思想为指导，团结全体教职工。
二、主要工作
1.开好教代会，征集提案不少于二十件。
2.走访慰问困难教职工，组织教职工运动会。
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.db")
    file = tmp_path / "某某小学.txt"
    file.write_text(PLAN, encoding="utf-8")
    assert "已入库" in list(library.add_files([file], collection="本单位", library=opened))[-1]
    yield opened
    opened.close()


def saved(plan: Draft) -> SavedDraft:
    return SavedDraft(
        "1", plan.title, plan, 1, "起草", can_undo=False, can_redo=False, changed="2026-11-20T08:00:00+00:00"
    )


def text_of(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


# -- pieces ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "result"),
    [
        pytest.param([], [], id="none"),
        pytest.param([(2, 4), (0, 1)], [(0, 1), (2, 4)], id="out of order"),
        pytest.param([(0, 2), (1, 3), (3, 4)], [(0, 4)], id="overlapping and touching"),
        pytest.param([(-3, 1), (4, 99), (3, 3)], [(0, 1), (4, 5)], id="outside the text"),
    ],
)
def test_merged_spans(spans: list[tuple[int, int]], result: list[tuple[int, int]]) -> None:
    assert merged(spans, length=5) == result


def test_marks_escape_everything_else() -> None:
    assert marked("<b>职代会</b>", [(3, 6)]) == '&lt;b&gt;<mark class="">职代会</mark>&lt;/b&gt;'


def test_slots_stand_out_and_blank_lines_close_up() -> None:
    assert marked("〔年份〕年\n\n 开会〔注〕", ()) == '<span class="slot">〔年份〕</span>年\n开会〔注〕'


def test_single_characters_are_marked_only_alone() -> None:
    assert word_spans("召开职代会", ["开", "职代会"]) == [(2, 5)]
    assert word_spans("召开", ["开"]) == [(1, 2)]


# -- 起草 -----------------------------------------------------------------------------------------------------------


def test_sheet_shows_every_sentence_with_its_address() -> None:
    html = paper(DRAFT, sources={})
    addresses = re.findall(r'data-pick="sentence" data-value="([^"]+)"', html)
    joined = "s1/0/0 s1/0/1 s2/0/0 s3/0/0 s3/0/1 s3/1/0 s4/0/0 s4/1/0 s5/0/0 s5/1/0 s5/2/0 s6/0/0"
    assert " ".join(addresses) == joined
    assert "二、加强民主管理" in text_of(html)
    assert '<mark class="blank">【待填：次数】</mark>' in html
    assert [find_sentence(DRAFT, address) for address in addresses] == list(DRAFT.sentences)


@pytest.mark.parametrize("address", ["", "s3", "s3/9/0", "s3/0/9", "x/0/0", "s3/a/b", "s3/-1/0"])
def test_addresses_of_another_draft_find_nothing(address: str) -> None:
    assert find_sentence(DRAFT, address) is None


def test_find_sentence() -> None:
    assert find_sentence(DRAFT, "s3/0/1") == BORROWED


def test_summary_counts_origins_and_blanks() -> None:
    assert re.sub(r"\s+", " ", text_of(summary(DRAFT))) == "约 155 字 · 4 个部分借鉴范文 1 句工笔写法 11 句待填 1 处"


def test_text_of_users_and_samples_is_never_markup(passages: tuple[Passage, ...]) -> None:
    nasty = "<script>alert(1)</script>\"'&"
    drafted = replace(DRAFT, title=nasty, signature=nasty)
    passage = replace(
        passages[0], id=BORROWED.provenance.source, title=nasty, text=nasty * 3, file=nasty, headings=(nasty,)
    )
    shown = [
        paper(drafted, sources={passage.id: passage}),
        sources.borrowed_source(replace(BORROWED, text=nasty), passage),
        documents.repairs_view(nasty, [Repair(RepairKind.SPAM, 0, 8, nasty[:8], "")]),
        coverage.cell_drawer(passage.organisation, passage.topics[0], [passage]),
    ]
    for html in shown:
        assert "<script>" not in html
        assert "alert(1)" in html


def test_hint_names_source_and_changes(passages: tuple[Passage, ...]) -> None:
    passage = replace(passages[0], title="学校工会计划")
    told = hint(BORROWED.provenance, {BORROWED.provenance.source: passage})
    assert told == "借鉴范文 · 《学校工会计划》 · 改 1 处 · 点开看来历，双击就地改"
    lost = replace(BORROWED.provenance, kind=ProvenanceKind.MODEL, source="")
    assert hint(lost, {}) == "模型撰写 · 无出处，请核对，双击就地改"


def test_borrowed_source_marks_span_and_changes(passages: tuple[Passage, ...]) -> None:
    passage = replace(passages[0], text="一、会前向教职工征集提案。会后督办。")
    edit = Edit(3, 6, "教职工", "医务人员", "行业用语")
    sentence = replace(BORROWED, provenance=replace(BORROWED.provenance, start=2, end=13, edits=(edit,)))
    html = sources.borrowed_source(sentence, passage)
    assert '一、<span class="span">会前向<del>教职工</del><ins>医务人员</ins>征集提案。</span>会后督办。' in html
    assert "行业用语" in html


def test_same_changes_are_listed_once() -> None:
    edits = tuple(Edit(n, n + 1, ",", "，", "标点") for n in (0, 2, 4))
    html = sources.written_source(BORROWED, title="写法", text=",a,b,c", edits=edits)
    assert html.count("<li>") == 1
    assert "×3" in html
    assert "改动 3 处" in html


def test_every_sentence_of_a_real_draft_has_a_source_to_show(resources: Resources, shelf: Library) -> None:
    from assistant.chat import answer

    turn = answer(
        ["写一份2026年小学工会计划，单位是某某市第一小学"], seed=0, today=date(2026, 1, 5), resources=resources
    )
    assert turn.draft is not None
    room = Room(resources, History.open(shelf.engine), Profiles.open(shelf.engine))
    above, below, parts = sheet(Desk("甲", saved(turn.draft)), room)
    assert "借鉴范文" in above
    assert all(section.heading in parts for section in turn.draft.sections)
    for address in re.findall(r'data-pick="sentence" data-value="([^"]+)"', below):
        sentence = find_sentence(turn.draft, address)
        assert sentence is not None
        shown = text_of(sentence_drawer(turn.draft, address, resources))
        assert sentence.text.replace("&", "&amp;") in shown
        assert "已不在范文库中" not in shown


def test_source_of_a_changed_draft_says_so(resources: Resources) -> None:
    assert "已经变了" in sentence_drawer(DRAFT, "gone/0/0", resources)
    assert "已经变了" in sentence_drawer(None, "s1/0/0", resources)


def test_source_of_a_deleted_document_says_so(resources: Resources) -> None:
    assert "可能文档已删除" in sentence_drawer(DRAFT, "s3/0/1", resources)
    assert "找不到这篇范文" in whole_text("9d13d2f7942e-1:999999", resources)


def test_whole_text_marks_the_passage(resources: Resources) -> None:
    passage = next(p for p in resources.passages if "\n" in p.text)
    html = whole_text(passage.id, resources)
    found = "\n".join(re.findall(r'<mark class="passage">(.*?)</mark>', html))
    assert re.sub(r"\s|<[^>]*>", "", found) == re.sub(r"\s", "", passage.text)


def test_saved_files_have_names_windows_accepts(tmp_path: Path) -> None:
    path = Path(written(b"x", '某局/某处: "2026" 计划?', ".docx", folder=tmp_path))
    assert path.name == "某局某处2026计划.docx"
    assert path.read_bytes() == b"x"


@pytest.mark.parametrize("kind", exports.KINDS)
def test_every_entry_of_the_export_menu_makes_its_file(kind: str, resources: Resources, tmp_path: Path) -> None:
    path = Path(exports.exported(DRAFT, kind, resources=resources, folder=tmp_path))
    assert path.name.startswith("某某市人民医院2026年工会工作计划")
    assert path.suffix == exports.KINDS[kind][2]
    assert path.stat().st_size > 100
    assert f'data-value="{kind}"' in exports.menu()


# -- 查范文 ---------------------------------------------------------------------------------------------------------


def test_search_marks_what_matched(resources: Resources) -> None:
    html = search.find(Asked("教代会提案", chosen=(("学校",), (), (), (), ())), resources=resources)
    assert "找到" in html
    assert '<mark class="">教代会</mark>' in html
    assert set(re.findall(r'<span class="chip organisation">([^<]+)</span>', html)) == {"学校"}


def test_search_abstains_honestly(resources: Resources) -> None:
    html = search.find(Asked("量子计算机芯片光刻"), resources=resources)
    assert "范文库中没有相关内容" in html


def test_empty_search_offers_examples(resources: Resources) -> None:
    html = search.find(Asked("  "), resources=resources)
    assert re.findall(r'data-pick="query" data-value="([^"]+)"', html) == list(search.EXAMPLES)


def counts(question: Asked, resources: Resources) -> dict[str, dict[str, int]]:
    """Filter -> value -> its number."""
    offered = zip(NAMES, choices_of(question, resources), strict=True)
    return {name: {value: int(re.findall(r"（(\d+)）", label)[0]) for label, value in each} for name, each in offered}


def test_filters_count_what_the_words_find(resources: Resources) -> None:
    whole, asked = counts(Asked(""), resources), counts(Asked("教代会提案征集"), resources)
    assert sum(whole["单位类型"].values()) == len(resources.passages)
    assert 0 < sum(asked["单位类型"].values()) <= POOL
    assert asked["单位类型"]["学校"] == max(asked["单位类型"].values())
    narrowed = counts(Asked("教代会提案征集", chosen=(("医院",), (), (), (), ())), resources)
    assert narrowed["单位类型"] == asked["单位类型"]  # a filter does not narrow its own choices
    assert sum(narrowed["周期"].values()) <= POOL
    assert narrowed["主题"] != asked["主题"]
    kept = counts(Asked("教代会提案征集", chosen=(("公安",), (), (), (), ())), resources)
    assert "公安" in kept["单位类型"]  # what is chosen can be taken off


def test_what_a_query_was_read_as_can_be_taken_back(resources: Resources) -> None:
    read = search.find(Asked("医院三月份女职工活动"), resources=resources)
    keys = re.findall(r'data-pick="unread" data-value="([^"]+)"', read)
    assert {"单位类型：医院", "月份：3月"} <= set(keys)
    without = Asked("医院三月份女职工活动", frozenset({"单位类型：医院"}))
    assert without.meaning(resources).organisations == ()
    again = re.findall(r'data-pick="unread" data-value="([^"]+)"', search.find(without, resources=resources))
    assert set(again) == set(keys) - {"单位类型：医院"}
    slip = Asked("送问暖怎么写")
    (key,) = (each for each in re.findall(r'data-value="(“[^"]+)"', search.find(slip, resources=resources)))
    typed = Asked("送问暖怎么写", frozenset({key}))
    assert slip.meaning(resources).text != typed.meaning(resources).text
    assert "送问暖" in typed.meaning(resources).text


def test_filters_in_the_way_are_said_and_taken_off(resources: Resources) -> None:
    html = search.find(Asked("教代会提案征集", chosen=((), (), (), ("没有这个来源",), ())), resources=resources)
    assert "筛选挡住了" in html
    assert 'data-pick="unfilter"' in html


@pytest.mark.parametrize("query", search.EXAMPLES)
def test_every_example_finds_something(query: str, resources: Resources) -> None:
    assert 'class="card"' in search.find(Asked(query), resources=resources)


# -- 比行业 ---------------------------------------------------------------------------------------------------------


def test_comparison_has_a_column_per_type(resources: Resources) -> None:
    comparison = compare.compared("民主管理", ["学校", "医院", "教科文卫系统"], resources=resources)
    html = compare.columns(comparison)
    assert re.findall(r"<h3>([^<]+)</h3>", html)[:2] == ["学校", "医院"]
    nothing = [column for column in comparison.columns if column.nothing]
    assert html.count("材料中没有") == len(nothing)


def test_comparison_of_one_type_is_refused(resources: Resources) -> None:
    with pytest.raises(BadRequest, match="两种"):
        compare.compared("民主管理", ["学校"], resources=resources)


# -- 范文库 ---------------------------------------------------------------------------------------------------------


def test_heat_map_has_a_cell_for_every_pair(resources: Resources) -> None:
    counts = resources.library.coverage()
    html = coverage.heat_map(counts)
    cells = dict(re.findall(r'data-value="([^"]+)" aria-label="[^"]+">(\d*)</button>', html))
    assert len(cells) == len(coverage.TYPES) * len(Topic)
    for kind in coverage.TYPES:
        for topic in Topic:
            assert cells[f"{kind}|{topic}"] == str(counts.get((kind, topic), "") or "")


def test_heat_grows_with_the_count() -> None:
    pairs = {(OrganisationType.SCHOOL, Topic.DEMOCRACY): 100, (OrganisationType.SCHOOL, Topic.RELIEF): 1}
    html = coverage.heat_map(pairs)
    assert 'class="heat-5" data-pick="cell" data-value="学校|民主管理"' in html
    assert 'class="heat-1" data-pick="cell" data-value="学校|送温暖与帮扶"' in html
    assert 'class="heat-0" data-pick="cell" data-value="医院|民主管理"' in html


def test_cell_lists_its_passages(resources: Resources) -> None:
    html = coverage.cell_drawer(OrganisationType.SCHOOL, Topic.DEMOCRACY, resources.passages)
    held = resources.library.coverage()[OrganisationType.SCHOOL, Topic.DEMOCRACY]
    assert f"共 {held} 段" in html
    assert 'data-pick="compare" data-value="学校|民主管理"' in html
    empty = coverage.cell_drawer(OrganisationType.COMMUNITY, Topic.REVIEW, ())
    assert "材料中没有" in empty


def test_files_are_reported_one_by_one(tmp_path: Path) -> None:
    shelf = Library.open(tmp_path / "library.db")
    good, empty = tmp_path / "计划.txt", tmp_path / "空.txt"
    good.write_text(PLAN, encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    steps = [text_of(step) for step in library.add_files([good, empty, good], collection="", library=shelf)]
    assert len(steps) == 4
    assert "计划.txt正在读……空.txt排队中" in steps[0]
    assert "计划.txt已入库：1 篇" in steps[1]
    assert "空.txt正在读……" in steps[1]
    assert "空" in steps[2]
    assert "正在读" not in steps[3]
    assert shelf.collections() == {"范文": 1}


def test_document_view_shows_plans_passages_and_repairs(shelf: Library) -> None:
    (held,) = shelf.documents()
    html = library.view(held.id, library=shelf)
    assert "某某小学工会2024年工作计划" in html
    assert "开好教代会" in html
    assert html.count('data-pick="topics"') == held.passages
    assert html.count('data-pick="correct"') == held.plans


def test_repairs_are_shown_in_their_surroundings() -> None:
    text = "开展慰\n问活动，广告：点击下载"
    repairs = [
        Repair(RepairKind.BROKEN_LINE, 3, 4, "\n", ""),
        Repair(RepairKind.BOILERPLATE, 8, 15, "广告：点击下载", ""),
    ]
    html = documents.repairs_view(text, repairs)
    assert "修复 2 处" in html
    assert "…开展慰<del>⏎</del><ins></ins>问活动，广告：点击下载…" in html
    assert "<del>广告：点击下载</del>" in html


def test_a_corrected_label_wins(shelf: Library) -> None:
    (plan,) = shelf.plans()
    told = corrections.correct(plan.id, {"organisation": "医院", "period": "年度"}, library=shelf)
    assert told == "已记住 1 处更正，以后以您的为准。"
    assert shelf.plan(plan.id).labels.organisation is OrganisationType.HOSPITAL
    assert corrections.correct(plan.id, {"organisation": "医院"}, library=shelf) == "标签没有变化。"


def test_corrected_topics_win(shelf: Library) -> None:
    passage = shelf.passages()[-1]
    corrections.correct_topics(passage.id, ["退休职工"], library=shelf)
    assert shelf.passage(passage.id).topics == (Topic.RETIRED,)
    with pytest.raises(BadRequest, match="一到三个"):
        corrections.correct_topics(passage.id, [], library=shelf)


def test_deleting_asks_and_deletes(shelf: Library) -> None:
    (held,) = shelf.documents()
    assert f"{held.plans} 篇计划、{held.passages} 个段落" in corrections.deletion_question(held.id, library=shelf)
    assert corrections.delete(held.id, library=shelf).startswith("已删除 某某小学.txt")
    assert shelf.passages() == ()
    assert "找不到这份文档" in library.view(held.id, library=shelf)
    assert "已经不在了" in corrections.deletion_question(held.id, library=shelf)


# -- the page itself --------------------------------------------------------------------------------------------------


def test_start_page_is_chinese_and_points_nowhere_else() -> None:
    page = chinese_page(
        b'<!doctype html><html lang="en"><head><meta charset="utf-8" />'
        b'<meta property="og:image"\n content="https://elsewhere.example/a.png" />'
        b'<meta name="twitter:title" content="Gradio" /><title>x</title></head></html>'
    )
    assert b'lang="zh-CN"' in page
    assert b"elsewhere" not in page
    assert b"twitter" not in page
    assert page.index(b'"zh-CN"') < page.index(b"<title>")


@pytest.mark.parametrize(
    "typed",
    ["<b>粗</b>", "<img src=x>", "# 题", "1. 一", "- 一", "*斜*", "[链](x)", "![图](x)", "a&lt;b", "~~删~~", "`码`"],
)
def test_what_the_user_types_is_shown_to_the_letter(typed: str) -> None:
    from markdown_it import MarkdownIt

    shown = MarkdownIt("commonmark", {"html": True}).render(as_typed(typed))
    inner = shown.strip().removeprefix("<p>").removesuffix("</p>")
    assert "<" not in inner
    assert unescape(inner) == typed


def test_words_about_saving_name_what_is_there() -> None:
    from assistant.understanding.cues import load_cues

    told = load_cues("replies")["smalltalk"]["export"]
    entries = "".join(name for name, _, _ in exports.KINDS.values())
    assert "“下载 Word”" in told
    assert "“导出”" in told
    assert all(word in entries for word in ("审核稿", "任务分解表", "纯文本", "出处"))
