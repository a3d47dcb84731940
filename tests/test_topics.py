from pathlib import Path

import pytest
import yaml

from corpus.datatypes import Plan, Topic
from corpus.topics import FEATURES, label_section_topics, label_topics, topic_features, topic_scores


@pytest.mark.parametrize(
    ("text", "headings", "topics"),
    [
        ("坚持职代会制度，推进厂务公开，落实职工的知情权、参与权、监督权。", [], {Topic.DEMOCRACY}),
        ("深入开展安康杯竞赛，加强劳动保护监督检查，排查安全隐患。", [], {Topic.SAFETY}),
        ("做好工会经费收缴，严格财务预算，接受经审组织审计。", [], {Topic.FINANCE}),
        ("组织职工体检和疗休养，办理医疗互助保障，关注职工心理健康。", [], {Topic.WELFARE}),
        ("推进货车司机、网约配送员等新就业形态劳动者建会入会，加强基层工会组织建设。", [], {Topic.ORGANISATION}),
        ("加快数智工会建设，办好微信公众号，加强信息报送和宣传报道。", [], {Topic.PUBLICITY}),
        ("深化产业工人队伍建设改革，开展劳动和技能竞赛，建设创新工作室。", [], {Topic.SKILLS}),
        ("关心退休教师，重阳节为离退休人员祝寿。", [], {Topic.RETIRED}),
        ("以党的二十大精神为指导，在院党委领导下，团结动员职工为医院发展作贡献。", [], {Topic.GUIDING}),
        ("邀请医生每月到单位义诊，免费量血压、看颈椎，受到欢迎。", ["二、关注职工健康"], {Topic.WELFARE}),
        ("举行拜师仪式，师徒每月互相听课两节。", ["四、服务教师成长"], {Topic.SKILLS}),
        ("举办厨艺展示和棋牌比赛，请退休同事当评委。", ["三、丰富文体活动"], {Topic.SPORTS}),
        ("一月：慰问困难职工\n三月：庆祝三八节\n五月：职工运动会\n九月：庆祝教师节", [], {Topic.MONTHLY}),
    ],
    ids=["democracy", "safety", "finance", "welfare", "joining", "digital", "reform", "retired", "guiding", "doctor",
         "mentors", "kitchen", "months"],
)  # fmt: skip
def test_topics_of_a_passage(text: str, headings: list[str], topics: set[Topic]) -> None:
    assert set(label_topics(text, headings=headings)) == topics


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("制定工会计划", Topic.ORGANISATION),
        ("做好年终总结", Topic.ORGANISATION),
        ("1、协助学校做好开学工作", Topic.ORGANISATION),
        ("庆元旦活动", Topic.SPORTS),
        ("收缴会费", Topic.FINANCE),
    ],
    ids=["工会|计划", "routine", "协助|学校", "festival", "fees"],
)
def test_a_month_s_line_is_labelled_by_its_words_not_by_their_seams(text: str, topic: Topic) -> None:
    assert label_topics(text, headings=[]) == (topic,)


def test_the_heading_says_what_the_text_leaves_open() -> None:
    text = "一是提高认识，二是落实责任，三是注重实效。"
    assert label_topics(text, headings=["三、做好送温暖工作，帮扶困难职工"])[0] is Topic.RELIEF
    assert label_topics(text, headings=["一、指导思想"]) == (Topic.GUIDING,)


def test_a_numbered_point_with_guiding_words_keeps_its_subject() -> None:
    text = "1、以科学发展观为指导，认真落实教代会职权，推进校务公开。"
    assert label_topics(text, headings=[])[0] is Topic.DEMOCRACY


def test_a_section_names_the_topics_of_its_points() -> None:
    text = (
        "1、召开教代会，推进校务公开。\n2、慰问困难教职工，开展送温暖活动。\n"
        "3、举办教职工运动会和歌咏比赛。\n4、加强女教职工工作，办好“三八”节活动。"
    )
    assert set(label_section_topics(text, headings=["二、主要工作"])) == {
        Topic.DEMOCRACY, Topic.RELIEF, Topic.SPORTS, Topic.WOMEN,
    }  # fmt: skip


def test_the_past_of_an_opening_is_a_review() -> None:
    assert Topic.REVIEW in label_topics("一年来，工会取得了可喜的成绩，被评为先进集体。", headings=[])


def test_every_text_gets_one_to_three_topics(plans: tuple[Plan, ...]) -> None:
    for plan in plans:
        for section in plan.sections:
            found = label_topics(plan.text[section.start : section.end], headings=[section.heading or ""])
            assert 1 <= len(found) == len(set(found)) <= 3


def test_an_empty_text_gets_one_topic() -> None:
    assert len(label_topics("", headings=[])) == 1


def test_features_are_bounded_and_named() -> None:
    features = topic_features("召开教代会。\n慰问职工。", headings=["民主管理"])
    assert set(features) == set(Topic)
    assert all(len(values) == len(FEATURES) for values in features.values())
    shares = [dict(zip(FEATURES, values, strict=True)) for values in features.values()]
    assert all(0.0 <= values[name] <= 1.0 for values in shares for name in ("share", "wins", "of_best", "heading"))
    assert sum(values["words_share"] for values in shares) == pytest.approx(1.0)


def test_scores_count_headings() -> None:
    assert (
        topic_scores("", headings=("职代会",))[Topic.DEMOCRACY] > topic_scores("职代会", headings=())[Topic.DEMOCRACY]
    )


def test_topics_of_passages_in_todays_wording() -> None:
    right = given = wanted = 0
    for entry in yaml.safe_load((Path(__file__).parent / "data" / "topics.yaml").read_text(encoding="utf-8")):
        found = set(label_topics(entry["text"], headings=[entry["heading"]] if entry["heading"] else []))
        right, given, wanted = (
            right + len(found & set(entry["topics"])),
            given + len(found),
            wanted + len(entry["topics"]),
        )
    assert 2 * right / (given + wanted) >= 0.95
