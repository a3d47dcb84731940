"""Passages on disk come back as they were, one line at a time."""

from pathlib import Path

import pytest
from small_index import PASSAGES, passage

from corpus.datatypes import Entity, EntityKind, Passage, Slot, SlotKind
from corpus.errors import IndexProblem
from index.payload import Payload, passage_of, payload_writer, read_payload, record_of

QUOTED = passage(40, '他说："按月公布"，\n随后\t落实\\存档。')


def write(folder: Path, passages: tuple[Passage, ...]) -> Payload:
    folder.mkdir(exist_ok=True)
    with payload_writer(folder) as append:
        for one in passages:
            append(record_of(one))
    return read_payload(folder)


def test_every_passage_comes_back(tmp_path: Path, passages: tuple[Passage, ...]) -> None:
    everything = (*PASSAGES, QUOTED, *passages)
    payload = write(tmp_path / "段落", everything)
    assert len(payload) == len(everything)
    assert tuple(payload.passage(row) for row in range(len(payload))) == everything


def test_record_keeps_entities_and_slots() -> None:
    import dataclasses

    entity, slot = Entity(0, 2, "某校", EntityKind.ORGANISATION, True), Slot(3, 7, SlotKind.YEAR)
    full = dataclasses.replace(PASSAGES[0], entities=(entity,), slots=(slot,), era=None, year=2026)
    assert passage_of(record_of(full)) == full


@pytest.mark.parametrize(
    ("phrase", "rows"),
    [("教代会", [4]), ("慰问", [1, 2]), ('"按月公布"', [8]), ("\\存档", [8]), ("没有", []), ("一、民主管理", [4])],
)
def test_rows_with_a_phrase(tmp_path: Path, phrase: str, rows: list[int]) -> None:
    assert write(tmp_path / "p", (*PASSAGES, QUOTED)).rows_with(phrase).tolist() == rows


def test_empty_payload(tmp_path: Path) -> None:
    payload = write(tmp_path / "p", ())
    assert len(payload) == 0
    assert payload.rows_with("工会").tolist() == []


def test_cut_file_is_damage(tmp_path: Path) -> None:
    write(tmp_path / "p", PASSAGES)
    file = tmp_path / "p" / "passages.jsonl"
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(IndexProblem, match="gongbi index --rebuild"):
        read_payload(tmp_path / "p")
