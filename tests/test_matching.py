import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from index.matching import TokenMatcher

WORDS = ["[UNK]", "看望", "慰问", "病号", "经费", "的"]
TABLE = np.array([[0, 0], [3, 1], [3, 0], [0, 2], [-1, 0], [0.01, 0.01]], np.float32)


@pytest.fixture
def matcher() -> TokenMatcher:
    tokenizer = Tokenizer(models.Unigram([(word, -1.0 - i) for i, word in enumerate(WORDS)], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return TokenMatcher(TABLE, tokenizer)


def test_each_word_finds_its_closest_partner(matcher: TokenMatcher) -> None:
    scores = matcher.scores("看望 病号", matcher.tokens(["慰问 病号 经费", "经费 的", "慰问"]))
    lengths, close = np.array([np.sqrt(10), 2]), 3 / np.sqrt(10)
    expected = [(lengths @ best) / lengths.sum() for best in ([close, 1], [4 / np.sqrt(20), np.sqrt(0.5)], [close, 0])]
    assert np.allclose(scores, expected, atol=1e-6)


def test_words_that_say_little_weigh_little(matcher: TokenMatcher) -> None:
    passages = matcher.tokens(["慰问", "的 经费"])
    assert np.abs(matcher.scores("慰问 的", passages) - matcher.scores("慰问", passages)).max() < 0.01


def test_nothing_known_scores_nothing(matcher: TokenMatcher) -> None:
    assert matcher.scores("龘", matcher.tokens(["慰问"])).tolist() == [0.0]
    assert matcher.scores("慰问", matcher.tokens([""])).tolist() == [0.0]
    assert matcher.scores("慰问", matcher.tokens([])).tolist() == []


def test_tokens_are_distinct_and_can_be_taken(matcher: TokenMatcher) -> None:
    rows = matcher.tokens(["病号 慰问 病号", "", "经费"])
    assert (rows.ids.tolist(), rows.starts.tolist(), len(rows)) == ([2, 3, 0, 4], [0, 2, 3, 4], 3)
    taken = rows.take(np.array([2, 0]))
    assert (taken.ids.tolist(), taken.starts.tolist()) == ([4, 2, 3], [0, 1, 3])
