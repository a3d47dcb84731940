"""Products in blocks are the products."""

import numpy as np
import pytest

from index import products


@pytest.mark.parametrize(("m", "n"), [(0, 3), (3, 0), (1, 1), (5, 7), (40, 90)])
def test_blocks_make_the_whole(m: int, n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "ALONE", 300)
    random = np.random.default_rng(0)
    first, second = (random.normal(size=(rows, 16)).astype(np.float32) for rows in (m, n))
    assert np.allclose(products.inner(first, second), first @ second.T, atol=1e-5)
