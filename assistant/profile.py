"""单位档案: what a user's unit is called and knows of itself, kept in the library's database and sent nowhere.

profiles = Profiles.open(library.engine)
profiles.keep("wang", Profile(name="某某市人民医院", organisation=OrganisationType.HOSPITAL))
request = with_profile(request, profiles.of("wang"))
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import JSON, Column, Engine, Table, Text, insert, select
from sqlalchemy import delete as deleting

from assistant.datatypes import Draft, DraftSection, FindingKind, Paragraph, PlanRequest, ProvenanceKind, Sentence
from assistant.edits import amended
from corpus import tables
from corpus.database import writing
from corpus.datatypes import OrganisationType, Topic
from corpus.errors import BadRequest
from corpus.records import from_record, to_record

_SUPERIOR = "上级工会"
_LONGEST_NAME = 60
_MOST_FACTS, _LONGEST_FACT = 20, 200
_MOST_MEMBERS = 10_000_000

profiles = Table(
    "profiles",
    tables.metadata,
    Column("user", Text, primary_key=True),
    Column("profile", JSON, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is empty is left open in drafts, never invented. `off` are the kinds of findings the user does not want."""

    name: str = ""
    short_name: str = ""
    organisation: OrganisationType | None = None
    superior: str = ""  # 上级工会
    chairman: str = ""
    members: int | None = None
    facts: tuple[str, ...] = ()  # sentences ready to print
    off: tuple[FindingKind, ...] = ()


class Profiles:
    """The profiles of all users; one object serves all threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, engine: Engine) -> "Profiles":
        """Those kept in a library's database; the table is made when it is not there."""
        tables.metadata.create_all(engine, tables=[profiles])
        return cls(engine)

    def of(self, user: str) -> Profile:
        """The user's profile, an empty one where nothing was kept."""
        with self._engine.connect() as connection:
            record: Any = connection.execute(select(profiles.c.profile).where(profiles.c.user == user)).scalar()
        return from_record(Profile, record) if record else Profile()

    def keep(self, user: str, profile: Profile) -> None:
        """Replace the user's profile. Raises BadRequest for a name, number or fact that cannot be one."""
        record = to_record(checked(profile))
        with writing(self._engine).begin() as connection:
            connection.execute(deleting(profiles).where(profiles.c.user == user))
            connection.execute(insert(profiles).values(user=user, profile=record))


def checked(profile: Profile) -> Profile:
    """The profile with blanks trimmed. Raises BadRequest for what cannot be."""
    names = {"单位全称": profile.name, "单位简称": profile.short_name, "上级工会": profile.superior}
    for label, name in {**names, "工会主席": profile.chairman}.items():
        if len(name.strip()) > _LONGEST_NAME or any(mark in name for mark in "。；！？\n"):
            raise BadRequest(f"{label}“{name[:20]}”不像一个名称，请填 {_LONGEST_NAME} 字以内、不带句号的名称。")
    if profile.members is not None and not 0 < profile.members <= _MOST_MEMBERS:
        raise BadRequest(f"会员人数 {profile.members} 不对，请填 1 到 {_MOST_MEMBERS:,} 之间的整数，不确定就留空。")
    facts = tuple(fact.strip() for fact in profile.facts if fact.strip())
    long = next((fact for fact in facts if len(fact) > _LONGEST_FACT), None)
    if long or len(facts) > _MOST_FACTS:
        told = f"“{long[:20]}…”超过 {_LONGEST_FACT} 字" if long else f"写了 {len(facts)} 条"
        raise BadRequest(f"本单位情况{told}：最多 {_MOST_FACTS} 条，每条一句话，不超过 {_LONGEST_FACT} 字。")
    return replace(
        profile,
        name=profile.name.strip(),
        short_name=profile.short_name.strip(),
        superior=profile.superior.strip(),
        chairman=profile.chairman.strip(),
        facts=facts,
    )


def with_profile(request: PlanRequest, profile: Profile) -> PlanRequest:
    """The request with what the profile knows and nobody said. It serves the profile's own unit only: a request that
    names another unit or another type is left as it is.
    """
    other_unit = request.name is not None and request.name not in (profile.name, profile.short_name)
    other_type = profile.organisation not in (None, request.organisation)
    if other_unit or other_type:
        return request
    return replace(
        request,
        name=profile.name or request.name,
        short_name=request.short_name or profile.short_name or None,
        facts=(*request.facts, *_facts(profile, said=request.facts)),
    )


def filled_in(draft: Draft, profile: Profile) -> Draft:
    """The draft of the profile's own unit with what the profile knows where a plan says it: the superior union in
    opening and closing, the chairman who answers for the work, blanks. Locked parts and the user's words stay.
    """
    if draft.request.name != (profile.name or None):
        return draft
    sections = (
        section if section.locked else _section(section, _filled(section.topic, profile)) for section in draft.sections
    )
    return replace(draft, sections=tuple(sections))


def hidden(profile: Profile) -> tuple[tuple[str, str], ...]:
    """What a language model is not told of the unit, each with the words that stand for it."""
    pairs = [(profile.superior, _SUPERIOR), (profile.chairman, ""), *((fact, "") for fact in _facts(profile))]
    return tuple((secret, plain) for secret, plain in pairs if secret)


def _facts(profile: Profile, *, said: Sequence[str] = ()) -> tuple[str, ...]:
    """The unit's own sentences; the number of members among them where no other says it."""
    told = any("会员" in fact and re.search(r"\d", fact) for fact in (*profile.facts, *said))
    members = (f"现有会员{profile.members}人。",) if profile.members and not told else ()
    return (*profile.facts, *members)


def _filled(topic: Topic, profile: Profile) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What to look for in a section, and what to put there."""
    frame = topic in (Topic.GUIDING, Topic.CLOSING)
    found = [
        (r"【待填：上级工会】", profile.superior),
        (r"上级工会(?!组织)" if frame else "", profile.superior),
        (r"【待填：工会主席】|(?<=工会主席)(?=负总责|任组长|牵头|为第一责任人)", profile.chairman),
        (r"【待填：会员人数】", str(profile.members or "")),
    ]
    return tuple((re.compile(pattern), value) for pattern, value in found if pattern and value)


def _section(section: DraftSection, wanted: Sequence[tuple[re.Pattern[str], str]]) -> DraftSection:
    return replace(section, paragraphs=tuple(_paragraph(paragraph, wanted) for paragraph in section.paragraphs))


def _paragraph(paragraph: Paragraph, wanted: Sequence[tuple[re.Pattern[str], str]]) -> Paragraph:
    return replace(paragraph, sentences=tuple(_sentence(sentence, wanted) for sentence in paragraph.sentences))


def _sentence(sentence: Sentence, wanted: Sequence[tuple[re.Pattern[str], str]]) -> Sentence:
    if sentence.provenance.kind is ProvenanceKind.USER:
        return sentence
    for pattern, value in wanted:
        for match in reversed(list(pattern.finditer(sentence.text))):
            sentence = put(sentence, match.start(), match.end(), value, why="按单位档案填写")
    return sentence


def put(sentence: Sentence, start: int, end: int, after: str, *, why: str) -> Sentence:
    """The sentence with text[start:end] replaced and its provenance still leading from the source to it."""
    provenance = sentence.provenance
    edits = amended(sentence.text, provenance.edits, start=start, end=end, after=after, why=why)
    text = sentence.text[:start] + after + sentence.text[end:]
    traced = provenance.source or provenance.end  # what a user typed has nothing behind it
    return Sentence(text, replace(provenance, edits=edits) if traced else provenance)
