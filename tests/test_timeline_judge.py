"""Exact verdicts on references × dates, traps included."""

from datetime import date

import pytest

from assistant.timeline import Status, Timeline

TIMELINE = Timeline.load()
MODERN = "党的二十大和二十届历次全会"
XI = "习近平新时代中国特色社会主义思想"

# (plan year, text, [(alias, status, replacement)])
CASES = [
    # 党代会 and 全会
    (2026, "深入学习贯彻党的十八大精神", [("党的十八大", "stale", MODERN)]),
    (2026, "学习“十八大”精神", [("“十八大”", "stale", MODERN)]),
    (2026, "党的十八大以来，工会工作成效明显", [("党的十八大", "recalled", None)]),
    (2026, "自党的十八大、十九大以来", [("党的十八大", "recalled", None), ("十九大", "recalled", None)]),
    (2026, "从党的十八大到党的二十大", [("党的十八大", "recalled", None), ("党的二十大", "current", None)]),
    (2026, "习近平总书记在党的十九大报告中指出", [("党的十九大", "recalled", None)]),
    (2026, "2012年，党的十八大胜利召开", [("党的十八大", "recalled", None)]),
    (2026, "学习《中共中央关于学习贯彻党的十八大精神的决定》", [("党的十八大", "recalled", None)]),
    (2013, "深入学习贯彻党的十八大精神", [("党的十八大", "current", None)]),
    (2012, "迎接党的十八大胜利召开", [("党的十八大", "current", None)]),
    (2014, "迎接党的十八大胜利召开", [("党的十八大", "stale", None)]),
    (2012, "贯彻党的十八大精神", [("党的十八大", "anachronistic", "党的十七大和十七届三中、四中、五中、六中全会")]),
    (2010, "学习党的二十大精神", [("党的二十大", "anachronistic", "党的十七大和十七届三中、四中全会")]),
    (2026, "贯彻党的二十一大精神", [("党的二十一大", "anachronistic", MODERN)]),
    (2028, "贯彻党的二十大精神", [("党的二十大", "uncertain", None)]),
    (
        2026,
        "学习党的二十大和二十届历次全会精神",
        [("党的二十大", "current", None), ("二十届历次全会", "current", None)],
    ),
    (
        2026,
        "学习党的二十大和二十届二中、三中、四中全会精神",
        [("党的二十大", "current", None), ("二十届二中、三中、四中全会", "current", None)],
    ),
    (2026, "学习党的二十届三中全会精神", [("党的二十届三中全会", "stale", MODERN)]),
    (2025, "学习党的二十届三中全会精神", [("党的二十届三中全会", "current", None)]),
    (2026, "落实党的二十届三中全会关于民生的部署", [("党的二十届三中全会", "current", None)]),
    (2026, "党的十九届六中全会精神", [("党的十九届六中全会", "stale", MODERN)]),
    (2014, "以十八大三中全会精神为主导", [("十八大三中全会", "current", "党的十八届三中全会")]),
    (2026, "以十八大三中全会精神为主导", [("十八大三中全会", "stale", MODERN)]),
    (2014, "党的十八大和三中全会精神", [("党的十八大", "current", None), ("三中全会", "current", None)]),
    (2026, "党的１８大、党的 十 九 大精神", [("党的１８大", "stale", MODERN), ("党的 十 九 大", "stale", MODERN)]),
    # 中国工会大会
    (2026, "贯彻中国工会十八大精神", [("中国工会十八大", "current", None)]),
    (2026, "贯彻工会十八大和全总十八大精神", [("工会十八大", "current", None), ("全总十八大", "current", None)]),
    (2026, "贯彻中国工会十七大精神", [("中国工会十七大", "stale", "中国工会十八大")]),
    (2021, "贯彻中国工会十八大精神", [("中国工会十八大", "anachronistic", "中国工会十七大")]),
    (2026, "按照全总十四届三次执委会议的要求", [("全总十四届三次执委会议", "stale", "中国工会十八大")]),
    (2026, "省总工会十三大、团十八大精神，前十八大类，十八大举措", []),
    (2029, "贯彻中国工会十八大精神", [("中国工会十八大", "uncertain", None)]),
    # 五年规划
    (2026, "实施“十四五”规划", [("“十四五”规划", "finished", "“十五五”规划")]),
    (2026, "“十四五”规划圆满收官", [("“十四五”规划", "recalled", None)]),
    (2026, "“十四五”期间，工会工作取得新成绩", [("“十四五”", "recalled", None)]),
    (2026, "在“十四五”期间大力推进", [("“十四五”", "finished", "“十五五”")]),
    (
        2026,
        "2025年是“十四五”规划收官之年，2026年是“十五五”规划开局之年",
        [("“十四五”规划收官之年", "recalled", None), ("“十五五”规划开局之年", "current", None)],
    ),
    (2027, "“十五五”规划的开局之年", [("“十五五”规划的开局之年", "stale", "“十五五”规划的第二年")]),
    (2026, "十三五收官之年", [("十三五收官之年", "finished", "“十五五”开局之年")]),
    (2025, "谋划“十五五”", [("“十五五”", "current", None)]),
    (2024, "落实“十五五”规划", [("“十五五”规划", "anachronistic", "“十四五”规划")]),
    (2003, "“十五”计划和党的十六大", [("“十五”计划", "current", None), ("党的十六大", "current", None)]),
    (2003, "每月十五日前，第十五条，十五名代表", []),
    # 普法
    (2025, "“八五”普法", [("“八五”普法", "current", None)]),
    (2026, "“八五”普法总结验收", [("“八五”普法", "recalled", None)]),
    (2027, "“八五”普法和“九五”普法", [("“八五”普法", "finished", "“九五”普法"), ("“九五”普法", "current", None)]),
    (2026, "启动“九五”普法", [("“九五”普法", "current", None)]),
    (2000, "“九五”计划", [("“九五”计划", "current", None)]),
    # 指导思想
    (2026, "用科学发展观统领工会工作", [("科学发展观", "stale", XI)]),
    (
        2026,
        "以马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观、习近平新时代中国特色社会主义思想为指导",
        [
            ("邓小平理论", "current", None),
            ("“三个代表”重要思想", "current", None),
            ("科学发展观", "current", None),
            (XI, "current", None),
        ],
    ),
    (
        2010,
        "以邓小平理论和“三个代表”重要思想为指导",
        [("邓小平理论", "current", None), ("“三个代表”重要思想", "current", None)],
    ),
    (2010, "以“三个代表”重要思想为指导", [("“三个代表”重要思想", "stale", "邓小平理论和“三个代表”重要思想")]),
    (2017, f"以{XI}为指导", [(XI, "anachronistic", "邓小平理论、“三个代表”重要思想、科学发展观")]),
    (2026, "选派三个代表参加会议", []),
    (2024, "学习习近平文化思想", [("习近平文化思想", "current", None)]),
    (2022, "学习习近平文化思想", [("习近平文化思想", "anachronistic", None)]),
    # 提法
    (2026, "以习近平同志为总书记的党中央", [("以习近平同志为总书记的党中央", "stale", "以习近平同志为核心的党中央")]),
    (2026, "全面建设小康社会", [("全面建设小康社会", "stale", "全面建设社会主义现代化国家")]),
    (2016, "全面建成小康社会", [("全面建成小康社会", "current", None)]),
    (2026, "如期全面建成小康社会", [("全面建成小康社会", "recalled", None)]),
    (2018, "协调推进“四个全面”战略布局", [("“四个全面”战略布局", "current", None)]),
    (2026, "协调推进“四个全面”战略布局", [("“四个全面”战略布局", "current", None)]),
    (2026, "社会主义荣辱观", [("社会主义荣辱观", "stale", "社会主义核心价值观")]),
    (2019, "发展新质生产力", [("新质生产力", "anachronistic", None)]),
    # 党内集中教育
    (2014, "党的群众路线教育实践活动", [("党的群众路线教育实践活动", "current", None)]),
    (2015, "巩固党的群众路线教育实践活动成果", [("党的群众路线教育实践活动", "recalled", None)]),
    (2026, "巩固党的群众路线教育实践活动成果", [("党的群众路线教育实践活动", "finished", None)]),
    (2026, "推进“两学一做”学习教育常态化制度化", [("“两学一做”学习教育", "recalled", None)]),
    (2026, "开展“两学一做”学习教育", [("“两学一做”学习教育", "finished", None)]),
    (2020, "巩固“不忘初心、牢记使命”主题教育成果", [("“不忘初心、牢记使命”主题教育", "recalled", None)]),
    (2024, "巩固拓展主题教育成果", [("主题教育成果", "recalled", None)]),
    (2018, "“不忘初心、牢记使命”主题教育", [("“不忘初心、牢记使命”主题教育", "anachronistic", None)]),
    (
        2026,
        "2025年，我们开展深入贯彻中央八项规定精神学习教育",
        [("深入贯彻中央八项规定精神学习教育", "recalled", None)],
    ),
    (2026, "开展企业形势任务主题教育活动", []),
    # 法律和规章
    (2026, "落实《女职工劳动保护规定》", [("《女职工劳动保护规定》", "stale", "《女职工劳动保护特别规定》")]),
    (2012, "落实《女职工劳动保护规定》", [("《女职工劳动保护规定》", "current", None)]),
    (2026, "宣传《中华人民共和国工会法》", [("《中华人民共和国工会法》", "current", None)]),
    (2022, "宣传新修改的《工会法》", [("新修改的《工会法》", "current", None)]),
    (2026, "宣传新修改的《工会法》", [("新修改的《工会法》", "stale", "《工会法》")]),
    (2026, "《中华人民共和国婚姻法》", [("《中华人民共和国婚姻法》", "stale", "《中华人民共和国民法典》")]),
    (2021, "《医师法》", [("《医师法》", "anachronistic", "《执业医师法》")]),
    (2008, "学习《社会保险法》", [("《社会保险法》", "anachronistic", None)]),
    (2011, "学习《社会保险法》", [("《社会保险法》", "current", None)]),
    (2026, "学习劳动法律法规、监察法规", []),
    (
        2015,
        "《基层工会经费收支管理办法》",
        [("《基层工会经费收支管理办法》", "stale", "《关于加强基层工会经费收支管理的通知》")],
    ),
    (2018, "《基层工会经费收支管理办法》", [("《基层工会经费收支管理办法》", "current", None)]),
    (2010, "中央八项规定", [("中央八项规定", "anachronistic", None)]),
    # 活动、节日
    (2026, "“两个普遍”", [("“两个普遍”", "finished", None)]),
    (2012, "落实“两个普遍”", [("“两个普遍”", "current", None)]),
    (2026, "巩固拓展脱贫攻坚成果", [("脱贫攻坚", "recalled", None)]),
    (2026, "打赢脱贫攻坚战", [("打赢脱贫攻坚战", "finished", None)]),
    (2015, "庆祝中国医师节", [("中国医师节", "anachronistic", None)]),
    (2026, "全国法制宣传日", [("全国法制宣传日", "finished", "国家宪法日")]),
    (2022, "建设数智工会", [("数智工会", "uncertain", None)]),
    (2012, "建设数智工会", [("数智工会", "anachronistic", None)]),
    (2026, "服务社会主义新农村建设", [("社会主义新农村", "stale", "乡村振兴")]),
    # 周年
    (2026, "庆祝建党105周年", [("建党105周年", "current", None)]),
    (2026, "庆祝建党100周年", [("建党100周年", "finished", "建党105周年")]),
    (2026, "庆祝新中国成立七十周年", [("新中国成立七十周年", "finished", None)]),
    (2019, "庆祝新中国成立七十周年", [("新中国成立七十周年", "current", None)]),
    (2026, "2021年，庆祝中国共产党成立100周年", [("中国共产党成立100周年", "recalled", None)]),
    (2020, "庆祝建党一百周年", [("建党一百周年", "anachronistic", None)]),
    (2026, "建校100周年，建会10周年", []),
    (2026, "五一、国庆、春节送温暖、职工之家", []),
]


