"""Collections in every style fall apart into their plans; one plan stays one."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.datatypes import Reading
from corpus.split import split

DATA = Path(__file__).parent / "data"
PLANS: list[dict[str, Any]] = yaml.safe_load((DATA / "clean_plans.yaml").read_text(encoding="utf-8"))

SCHOOL = """本学期，我校工会在学校党支部的领导下，围绕教育教学这个中心，团结带领全体教职工，努力建设团结和谐的教工之家。
一、开好教代会，审议学校工作报告和财务报告，落实教职工的知情权、参与权和监督权，办理好每一件提案。
二、加强师德建设，组织教职工学习师德规范，开展“我身边的好老师”演讲比赛，评选师德标兵，宣传他们的事迹。
三、开展文体活动，举办教工乒乓球赛、跳绳赛和健步走活动，让教师在紧张的工作之余放松身心，增进交流。
四、关心教职工生活，坚持生病住院必访、家有丧事必访，做好退休教师的慰问工作，为他们送去学校的关怀和温暖。"""
FACTORY = """〔年份〕年，公司工会工作的总体要求是：围绕公司生产经营目标，提升员工素质，开展劳动竞赛，维护员工合法权益。
一、深化劳动竞赛，以班组为单位，比安全、比质量、比节约，每季度评比一次，对优胜班组给予奖励并在厂区公示。
二、推进厂务公开，定期召开职工代表大会，凡涉及员工切身利益的规章制度都要经过民主程序，听取车间员工的意见。
三、做好劳动保护，配合安全部门检查防护用品的发放和使用，督促整改车间隐患，保障员工的安全和健康。
四、建设企业文化，办好员工篮球赛和文艺晚会，增强员工对企业的认同感，营造积极向上的生产经营氛围。"""
SCHOOL_END, FACTORY_END = "送去学校的关怀和温暖。", "积极向上的生产经营氛围。"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("学校工会工作计划篇1", "学校工会工作计划篇2"),
        ("篇一：", "篇二："),
        ("工会工作计划 篇一", "工会工作计划 篇二"),
        ("【篇一】", "【篇二】"),
        ("【第一篇】", "【第二篇】"),
        ("第一篇 学校工会计划", "第二篇 企业工会计划"),
        ("第1篇：学校工会计划", "第2篇：企业工会计划"),
        ("（一）范文", "（二）范文"),
        ("范文一", "范文二"),
        ("范文（一）", "范文（二）"),
        ("工会工作计划范文1：", "工会工作计划范文2："),
        ("工会工作计划一:", "工会工作计划二:"),
        ("工会工作计划（一）", "工会工作计划（二）"),
        ("2023年工会工作计划1", "2023年工会工作计划2"),
        ("学校工会工作计划20_1", "企业工会工作计划20_2"),
        ("1工会工作计划优秀范文", "2工会工作计划优秀范文"),
        ("★工会工作计划一★", "★工会工作计划二★"),
        ("工会工作计划 Part1", "工会工作计划 Part2"),
        ("工会工作计划 【篇1】", "工会工作计划 【篇2】"),
        ("范文一:学校工会工作计划", "范文二:企业工会工作计划"),
        ("计划一：", "计划二："),
        ("最新工会工作计划范文篇【1】", "最新工会工作计划范文篇【2】"),
        ("★★工会工作计划一★★", "★★工会工作计划二★★"),
        ("1.学校工会工作计划", "2.企业工会工作计划"),
        ("一、学校工会工作计划", "二、企业工会工作计划"),
        ("（一）学校工会工作计划", "（二）企业工会工作计划"),
        ("①学校工会工作计划", "②企业工会工作计划"),
        ("工会工作计划之一", "工会工作计划之二"),
        ("【例一】", "【例二】"),
        ("第1部分", "第2部分"),
        ("第一部分", "第二部分"),
        ("工会工作计划第一部分", "工会工作计划第二部分"),
        ("第1部分：学校工会工作计划", "第2部分：企业工会工作计划"),
        ("第1章 学校工会工作计划", "第2章 企业工会工作计划"),
        ("Part 1 学校工会工作计划", "Part 2 企业工会工作计划"),
        ("工会工作计划", "工会工作计划"),
        ("实验小学工会工作计划", "东风机械公司工会年度工作要点"),
    ],
)
def test_headings(first: str, second: str) -> None:
    text = f"{first}\n\n{SCHOOL}\n\n{second}\n\n{FACTORY}\n"
    spans = split(text, name="计划.txt")
    assert [text[s.start : s.end] for s in spans] == [SCHOOL, FACTORY]


@pytest.mark.parametrize("heading", ["学校工会工作计划篇{}", "{}.公司工会工作计划", "第{}部分", "某某公司工会工作计划"])
def test_each_text_of_a_collection_is_signed(heading: str) -> None:
    bodies, signed = [SCHOOL, FACTORY], ["某某小学工会\n2023年9月1日", "东风公司工会   2023.1.5"]
    texts = [
        f"{heading.format(n)}\n各工会小组：\n{body}\n{by}" for n, body, by in zip((1, 2), bodies, signed, strict=True)
    ]
    text = "\n\n".join(texts)
    spans = split(text, name="计划.txt")
    assert [(text[s.start : s.end], s.signature) for s in spans] == list(zip(bodies, signed, strict=True))


CASHIER = (
    "新的一年，我作为财务部的一名出纳，要做到账清、款准、服务好。\n"
    + "每月核对一次现金和银行账，当天的单据当天整理。" * 8
)


def test_a_collection_with_a_table_of_contents_and_a_text_of_another_trade() -> None:
    titles = ["1.学校工会工作计划", "2.出纳个人工作计划", "3.企业工会2010年工作总结及2011年工作计划"]
    texts = [SCHOOL, CASHIER, FACTORY]
    for contents in ("", "目录\n" + "\n".join(titles) + "\n\n"):
        text = f"工作计划大全\n{contents}" + "\n\n".join(f"{a}\n{b}" for a, b in zip(titles, texts, strict=True))
        assert [text[s.start : s.end] for s in split(text, name="计划.txt")] == texts


def test_points_that_look_like_titles_part_nothing() -> None:
    long = "各工会小组对照要求，逐项落实到人，按月检查，结果公布，未完成的说明原因并限期补上，年底考核。" * 3
    text = f"新光公司工会2025年工作计划\n{FACTORY}\n1.工会劳动竞赛方案\n{long}\n2.工会送温暖方案\n{long}"
    assert len(split(text, name="计划.txt")) == 1


@pytest.mark.parametrize(
    "opening",
    [
        "为使我院工会工作再上新台阶，更好地服务于家庭医生签约，现就卫生院工会全年工作作如下安排：",
        "根据市卫健系统工会的总体部署，结合卫生院实际，制定如下工作计划：",
        "为进一步做好医院工会工作，调动医护人员的积极性，特制定卫生院工会〔年份〕年工作计划如下。",
    ],
)
def test_an_announcement_opens_the_next_text(opening: str) -> None:
    hospital = (
        f"{opening}\n一是开好职代会，讨论医院绩效分配办法，推进院务公开，药品和设备采购每季度公布一次。\n"
        "二是护士节评选优秀护士，组织医务人员技能比武，对值夜班的医生护士逐科慰问。\n"
        "三是病房、门诊设意见本，患者的意见当日反馈给科室，护理部每月汇总一次。"
    )
    text = f"{SCHOOL}\n{hospital}"
    assert [text[s.start : s.end] for s in split(text, name="计划.txt")] == [SCHOOL, hospital]


def test_parts_inside_the_texts_of_a_collection() -> None:
    inner = (
        "第一部分 重点工作\n（一）办好教代会。\n1．征集提案。\n第二部分 保障措施\n（一）管好经费。\n（二）记好台账。"
    )
    first, second = f"{SCHOOL}\n{inner}", f"{FACTORY}\n{inner}"
    text = f"第1部分\n{first}\n第2部分\n{second}"
    assert [text[s.start : s.end] for s in split(text, name="计划.txt")] == [first, second]


@pytest.mark.parametrize("words", ["新的一年，", "〔年份〕年，", "在上级工会的领导下，"])
def test_a_closing_below_the_schedule_is_no_second_plan(words: str) -> None:
    months = "\n".join(f"{month}月 | {work}" for month, work in [("一", "慰问"), ("三", "女工活动"), ("十二", "总结")])
    closing = f"{words}学校工会将以更加饱满的热情，团结带领全体教职工，" + "围绕中心、服务大局、" * 24 + "作出贡献。"
    text = f"学校工会工作计划\n{SCHOOL}\n五、活动安排\n时间 | 内容\n{months}\n{closing}\n2025年2月20日"
    (span,) = split(text, name="计划.txt")
    assert (text[span.start : span.end].endswith("作出贡献。"), span.signature) == (True, "2025年2月20日")


def test_a_text_on_one_line_behind_its_number_is_not_lost() -> None:
    text = "乡镇在全县工会座谈会上的发言第 1 篇 各位领导、各位同仁: 我镇总工会成立以来，抓好组建，服务职工。"
    (span,) = split(text, name="发言.txt")
    assert text[span.start : span.end].endswith("服务职工。")


def test_a_page_cut_off_behind_a_heading() -> None:
    body = "为做好今年的工会工作，制定本计划。\n一、开好教代会，落实提案。\n二、慰问生病教师，办好教师节活动。"
    text = f"工会工作计划三篇\n篇一：工会工作计划\n{body}\n篇二：工会工作计划\n{body}\n篇三：工会工作计划"
    first, second = split(text, name="1.txt")
    assert text[second.start : second.end] == body
    *_, third = split(f"{text}\n一、指导思想", name="1.txt")
    assert third.start > second.end


def test_openings_alone_part_plans_of_different_units() -> None:
    text = f"{SCHOOL}\n{FACTORY}\n{SCHOOL}"
    spans = split(text, name="合集.txt")
    assert [(s.title, text[s.start : s.end]) for s in spans] == [("", SCHOOL), ("", FACTORY), ("", SCHOOL)]


def test_an_opening_after_a_date_begins_another_plan() -> None:
    text = f"{SCHOOL}\n某某小学工会\n2012年9月1日\n{SCHOOL}"
    spans = split(text, name="合集.txt")
    assert [text[s.start : s.end] for s in spans] == [SCHOOL, SCHOOL]
    assert [s.signature for s in spans] == ["某某小学工会\n2012年9月1日", ""]


@pytest.mark.parametrize("plan", PLANS, ids=[plan["name"] for plan in PLANS])
def test_one_plan_stays_one(plan: dict[str, Any]) -> None:
    assert len(split(plan["text"], name=plan["name"])) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"学校工会工作总结与计划\n\n{SCHOOL}\n\n下学期工作打算\n\n{SCHOOL}",
        f"第一部分 去年工作回顾\n{SCHOOL}\n第二部分 今年工作安排\n{SCHOOL}",
        f"工会工作计划\n{SCHOOL}\n附件：活动安排表\n一月 | 慰问困难教师\n二月 | 制订计划\n三月 | 女教师座谈",
        f"{SCHOOL}\n（一）范文写作训练。\n（二）读书交流。",
        f"工会工作总结\n今年，我校工会做了以下工作。\n第一部分 今年工作回顾\n{SCHOOL}\n第二部分 明年打算\n{FACTORY}",
        f"工会工作总结与计划\n第一部分\n一年来的工作\n{SCHOOL}\n第二部分\n明年的工作\n{SCHOOL}",
        f"公司工会工作要点\n（一）女职工工作计划\n{SCHOOL}\n（二）文体工作计划\n{FACTORY}",
        f"东风公司2024年工会工作要点\n1.公司工会培训计划\n{FACTORY}\n2.公司工会活动计划\n{FACTORY}",
        f"一、学校工会工作总结\n{SCHOOL}\n二、学校工会工作计划\n{SCHOOL}",
    ],
    ids=[
        *("review_and_outlook", "parts", "annex", "a_lone_look_alike", "parts_of_a_review", "bare_parts"),
        *("plans_of_parts", "plans_under_a_title", "review_and_plan"),
    ],
)
def test_parts_of_one_plan_stay_together(text: str) -> None:
    assert len(split(text, name="计划.txt")) == 1


def test_titles_stand_outside() -> None:
    text = f"某某县实验小学\n工会2024年工作计划\n（2024年2月20日）\n\n{SCHOOL}"
    (span,) = split(text, name="计划.txt")
    assert (span.title, text[span.start : span.end]) == ("某某县实验小学工会2024年工作计划", SCHOOL)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["2024年工作计划"], "2024年工作计划"),
        (["学校工会", "2023年工作总结", "及2024年工作计划"], "学校工会2023年工作总结及2024年工作计划"),
        (["凝心聚力，再创佳绩——2024年工会工作思路"], "凝心聚力，再创佳绩——2024年工会工作思路"),
        (["工会工作计划（草案）", "2024年3月"], "工会工作计划（草案）"),
        ([], ""),
    ],
)
def test_titles_of_one_plan(lines: list[str], title: str) -> None:
    text = "\n".join([*lines, SCHOOL])
    (span,) = split(text, name="计划.txt")
    assert (span.title, text[span.start : span.end]) == (title, SCHOOL)


def test_a_table_behind_the_signature_belongs_to_the_plan() -> None:
    body = f"{SCHOOL}\n\n实验小学工会\n2024年2月20日\n\n附：活动安排表\n三月 | 女教师座谈\n十二月 | 总结"
    (span,) = split(f"工会工作计划\n{body}", name="计划.txt")
    assert (span.start, span.end) == (7, 7 + len(body))
    assert span.signature == "实验小学工会\n2024年2月20日"


def test_headings_whose_line_break_was_lost() -> None:
    first, second = SCHOOL.replace("\n", ""), FACTORY.replace("\n", "")
    text = f"工会工作计划篇一 {first}\n工会工作计划篇二：{second}"
    spans = split(text, name="计划.txt")
    assert [(s.title, text[s.start : s.end]) for s in spans] == [
        ("工会工作计划篇一", first),
        ("工会工作计划篇二", second),
    ]


def test_the_first_text_may_lack_its_number() -> None:
    text = f"学校工会工作计划\n{SCHOOL}\n篇二：\n{FACTORY}\n篇三：\n{SCHOOL}"
    assert [text[s.start : s.end] for s in split(text, name="计划.txt")] == [SCHOOL, FACTORY, SCHOOL]


def test_a_cover_letter_is_no_plan() -> None:
    letter = "各基层工会：\n现将《县总工会2024年工作要点》印发给你们，请贯彻执行。\n县总工会办公室\n2024年3月1日"
    text = f"{letter}\n县总工会2024年工作要点\n{FACTORY}"
    (span,) = split(text, name="要点.txt")
    assert (span.title, text[span.start : span.end]) == ("县总工会2024年工作要点", FACTORY)


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_nothing_to_split(text: str) -> None:
    assert split(text, name="空.txt") == ()


def test_sample_documents(readings: tuple[Reading, ...]) -> None:
    assert [len(reading.plans) for reading in readings] == [8, 2, 5, 9, 6]
    for reading in readings:
        ends = [0]
        for plan in reading.plans:
            assert ends[-1] <= plan.start < plan.end <= len(reading.text)
            assert reading.text[plan.start : plan.end] == plan.text == plan.text.strip()
            ends.append(plan.end)


@pytest.mark.parametrize(
    ("document", "ordinal", "first", "last"),
    [
        (0, 5, "一、指导思想", "12月：工会总结，特困教职工调查。"),
        (1, 2, "工会工作不仅需要工会干部的努力", "促进活动经常化。"),
        (2, 1, "〔年份〕年我局工会工作以", "实现工会工作的新突破。"),
        (2, 3, "〔年份〕年，滨江社区", "资料的归档工作。"),
        (3, 3, "量工作。开展了为乡镇教师", "被评为先进个人。"),
        (3, 4, "的是投资环境，忽视职工", "控制在预算范围内。"),
        (4, 6, "岗位工作失去积极性", "精神文化需求。"),
    ],
)
def test_boundaries(readings: tuple[Reading, ...], document: int, ordinal: int, first: str, last: str) -> None:
    plan = readings[document].plans[ordinal - 1]
    assert plan.text.startswith(first)
    assert plan.text.endswith(last)


def test_a_title_may_end_in_its_year_or_name_review_and_outlook() -> None:
    titles = ["学校工会工作计划2014", "某乡工会上半年总结与下半年工作安排"]
    text = "\n\n".join(f"{title}\n{body}" for title, body in zip(titles, [SCHOOL, FACTORY], strict=True))
    spans = split(text, name="计划.txt")
    assert [(span.title, text[span.start : span.end]) for span in spans] == list(
        zip(titles, [SCHOOL, FACTORY], strict=True)
    )


def test_who_to_ask_in_brackets_below_the_signature_is_no_part_of_the_plan() -> None:
    foot = "青禾市中医医院工会委员会（章）\n2025年1月8日\n（联系人：赵敏，6212××）"
    text = f"青禾市中医医院工会2025年工作计划\n{SCHOOL}\n{foot}"
    (span,) = split(text, name="计划.txt")
    assert text[span.start : span.end] == SCHOOL


@pytest.mark.parametrize(
    "tail", ["五、值班\n生产部工会 2025年5月1日\n后勤部工会 2025年5月2日", "五、完成时限\n2025年12月31日"]
)
def test_what_stands_below_a_heading_signs_nothing(tail: str) -> None:
    text = f"东风公司工会2025年工作计划\n{FACTORY}\n{tail}"
    (span,) = split(text, name="计划.txt")
    assert text[span.start : span.end].endswith(tail)
