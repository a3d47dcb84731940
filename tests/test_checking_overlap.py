"""查重: what is found, named and measured, and the index behind it."""

import random
from dataclasses import replace

import pytest

from assistant.checking import CheckRequest, Samples, check, overlap
from assistant.checking.shingles import LENGTH, WINDOW, ShingleIndex, letters, letters_at
from assistant.datatypes import FindingKind, Severity
from assistant.timeline import Timeline
from corpus.datatypes import Passage
from corpus.words import sentence_spans


@pytest.fixture(scope="module")
def samples(passages: tuple[Passage, ...]) -> Samples:
    return Samples.build(passages)


def long_sentence(passages: tuple[Passage, ...]) -> tuple[Passage, str]:
    for passage in passages:
        for start, end in sentence_spans(passage.text):
            if 60 <= end - start <= 90 and "〔" not in passage.text[start:end]:
                return passage, passage.text[start:end]
    raise AssertionError("no such sentence")


def test_a_copied_sentence_is_named_with_its_place(passages: tuple[Passage, ...], samples: Samples) -> None:
    passage, sentence = long_sentence(passages)
    text = "四月举办猜灯谜会，奖品自备。" + sentence + "五月组织包粽子，邀请家属同来。"
    measured = overlap(text, samples=samples)
    copy = measured.copies[0]
    assert letters(text[copy.start : copy.end]) in letters(passage.text) or letters(copy.quote) in letters(sentence)
    assert letters(copy.quote) == letters(text[copy.start : copy.end])
    assert 0.5 < measured.against_samples < 1
    assert measured.against_last is None
    (finding,) = [
        each
        for each in check(text, request=CheckRequest(2026), timeline=Timeline.load(), samples=samples)
        if each.kind is FindingKind.OVERLAP
    ]
    assert finding.text == sentence
    assert finding.severity is Severity.HINT
    assert copy.passage.file in finding.message


def test_the_two_numbers_are_apart(samples: Samples) -> None:
    last = "我们打算把旧仓库改成修理工坊，请老师傅每周四下午坐堂教大家修小家电。"
    new = "另外给夜班同志准备热汤面和手写便条，月底把写得最暖心的贴上墙报。"
    measured = overlap(last + new, samples=samples, last_plan=last)
    assert measured.against_samples == 0
    assert measured.against_last == pytest.approx(len(letters(last)) / len(letters(last + new)))
    assert overlap(new, samples=samples, last_plan=last).against_last == 0
    assert overlap("", samples=samples).against_samples == 0


def test_punctuation_does_not_hide_a_copy(passages: tuple[Passage, ...], samples: Samples) -> None:
    _, sentence = long_sentence(passages)
    spaced = " ".join(sentence.replace("，", "、"))
    assert overlap(spaced, samples=samples).against_samples == 1.0


def test_a_sample_is_wholly_its_own_copy(passages: tuple[Passage, ...], samples: Samples) -> None:
    for passage in passages:
        if len(letters(passage.text)) >= 20:
            assert overlap(passage.text, samples=samples).against_samples == 1.0


def test_any_shared_stretch_of_the_promised_length_is_found() -> None:
    chance = random.Random(3)
    alphabet = [chr(c) for c in range(0x4E00, 0x4E00 + 600)]
    texts = ["".join(chance.choices(alphabet, k=chance.randint(1, 90))) for _ in range(300)]
    index = ShingleIndex.build(texts)
    for owner, text in enumerate(texts):
        if len(text) < LENGTH + WINDOW - 1:
            continue
        start = chance.randint(0, len(text) - LENGTH - WINDOW + 1)
        asked = text[start : start + LENGTH + WINDOW - 1]
        assert owner in index.owners_of(asked, most=5)
    assert index.owners_of("没有这样的一段文字在任何地方出现过的", most=5) == ()
    assert ShingleIndex.build([]).owners_of("什么都没有的索引里什么都找不到", most=5) == ()


def test_letters_keep_their_places() -> None:
    text = "一、开展〔年份〕年 “读书” 活动。"
    folded, offsets = letters_at(text)
    assert folded == letters(text) == "一开展年读书活动"
    assert "".join(text[offset] for offset in offsets) == folded


def test_names_of_a_sample_are_known_again(passages: tuple[Passage, ...], samples: Samples) -> None:
    name = next(name for name in samples.names if "工会" in name)
    text = f"六月与{name}一起举办活动。"
    findings = check(text, request=CheckRequest(2026), timeline=Timeline.load(), samples=samples)
    (finding,) = [each for each in findings if each.kind is FindingKind.ENTITY]
    assert finding.text == name
    assert samples.names[name].file in finding.message
    own = check(text, request=CheckRequest(2026, name=name), timeline=Timeline.load(), samples=samples)
    assert [each for each in own if each.kind is FindingKind.ENTITY] == []


def test_removed_passages_are_no_longer_compared(passages: tuple[Passage, ...]) -> None:
    passage, sentence = long_sentence(passages)
    one = Samples.build([replace(passage, entities=())])
    assert overlap(sentence, samples=one).against_samples == 1.0
    assert overlap(sentence, samples=Samples.build([])).against_samples == 0
