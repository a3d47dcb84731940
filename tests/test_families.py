import pytest

from corpus.datatypes import OrganisationType
from corpus.families import FAMILIES, find_foreign_words, foreign_words, word_for

NARROW = [
    OrganisationType.GOVERNMENT,
    OrganisationType.POLICE,
    OrganisationType.SCHOOL,
    OrganisationType.HOSPITAL,
    OrganisationType.ENTERPRISE,
]


def exchange(text: str, organisation: OrganisationType) -> str:
    for word in reversed(find_foreign_words(text, organisation=organisation)):
        text = text[: word.start] + word.ours + text[word.end :]
    return text


@pytest.mark.parametrize(
    ("organisation", "congress", "openness", "ours"),
    [
        (OrganisationType.SCHOOL, "教代会", "校务公开", "我校"),
        (OrganisationType.HOSPITAL, "职代会", "院务公开", "我院"),
        (OrganisationType.ENTERPRISE, "职代会", "厂务公开", "我公司"),
        (OrganisationType.POLICE, "民警代表大会", "警务公开", "我大队"),
        (OrganisationType.GOVERNMENT, "职工大会", "政务公开", "我局"),
        (OrganisationType.TOWNSHIP, "职代会", "厂务公开", "我镇"),
    ],
)
def test_preferred_words(organisation: OrganisationType, congress: str, openness: str, ours: str) -> None:
    assert word_for("congress", organisation) == congress
    assert word_for("openness", organisation) == openness
    assert word_for("our_unit", organisation) == ours


def test_foreign_words_become_ours() -> None:
    assert (
        exchange("我校教代会推进校务公开，关心教职工。", OrganisationType.HOSPITAL)
        == "我院职代会推进院务公开，关心职工。"
    )


def test_a_word_of_ours_shelters_the_foreign_word_inside_it() -> None:
    assert find_foreign_words("关心教职员工", organisation=OrganisationType.SCHOOL) == ()
    assert [word.word for word in find_foreign_words("关心员工", organisation=OrganisationType.SCHOOL)] == ["员工"]


def test_universal_words_are_foreign_nowhere() -> None:
    for organisation in OrganisationType:
        assert not {"职工", "职代会", "工会小组", "女职工", "职工之家"} & foreign_words(organisation).keys()


def test_a_county_plan_may_name_the_units_it_looks_after() -> None:
    ours = foreign_words(OrganisationType.COUNTY_UNION)
    assert not {"教师", "医务人员", "校务公开", "企业工会", "乡镇工会", "学校"} & ours.keys()
    assert ours["我校"] == ours["我院"] == "我县"


def test_foreign_words_never_include_own_words() -> None:
    for organisation in OrganisationType:
        own = {word for family in FAMILIES.values() for word in family.words.get(organisation, ())}
        assert not own & foreign_words(organisation).keys()


def test_every_narrow_type_has_a_word_for_every_concept_but_festivals() -> None:
    for concept in FAMILIES.keys() - {"own_festival"}:
        assert all(word_for(concept, organisation) for organisation in NARROW)


def test_an_unknown_concept_is_a_bug() -> None:
    with pytest.raises(KeyError):
        word_for("nothing", OrganisationType.SCHOOL)
