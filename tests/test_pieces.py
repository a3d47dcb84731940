"""Edits laid over each other keep their places in the original."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning.pieces import Edit, Piece, apply, joined, repairs, whole
from corpus.datatypes import Repair, RepairKind

SPAM, MASKED, BROKEN = RepairKind.SPAM, RepairKind.MASKED, RepairKind.BROKEN_LINE


def test_edits_of_several_passes_become_repairs_of_the_original() -> None:
    text = "职工xx大\n会召开广告。"
    once = apply(whole(text), [Edit(MASKED, 2, 4, "〔届次〕")])
    twice = apply(once, [Edit(BROKEN, 7, 8), Edit(SPAM, 11, 13)])
    assert joined(twice) == "职工〔届次〕大会召开。"
    assert repairs(twice, text) == (
        Repair(MASKED, 2, 4, "xx", "〔届次〕"),
        Repair(BROKEN, 5, 6, "\n", ""),
        Repair(SPAM, 9, 11, "广告", ""),
    )


def test_an_insertion_has_no_width() -> None:
    pieces = apply(whole("建设1、完善"), [Edit(RepairKind.MERGED_HEADING, 2, 2, "\n")])
    assert repairs(pieces, "建设1、完善") == (Repair(RepairKind.MERGED_HEADING, 2, 2, "", "\n"),)


def test_of_overlapping_edits_the_earlier_wins() -> None:
    pieces = apply(whole("abcdef"), [Edit(SPAM, 1, 4), Edit(MASKED, 3, 5, "x")])
    assert joined(pieces) == "aef"


def test_an_edit_inside_a_repair_takes_the_rest_along() -> None:
    once = apply(whole("abcdef"), [Edit(MASKED, 1, 3, "WXYZ")])
    twice = apply(once, [Edit(SPAM, 3, 6)])
    assert twice[1] == Piece(1, 4, "WX", SPAM)
    assert joined(twice) == "aWXef"


def test_what_was_undone_is_no_repair() -> None:
    once = apply(whole("abc"), [Edit(SPAM, 1, 2)])
    assert repairs(apply(once, [Edit(SPAM, 1, 1, "b")]), "abc") == (
        Repair(SPAM, 1, 2, "b", ""),
        Repair(SPAM, 2, 2, "", "b"),
    )


edits = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), st.text(alphabet="xyz", max_size=3)), max_size=5).map(
    lambda entries: [Edit(SPAM, start, start + size, after) for start, size, after in entries]
)


@given(st.text(alphabet="abcdefgh", max_size=12), st.lists(edits, max_size=4))
def test_repairs_replay(text: str, rounds: list[list[Edit]]) -> None:
    pieces = whole(text)
    for round_ in rounds:
        size = len(joined(pieces))
        pieces = apply(pieces, [edit for edit in round_ if edit.end <= size])
    result, reached = "", 0
    for repair in repairs(pieces, text):
        assert repair.start >= reached
        assert text[repair.start : repair.end] == repair.before
        result += text[reached : repair.start] + repair.after
        reached = repair.end
    assert result + text[reached:] == joined(pieces)
