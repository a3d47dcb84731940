"""A table and its tokeniser as a folder that sentence-transformers loads by name and anyone reads without torch."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    }
]


def save_model(folder: Path, *, table: NDArray[np.float32], tokenizer: Tokenizer) -> None:
    """Write the folder: half precision, the sentence-transformers layout. Byte for byte the same for the same input."""
    import logging

    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table)], device="cpu")
    model.half()
    model.save(str(folder), create_model_card=False)


def load_model(folder: Path) -> tuple[NDArray[np.float32], Tokenizer]:
    """(vocabulary, dimension) table in float32 and the tokeniser of a folder `save_model` wrote."""
    from safetensors.numpy import load_file

    table = load_file(folder / "model.safetensors")["embedding.weight"].astype(np.float32)
    return table, Tokenizer.from_file(str(folder / "tokenizer.json"))


def settings_text(values: dict[str, object]) -> str:
    """Settings as readable JSON."""
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"
