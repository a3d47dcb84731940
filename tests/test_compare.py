"""One topic across organisation types."""

import dataclasses

import pytest

from assistant.compare import compare
from corpus.datatypes import OrganisationType, Passage, Topic
from corpus.errors import BadRequest


def passage(passages: tuple[Passage, ...], text: str, organisation: OrganisationType, *topics: Topic) -> Passage:
    """A passage of one's own, on the frame of a real one."""
    return dataclasses.replace(
        passages[0], id=f"{organisation}:{text[:8]}", text=text, headings=(), organisation=organisation, topics=topics,
        months=(), entities=(), slots=(), is_union=True,
    )  # fmt: skip


@pytest.fixture
def sample(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    school, hospital = OrganisationType.SCHOOL, OrganisationType.HOSPITAL
    return (
        passage(passages, "每年召开一次教代会，征集提案，推进校务公开。", school, Topic.DEMOCRACY),
        passage(passages, "坚持校务公开，教代会闭会期间由代表团组长联席会议议事。", school, Topic.DEMOCRACY),
        passage(passages, "职代会前征集提案，院务公开栏按季更新。", hospital, Topic.DEMOCRACY),
        passage(passages, "护士节慰问临床一线护理人员。", hospital, Topic.RELIEF),
    )


def test_columns_hold_the_passages_of_their_type(sample: tuple[Passage, ...]) -> None:
    found = compare(Topic.DEMOCRACY, [OrganisationType.SCHOOL, OrganisationType.HOSPITAL], passages=sample)
    texts = [[hit.passage.text for hit in column.hits] for column in found.columns]
    assert sorted(texts[0]) == sorted(p.text for p in sample[:2])
    assert texts[1] == [sample[2].text]
    assert [[hit.rank for hit in column.hits] for column in found.columns] == [[1, 2], [1]]


def test_a_sectors_word_meets_its_sister(sample: tuple[Passage, ...]) -> None:
    found = compare(Topic.DEMOCRACY, [OrganisationType.SCHOOL, OrganisationType.HOSPITAL], passages=sample)
    assert found.common == ("教代会／职代会", "校务公开／院务公开")
    assert not {"教代会", "职代会", "校务公开"} & {word for column in found.columns for word in column.only_here}


def test_a_type_without_the_topic_says_so(sample: tuple[Passage, ...]) -> None:
    found = compare(Topic.DEMOCRACY, [OrganisationType.SCHOOL, OrganisationType.POLICE], passages=sample)
    assert [column.nothing for column in found.columns] == [False, True]
    assert found.columns[1].hits == ()
    assert found.common == ()


def test_texts_of_no_union_take_no_part(sample: tuple[Passage, ...]) -> None:
    foreign = tuple(dataclasses.replace(p, is_union=False) for p in sample)
    found = compare(Topic.DEMOCRACY, [OrganisationType.SCHOOL, OrganisationType.HOSPITAL], passages=foreign)
    assert [column.nothing for column in found.columns] == [True, True]


def test_near_duplicates_fold(sample: tuple[Passage, ...]) -> None:
    twin = dataclasses.replace(sample[0], id="zz-1:0")
    found = compare(Topic.DEMOCRACY, [OrganisationType.SCHOOL, OrganisationType.HOSPITAL], passages=(*sample, twin))
    school = found.columns[0].hits
    assert len(school) == 2
    assert sorted(len(hit.also_in) for hit in school) == [0, 1]


def test_every_month_counts_as_schedule(passages: tuple[Passage, ...]) -> None:
    kinds = [OrganisationType.SCHOOL, OrganisationType.COMMUNITY, OrganisationType.ENTERPRISE]
    found = compare(Topic.MONTHLY, kinds, passages=passages)
    assert [column.nothing for column in found.columns] == [False, False, True]
    shown = {p.id for column in found.columns for hit in column.hits for p in (hit.passage, *hit.also_in)}
    assert {p.id for p in passages if p.months and p.is_union and p.organisation in kinds} <= shown


def test_one_type_is_no_comparison() -> None:
    with pytest.raises(BadRequest, match="两种"):
        compare(Topic.WOMEN, [OrganisationType.SCHOOL, OrganisationType.SCHOOL], passages=())
