"""One function per verb of the `gongbi` command: take the options, call the house, print the result."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli import day, organisation_type, period, topic
from assistant.config import SAMPLE_DOCUMENTS, Settings, read_port
from assistant.datatypes import Draft, Finding, Length, PlanRequest
from assistant.payload import (
    batch_search_payload,
    comparison_payload,
    declined_payload,
    draft_payload,
    finding_payload,
    plan_payload,
    reading_payload,
    rollover_payload,
    search_payload,
    understanding_payload,
)
from assistant.resources import Progress, Resources, open_library, open_resources
from assistant.rolling.datatypes import Rollover
from corpus.datatypes import Period
from corpus.errors import BadRequest, UserError
from corpus.library import Library
from index.datatypes import Filter

if TYPE_CHECKING:
    from assistant.llm.writer import Writer


def run_serve(options: argparse.Namespace) -> int:
    """Start the web page; returns when it is stopped."""
    settings = Settings.from_environment()
    options.open_pages(
        settings,
        host=options.host or settings.host,
        port=read_port(options.port) if options.port else settings.port,
        accounts=options.auth,
        progress=progress_bar(),
    )
    return 0


def run_index(options: argparse.Namespace) -> int:
    """Bring the index up to the library, or build it anew."""
    resources = _resources()
    index = resources.rebuild_index() if options.rebuild else resources.index
    manifest = index.manifest
    if options.json:
        print_json(
            {
                "passages": manifest.passages,
                "embedder": manifest.embedder,
                "dimension": manifest.dimension,
                "library_revision": manifest.library_revision,
                "built": manifest.built,
            }
        )
    else:
        print(f"索引就绪：{manifest.passages} 个段落，模型 {manifest.embedder}（{manifest.dimension} 维）。")
    return 0


def run_read(options: argparse.Namespace) -> int:
    """Show what is read from files, without adding them."""
    from corpus.load import load
    from corpus.read import read

    failed = 0
    for path in options.files:
        try:
            reading = read(load(path))
        except UserError as error:
            sys.stderr.write(f"{error}\n")
            failed += 1
            continue
        if options.json:
            print_json(reading_payload(reading))
            continue
        print(f"{reading.document.name}：{len(reading.plans)} 篇，修复 {len(reading.repairs)} 处")
        for plan in reading.plans:
            print(f"  {_plan_line(plan_payload(plan))}")
    return 1 if failed else 0


def run_corpus(options: argparse.Namespace) -> int:
    """Add to, remove from, list or look into the library."""
    library = open_library(Settings.from_environment(), progress=progress_bar())
    if options.action == "add":
        from corpus.ingest import FileOutcome, ingest

        failed = 0
        bar = progress_bar()
        steps = ingest(
            library, options.paths, collection=options.collection, progress=lambda n, m, _: bar("读入文件", n, m)
        )
        for state in steps:
            sys.stderr.write(f"{state.path.name}：{state.outcome}{'，' + state.message if state.message else ''}\n")
            failed += state.outcome is FileOutcome.REFUSED
        return 1 if failed else 0
    if options.action == "remove":
        name = library.document(options.id).name
        library.remove(options.id)
        print(f"已移出 {name}；检索、比较和起草都不再用它。")
        return 0
    if options.action == "list":
        return _list_corpus(options, library)
    return _show_corpus(options, library)


def _list_corpus(options: argparse.Namespace, library: Library) -> int:
    documents = library.documents()
    plans = library.plans()
    rows: list[dict[str, Any]] = [
        {
            "id": document.id,
            "file": document.name,
            "collection": document.collection,
            "plans": [_listed(plan_payload(plan)) for plan in plans if plan.id.startswith(document.id[:12])],
        }
        for document in documents
    ]
    if options.json:
        print_json({"documents": rows})
        return 0
    for row in rows:
        print(f"{row['id'][:12]}  {row['file']}（{row['collection']}，{len(row['plans'])} 篇）")
        for plan in row["plans"]:
            print(f"    {_plan_line(plan)}")
    return 0


def _listed(plan: dict[str, Any]) -> dict[str, Any]:
    """A plan's payload without its long parts."""
    return {k: v for k, v in plan.items() if k not in ("text", "sections", "entities", "slots")}


def _plan_line(plan: dict[str, Any]) -> str:
    era = f"{plan['era'][0]}—{plan['era'][1]}年" if plan["era"] else "年代不详"
    union = "" if plan["is_union"] else "，不是工会材料"
    doubt = "？" if min(plan["confidence"].values()) < 0.6 else ""
    kind = {"plan": "计划", "summary": "总结", "report": "汇报", "mixed": "总结加计划"}[plan["kind"]]
    title = plan["title"] or "（无标题）"
    return f"{plan['id']}  {title}｜{plan['organisation']}｜{plan['period']}｜{kind}｜{era}{union}{doubt}"


