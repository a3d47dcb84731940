"""Text to vectors: one protocol, any sentence-transformers model, and a torch-free way to read static ones.

A static model (a folder whose modules.json lists one StaticEmbedding) is a token table and a tokeniser. Reading it with
`tokenizers` and `safetensors` takes 0.2 s where importing sentence-transformers takes 3-4 s, and gives the same
vectors. Everything else goes through `SentenceTransformer`, imported only then and never allowed to reach the network.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexProblem
from index.matching import TokenMatcher
from index.tokens import TokenRows, distinct, token_rows

Rows = NDArray[np.float32]  # (n, dimension), unit rows; a text without any known token gives a zero row

BUILT_IN = Path(__file__).parent / "model"
STATIC_MODULES = {"StaticEmbedding", "Normalize"}
ONE_BY_ONE = 8  # up to so many texts waking the tokeniser's threads costs more than they save


class Embedder(Protocol):
    """Anything that turns texts into unit rows. `hash` changes whenever the vectors would."""

    @property
    def name(self) -> str:
        """What the user called the model."""

    @property
    def hash(self) -> str:
        """sha256 over what determines the vectors."""

    @property
    def dimension(self) -> int:
        """Width of a row."""

    def encode_queries(self, texts: Sequence[str]) -> Rows:
        """(n, dimension) float32, unit rows."""

    def encode_documents(self, texts: Sequence[str]) -> Rows:
        """(n, dimension) float32, unit rows."""


def load_embedder(name_or_folder: str) -> Embedder:
    """The model in a folder, or by a name that sentence-transformers knows and has on this machine.

    Raises IndexProblem when there is no such model or it cannot be read.
    """
    folder = Path(name_or_folder)
    if folder.is_dir():
        if (folder / "modules.json").is_file() and _is_static(folder):
            return StaticEmbedder(folder)
        return TransformerEmbedder(name_or_folder)
    if folder.is_absolute() or folder.suffix or name_or_folder.startswith((".", "~")):
        raise _unreadable(folder, "没有这个文件夹")
    return TransformerEmbedder(name_or_folder)


def unit_rows(vectors: NDArray[np.floating]) -> Rows:
    """(n, d) float32 rows of length 1; zero rows stay zero, so that a cosine with them is 0 and never NaN."""
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    lengths = np.sqrt(np.einsum("nd,nd->n", rows, rows))
    return rows / np.where(lengths > 0, lengths, 1).astype(np.float32)[:, None]


class StaticEmbedder:
    """A StaticEmbedding folder read without torch: the mean of its tokens' rows, at unit length."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        module = folder / _modules(folder)[0]["path"]
        self.name = str(folder)
        try:
            tokenizer_json = (module / "tokenizer.json").read_text(encoding="utf-8")
            weights = (module / "model.safetensors").read_bytes()
            json.loads(tokenizer_json)["model"]  # tokenizers itself raises a bare Exception
        except OSError as error:
            raise _unreadable(folder, f"缺少 {Path(error.filename or '').name}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise _unreadable(folder, "tokenizer.json 损坏") from error
        self.hash = hashlib.sha256(tokenizer_json.encode() + weights).hexdigest()
        self._table = _table(folder, weights)
        self._tokenizer = Tokenizer.from_str(tokenizer_json)
        self._tokenizer.no_padding()
        if self._tokenizer.get_vocab_size() > len(self._table):
            raise _unreadable(folder, "分词表比向量表大，两个文件不是一套")

    @property
    def dimension(self) -> int:
        """Width of a row."""
        return int(self._table.shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Rows:
        """(n, dimension) float32, unit rows; static models read queries and documents alike."""
        return self.encode_documents(texts)

    def encode_documents(self, texts: Sequence[str]) -> Rows:
        """(n, dimension) float32, unit rows."""
        return self._rows(self._tokens(texts))

    def encode_with_tokens(self, texts: Sequence[str]) -> tuple[Rows, TokenRows]:
        """The rows, and the distinct tokens of each text for `matcher`: cut once."""
        tokens = self._tokens(texts)
        return self._rows(tokens), token_rows([distinct(ids) for ids in tokens])

    @cached_property
    def matcher(self) -> TokenMatcher:
        """Token matching with this model's table."""
        return TokenMatcher(self._table, self._tokenizer)

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        if len(texts) <= ONE_BY_ONE:
            encodings = [self._tokenizer.encode(text, add_special_tokens=False) for text in texts]
        else:
            encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def _rows(self, tokens: Sequence[Sequence[int]]) -> Rows:
        means = np.zeros((len(tokens), self.dimension), np.float32)
        for mean, ids in zip(means, tokens, strict=True):
            if ids:
                mean[:] = self._table[ids].sum(axis=0) / len(ids)
        return unit_rows(means)


class TransformerEmbedder:
    """Any model of sentence-transformers, from this machine only, computed in float32."""

    def __init__(self, name_or_folder: str) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"  # read when huggingface_hub is first imported
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # loading is silent: commands print JSON
        try:
            self._model = SentenceTransformer(name_or_folder, device="cpu", local_files_only=True).float()
        except (OSError, ValueError, KeyError, ImportError) as error:
            reason = f"本机没有这个模型，或文件不全（{type(error).__name__}）"
            raise _unreadable(Path(name_or_folder), reason) from error
        self.name = name_or_folder
        self.hash = self._digest()

    @property
    def dimension(self) -> int:
        """Width of a row."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode_queries(self, texts: Sequence[str]) -> Rows:
        """(n, dimension) float32, unit rows; the model's query prompt is applied."""
        return unit_rows(np.asarray(self._model.encode_query(list(texts), show_progress_bar=False)))

    def encode_documents(self, texts: Sequence[str]) -> Rows:
        """(n, dimension) float32, unit rows; the model's document prompt is applied."""
        return unit_rows(np.asarray(self._model.encode_document(list(texts), show_progress_bar=False)))

    def _digest(self) -> str:
        digest = hashlib.sha256(json.dumps(self._model.prompts, sort_keys=True).encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.numpy().tobytes())
        return digest.hexdigest()


def _modules(folder: Path) -> list[dict[str, str]]:
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return [{"type": module["type"], "path": module["path"]} for module in modules]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(folder, "modules.json 不完整") from error


def _is_static(folder: Path) -> bool:
    types = [module["type"].rpartition(".")[2] for module in _modules(folder)]
    return types[:1] == ["StaticEmbedding"] and set(types) <= STATIC_MODULES


def _table(folder: Path, weights: bytes) -> Rows:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return np.ascontiguousarray(load(weights)["embedding.weight"], dtype=np.float32)
    except (SafetensorError, KeyError) as error:
        raise _unreadable(folder, "model.safetensors 损坏或不是静态词向量") from error


def _unreadable(folder: Path, reason: str) -> IndexProblem:
    advice = "请换一个模型，或改用内置模型（去掉 GONGBI_EMBEDDER）"
    return IndexProblem(f"嵌入模型 {str(folder)!r} 无法使用：{reason}。{advice}。")
