"""What holds for every text: a clean one comes through byte for byte, a noisy one is clean after one pass."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.clean import clean
from corpus.datatypes import Repair

SENTENCES = (
    "以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，团结引领广大职工听党话、跟党走。",
    "坚持和完善职工代表大会制度，每年至少召开一次职代会，提案办复率达到100%。",
    "深化“中国梦·劳动美”主题教育，大力弘扬劳模精神、劳动精神、工匠精神。",
    "组织开展岗位练兵、技术比武，参赛人数不少于300人次；评选表彰技术能手10名。",
    "做好困难职工帮扶工作，元旦、春节期间走访慰问困难职工，发放慰问金2.5万元。",
    "落实《女职工劳动保护特别规定》，签订女职工权益保护专项集体合同。",
    "让更多职工享受到普惠服务，深受大家欢迎。",
    "为大家提供一个学习交流的平台，推荐阅读好书12本。",
    "各基层工会要研究研究本单位的实际，拿出具体办法！",
    "加强工会经费管理，按时足额上缴；经审工作做到“凡有经费必有审计”。",
    "学习贯彻《关于加强基层工会建设的意见》（总工发〔2021〕7号）精神。",
    "开展“5·12”国际护士节、“五四”青年节系列活动，组织QC小组成果发布。",
    "一是抓宣传，二是抓培训，三是抓落实。",
    "计划于6月中旬完成换届选举工作，会员1,286人参加投票。",
)
HEADINGS = (
    "指导思想",
    "加强思想政治引领",
    "推进民主管理，维护职工权益",
    "做好送温暖工作",
    "加强自身建设，夯实工作基础",
)
SHORT_ITEMS = ("慰问一线职工", "召开工会委员会议。", "教职工趣味运动会", "组织观看红色影片；", "上报信息12篇")
HAN = "一二三四五六七八"

paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True).map("".join)
items = st.lists(st.sampled_from(SENTENCES + SHORT_ITEMS), min_size=2, max_size=5, unique=True)


@st.composite
def sections(draw: st.DrawFn, number: int) -> list[str]:
    heading = f"{HAN[number]}、{draw(st.sampled_from(HEADINGS))}{draw(st.sampled_from(('', '。')))}"
    form = draw(st.sampled_from(("paragraphs", "digits", "brackets", "months", "dashes")))
    if form == "paragraphs":
        return [heading, *draw(st.lists(paragraphs, min_size=1, max_size=3, unique=True))]
    rows = draw(items)
    marks = {
        "digits": [f"{i}．" for i in range(1, 6)],
        "brackets": [f"（{HAN[i]}）" for i in range(5)],
        "months": [f"{i + 3}月份：" for i in range(5)],
        "dashes": ["——"] * 5,
    }[form]
    return [heading, *(mark + row for mark, row in zip(marks, rows, strict=False))]


@st.composite
def clean_plans(draw: st.DrawFn) -> str:
    """Plans as an office would file them: title, opening, numbered sections, signature and date."""
    unit = draw(st.sampled_from(("某某县第一中学", "滨江市人民医院", "东风机械有限公司", "和平街道总工会")))
    year = draw(st.integers(2019, 2026))
    lines = [
        f"{unit}{year}年工会工作计划",
        f"{year}年，{unit}工会将紧紧围绕中心工作，{draw(st.sampled_from(SENTENCES))}",
    ]
    for number in range(draw(st.integers(1, 4))):
        lines += draw(sections(number))
    if draw(st.booleans()):
        lines += [f"{unit}工会委员会", f"{year}年1月15日"]
    indent = draw(st.sampled_from(("", "　　")))
    return draw(st.sampled_from(("\n", "\n\n"))).join(indent + line for line in lines) + draw(
        st.sampled_from(("", "\n"))
    )


NOISE = (
    "下面是小编为大家整理的工会工作计划，希望对大家有所帮助。",
    "工会工作计划(精选9篇)",
    "工会工作计划篇一",
    "工会工作计划篇二：",
    "# 工会工作计划",
    "**一、指导思想**",
    "推荐度：",
    "点击下载文档",
    "上一篇：学校工会工作总结",
    "相关文章：",
    "学校工会工作总结范文7篇",
    "20xx年，在xx区总工会的领导下，我校工会认真学习贯彻党的**大精神，",
    "建功‘’活动 一 是加强学习。二是 ",
    "（城管工作计划）（w2.c0m四）",
    "压滤机滤布大力推进",
    "、组织开展文体活动,。",
    "1、",
    "想，使",
    "的工作",
    "工会会",
    "第 3 页 共 12 页",
    "&nbsp;&nbsp;<br/>",
    "[工作计划网](#)",
    "三月份",
    "一、加强建设1、继续完善",
    "……",
    "“",
    "”",
    "\u200b",
    "\r\n",
    "\n",
    "\n\n\n\n\n",
    "　　",
    " | ",
    "2024年3月1日",
)
pieces = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from(NOISE),
    st.sampled_from(SHORT_ITEMS),
    st.text(alphabet="工会职的，。、；：“”（）()《》一二三1２xX*_#`-—|\n \t" + string.ascii_lowercase[:4], max_size=12),
)
noisy_texts = st.lists(pieces, max_size=14).flatmap(
    lambda parts: st.lists(st.sampled_from(("", "\n", "\n\n")), min_size=len(parts), max_size=len(parts)).map(
        lambda joins: "".join(part + join for part, join in zip(parts, joins, strict=True))
    )
)


def replay(text: str, repairs: tuple[Repair, ...]) -> str:
    """Apply `repairs` to `text`, checking that each fits and follows the one before."""
    result, reached = "", 0
    for repair in repairs:
        assert repair.start >= reached
        assert text[repair.start : repair.end] == repair.before
        assert repair.before != repair.after
        result += text[reached : repair.start] + repair.after
        reached = repair.end
    return result + text[reached:]


@settings(max_examples=150, deadline=None)
@given(clean_plans())
def test_a_clean_plan_is_not_touched(text: str) -> None:
    assert clean(text).repairs == ()
    assert clean(text).text == text


@settings(max_examples=300, deadline=None)
@given(noisy_texts)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@settings(max_examples=200, deadline=None)
@given(noisy_texts)
def test_repairs_lead_from_the_raw_text_to_the_clean_one(text: str) -> None:
    cleaned = clean(text)
    assert replay(text, cleaned.repairs) == cleaned.text
