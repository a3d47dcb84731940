"""Shared fixtures: the five sample documents, read once a session, and a library and index made from them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Server, running_server

from assistant.config import Settings
from assistant.resources import Resources
from corpus.datatypes import Passage, Plan, Reading

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "corpus" / "documents"


@pytest.fixture(scope="session")
def readings() -> tuple[Reading, ...]:
    from corpus.load import load
    from corpus.read import read

    return tuple(read(load(path)) for path in sorted(DOCUMENTS.glob("*.txt")))


@pytest.fixture(scope="session")
def plans(readings: tuple[Reading, ...]) -> tuple[Plan, ...]:
    return tuple(plan for reading in readings for plan in reading.plans)


@pytest.fixture(scope="session")
def passages(readings: tuple[Reading, ...]) -> tuple[Passage, ...]:
    return tuple(passage for reading in readings for passage in reading.passages)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh GONGBI_HOME whose path holds Chinese characters and a space."""
    folder = tmp_path / "工会 资料"
    monkeypatch.setenv("GONGBI_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Resources:
    """The sample library with its index and timeline; to look at only."""
    from assistant.resources import open_resources

    home = tmp_path_factory.mktemp("library")
    return open_resources(Settings.from_environment({"GONGBI_HOME": str(home)}))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product served from a fresh home, cut off from every other machine."""
    with running_server(tmp_path_factory.mktemp("server")) as running:
        yield running
