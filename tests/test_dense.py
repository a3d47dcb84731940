"""The dense index finds the same at every size, filters exactly, and survives its own bytes."""

import numpy as np
import pytest

from corpus.errors import IndexProblem
from index.dense import DenseIndex, build_dense, read_dense
from index.embed import Rows, unit_rows

KINDS = {"flat": (10_000, 20_000), "half": (0, 20_000), "lists": (0, 0)}


@pytest.fixture(scope="module")
def vectors() -> Rows:
    return unit_rows(np.random.default_rng(0).normal(size=(3000, 32)))


@pytest.fixture(scope="module", params=KINDS)
def dense(request: pytest.FixtureRequest, vectors: Rows) -> DenseIndex:
    exact, half = KINDS[request.param]
    return read_dense(build_dense(vectors, exact_up_to=exact, half_up_to=half).to_bytes())


def test_kind_follows_size(vectors: Rows) -> None:
    names = [type(build_dense(vectors, exact_up_to=e, half_up_to=h).faiss_index).__name__ for e, h in KINDS.values()]
    assert names == ["IndexFlatIP", "IndexScalarQuantizer", "IndexIVFScalarQuantizer"]


def test_nearest_is_the_row_itself(dense: DenseIndex, vectors: Rows) -> None:
    rows, cosines = dense.search(vectors[77], k=5)
    assert rows[0] == 77
    assert cosines[0] == pytest.approx(1, abs=2e-3)
    assert (np.diff(cosines) <= 0).all()


def test_filter_is_exact(dense: DenseIndex, vectors: Rows) -> None:
    mask = np.zeros(len(vectors), dtype=np.bool_)
    mask[::97] = True
    rows, cosines = dense.search(vectors[5], k=10, mask=mask)
    expected = np.flatnonzero(mask)[np.argsort(-(vectors[mask] @ vectors[5]))[:10]]
    assert rows.tolist() == expected.tolist()
    assert cosines == pytest.approx(vectors[rows] @ vectors[5], abs=2e-3)


def test_wide_filter_of_inverted_lists_holds(vectors: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.dense.COMPARED", 0)
    mask = np.arange(len(vectors)) % 3 == 0
    lists = build_dense(vectors, exact_up_to=0, half_up_to=0)
    rows, _ = lists.search(vectors[6], k=50, mask=mask)
    assert len(rows) == 50
    assert mask[rows].all()
    assert rows[0] == 6


def test_fewer_than_k_pass_the_filter(dense: DenseIndex, vectors: Rows) -> None:
    mask = np.zeros(len(vectors), dtype=np.bool_)
    mask[[3, 1200]] = True
    assert sorted(dense.search(vectors[0], k=10, mask=mask)[0].tolist()) == [3, 1200]
    assert dense.search(vectors[0], k=10, mask=np.zeros(len(vectors), dtype=np.bool_))[0].tolist() == []


def test_vectors_come_back(dense: DenseIndex, vectors: Rows) -> None:
    rows = np.array([2999, 0, 17])
    assert dense.vectors(rows) == pytest.approx(vectors[rows], abs=2e-3)
    assert dense.cosines(vectors[0], rows)[1] == pytest.approx(1, abs=2e-3)
    assert dense.vectors(np.zeros(0, dtype=np.int64)).shape == (0, 32)


def test_lists_are_taken_over(vectors: Rows) -> None:
    first = build_dense(vectors, exact_up_to=0, half_up_to=0)
    again = build_dense(vectors[:2000], like=first, exact_up_to=0, half_up_to=0)
    assert again.rows == 2000
    assert again.search(vectors[1999], k=1)[0].tolist() == [1999]
    assert first.rows == 3000


def test_empty_index_finds_nothing() -> None:
    empty = read_dense(build_dense(np.zeros((0, 8), dtype=np.float32)).to_bytes())
    assert empty.rows == 0
    assert empty.search(np.ones(8, dtype=np.float32), k=3)[0].tolist() == []


@pytest.mark.parametrize("data", [b"", b"abc", b"IxFI" + bytes(20)], ids=["empty", "short", "truncated"])
def test_damaged_bytes_name_the_rebuild(data: bytes) -> None:
    with pytest.raises(IndexProblem, match="gongbi index --rebuild"):
        read_dense(data)
