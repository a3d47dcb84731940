"""The straight line from a document to passages: ids, offsets and repairs fit together."""

from corpus.datatypes import Document, Reading
from corpus.read import read

TEXT = """工会工作计划(精选2篇)

工会工作计划篇一

20xx年，我校工会将组织教职工学习，开好教代会，关心教职工生活，办好教工之家。

工会工作计划篇二

20xx年，公司工会将组织员工开展劳动竞赛，推进厂务公开，改善车间劳动条件。
"""


def test_read() -> None:
    reading = read(Document("计划.txt", "ab" * 32, "txt", TEXT), collection="本单位")
    assert [plan.id for plan in reading.plans] == ["abababababab-1", "abababababab-2"]
    assert [plan.title for plan in reading.plans] == ["工会工作计划篇一", "工会工作计划篇二"]
    assert [p.plan_id for p in reading.passages] == ["abababababab-1", "abababababab-2"]
    assert {p.collection for p in reading.passages} == {"本单位"}
    assert [[plan.text[s.start : s.end] for s in plan.slots] for plan in reading.plans] == [["〔年份〕"], ["〔年份〕"]]


def test_a_text_that_is_nothing_but_furniture_has_no_plans() -> None:
    reading = read(Document("空.txt", "cd" * 32, "txt", "点击下载\n推荐度：\n"))
    assert (reading.plans, reading.passages, reading.text.strip()) == ((), (), "")


def test_repairs_of_the_sample_documents_replay(readings: tuple[Reading, ...]) -> None:
    for reading in readings:
        raw, result, reached = reading.document.text, "", 0
        for repair in reading.repairs:
            assert repair.start >= reached
            assert raw[repair.start : repair.end] == repair.before != repair.after
            result += raw[reached : repair.start] + repair.after
            reached = repair.end
        assert result + raw[reached:] == reading.text


def test_ids_of_the_sample_documents_are_unique(readings: tuple[Reading, ...]) -> None:
    ids = [p.id for reading in readings for p in reading.passages]
    assert len(ids) == len(set(ids))


def test_entities_and_slots_of_the_sample_documents_stand_in_their_plans(readings: tuple[Reading, ...]) -> None:
    for plan in (plan for reading in readings for plan in reading.plans):
        assert all(plan.text[e.start : e.end] == e.text for e in plan.entities)
        assert all(plan.text[s.start : s.end] == f"〔{s.kind}〕" for s in plan.slots)