def _show_corpus(options: argparse.Namespace, library: Library) -> int:
    shown = library.reading(options.id)
    if options.json:
        print_json(reading_payload(shown))
        return 0
    print(f"{shown.document.name}：{len(shown.plans)} 篇")
    for plan in shown.plans:
        print(_plan_line(plan_payload(plan)))
        for section in plan.sections:
            print(f"    {section.heading or '（无小标题）'}：{'、'.join(section.topics)}")
    print(f"修复 {len(shown.repairs)} 处：")
    for repair in shown.repairs:
        print(f"    {repair.kind} {repair.start}—{repair.end}：{repair.before!r} → {repair.after!r}")
    return 0


def run_search(options: argparse.Namespace) -> int:
    """Find passages for one query or a file of them."""
    if (options.query is None) == (options.batch is None):
        raise BadRequest('请给一个查询，或用 --batch 给一个文件。例如 gongbi search "老师生病怎么帮"')
    if options.k < 1:
        raise BadRequest(f"--k 要是正整数，收到 {options.k}。")
    asked = _filter(options.organisation, options.topic)
    index = _resources().index
    if options.batch:
        for row in _rows(options.batch):
            wanted = _filter(row.get("organisation"), row.get("topic"))
            result = index.search(row["query"], filter=wanted, k=options.k)
            print_json(batch_search_payload(row["id"], result))
        return 0
    result = index.search(options.query, filter=asked, k=options.k)
    if options.json:
        print_json(search_payload(result))
        return 0
    if result.abstained or not result.hits:
        print("范文库中没有相关内容。换个说法，或去掉单位类型、主题的限制再试。")
    for hit in result.hits:
        p = hit.passage
        also = f"（另见 {len(hit.also_in)} 处）" if hit.also_in else ""
        place = " › ".join((p.title or p.file, *p.headings))
        print(f"{hit.rank}. [{p.organisation}] {place}{also}\n   {p.text}\n   —— {p.id}")
    return 0


def _filter(organisation: str | None, topic_name: str | None) -> Filter:
    return Filter(
        organisations=frozenset({organisation_type(organisation)} if organisation else ()),
        topics=frozenset({topic(topic_name)} if topic_name else ()),
    )


def run_compare(options: argparse.Namespace) -> int:
    """Lay one topic out across organisation types."""
    from assistant.compare import compare

    if (options.topic is None) == (options.batch is None):
        raise BadRequest(
            "请给一个主题和两种单位类型，例如 gongbi compare 民主管理 --organisation 学校 --organisation 医院"
        )
    if options.batch:
        passages = _resources().passages
        for row in _rows(options.batch):
            kinds = [organisation_type(kind) for kind in row["organisations"]]
            result = compare(topic(row["topic"]), kinds, passages=passages)
            print_json({"id": row["id"], **comparison_payload(result)})
        return 0
    wanted = topic(options.topic)
    kinds = [organisation_type(kind) for kind in options.organisation]
    result = compare(wanted, kinds, passages=_resources().passages)
    if options.json:
        print_json(comparison_payload(result))
        return 0
    for column in result.columns:
        print(f"■ {column.organisation}" + ("：材料中没有" if column.nothing else f"（{len(column.hits)} 段）"))
        if column.only_here:
            print(f"  只有这里说：{'、'.join(column.only_here)}")
        for hit in column.hits[:5]:
            print(f"  · {hit.passage.text}  —— {hit.passage.id}")
    if result.common:
        print(f"共同的说法：{'、'.join(result.common)}")
    return 0


def run_draft(options: argparse.Namespace) -> int:
    """Write one plan or a file of them."""
    if options.batch:
        return _draft_batch(options)
    if not options.organisation or not options.year:
        raise BadRequest(
            "起草要有单位类型和年份，例如 gongbi draft --organisation 医院 --name 某某市人民医院 --year 2026"
        )
    request = _request(vars(options))
    if options.output and options.output.suffix.lower() not in (".docx", ".md", ".txt"):
        raise BadRequest(f"不会写 {options.output.suffix!r} 格式；请用 .docx、.md 或 .txt。")
    resources = _resources()
    draft = _draft(resources, request, _writer(options, resources))
    if options.output:
        _write(draft, options.output)
        sys.stderr.write(f"已写入 {options.output}\n")
    elif options.json:
        print_json(_drafted(resources, draft))
    else:
        from assistant.export.text import plain_text

        print(plain_text(draft))
    return 0


def _draft_batch(options: argparse.Namespace) -> int:
    resources = _resources()
    writer = _writer(options, resources)
    for row in _rows(options.batch):
        try:
            payload = _drafted(resources, _draft(resources, _request(row), writer))
        except BadRequest as error:
            payload = declined_payload(str(error))
        print_json({"id": row["id"], **payload})
    return 0


