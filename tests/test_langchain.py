"""Our embedder and our search inside LangChain."""

from pathlib import Path

from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda
from langchain_core.vectorstores import InMemoryVectorStore
from small_index import DIMENSION, PASSAGES, SmallLibrary, write_model

from corpus.datatypes import OrganisationType
from index.datatypes import Filter
from index.embed import load_embedder
from index.generation import open_index
from index.langchain import GongbiEmbeddings, GongbiRetriever


def test_embeddings_serve_a_langchain_store(tmp_path: Path) -> None:
    embeddings = GongbiEmbeddings.load(str(write_model(tmp_path / "m")))
    assert len(embeddings.embed_query("困难职工")) == DIMENSION
    store = InMemoryVectorStore.from_texts([passage.text for passage in PASSAGES], embeddings)
    (found,) = store.similarity_search(PASSAGES[4].text, k=1)
    assert found.page_content == PASSAGES[4].text


def test_retriever_serves_a_chain_in_three_lines(tmp_path: Path) -> None:
    embedder = load_embedder(str(write_model(tmp_path / "m")))
    retriever = GongbiRetriever(index=open_index(tmp_path / "index", SmallLibrary(), embedder), k=3)
    chain = retriever | RunnableLambda(lambda documents: [document.metadata["file"] for document in documents])
    assert chain.invoke("“教代会”") == ["5.txt"]


def test_document_carries_what_is_known(tmp_path: Path) -> None:
    embedder = load_embedder(str(write_model(tmp_path / "m")))
    index = open_index(tmp_path / "index", SmallLibrary(), embedder)
    enterprises = Filter(organisations=frozenset({OrganisationType.ENTERPRISE}))
    (document,) = GongbiRetriever(index=index, filter=enterprises).invoke("“困难职工”")
    assert isinstance(document, Document)
    assert document.page_content == PASSAGES[2].text
    assert document.id == PASSAGES[2].id
    assert document.metadata == {
        "file": "3.txt",
        "plan_id": "doc03-1",
        "title": "工会工作计划",
        "headings": [],
        "organisation": "企业",
        "topics": ["送温暖与帮扶"],
        "months": [],
        "score": document.metadata["score"],
        "also_in": [],
    }
