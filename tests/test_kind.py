import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.datatypes import PlanKind
from corpus.kind import OF_SENTENCE, label_kind, sentence_features

TEXTS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "kind_texts.jsonl").read_text(encoding="utf-8").splitlines()
]
REVIEW = (
    "一、组织教师学习。每周三集中学习，人人写笔记。\n"
    "二、关心教师生活。看望生病教师9人次，慰问退休教师23人，为大病教师筹款12450元。\n"
    "三、开展文体活动。五一举行拔河赛，组队参加全镇篮球赛，拿了第二名。\n"
)
PLANS = (
    "一、抓学习。每季度组织一次集中学习，完善学习制度。\n"
    "二、抓活动。三月份举办读书会，十月份参加运动会。\n"
    "三、抓关怀。进一步做好生日、住院、婚丧慰问，覆盖面不低于95%。\n"
)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("", f"本学期工会主要做了以下工作：\n{REVIEW}", PlanKind.SUMMARY),
        ("工会工作总结", f"{REVIEW}展望新的一年，我们信心满怀。", PlanKind.SUMMARY),
        ("", f"局工会有会员126人，去年办活动11次，两名职工受到表彰。今年计划如下：\n{PLANS}", PlanKind.PLAN),
        ("工会工作计划", PLANS, PlanKind.PLAN),
        ("", f"2018年工作情况\n{REVIEW}2019年工作打算\n{PLANS}", PlanKind.MIXED),
        ("工会2018年工作总结及2019年工作计划", REVIEW, PlanKind.MIXED),
        ("", "2023年，工会获先进称号，新建工会23家。\n2024年工作思路：\n" + PLANS * 2, PlanKind.PLAN),
    ],
    ids=["without-tense", "one-sentence-ahead", "background", "plan", "both", "cut-before-its-plans", "proud-opening"],
)
def test_kind_of_texts_short_of_words_of_time(title: str, text: str, kind: PlanKind) -> None:
    assert label_kind(text, title=title)[0] is kind


def test_texts_the_model_was_fitted_on() -> None:
    right: Counter[str] = Counter()
    for row in TEXTS:
        right["titled"] += label_kind(row["text"], title=row["title"])[0] == row["kind"]
        right["untitled"] += label_kind(row["text"], title="")[0] == row["kind"]
    assert right["titled"] >= 0.93 * len(TEXTS)
    assert right["untitled"] >= 0.8 * len(TEXTS)


@pytest.mark.parametrize(
    ("sentence", "features"),
    [
        ("主要工作情况", set()),
        ("各单位要重视", {"future"}),
        ("今年上半年要把女工吸收进来", {"future"}),
        ("慰问困难职工37户", {"counted"}),
        ("培训农民工312人", {"counted", "exact"}),
        ("新建工会不少于20家", {"target"}),
        ("先后看望生育教师", {"past"}),
        ("2019年3月12日", set()),
    ],
)
def test_what_a_sentence_says(sentence: str, features: set[str]) -> None:
    said = {name for name, value in zip(OF_SENTENCE, sentence_features(sentence), strict=True) if value}
    assert said == features
