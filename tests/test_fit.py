"""Fitting: the weights that explain the choices, a threshold that lets answerable queries pass."""

import json
from collections.abc import Sequence

import numpy as np
import pytest

from index.abstention import KINDS
from index.embed import BUILT_IN, Rows, load_embedder
from index.expansion import expansions, telling
from index.fit import asked_queries, fit_abstention, fit_weights, written_passage
from index.fusion import FEATURES, WEIGHTS, read_fusion
from index.scale import Scale, measure_scale
from index.training.domain import load_domain


def test_weights_follow_the_feature_that_tells() -> None:
    random = np.random.default_rng(0)
    examples = []
    for _ in range(60):
        matrix = random.normal(size=(20, 3))
        scores = 4 * matrix[:, 0] + 2 * matrix[:, 1]
        shares = np.exp(scores - scores.max())
        examples.append((matrix, shares / shares.sum()))
    weights = fit_weights(examples)
    assert weights.tolist() == pytest.approx([1, 0.5, 0], abs=0.05)


def test_threshold_stands_where_mistakes_cost_least() -> None:
    random = np.random.default_rng(0)
    answerable = random.normal(size=(1000, 2)) + [5, 0]
    others = random.normal(size=(300, 2))
    bias, *slopes = fit_abstention(answerable, others)
    assert slopes[0] > abs(slopes[1]) * 5
    assert (answerable @ slopes + bias > 0).mean() >= 0.99
    assert (others @ slopes + bias < 0).mean() >= 0.95


def test_only_queries_kept_out_of_training_are_asked() -> None:
    domain = load_domain()
    asked = asked_queries(domain, ())
    kept = {q.text for owner in domain.passages for q in owner.queries if owner.checked or q.checked}
    assert {one.text for one in asked} == kept
    assert all(max(one.right.values()) == 1.0 for one in asked)


def test_written_passage_carries_its_labels() -> None:
    written = load_domain().passages[0]
    passage = written_passage(written)
    assert (passage.text, passage.headings) == (written.text, (written.heading,))
    assert passage.organisation == written.organisation


def test_shipped_weights_are_complete() -> None:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert tuple(data["weights"]) == FEATURES
    assert tuple(data["abstain"]) == ("bias", *KINDS)
    assert read_fusion(WEIGHTS).scale.related > read_fusion(WEIGHTS).scale.unrelated


def test_missing_weight_is_named(tmp_path: object) -> None:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    del data["weights"]["month"]
    file = WEIGHTS.__class__(str(tmp_path)) / "fusion.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ValueError, match=r"fusion\.json"):
        read_fusion(file)


def test_scale_maps_its_ends_onto_the_other() -> None:
    cosines = np.array([0.6, 0.8], dtype=np.float32)
    assert Scale(0.6, 0.8).brought_to(Scale(0.0, 0.5), cosines).tolist() == pytest.approx([0, 0.5], abs=1e-6)
    assert Scale(0.6, 0.6).brought_to(Scale(0.0, 0.5), cosines).tolist() == cosines.tolist()


def test_telling_words() -> None:
    assert telling("的") < telling("活动") < telling("疗休养") == 1.0


def test_expansions_name_the_same_thing_otherwise() -> None:
    added = {(item.cue, item.origin): item.phrases for item in expansions("教代会怎么开", organisations=())}
    assert "教职工代表大会" in added["教代会", "same"]
    assert "职代会" in added["教代会", "family"]
    assert expansions("", organisations=()) == ()


class Deaf:
    """An embedder to which every text is the same."""

    name, hash, dimension = "deaf", "0", 2

    def encode_queries(self, texts: Sequence[str]) -> Rows:
        return np.tile(np.array([[1, 0]], dtype=np.float32), (len(texts), 1))

    encode_documents = encode_queries


def test_trust_follows_what_a_model_tells_apart() -> None:
    built_in, deaf = measure_scale(load_embedder(str(BUILT_IN))), measure_scale(Deaf())
    assert built_in.trust == 1.0
    assert built_in.related - built_in.unrelated > 0.3
    assert (deaf.unrelated, deaf.related, deaf.trust) == (1.0, 1.0, 0.0)
