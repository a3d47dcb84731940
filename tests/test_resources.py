"""Opening the house: first start, second start, and a start after the rules of reading have changed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import resources
from assistant.config import Settings
from assistant.resources import open_library, open_resources
from corpus.errors import BadRequest
from corpus.load import load_bytes
from corpus.read import read


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings.from_environment()


def steps_of(settings: Settings) -> list[tuple[str, int, int]]:
    seen: list[tuple[str, int, int]] = []
    open_library(settings, progress=lambda what, done, total: seen.append((what, done, total))).close()
    return seen


def test_the_first_start_imports_the_samples_and_the_second_does_nothing(settings: Settings) -> None:
    assert steps_of(settings)[-1] == ("导入范文", 5, 5)
    assert steps_of(settings) == []


def test_other_rules_read_the_library_anew_and_corrections_stay(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library(settings)
    plan = library.plans()[0]
    library.correct(plan.id, "unit", "某某市建设局")
    library.close()
    monkeypatch.setattr(resources, "rules_fingerprint", lambda: "a later version")
    assert steps_of(settings)[-1] == ("按新规则重读", 5, 5)
    assert open_library(settings).plan(plan.id).labels.unit == "某某市建设局"
    assert steps_of(settings) == []


def test_an_emptied_library_stays_empty(settings: Settings) -> None:
    library = open_library(settings)
    for document in library.documents():
        library.remove(document.id)
    library.close()
    assert open_library(settings).documents() == ()


@pytest.mark.parametrize("port", ["0", "65536", "八千", "-1", "7860.0"])
def test_a_port_that_is_none(port: str) -> None:
    with pytest.raises(BadRequest, match="端口"):
        Settings.from_environment({"GONGBI_PORT": port})


def test_settings_from_the_environment(tmp_path: Path) -> None:
    values = {"GONGBI_HOME": str(tmp_path), "GONGBI_HOST": "0.0.0.0", "GONGBI_PORT": "8000", "GONGBI_EMBEDDER": "m"}
    assert Settings.from_environment(values) == Settings(tmp_path, "m", "0.0.0.0", 8000)


def test_users_who_search_at_once_after_a_change_all_get_the_new_library(settings: Settings) -> None:
    house = open_resources(settings)
    text = "某某镇中心小学工会2025年工作计划\n一、主要工作\n1.组织教职工踢毽子比赛和春季登山，丰富文体生活。\n"
    for number in range(3):
        name = f"镇{number}.txt"
        house.library.add(read(load_bytes(name, f"{text}{number}。".encode())))
        assert any(hit.passage.file == name for hit in house.index.search("踢毽子比赛").hits)
        house.library.remove(next(held.id for held in house.library.documents() if held.name == name))
        with ThreadPoolExecutor(4) as users:
            found = list(users.map(lambda _: house.index.search("踢毽子比赛").hits, range(4)))
        assert all(hits for hits in found)
        assert not any(hit.passage.file == name for hits in found for hit in hits)
