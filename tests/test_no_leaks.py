"""Drafts of every type, year and period carry nothing of the sample units, nothing outdated or of other sectors."""

import json
import re
import unicodedata
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from assistant.datatypes import Draft, Length, Paragraph, PlanRequest, Provenance, ProvenanceKind, Sentence
from assistant.drafting import apply_edits, draft_plan
from assistant.drafting.likeness import overlap, shape
from assistant.drafting.periods import drafting_day, months_of
from assistant.drafting.templates import load_templates
from assistant.drafting.timing import months_named
from assistant.timeline import Timeline
from corpus.datatypes import OrganisationType, Passage, Period

FACTS = Path(__file__).parent / "data" / "foreign_facts.json"
NAMES = {
    OrganisationType.GOVERNMENT: "青禾市财政局",
    OrganisationType.POLICE: "青禾市公安局",
    OrganisationType.SCHOOL: "青禾市第三中学",
    OrganisationType.HOSPITAL: "青禾市人民医院",
    OrganisationType.ENTERPRISE: "青禾机械制造有限公司",
    OrganisationType.POST: "中国邮政青禾市分公司",
    OrganisationType.COUNTY_UNION: "青禾县总工会",
    OrganisationType.TOWNSHIP: "柳溪镇总工会",
    OrganisationType.COMMUNITY: "柳溪社区工会联合会",
    OrganisationType.EDUCATION_HEALTH: "青禾市教科文卫体工会",
    OrganisationType.OTHER: "青禾市勘测中心",
}
YEARS = range(2012, 2028)
PERIODS = tuple(period for period in Period if period not in (Period.NONE, Period.TERM, Period.QUARTER))
SEEDS = 3
# a word, and the types that may say it
SECTOR_WORDS = {
    "教代会|校务公开|师德|教职工|我校|全校|学校党组织": (OrganisationType.SCHOOL, OrganisationType.EDUCATION_HEALTH),
    "院务公开|医德|我院|全院|护士|患者|医务": (OrganisationType.HOSPITAL, OrganisationType.EDUCATION_HEALTH),
    "民警|警务公开|警营|从优待警": (OrganisationType.POLICE,),
    "投递员|报刊收订|寄递": (OrganisationType.POST,),
    "我公司|全公司|公司党委": (OrganisationType.ENTERPRISE, OrganisationType.POST),
    "我县|全县|县委": (OrganisationType.COUNTY_UNION,),
    "我镇|全镇|镇党委": (OrganisationType.TOWNSHIP,),
    "政务公开|我局|局党组": (OrganisationType.GOVERNMENT, OrganisationType.POLICE, OrganisationType.TOWNSHIP),
}
TEMPLATES = {template.id: template.text for template in load_templates()}
MASK = re.compile(r"[〔〕]|[xX×*]{2}|__|20\*\*")


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return Timeline.load()


def letters(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z㐀-鿿]", "", unicodedata.normalize("NFKC", text))


@cache
def facts() -> tuple[tuple[str, str, frozenset[str]], ...]:
    rows = json.loads(FACTS.read_text(encoding="utf-8"))["facts"]
    return tuple((row["quote"], row["severity"], frozenset(row["organisations"])) for row in rows)


def sentences_of(draft: Draft) -> list[tuple[Sentence, int | None]]:
    return [
        (sentence, paragraph.month)
        for section in draft.sections
        for paragraph in section.paragraphs
        for sentence in paragraph.sentences
    ]


def leaked(draft: Draft) -> list[str]:
    """Facts of the sample units that stand in the draft, the unit's own name and words aside."""
    own = "|".join((letters(draft.request.name or ""), *OWN_WORDS.get(draft.request.organisation, ())))
    own += f"|{draft.request.year}年"
    text = "\n".join(sentence.text for sentence, _ in sentences_of(draft))
    plain = letters(text)
    found = []
    for quote, severity, organisations in facts():
        there = quote in text if MASK.search(quote) else letters(quote) in plain
        foreign = severity == "hard" or draft.request.organisation not in organisations
        if there and foreign and quote not in own:
            found.append(quote)
    return found


# what the samples of other types say of themselves and these types say of themselves as well
OWN_WORDS = {OrganisationType.COUNTY_UNION: ("全县", "县总工会", "县委"), OrganisationType.TOWNSHIP: ("镇总工会",)}


