"""`gongbi draft`: one plan or a file of them."""

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands import output
from assistant.commands.batch import answer_rows
from assistant.commands.files import require_format, write_draft
from assistant.commands.parser import Parser
from assistant.commands.values import day, number, organisation_type, period, several, written, year
from assistant.datatypes import Draft, Length, PlanRequest
from assistant.payload import declined_payload, draft_payload
from assistant.resources import Resources
from corpus.datatypes import Period
from corpus.errors import BadRequest

if TYPE_CHECKING:
    from assistant.llm.writer import Writer


def add_options(verb: Parser) -> None:
    """Its options."""
    verb.add_argument("--batch", type=Path, metavar="FILE", help="每行一个请求的 JSONL 文件")
    verb.add_argument("--organisation", help="单位类型")
    verb.add_argument("--name", help="单位名称；不给则留待填")
    verb.add_argument("--year", help="年份")
    verb.add_argument("--period", default=Period.YEAR.value, help="周期，默认“年度”")
    verb.add_argument("--emphasis", action="append", default=[], help="侧重，可多次")
    verb.add_argument("--length", default="标准", help="简版、标准、详版")
    verb.add_argument("--drafted", help="起草日期 YYYY-MM-DD，默认当年 2 月 15 日")
    verb.add_argument("--seed", type=int, default=0, help="换一版用另一个数")
    writer = verb.add_mutually_exclusive_group()
    writer.add_argument("--model", metavar="NAME", help="用这个语言模型来写，代替设置里的")
    writer.add_argument("--offline", action="store_true", help="设置了语言模型也不用")
    verb.add_argument("--json", action="store_true")
    verb.add_argument("-o", "--output", type=Path, metavar="FILE", help="写成 .docx、.md 或 .txt")


def run(options: argparse.Namespace) -> int:
    """Write one plan or a file of them."""
    if options.batch:
        return _draft_batch(options)
    if not options.organisation or not options.year:
        raise BadRequest(
            "起草要有单位类型和年份，例如 gongbi draft --organisation 医院 --name 某某市人民医院 --year 2026"
        )
    request = _request(vars(options))
    require_format(options.output)
    resources = output.resources()
    draft = _draft(resources, request, _writer(options, resources))
    if options.output:
        write_draft(draft, options.output)
        sys.stderr.write(f"已写入 {options.output}\n")
    elif options.json:
        output.print_json(_drafted(resources, draft))
    else:
        from assistant.export.text import plain_text

        print(plain_text(draft))
    return 0


def _draft_batch(options: argparse.Namespace) -> int:
    resources = output.resources()
    writer = _writer(options, resources)

    def answer(row: dict[str, Any]) -> dict[str, Any]:
        try:
            return _drafted(resources, _draft(resources, _request(row), writer))
        except BadRequest as error:
            return declined_payload(str(error))

    return answer_rows(options.batch, answer)


def _request(values: dict[str, Any]) -> PlanRequest:
    """A request from options or a batch row; raises BadRequest for what cannot be."""
    length = written(values, "length") or Length.STANDARD
    if length not in set(Length):
        raise BadRequest(f"没有篇幅 {length!r}。可用的有：{'、'.join(Length)}。")
    return PlanRequest(
        organisation=organisation_type(written(values, "organisation")),
        name=written(values, "name") or None,
        year=year(written(values, "year")),
        period=period(written(values, "period") or Period.YEAR),
        emphasis=several(values, "emphasis"),
        length=Length(length),
        drafted=day(drafted) if (drafted := written(values, "drafted")) else None,
        seed=number(values, "seed"),
    )


def _draft(resources: Resources, request: PlanRequest, writer: "Writer | None") -> Draft:
    """The draft, by the model where there is one; what the model did is told on stderr."""
    if writer is None:
        from assistant.drafting import draft_plan

        return draft_plan(request, passages=resources.passages, timeline=resources.timeline)
    from assistant.llm.write import State, write_draft

    for step in write_draft(request, writer=writer):
        if step.state is not State.WRITING:
            sys.stderr.write("\n    ".join((f"{step.heading}：{step.state}", *step.messages)) + "\n")
        draft = step.draft
    return draft


def _writer(options: argparse.Namespace, resources: Resources) -> "Writer | None":
    """The configured model with all it needs; None where there is none or --offline is given."""
    from assistant.llm.settings import ModelSettings, read_model

    settings = None if options.offline else read_model(resources.settings.home)
    if options.model and not options.offline:
        settings = dataclasses.replace(settings or ModelSettings(""), name=options.model)
    if settings is None:
        return None
    from assistant.llm.writer import open_writer

    return open_writer(settings, resources)


def _drafted(resources: Resources, draft: Draft) -> dict[str, Any]:
    from assistant.checking import check_draft
    from assistant.export.markdown import markdown
    from assistant.export.text import plain_text

    text = plain_text(draft)
    findings = check_draft(draft, text, timeline=resources.timeline, samples=resources.samples)
    return draft_payload(draft, text=text, markdown=markdown(draft), findings=findings)