def _request(values: dict[str, Any]) -> PlanRequest:
    """A request from options or a batch row; raises BadRequest for what cannot be."""
    year = str(values.get("year") or "")
    if not year.isascii() or not year.isdigit():
        raise BadRequest(f"年份 {year!r} 不对：请写四位数字，例如 2026。")
    length = values.get("length") or Length.STANDARD
    if length not in set(Length):
        raise BadRequest(f"没有篇幅 {length!r}。可用的有：{'、'.join(Length)}。")
    emphasis = values.get("emphasis") or ()
    return PlanRequest(
        organisation=organisation_type(str(values.get("organisation") or "")),
        name=values.get("name") or None,
        year=int(year),
        period=period(values.get("period") or Period.YEAR),
        emphasis=(emphasis,) if isinstance(emphasis, str) else tuple(emphasis),
        length=Length(length),
        drafted=day(values["drafted"]) if values.get("drafted") else None,
        seed=int(values.get("seed") or 0),
    )


def run_check(options: argparse.Namespace) -> int:
    """Check one text or a file of them."""
    if (options.file is None) == (options.batch is None):
        raise BadRequest("请给一个要体检的文件，或用 --batch 给一个用例文件。例如 gongbi check 计划.docx --year 2026")
    resources = _resources()
    if options.batch:
        for row in _rows(options.batch):
            found = _check(resources, str(row.get("text") or ""), row)
            print_json({"id": row["id"], "findings": [finding_payload(each) for each in found]})
        return 0
    text = _read_text(options.file)
    found = _check(resources, text, vars(options))
    if options.json:
        print_json({"findings": [finding_payload(each) for each in found]})
        return 0
    for each in found:
        line = text.count("\n", 0, each.start) + 1
        fix = "" if each.replacement is None else f" → {each.replacement or '（删去）'}"
        print(f"[{each.severity}] 第 {line} 行“{each.text}”{fix}\n    {each.message}")
    print(f"共 {len(found)} 处。" if found else "没有发现问题。")
    return 0


def _check(resources: Resources, text: str, values: dict[str, Any]) -> tuple[Finding, ...]:
    """Findings on a text for what options or a batch row say of it; raises BadRequest for what cannot be."""
    from assistant.checking import CheckRequest, check

    year = str(values.get("year") or "")
    if not year.isascii() or not year.isdigit():
        raise BadRequest(f"年份 {year!r} 不对：请写四位数字，例如 2026。")
    request = CheckRequest(
        year=int(year),
        drafted=day(values["drafted"]) if values.get("drafted") else None,
        organisation=organisation_type(values["organisation"]) if values.get("organisation") else None,
        period=period(values["period"]) if values.get("period") else None,
        name=values.get("name") or None,
    )
    return check(text, request=request, timeline=resources.timeline, samples=resources.samples)


def _read_text(name: str) -> str:
    """The text of a file of any format 工笔 reads, or of the standard input."""
    from corpus.load import load

    return sys.stdin.read() if name == "-" else load(Path(name)).text


def run_rollover(options: argparse.Namespace) -> int:
    """Carry last year's plan into a new year."""
    from assistant.export.revision import tracked_docx
    from assistant.rollover import roll_over
    from corpus.load import load

    document, resources = load(options.file), _resources()
    rolled = roll_over(
        document,
        year=_year(options.year),
        name=options.name,
        passages=resources.passages,
        timeline=resources.timeline,
        drafted=day(options.drafted) if options.drafted else None,
    )
    if options.output and options.output.suffix.lower() == ".docx" and options.tracked:
        _write_bytes(tracked_docx(rolled), options.output)
    elif options.output and options.output.suffix.lower() not in (".docx", ".md"):
        _write_bytes(rolled.text_after.encode(), options.output)
    elif options.output:
        _write(rolled.draft, options.output)
    if options.json:
        print_json(rollover_payload(rolled))
        return 0
    if not options.output:
        print(rolled.text_after)
    _tell_changes(rolled)
    return 0


def _tell_changes(rolled: Rollover) -> None:
    """Changes, what is left to decide and what is missing, on stderr, so that stdout holds the plan alone."""
    lines = [f"[{each.kind}] “{each.before}” → “{each.after}”：{each.why}" for each in rolled.changes]
    lines += [f"[请核对] “{each.text[:30]}”：{each.message}" for each in rolled.notes]
    lines += [f"[缺项] {gap.heading or gap.topic}：{gap.reason}" for gap in rolled.gaps]
    counts = f"改动 {len(rolled.changes)} 处，请核对 {len(rolled.notes)} 处，缺项 {len(rolled.gaps)} 个。"
    sys.stderr.write("\n".join((*lines, counts)) + "\n")


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise BadRequest(f"年份 {text!r} 不对：请写四位数字，例如 2026。")
    return int(text)


