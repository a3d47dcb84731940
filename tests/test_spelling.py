"""Slips are put right, ordinary words are left alone."""

import pytest

from corpus.words import dictionary_share, lexicon_terms
from index.spelling import Speller, build_speller, sound

LIBRARY = {
    "职代会": 20, "送温暖": 30, "体检": 12, "工资": 40, "协商": 40, "竞赛": 30, "帮扶": 30, "档案": 10, "医疗": 20,
    "互助": 15, "休假": 5, "工会": 90, "经费": 20, "书屋": 8, "合唱团": 3, "重阳节": 6, "元旦": 9, "班组长": 4,
    "专户": 2, "教师": 50, "计划": 60, "管理": 70, "制度": 70, "名师": 2, "民生": 3, "办法": 9, "覆盖": 12,
}  # fmt: skip


@pytest.fixture(scope="module")
def speller() -> Speller:
    return build_speller(LIBRARY, lexicon=lexicon_terms(), share=dictionary_share)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("职代汇制度", "职代会制度"),
        ("女职工体捡", "女职工体检"),
        ("职工和唱团", "职工合唱团"),
        ("困难职工挡案", "困难职工档案"),
        ("帮抚困难教师", "帮扶困难教师"),
        ("工会全复盖", "工会全覆盖"),
        ("gonghui经费", "工会经费"),
        ("yuandan活动", "元旦活动"),
        ("yiliao huzhu", "医疗 互助"),
        ("职工书物建设", "职工书屋建设"),
        ("班组掌培训", "班组长培训"),
    ],
)
def test_slips_are_put_right(speller: Speller, typed: str, read: str) -> None:
    corrected, pairs = speller.corrected(typed)
    assert corrected == read
    rebuilt = typed
    for wrong, right in pairs:
        rebuilt = rebuilt.replace(wrong, right, 1)
    assert rebuilt == read


@pytest.mark.parametrize(
    "query",
    [
        "职代会制度怎么完善",
        "想给大家办个比赛",
        "老师累了怎么放松",
        "镇工会怎么管账",
        "外卖小哥能不能入会",
        "搞个KTV",
        "培训报名app",
        "再建一个活动室",
        "",
        "？？",
        "2026",
    ],
)
def test_ordinary_words_are_left_alone(speller: Speller, query: str) -> None:
    assert speller.corrected(query.lower()) == (query.lower(), ())


def test_offsets_survive_several_slips(speller: Speller) -> None:
    corrected, pairs = speller.corrected("工姿协伤，经费专护管理")
    assert corrected == "工资协商，经费专户管理"
    assert [right for _, right in pairs] == ["工资", "协商", "专户"]


def test_without_a_library_only_the_lexicon_is_known() -> None:
    speller = build_speller({}, lexicon=["职代会"], share=dictionary_share)
    assert speller.corrected("职代汇")[0] == "职代会"


def test_sound_of_letters_is_their_spelling() -> None:
    assert (sound("工"), sound("gong")) == ("gong", "gong")
