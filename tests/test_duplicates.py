"""Copies, truncated copies and shared paragraphs are found; what only sounds alike is not."""

import random

import pytest

from corpus.datatypes import Passage, Plan
from corpus.duplicates import DuplicateGroup, near_duplicates, shared_texts, shingles

FIRST = (
    "坚持和完善职工代表大会制度，落实职工的知情权、参与权、表达权、监督权，"
    "每年至少召开一次职工代表大会，审议涉及职工切身利益的重大事项。"
)
SECOND = "深入开展送温暖活动，健全困难职工档案，实行动态管理，做到节日慰问与日常帮扶相结合，努力为困难职工排忧解难。"
THIRD = "组织职工参加健步走、拔河、乒乓球等文体活动，活跃业余文化生活，增强职工体质，营造积极向上的氛围。"


def test_a_truncated_copy_belongs_to_the_whole() -> None:
    texts = {
        "cut": SECOND,
        "whole": FIRST + SECOND + THIRD,
        "other": "关于调整食堂开放时间的说明，早餐六点半开始供应。" * 3,
    }
    assert near_duplicates(texts, threshold=0.8) == (DuplicateGroup(("cut", "whole"), "whole"),)


def test_punctuation_blanks_and_slots_do_not_count() -> None:
    texts = {"a": "〔年份〕年" + FIRST, "b": FIRST.replace("，", ",").replace("、", " ")}
    assert near_duplicates(texts, threshold=0.9) == (DuplicateGroup(("a", "b"), "a"),)


def test_groups_chain_through_the_superset() -> None:
    texts = {"a": FIRST, "b": SECOND, "ab": FIRST + SECOND}
    (group,) = near_duplicates(texts, threshold=0.9)
    assert (group.members, group.best) == (("a", "b", "ab"), "ab")


def test_short_texts_must_agree_as_wholes() -> None:
    texts = {
        "a": "三月份：职工体检。",
        "b": "三月份：职工体检和健康讲座，邀请专家到会，请各分会组织参加。",
        "c": "三月份:职工体检",
    }
    assert near_duplicates(texts, threshold=0.7) == (DuplicateGroup(("a", "c"), "a"),)


@pytest.mark.parametrize("texts", [{}, {"a": FIRST}, {"a": "", "b": ""}, {"a": FIRST, "b": THIRD}])
def test_nothing_alike(texts: dict[str, str]) -> None:
    assert near_duplicates(texts, threshold=0.5) == ()


def test_containment_is_the_share_of_the_shorter() -> None:
    (pair,) = shared_texts({"a": FIRST, "b": FIRST[:40] + THIRD}, threshold=0.1)
    common = len(set(shingles(FIRST).tolist()) & set(shingles(FIRST[:40] + THIRD).tolist()))
    assert pair.containment == common / min(len(shingles(FIRST)), len(shingles(FIRST[:40] + THIRD)))


def test_sketches_of_large_corpora_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    source = random.Random(7)
    alphabet = [chr(code) for code in range(0x4E00, 0x4E00 + 2000)]
    texts = {str(i): "".join(source.choices(alphabet, k=900)) for i in range(60)}
    for i in range(20):
        texts[f"copy of {i}"] = texts[str(i)][200:700]
    everything = near_duplicates(texts, threshold=0.8)
    monkeypatch.setattr("corpus.duplicates._MOST_HASHES", len(texts) * 900 // 16)
    assert near_duplicates(texts, threshold=0.8) == everything
    assert [(group.members, group.best) for group in everything] == [
        ((str(i), f"copy of {i}"), str(i)) for i in range(20)
    ]


def test_a_text_copied_many_times_is_one_group() -> None:
    texts = {f"copy {i}": FIRST + SECOND + THIRD[: 10 + i] for i in range(30)}
    (group,) = near_duplicates(texts, threshold=0.8)
    assert (len(group.members), group.best) == (30, "copy 29")


def test_plans_of_the_sample_documents(plans: tuple[Plan, ...]) -> None:
    names = {plan.id: f"{plan.id[-1]}:{plan.text[:6]}" for plan in plans}
    groups = near_duplicates({plan.id: plan.text for plan in plans}, threshold=0.5)
    assert [sorted(names[m][0] for m in g.members) for g in groups] == [
        ["1", "1"],
        ["1", "8"],
        ["2", "5"],
        ["5", "6"],
        ["1", "2", "9"],
    ]
    best = {names[g.best] for g in groups}
    assert best == {"1:〔年份〕年我", "8:〔年份〕年工", "2:以三个代表重", "5:〔年份〕年，", "9:上半年，我镇"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1、从源头上参与，加强宏观维护", "一是从源头上参与，加强宏观维护"),
        ("为青年教师成长发展创造机会", "为青年教师成长搭建成长平台"),
        ("充分发挥委员一班人的作用，在委员分工", "充分发挥工会委员一班人的作用,在工会委员分工"),
        ("重视女工委员会工作，关心、支持女工工作", "重视女工委员会工作。关心、支持女工工作"),
        ("紧紧围绕建设局工作改革创新和发展这个中心", "紧紧围绕机关工作的改革、创新和发展这个中心"),
        (
            "帮扶资金筹集、运行管理、财务控制、信息手段等方面逐步",
            "帮扶资金筹集、运行管理、财务控制、信息手段等方面工作",
        ),
    ],
)
def test_shared_paragraphs_of_the_sample_documents(passages: tuple[Passage, ...], one: str, other: str) -> None:
    linked = {frozenset((p.first, p.second)) for p in shared_texts({p.id: p.text for p in passages}, threshold=0.15)}
    holders = [{p.id for p in passages if quote in p.text} for quote in (one, other)]
    assert all(holders)
    assert any(frozenset((a, b)) in linked for a in holders[0] for b in holders[1] if a != b)
