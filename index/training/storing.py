"""A table and its tokeniser as a folder that sentence-transformers loads by name and anyone reads without torch."""

import logging
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer


def save_model(folder: Path, *, table: NDArray[np.float32], tokenizer: Tokenizer) -> None:
    """Write the folder: half precision, the sentence-transformers layout. Byte for byte the same for the same input."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)  # it advises a model card of its own
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table)], device="cpu")
    model.half()
    model.save(str(folder), create_model_card=False)
    for file in folder.iterdir():
        file.chmod(0o644)  # safetensors writes for the owner alone


def load_model(folder: Path) -> tuple[NDArray[np.float32], Tokenizer]:
    """(vocabulary, dimension) table in float32 and the tokeniser of a folder `save_model` wrote."""
    from safetensors.numpy import load_file

    table = load_file(folder / "model.safetensors")["embedding.weight"].astype(np.float32)
    return table, Tokenizer.from_file(str(folder / "tokenizer.json"))
