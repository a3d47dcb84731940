import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words import LEXICON, lexicon_terms, search_words, sentence_spans, words


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_union_terms_stay_whole() -> None:
    assert words("召开教代会，签订女职工专项集体合同。") == ["召开", "教代会", "，", "签订", "女职工专项集体合同", "。"]


def test_search_follows_a_term_into_the_terms_it_is_made_of() -> None:
    assert search_words("女职工专项集体合同") == ["女职工", "专项", "集体合同", "女职工专项集体合同"]
    assert search_words("困难职工帮扶中心") == ["困难职工", "帮扶中心", "困难职工帮扶中心"]


def test_blanks_are_no_words() -> None:
    assert words("送温暖 　\n金秋助学") == ["送温暖", "金秋助学"]
    assert words("") == []


def test_lexicon_holds_each_term_once() -> None:
    lines = [line for path in LEXICON.glob("*.txt") for line in path.read_text(encoding="utf-8").splitlines()]
    listed = [line for line in lines if line and not line.startswith("#")]
    assert len(listed) == len(set(listed)) == len(lexicon_terms())
    assert len(listed) > 500


def test_threads_share_one_dictionary() -> None:
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(words("推进厂务公开民主管理"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["推进", "厂务公开", "民主管理"]] * 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、指导思想\n坚持以人为本；服务职工。", ["一、指导思想", "坚持以人为本；", "服务职工。"]),
        ("开展“学技能；比贡献”活动。", ["开展“学技能；比贡献”活动。"]),
        ("学习《关于工会工作的意见。试行》文件。抓好落实！", ["学习《关于工会工作的意见。试行》文件。", "抓好落实！"]),
        ("做到“职工有困难，工会有回应。”\n二是帮扶", ["做到“职工有困难，工会有回应。”", "二是帮扶"]),
        ("提高入会率?加强宣传……抓紧", ["提高入会率?", "加强宣传……", "抓紧"]),
        ("没有收尾的“引号。后面还有。", ["没有收尾的“引号。", "后面还有。"]),
        ("  \n\n", []),
    ],
    ids=["marks-and-lines", "quotes", "book", "closing-quote", "ascii-and-dots", "open-quote", "blank"],
)
def test_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="工会职工。；！？“”《》（）\n \t一、1.", max_size=80))
def test_sentences_are_ordered_trimmed_and_cover_everything(text: str) -> None:
    spans = sentence_spans(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