def run_understand(options: argparse.Namespace) -> int:
    """Show what a conversation, or a file of them, is taken to mean."""
    from assistant.understand import understand
    from assistant.understanding.evaluate import prediction

    if bool(options.utterances) == bool(options.batch):
        raise BadRequest(
            "请给一句或几句话，或用 --batch 给一个文件。例如 gongbi understand --today 2026-11-20 写一份明年的学校计划"
        )
    today = day(options.today)
    if options.batch:
        for row in _rows(options.batch):
            print_json({"id": row["id"], "pred": prediction(understand(row.get("utterances") or (), today=today))})
        return 0
    said = understand(options.utterances, today=today)
    if options.json:
        print_json(understanding_payload(said))
        return 0
    for name, value in understanding_payload(said).items():
        if value:
            print(f"{name:<10} {json.dumps(value, ensure_ascii=False)}")
    return 0


def run_eval(options: argparse.Namespace) -> int:
    """Print the figures of one part of 工笔 on a file with known answers."""
    from assistant import evaluations

    measure: Callable[[argparse.Namespace], int] = getattr(evaluations, f"eval_{options.what}")
    return measure(options)


def run_adapt(options: argparse.Namespace) -> int:
    """Teach the built-in model the library's own wording; keep it only if it is no worse, then index with it."""
    from corpus.load import load
    from corpus.read import read
    from index.adapt import adapt

    settings = Settings.from_environment()
    library, bar = open_library(settings, progress=progress_bar()), progress_bar()
    samples = [p for path in sorted(SAMPLE_DOCUMENTS.glob("*.txt")) for p in read(load(path)).passages]
    outcome = adapt(
        library.passages(),
        samples=samples,
        output=settings.own_model,
        progress=lambda step, steps: bar("校准模型", step, steps),
    )
    if outcome.kept:
        open_resources(Settings.from_environment(), progress=progress_bar()).rebuild_index()
    if options.json:
        print_json({**dataclasses.asdict(outcome), "folder": str(outcome.folder)})
        return 0
    print(f"本单位材料里找相关段落：{outcome.own_before:.3f} → {outcome.own_after:.3f}（nDCG@10）")
    print(f"通用检查：{outcome.check_before:.3f} → {outcome.check_after:.3f}")
    print("已换用校准后的模型，索引已重建。" if outcome.kept else "校准后没有更好，仍用原来的模型。")
    return 0


def run_timeline(options: argparse.Namespace) -> int:
    """Print what a plan of a year may say."""
    from assistant.timeline import Timeline, page_record, render_page

    if not options.year.isdigit():
        raise BadRequest(f"年份 {options.year!r} 不对：请写成 2026 这样。")
    settings = Settings.from_environment()
    page = Timeline.load(settings.facts if settings.facts.exists() else None).page(
        int(options.year),
        drafted=day(options.drafted) if options.drafted else None,
        organisation=organisation_type(options.organisation) if options.organisation else None,
    )
    if options.json:
        print_json(page_record(page))
    else:
        sys.stdout.write(render_page(page))
    return 0


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


def _write(draft: Draft, path: Path) -> None:
    """Write the draft in the format its name asks for, whole or not at all."""
    from assistant.export.docx import docx_bytes
    from assistant.export.markdown import markdown
    from assistant.export.text import plain_text

    match path.suffix.lower():
        case ".docx":
            data = docx_bytes(draft)
        case ".md":
            data = markdown(draft).encode()
        case _:
            data = plain_text(draft).encode()
    _write_bytes(data, path)


def _write_bytes(data: bytes, path: Path) -> None:
    """Write a file whole or not at all; raises UserError where that is impossible."""
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserError(
            f"写不了 {str(path)!r}（{error.strerror}）：请看文件夹在不在、文件是否正被 WPS 打开。"
        ) from error


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file; raises BadRequest naming the line that is not one."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise BadRequest(f"打不开 {str(path)!r}：{error.strerror}。") from error
    except UnicodeDecodeError as error:
        raise BadRequest(f"{path.name} 不是 UTF-8 文本：请另存为 UTF-8 的 JSONL 文件。") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadRequest(f"{path.name} 第 {number} 行不是 JSON：{error.msg}。") from error
        if not isinstance(row, dict) or "id" not in row:
            raise BadRequest(f"{path.name} 第 {number} 行要是一个带 id 的 JSON 对象。")
        yield row


def print_json(value: object) -> None:
    """One line of JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def _resources() -> Resources:
    return open_resources(Settings.from_environment(), progress=progress_bar())


def progress_bar() -> Progress:
    """A bar on stderr that appears when the first step is reported."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
    tasks: dict[str, Any] = {}

    def report(what: str, done: int, total: int) -> None:
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=total)
            bar.start()
        bar.update(tasks[what], completed=done, total=total)
        if done >= total:
            bar.refresh()
            bar.stop()

    return report
