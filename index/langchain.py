"""工笔 inside anyone's LangChain chain: our embedder as `Embeddings`, our search as a retriever.

embeddings = GongbiEmbeddings.load("index/model")
retriever = GongbiRetriever(index=open_index(folder, library, embedder), k=5)
documents = retriever.invoke("老师生了大病怎么帮")
"""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.datatypes import Filter, Hit
from index.embed import Embedder, load_embedder
from index.search import PassageIndex


class GongbiEmbeddings(Embeddings):
    """Any of our embedders as LangChain's `Embeddings`; rows are of unit length."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    @classmethod
    def load(cls, name_or_folder: str) -> "GongbiEmbeddings":
        """The model in a folder or by name; raises IndexProblem when there is none."""
        return cls(load_embedder(name_or_folder))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One row per text."""
        rows: list[list[float]] = self.embedder.encode_documents(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """One row."""
        row: list[float] = self.embedder.encode_queries([text])[0].tolist()
        return row


class GongbiRetriever(BaseRetriever):
    """Our search as a retriever: passages as documents, with everything known about them as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: PassageIndex
    k: int = 10
    filter: Filter = Filter()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.index.search(query, filter=self.filter, k=self.k).hits]


def _document(hit: Hit) -> Document:
    passage = hit.passage
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "file": passage.file,
            "plan_id": passage.plan_id,
            "title": passage.title,
            "headings": list(passage.headings),
            "organisation": passage.organisation.value,
            "topics": [topic.value for topic in passage.topics],
            "months": list(passage.months),
            "score": hit.score,
            "also_in": [other.id for other in hit.also_in],
        },
    )
