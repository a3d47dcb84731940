"""Quality of plans written by the configured language model: 24 requests, a checklist for each, a table in Markdown.

    GONGBI_MODEL=… GONGBI_MODEL_URL=… GONGBI_MODEL_KEY=… make bench-llm

Columns: sections written by the model of those asked for; the model's sentences; share of them with a passage; serious
findings of 体检 on the whole plan; characters against the offline draft; 雷同度 with the samples; seconds.
"""

import itertools
import sys
import time
from tempfile import TemporaryDirectory

from assistant.checking import check_draft, overlap
from assistant.config import Settings
from assistant.datatypes import FindingKind, PlanRequest, ProvenanceKind, Severity
from assistant.drafting import draft_plan
from assistant.export.text import plain_text
from assistant.llm.settings import read_model
from assistant.llm.write import State, write_draft
from assistant.llm.writer import Writer, open_writer
from assistant.resources import Resources, open_resources
from corpus.datatypes import OrganisationType, Period

ORGANISATIONS = (
    (OrganisationType.SCHOOL, "临江市第三中学"),
    (OrganisationType.HOSPITAL, "临江市人民医院"),
    (OrganisationType.ENTERPRISE, "临江机械有限公司"),
    (OrganisationType.GOVERNMENT, "临江市水利局"),
    (OrganisationType.TOWNSHIP, "临江市河东街道"),
    (OrganisationType.COUNTY_UNION, "临江市总工会"),
)
TIMES = ((2024, Period.YEAR), (2026, Period.YEAR), (2026, Period.FIRST_HALF), (2026, Period.QUARTER_3))
HEAD = "| 请求 | 部分 | 模型句 | 有出处 | 必改 | 字数比 | 雷同度 | 秒 |\n|---|---|---|---|---|---|---|---|"


def main() -> int:
    """Write the plans and print the table; says so where no model is configured."""
    settings = read_model(Settings.from_environment().home)
    if settings is None:
        sys.stdout.write("没有配置语言模型（GONGBI_MODEL），没有可测的。\n")
        return 0
    with TemporaryDirectory() as home:
        resources = open_resources(Settings.from_environment({"GONGBI_HOME": home}))
        writer = open_writer(settings, resources)
        sys.stdout.write(f"模型：{settings}\n\n{HEAD}\n")
        for (organisation, name), (year, period) in itertools.product(ORGANISATIONS, TIMES):
            request = PlanRequest(organisation, name, year, period)
            sys.stdout.write(row(request, writer, resources) + "\n")
            sys.stdout.flush()
    return 0


def row(request: PlanRequest, writer: Writer, resources: Resources) -> str:
    """One line of the table."""
    begun = time.perf_counter()
    steps = list(write_draft(request, writer=writer))
    seconds = time.perf_counter() - begun
    draft, offline = steps[-1].draft, draft_plan(request, passages=writer.passages, timeline=writer.timeline)
    text, before = plain_text(draft), plain_text(offline)
    ends = [step.state for step in steps if step.state is not State.WRITING]
    mine = [one for one in draft.sentences if one.provenance.kind is ProvenanceKind.MODEL]
    traced = sum(bool(one.provenance.source) for one in mine)
    found = check_draft(draft, text, timeline=writer.timeline, samples=resources.samples)
    serious = sum(one.severity is Severity.MUST and one.kind is not FindingKind.PLACEHOLDER for one in found)
    shared = overlap(text, samples=resources.samples).against_samples
    cells = (
        f"{request.organisation} {request.year} {request.period}",
        f"{ends.count(State.WRITTEN)}/{len(ends)}",
        str(len(mine)),
        f"{traced / len(mine):.0%}" if mine else "—",
        str(serious),
        f"{len(text) / len(before):.2f}",
        f"{shared:.0%}",
        f"{seconds:.1f}",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    raise SystemExit(main())
