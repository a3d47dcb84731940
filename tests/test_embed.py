"""Static models read without torch give what SentenceTransformer gives; nothing reaches the network."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from small_index import DIMENSION, PASSAGES, write_model

from corpus.errors import IndexProblem
from index.embed import StaticEmbedder, TransformerEmbedder, load_embedder, unit_rows

TEXTS = [*(passage.embedding_text for passage in PASSAGES), "", "！？", "困难", "ABC 123 从未见过的字鑫"]


@pytest.mark.parametrize("half", [True, False], ids=["float16", "float32"])
def test_static_model_equals_sentence_transformers(tmp_path: Path, half: bool) -> None:
    folder = write_model(tmp_path / "中文 模型", half=half)
    ours, theirs = load_embedder(str(folder)), TransformerEmbedder(str(folder))
    assert isinstance(ours, StaticEmbedder)
    rows = ours.encode_documents(TEXTS)
    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS), DIMENSION) == (len(TEXTS), theirs.dimension)
    assert np.abs(rows - theirs.encode_documents(TEXTS)).max() < 1e-6
    assert np.abs(ours.encode_queries(TEXTS) - theirs.encode_queries(TEXTS)).max() < 1e-6


def test_rows_have_unit_length_and_empty_text_is_zero(tmp_path: Path) -> None:
    embedder = load_embedder(str(write_model(tmp_path / "m")))
    lengths = np.linalg.norm(embedder.encode_documents(TEXTS), axis=1)
    assert np.allclose(lengths[: len(PASSAGES)], 1)
    assert lengths[len(PASSAGES)] == 0
    assert embedder.encode_documents([]).shape == (0, DIMENSION)


def test_order_and_batches_do_not_matter(tmp_path: Path) -> None:
    embedder = load_embedder(str(write_model(tmp_path / "m")))
    many = TEXTS * 60  # more than one batch
    rows = embedder.encode_documents(many)
    assert np.allclose(rows[len(TEXTS) * 59 :], embedder.encode_documents(TEXTS), atol=1e-7)


def test_hash_follows_the_weights(tmp_path: Path) -> None:
    first, again, other = (
        load_embedder(str(write_model(tmp_path / name, seed=seed))) for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first.hash == again.hash != other.hash


def test_unit_rows_keeps_zero_rows() -> None:
    assert unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0]]


@pytest.mark.parametrize("name", ["./没有这个文件夹", "no-such-model-anywhere"])
def test_absent_model_says_what_to_do(name: str) -> None:
    with pytest.raises(IndexProblem, match=rf"{name.strip('./')}.*内置模型"):
        load_embedder(name)


@pytest.mark.parametrize("broken", ["tokenizer.json", "model.safetensors", "modules.json"])
def test_damaged_folder_is_named(tmp_path: Path, broken: str) -> None:
    folder = write_model(tmp_path / "m")
    (folder / broken).write_bytes(b"{")
    with pytest.raises(IndexProblem, match="无法使用"):
        load_embedder(str(folder))


HEAVY = ("torch", "transformers", "sentence_transformers", "sklearn", "scipy", "langchain_core", "gradio")


def test_built_in_model_searches_without_torch_or_transformers(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from small_index import SmallLibrary;"
        "from index.generation import open_index; from index.embed import BUILT_IN, load_embedder;"
        f"index = open_index(Path({str(tmp_path)!r}), SmallLibrary(), load_embedder(str(BUILT_IN)));"
        "print(index.search('困难职工档案').hits[0].passage.file);"
        f"print([module for module in {HEAVY} if module in sys.modules])"
    )
    tests = Path(__file__).parent
    path = {**os.environ, "PYTHONPATH": f"{tests.parent}{os.pathsep}{tests}"}
    shown = subprocess.run([sys.executable, "-c", code], env=path, capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["3.txt", "[]"]
