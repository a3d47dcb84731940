"""What the chat says of a draft, a check, a comparison, a search: Markdown, every foreign text escaped."""

import re
from collections import Counter

from assistant.compare import compare
from assistant.datatypes import Draft, ProvenanceKind, Severity
from assistant.export.markdown import escape
from assistant.profile import Profile
from assistant.resources import Resources
from assistant.understand import Understanding
from corpus.datatypes import Passage

QUOTED = 3  # passages quoted in a reply
SHOWN = 90  # characters of a quoted passage in a comparison
NAMED = 4  # samples named under a draft
_NUMBER = re.compile(r"^(\d+)\.")


def told_draft(draft: Draft, said: Understanding, resources: Resources) -> str:
    """What was written, what was assumed, what is still open, and the samples used."""
    kinds = [s.provenance.kind for s in draft.sentences]
    text = "".join(sentence.text for sentence in draft.sentences)
    blanks = text.count("【待填：")
    parts = sum(bool(section.heading) for section in draft.sections)
    borrowed = kinds.count(ProvenanceKind.BORROWED)
    lines = [f"已写好《{escape(draft.title)}》：{parts} 个部分，约 {len(text):,} 字，{borrowed} 句借鉴范文。"]
    if said.reply:
        lines.insert(0, said.reply)
    if said.defaults:
        lines.append(f"没有说明的，我按{'、'.join(said.defaults)}来写，要改直接告诉我。")
    if draft.request.name is None:
        lines.append("单位名称先空着，告诉我“单位是……”就补上，或在[设置](#page-settings)里填一次，以后都不用说。")
    if blanks:
        lines.append(f"有 {blanks} 处【待填】只有您知道，请补上。")
    return "\n\n".join((*lines, _samples(draft, resources), "点文稿里任何一句，都能看到它的来历、换一种写法或自己改。"))


def _samples(draft: Draft, resources: Resources) -> str:
    """The samples a draft borrows from, the most used first."""
    by_id = {passage.id: passage for passage in resources.passages}
    used = Counter(
        _called(by_id[sentence.provenance.source])
        for sentence in draft.sentences
        if sentence.provenance.kind is ProvenanceKind.BORROWED and sentence.provenance.source in by_id
    )
    named = "、".join(f"{escape(name)} {count} 句" for name, count in used.most_common(NAMED))
    return f"取材于{named}{f'等 {len(used)} 篇' if len(used) > NAMED else ''}。" if used else "没有借鉴范文。"


def _called(passage: Passage) -> str:
    return f"《{passage.title}》" if passage.title else passage.file


def told_check(draft: Draft | None, resources: Resources, profile: Profile) -> str:
    """What 体检 says of the draft on the table, without the kinds the user switched off."""
    from assistant.checking import check_draft
    from assistant.export.text import plain_text

    if draft is None:
        return "请到[体检](#page-checkup)粘贴或上传要检查的计划，过时提法、外单位名称、年份、重复都会标出来。"
    text = plain_text(draft)
    found = check_draft(draft, text, timeline=resources.timeline, samples=resources.samples)
    found = tuple(each for each in found if each.kind not in profile.off)
    if not found:
        return "给桌上的文稿做了体检，没有发现问题。"
    counts = Counter(each.severity for each in found)
    told = "、".join(f"{severity} {counts[severity]} 处" for severity in Severity if counts[severity])
    worst = [f"- {escape(each.message)}" for each in sorted(found, key=lambda f: list(Severity).index(f.severity))]
    return "\n".join(
        (f"给桌上的文稿做了体检：{told}。", "", *worst[:QUOTED], "", "点文稿上方的红绿灯，逐条看、一键改。")
    )


def told_comparison(said: Understanding, resources: Resources) -> str:
    """Each type's best passage on the topic, what only it says, what all say."""
    topic, kinds = said.topics[0], said.organisations
    found = compare(topic, kinds, passages=resources.passages)
    lines = [f"**{topic}**，{'、'.join(kinds)}各自的写法："]
    for column in found.columns:
        if column.nothing:
            lines.append(f"**{column.organisation}**：材料中没有。")
            continue
        best = column.hits[0].passage
        words = f"（只有这里说：{'、'.join(map(escape, column.only_here[:4]))}）" if column.only_here else ""
        text = best.text if len(best.text) <= SHOWN else best.text[:SHOWN] + "……"
        lines.append(f"**{column.organisation}**，{len(column.hits)} 段{words}")
        lines.append(_quoted(text, best))
    if found.common:
        lines.append(f"共同的说法：{'、'.join(map(escape, found.common[:8]))}。")
    return "\n\n".join((*lines, "全部段落和表格在[比行业](#page-compare)里。"))


def told_hits(query: str, resources: Resources) -> str:
    """The passages that answer best, or that there are none."""
    hits = resources.index.search(query, k=QUOTED).hits
    if not hits:
        return "范文库中没有相关内容。换个说法再试，或到[查范文](#page-search)里放宽条件。"
    quotes = [_quoted(hit.passage.text, hit.passage) for hit in hits]
    return "\n\n".join(("范文里是这样写的：", *quotes, "更多结果和筛选，请打开[查范文](#page-search)。"))


def _quoted(text: str, passage: Passage) -> str:
    plain = _NUMBER.sub(r"\1\\.", escape(" ".join(text.split())))  # or Markdown makes a list of it
    return f"> {plain}\n>\n> ——{escape(_called(passage))}"