def problems(draft: Draft, *, timeline: Timeline, passages: dict[str, Passage]) -> list[str]:
    request = draft.request
    found = [f"leak: {quote}" for quote in leaked(draft)]
    for sentence, month in sentences_of(draft):
        text = sentence.text
        allowed = {month} if month else set(months_of(request))
        found += [f"mask: {text}"] if MASK.search(text) else []
        found += [f"month: {text}"] if not months_named(text) <= allowed else []
        found += [f"punctuation: {text}"] if re.search(r"[，。；：、！？]{2}|^[，。；、]|“”|《》", text) else []
        found += [
            f"{verdict.status}: {text}"
            for _, verdict in timeline.judged(text, year=request.year, drafted=drafting_day(request))
            if not verdict.fine
        ]
        found += [
            f"sector word: {text}"
            for words, organisations in SECTOR_WORDS.items()
            if request.organisation not in organisations and re.search(words, text)
        ]
        found += [f"provenance: {text}"] if not traceable(sentence, timeline, passages) else []
    return found + repeated([sentence.text for sentence, month in sentences_of(draft) if month is None])


def repeated(texts: list[str]) -> list[str]:
    shapes = [(text, shape(text)) for text in texts if len(text) >= 12]
    return [f"repeated: {one} / {other}" for (one, a), (other, b) in combinations(shapes, 2) if overlap(a, b) >= 0.6]


def traceable(sentence: Sentence, timeline: Timeline, passages: dict[str, Passage]) -> bool:
    """Whether the edits alone make the sentence from its source."""
    provenance = sentence.provenance
    if provenance.kind is ProvenanceKind.USER:
        return provenance.source == ""
    if provenance.kind is ProvenanceKind.FACT:
        return provenance.source in timeline.entries
    if provenance.kind is ProvenanceKind.TEMPLATE:
        source = TEMPLATES[provenance.source]
    else:
        source = passages[provenance.source].text
    return apply_edits(source[provenance.start : provenance.end], provenance.edits) == sentence.text


def requests_of(organisation: OrganisationType) -> list[PlanRequest]:
    """Every year with the whole year and every other period, turned so that each period meets each seed and length.

    `tests/bench/bench_drafting.py --grid` draws all years with all periods and three seeds.
    """
    lengths = tuple(Length)
    return [
        PlanRequest(
            organisation,
            NAMES[organisation],
            year,
            period,
            seed=(place + turn) % SEEDS,
            length=lengths[(place + turn // SEEDS) % len(lengths)],
        )
        for place, year in enumerate(YEARS)
        for turn, period in enumerate(PERIODS)
        if period is Period.YEAR or (place + turn) % 2 == 0
    ]


@pytest.mark.parametrize("organisation", NAMES)
def test_nothing_foreign_stale_or_repeated_in_any_year_and_period(
    organisation: OrganisationType, passages: tuple[Passage, ...], timeline: Timeline
) -> None:
    by_id = {passage.id: passage for passage in passages}
    requests = requests_of(organisation)
    assert {(request.year, request.period) for request in requests} >= {(year, Period.YEAR) for year in YEARS}
    assert {request.period for request in requests} == set(PERIODS)
    for request in requests:
        draft = draft_plan(request, passages=passages, timeline=timeline)
        assert problems(draft, timeline=timeline, passages=by_id) == [], request


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        ("组织员工学习河南中久安科技有限公司的经验。", "leak: 河南中久安科技有限公司"),
        ("推进20xx年各项工作落实。", "mask: 推进20xx年各项工作落实。"),
        ("深入学习贯彻党的十七大精神。", "stale: 深入学习贯彻党的十七大精神。"),
        ("加强师德建设，开好教代会。", "sector word: 加强师德建设，开好教代会。"),
        ("做好困难职工帮扶，，建立档案。", "punctuation: 做好困难职工帮扶，，建立档案。"),
    ],
    ids=["leak", "mask", "stale", "sector", "punctuation"],
)
def test_the_search_for_problems_finds_planted_ones(
    planted: str, expected: str, passages: tuple[Passage, ...], timeline: Timeline
) -> None:
    request = PlanRequest(OrganisationType.ENTERPRISE, NAMES[OrganisationType.ENTERPRISE], 2026)
    draft = draft_plan(request, passages=passages, timeline=timeline)
    wrong = Paragraph((Sentence(planted, Provenance(ProvenanceKind.USER)),))
    first, *others = draft.sections
    bad = replace(draft, sections=(replace(first, paragraphs=(*first.paragraphs, wrong)), *others))
    assert expected in problems(bad, timeline=timeline, passages={passage.id: passage for passage in passages})
