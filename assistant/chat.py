"""One turn of the conversation: understand what was said, act, reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.datatypes import Draft, Length, PlanRequest, ProvenanceKind
from assistant.export.markdown import escape
from assistant.resources import Resources
from assistant.understand import Intent, Understanding, next_plan_year, understand
from corpus.datatypes import OrganisationType, Period
from corpus.errors import UserError

EXAMPLE = "帮我写一份2026年医院工会工作计划，单位是某某市人民医院"
NOT_ASKED = (OrganisationType.PEOPLES_CONGRESS, OrganisationType.OTHER)  # types nobody drafts for
QUOTED = 3  # passages quoted in a reply


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer of 工笔: what it says (Markdown), the draft it wrote if any, and answers to click."""

    reply: str
    draft: Draft | None = None
    choices: tuple[str, ...] = ()


def answer(utterances: Sequence[str], *, seed: int, today: date, resources: Resources) -> Turn:
    """Answer the last of a user's utterances; the earlier ones fill what it leaves open."""
    said = understand(utterances, today=today)
    match said.intent:
        case Intent.SMALLTALK | Intent.OUT_OF_SCOPE:
            return Turn(said.reply)
        case Intent.SEARCH:
            return Turn(_found(said.text, resources))
        case Intent.COMPARE:
            return Turn("要对比不同行业的写法，请打开上方的**比行业**：选好主题和单位类型，就能并排看。")
    if said.organisation is None:
        return Turn("请问是哪一类单位的工会？", choices=tuple(k for k in OrganisationType if k not in NOT_ASKED))
    request = plan_request(said, seed=seed, today=today)
    try:
        draft = write(request, resources)
    except UserError as error:
        return Turn(str(error))
    return Turn(_reply(draft, said), draft)


def plan_request(said: Understanding, *, seed: int, today: date) -> PlanRequest:
    """The request behind what was said; year, period and length fall back to what is usual."""
    if said.organisation is None:
        raise ValueError("a request needs an organisation type")
    return PlanRequest(
        organisation=said.organisation,
        name=said.name,
        year=said.year or next_plan_year(today),
        period=said.period or Period.YEAR,
        emphasis=said.emphasis,
        length=said.length or Length.STANDARD,
        seed=seed,
    )


def write(request: PlanRequest, resources: Resources) -> Draft:
    """Compose the draft. Raises BadRequest for what cannot be drafted."""
    from assistant.drafting import draft_plan

    return draft_plan(request, passages=resources.passages, timeline=resources.timeline)


def _reply(draft: Draft, said: Understanding) -> str:
    """What was written, what was assumed, what is still open."""
    kinds = [s.provenance.kind for s in draft.sentences]
    text = "".join(sentence.text for sentence in draft.sentences)
    blanks = text.count("【待填：")
    parts = sum(bool(section.heading) for section in draft.sections)
    borrowed = kinds.count(ProvenanceKind.BORROWED)
    lines = [f"已写好《{escape(draft.title)}》：{parts} 个部分，约 {len(text):,} 字，{borrowed} 句借鉴范文。"]
    request = draft.request
    taken = [
        *([f"{request.year}年"] if said.year is None else []),
        *([f"{request.period}计划"] if said.period is None else []),
        *([f"{request.length}篇幅"] if said.length is None else []),
    ]
    if taken:
        lines.append(f"没有说明的，我按{'、'.join(taken)}来写，要改直接告诉我。")
    if said.name is None:
        lines.append("单位名称先空着，告诉我“单位是……”就补上。")
    if blanks:
        lines.append(f"有 {blanks} 处【待填】只有您知道，请补上。")
    lines.append("点文稿里任何一句，都能看到它的来历。")
    return "\n\n".join(lines)


def _found(query: str, resources: Resources) -> str:
    hits = resources.index.search(query, k=QUOTED).hits
    if not hits:
        return "范文库中没有相关内容。换个说法再试，或到**查范文**里放宽条件。"
    quotes = [f"> {escape(hit.passage.text)}\n>\n> ——{escape(hit.passage.title or hit.passage.file)}" for hit in hits]
    return "\n\n".join(("范文里是这样写的：", *quotes, "更多结果和筛选，请打开上方的**查范文**。"))
