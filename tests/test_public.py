"""Public question sets: read, split into what fits and what measures, scored."""

import gzip
from pathlib import Path

import pytest

from index.evaluate import JudgedQuery, ShownHit
from index.public import Question, ndcg, read_set


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = ["title\t题目\t第一段。", *(f"qa\t问题{n}\t第{n % 3}段。" for n in range(8)), "qa\t问题0\t第2段。"]
    for name in ("drcd_test", "dureader"):
        with gzip.open(tmp_path / f"{name}.tsv.gz", "wt", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    return tmp_path


def test_questions_are_joined_with_all_their_answers(folder: Path) -> None:
    questions = read_set(folder, "dureader")
    assert [passage.text for passage in questions.passages] == ["第0段。", "第1段。", "第2段。"]
    assert questions.fitted == ()
    assert len(questions.measured) == 8
    first, third = questions.passages[0].id, questions.passages[2].id
    assert questions.measured[0] == Question("问题0", frozenset({first, third}))


def test_no_question_both_fits_and_measures(folder: Path) -> None:
    questions = read_set(folder, "drcd_test")
    fitted, measured = ({question.text for question in part} for part in (questions.fitted, questions.measured))
    assert fitted == {"问题0", "问题2", "问题4", "问题6"}
    assert measured == {"问题1", "问题3", "问题5", "问题7"}


def test_ndcg_counts_every_right_passage(folder: Path) -> None:
    questions = read_set(folder, "dureader")
    shown = [ShownHit(passage.file, passage.embedding_text) for passage in questions.passages]

    def run(query: JudgedQuery) -> list[ShownHit]:
        return shown

    asked = questions.measured[:1]  # answered by the first and the third
    assert ndcg(run, asked, questions.passages) == pytest.approx((1 + 0.5) / (1 + 1 / 1.584962500721156))