@pytest.mark.parametrize(("year", "text", "expected"), CASES)
def test_verdicts(year: int, text: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = [
        (reference.alias, str(verdict.status), verdict.replacement)
        for reference, verdict in TIMELINE.judged(text, year=year)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("year", "text", "firm"),
    [
        (2026, "贯彻党的十九大精神", True),
        (2026, "贯彻党的二十届三中全会精神", False),
        (2026, "贯彻党的十九大、二十大精神", False),
        (2026, "构建和谐社会", False),
        (2012, "贯彻党的十八大精神", False),
        (2011, "贯彻党的十八大精神", True),
        (2018, "习近平总书记系列重要讲话精神", False),
    ],
)
def test_firmness(year: int, text: str, firm: bool) -> None:
    _, verdict = TIMELINE.judged(text, year=year)[0]
    assert not verdict.fine
    assert verdict.firm is firm


@pytest.mark.parametrize(
    ("drafted", "text", "status"),
    [
        (date(2012, 11, 20), "贯彻党的十八大精神", Status.CURRENT),
        (date(2012, 10, 20), "贯彻党的十八大精神", Status.ANACHRONISTIC),
        (date(2011, 10, 1), "迎接党的十八大", Status.ANACHRONISTIC),
        (date(2012, 4, 27), "《女职工劳动保护规定》", Status.CURRENT),
        (date(2012, 4, 28), "《女职工劳动保护规定》", Status.STALE),
        (date(2012, 7, 1), "贯彻党的十七届六中全会精神", Status.CURRENT),
    ],
)
def test_the_drafting_date_decides(drafted: date, text: str, status: Status) -> None:
    assert [verdict.status for _, verdict in TIMELINE.judged(text, year=2012, drafted=drafted)] == [status]


def test_reasons_name_what_replaced_it() -> None:
    _, verdict = TIMELINE.judged("贯彻党的十八大精神", year=2026)[0]
    assert verdict.by is not None
    assert verdict.by.id == "pc-20"
    assert verdict.why == "党的十八大之后已召开党的二十大（2022年10月）"
    _, verdict = TIMELINE.judged("《执业医师法》", year=2026)[0]
    assert verdict.why == "《执业医师法》已由《医师法》（2021年8月）取代"
    _, verdict = TIMELINE.judged("“十四五”规划", year=2026)[0]
    assert verdict.why == "“十四五”规划已于2025年结束，2026年在“十五五”规划期内"


@pytest.mark.parametrize(
    ("name", "year", "stands"),
    [
        ("新时期产业工人队伍建设改革", 2026, True),
        ("新时期产业工人队伍建设改革", 2012, False),
        ("《医师法》", 2026, True),
        ("党的十八大", 2026, False),
        ("党的二十届五中全会", 2027, False),
        ("没有收录的说法", 2026, False),
    ],
)
def test_stands(name: str, year: int, stands: bool) -> None:
    assert TIMELINE.stands(name, year=year) is stands


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("“十四五”规划圆满收官，各项任务完成较好。", True),
        ("团结职工为实现“十四五”规划圆满收官作贡献。", False),
    ],
)
def test_what_is_striven_for_is_not_looked_back_at(text: str, fine: bool) -> None:
    judged = Timeline.load().judged(text, year=2026, drafted=None)
    assert [verdict.fine for _, verdict in judged] == [fine]
