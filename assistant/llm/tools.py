"""The functions of the house as tools of a chat model. What a tool answers is text for the model; what it does is what
`permission` lets it do. Descriptions are the methods' first lines, in Chinese, for the model reads them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from assistant.compare import compare
from assistant.datatypes import Draft, PlanRequest
from assistant.llm.fence import fenced
from assistant.llm.permission import Table, manners_of, narrowed, operation_of, organisations_of, request_of
from assistant.llm.rewrite import rewrite
from assistant.llm.writer import Writer
from assistant.profile import filled_in
from assistant.resources import Resources
from assistant.revising import Material, apply
from assistant.rewording import Manner
from assistant.rollover import roll_over
from assistant.timeline import render_page
from assistant.understand import next_plan_year
from corpus.datatypes import Topic
from corpus.errors import BadRequest, UserError
from index.datatypes import Filter

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

_FOUND = 5  # passages told to the model
_LONGEST = 3000  # characters of an answer to the model

Compose = Callable[[PlanRequest], Draft]


@dataclass(frozen=True, slots=True)
class Tools:
    """One turn's tools. Only `table` changes."""

    table: Table
    writer: Writer
    resources: Resources
    compose: Compose

    def search(self, query: str, organisation: str = "", topic: str = "") -> str:
        """查范文：按需要的内容找范文段落。organisation 是单位类型，topic 是主题，可不填。"""
        topics = frozenset(each for each in Topic if topic == str(each))
        wanted = Filter(organisations=frozenset(organisations_of([organisation])), topics=topics, union_only=True)
        hits = self.resources.index.search(query[:200], filter=wanted, k=_FOUND).hits
        return fenced((hit.passage.text for hit in hits), longest=400)

    def compare(self, topic: str, organisations: list[str]) -> str:
        """比行业：同一主题在几种单位类型的范文里怎么写。"""
        wanted = next((each for each in Topic if topic == str(each)), None)
        if wanted is None:
            raise BadRequest(f"没有主题“{topic[:20]}”，可用的有：{'、'.join(Topic)}。")
        result = compare(wanted, organisations_of(organisations), passages=self.writer.passages)
        lines = [f"{each.organisation}：{'、'.join(each.only_here) or '没有独有的说法'}" for each in result.columns]
        return "\n".join([*lines, f"共同：{'、'.join(result.common)}"])[:_LONGEST]

    def check(self) -> str:
        """体检当前文稿，列出要改的地方。"""
        from assistant.checking import check_draft
        from assistant.export.text import plain_text

        draft = _present(self.table.draft)
        found = check_draft(draft, plain_text(draft), timeline=self.writer.timeline, samples=self.writer.samples)
        return "\n".join(f"[{each.severity}] {each.message}" for each in found[:20]) or "没有发现问题。"

    def timeline(self, year: int) -> str:
        """看某一年的计划可以写哪些会议、文件、节点。"""
        return render_page(self.writer.timeline.page(year))[:_LONGEST]

    def draft(self, organisation: str = "", name: str = "", year: int = 0, period: str = "") -> str:
        """起草一份计划。只填用户说过的，其余留空。"""
        self._once("draft")
        request = request_of(self.table, organisation, name, year, period)
        return self._changed(filled_in(self.compose(request), self.table.profile), "起草", "已写好", new=True)

    def revise(self, target: str = "") -> str:
        """按用户的要求修改文稿，改法由程序判断。target 是其中哪一部分，可不填。"""
        draft = _present(self.table.draft)
        self._once("revise")
        operation = operation_of(self.table, draft, target)
        revised = apply(draft, operation, material=Material(self.writer.passages, self.writer.timeline))
        return self._changed(revised.draft, str(operation.op), revised.message)

    def rewrite(self, manner: str, target: str = "") -> str:
        """改写文稿的一部分。manner 是 润色、改写降重、缩写、扩写、换语气 之一；target 是哪一部分。"""
        draft, edit = _present(self.table.draft), self.table.said.edit
        wanted = [each for each in manners_of(self.table.said, self.table.words) if manner == str(each)]
        if not wanted:
            raise BadRequest(f"用户没有要求“{manner[:10]}”，没有执行。")
        if not edit and target not in self.table.words:
            raise BadRequest("用户没有说改哪一部分，请先问清。")
        self._once("rewrite")
        place = narrowed(draft, target, edit.target) if edit else target
        result = rewrite(draft, Manner(manner), place, writer=self.writer, detail=edit.detail if edit else "")
        after = filled_in(result.draft, self.table.profile) if result.draft != draft else draft
        return self._changed(after, manner, "；".join((result.message, *result.reports[:5])))

    def rollover(self) -> str:
        """年度续写：把用户给的去年的计划续成今年的。"""
        table = self.table
        if table.document is None:
            raise BadRequest("用户没有给去年的计划，请他上传。")
        self._once("rollover")
        rolled = roll_over(
            table.document,
            year=table.said.year or next_plan_year(table.today),
            name=table.said.name,
            passages=self.writer.passages,
            timeline=self.writer.timeline,
        )
        return self._changed(rolled.draft, "年度续写", f"已续写，改动 {len(rolled.changes)} 处：", new=True)

    def _once(self, name: str) -> None:
        """A change asked for once is made once, however often the model calls."""
        if name in self.table.done:
            raise BadRequest("这一轮已经做过了，请直接答复用户。")
        self.table.done.add(name)

    def _changed(self, draft: Draft, label: str, told: str, *, new: bool = False) -> str:
        """Put the draft on the table."""
        self.table.draft, self.table.label = draft, label
        self.table.is_new = self.table.is_new or new
        self.table.told.append(f"{told}《{draft.title}》" if new else told)
        return self.table.told[-1]


def tools_of(tools: Tools, names: tuple[str, ...]) -> "list[BaseTool]":
    """The named tools for a model."""
    from langchain_core.tools import StructuredTool

    functions: list[Callable[..., str]] = [getattr(tools, name) for name in names]
    return [
        StructuredTool.from_function(_told(function, tools), name=name, description=function.__doc__)
        for name, function in zip(names, functions, strict=True)
    ]


def _told(function: Callable[..., str], tools: Tools) -> Callable[..., str]:
    """The tool with the user's problems told to the model instead of raised, and nothing it is not to know."""

    @wraps(function)
    def tool(*args: object, **kwargs: object) -> str:
        tools.table.seen.add(function.__name__)
        try:
            return tools.writer.discreet(function(*args, **kwargs))
        except UserError as error:
            return str(error)

    return tool


def _present(draft: Draft | None) -> Draft:
    if draft is None:
        raise BadRequest("还没有文稿，请先起草。")
    return draft
