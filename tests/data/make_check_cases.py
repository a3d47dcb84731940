"""Writes check_cases.jsonl: faults of every kind planted into clean plans, and as many traps that are no faults.

Run from the repository root: python tests/data/make_check_cases.py. Expected answers come from the hand-written files
check_plans, check_forms, check_faults and check_traps, and from drafts of 工笔 with known changes; never from a check.
"""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent
DATED = "{year}-02-15"
Row = dict[str, Any]


def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


PLANS: list[Row] = read("check_plans.yaml")
BY_ID = {plan["id"]: plan for plan in PLANS}
YEARLY = [plan["id"] for plan in PLANS if "period" not in plan]


def plan_text(plan: Row, year: int) -> str:
    text = str(plan["text"]).rstrip("\n")
    return text.replace("{year}", str(year)).replace("{last}", str(year - 1))


def case(name: str, plan: Row, year: int, text: str, expected: list[Row], **more: Any) -> Row:
    """A row of the file. The drafting day is in the plan's own time."""
    drafted = f"{year}-06-20" if plan.get("period") == "下半年" else DATED.format(year=year)
    return {
        "id": name,
        "text": text,
        "year": year,
        "drafted": drafted,
        "organisation": plan["organisation"],
        "period": plan.get("period", "年度"),
        "name": plan["name"],
        **more,
        "expected": expected,
    }


def insert(text: str, say: str, *, chance: random.Random) -> tuple[str, int]:
    """Put a sentence at the end of one of the items; returns the text and where the sentence begins."""
    lines = text.split("\n")
    items = [i for i, line in enumerate(lines) if re.match(r"\d\.|（[一二三四五六]）", line)]
    at = chance.choice(items)
    before = "\n".join(lines[: at + 1])
    return before + say + "\n" + "\n".join(lines[at + 1 :]), len(before)


def fault_at(kind: str, text: str, start: int, say: str, entry: Row) -> Row:
    part = entry.get("fault", say)
    first = start + say.index(part)
    found: Row = {"kind": kind, "start": first, "end": first + len(part)}
    if "right" in entry:
        found["replacement"] = entry["right"]
    assert text[first : first + len(part)] == part
    return found


def forms(chance: random.Random) -> Iterator[Row]:
    """Dated references, stale, early or in their time."""
    for number, row in enumerate(read("check_forms.yaml")):
        for sort, kind in (("stale", "stale"), ("early", "anachronistic"), ("fine", None)):
            for year in row.get(sort, ()):
                assert_dates(row, sort, year)
                plan = bare(BY_ID[YEARLY[(number + year) % len(YEARLY)]], year)
                text, start = insert(plan_text(plan, year), row["say"], chance=chance)
                first = start + row["say"].index(row["form"])
                expected = [{"kind": kind, "start": first, "end": first + len(row["form"])}] if kind else []
                yield case(f"form-{number}-{sort}-{year}", plan, year, text, expected)


def assert_dates(row: Row, sort: str, year: int) -> None:
    """The years given agree with the months given."""
    day = f"{year}-02"
    early, late = day < row.get("from", "0000"), day > row.get("to", "9999")
    assert (sort, early, late) in {("stale", False, True), ("early", True, False), ("fine", False, False)}, row


# What plans written before 2025 could not say, and what stands in its place.
MODERN = {
    "党的二十大和二十届历次全会精神": "时事政治",
    "坚持以习近平新时代中国特色社会主义思想为指导，": "",
    "以习近平新时代中国特色社会主义思想为指导，": "",
    "学习贯彻习近平新时代中国特色社会主义思想，": "",
    "弘扬教育家精神，": "",
    "新就业形态劳动者": "快递员",
    "履行维权服务基本职责，": "",
    "医院高质量发展": "医院发展",
    "中国医师节": "五四青年节",
    "严格执行基层工会经费收支管理办法": "严格执行经费管理制度",
    "女职工休息哺乳室": "女职工活动室",
    "要在县委": "在县委",
}


def bare(plan: Row, year: int) -> Row:
    """The plan as it could have been written in an earlier year."""
    text = str(plan["text"])
    for now, then in MODERN.items() if year < 2025 else ():
        text = text.replace(now, then)
    return {**plan, "text": text}


def sentences(chance: random.Random) -> Iterator[Row]:
    """The planted sentences of check_faults.yaml."""
    for kind, entries in read("check_faults.yaml").items():
        if kind == "copied":
            continue
        for number, entry in enumerate(entries):
            ids = entry.get("plans") or [YEARLY[number % len(YEARLY)]]
            year = entry.get("years", [2026])[0]
            plan = BY_ID[ids[0]]
            text, start = insert(plan_text(plan, year), entry["say"], chance=chance)
            yield case(f"{kind}-{number}", plan, year, text, [fault_at(kind, text, start, entry["say"], entry)])


def copies(chance: random.Random) -> Iterator[Row]:
    """A sentence out of a sample; and the same plan with another sample, which is none."""
    copied = read("check_faults.yaml")["copied"]
    for number, say in enumerate(copied):
        for turn in range(2):
            plan = BY_ID[YEARLY[(number + turn) % len(YEARLY)]]
            text, start = insert(plan_text(plan, 2026), say, chance=chance)
            expected = [{"kind": "overlap", "start": start, "end": start + len(say)}]
            yield case(
                f"overlap-{number}-{turn}",
                plan,
                2026,
                text,
                expected,
                samples=["我们打算这样做：" + say, *copied[:number]],
            )
        other = [one for one in copied if one is not say]
        yield case(f"overlap-{number}-clean", plan, 2026, text, [], samples=other)


def structures(chance: random.Random) -> Iterator[Row]:
    """Sentences said twice, numbers wrong, titles and signatures of another year, a part taken out."""
    for number, name in enumerate([*YEARLY, *YEARLY]):
        plan, base = BY_ID[name], plan_text(BY_ID[name], 2026)
        spots = [m for m in re.finditer(r"(?m)^(?:\d\.|（[一二三]）)(.{24,}。)$", base)]
        chosen = chance.choice(spots)
        text, start = insert(base, chosen[1], chance=random.Random(number * 7 + 1))
        first = min(start, text.rindex(chosen[1]))
        second = max(start, text.rindex(chosen[1]))
        assert first <= second
        expected = [{"kind": "repeated", "start": second, "end": second + len(chosen[1])}]
        yield case(f"repeated-{number}", plan, 2026, text, expected)
        yield renumbered(plan, base, number)
    for number, name in enumerate(YEARLY):
        plan, base = BY_ID[name], plan_text(BY_ID[name], 2026)
        title = base.index("2026年")
        wrong = ("2024", "2025", "2023")[number % 3]
        text = base[:title] + wrong + base[title + 4 :]
        fault = {"kind": "year_mismatch", "start": title, "end": title + 4, "replacement": "2026"}
        yield case(f"year-title-{number}", plan, 2026, text, [fault])
    for number, (name, heading) in enumerate(REMOVED):
        plan, base = BY_ID[name], plan_text(BY_ID[name], 2026)
        yield case(f"missing-{number}", plan, 2026, *without(base, heading))


REMOVED = [
    ("hospital", "民主管理"),
    ("hospital", "文体活动"),
    ("hospital", "自身建设"),
    ("hospital", "关爱帮扶"),
    ("hospital", "技能竞赛"),
    ("school", "民主管理"),
    ("school", "文体活动"),
    ("school", "自身建设"),
    ("enterprise", "开展劳动竞赛"),
    ("enterprise", "健全民主管理"),
    ("county", "深化建功立业"),
    ("county", "夯实基层基础"),
]


def without(text: str, heading: str) -> tuple[str, list[Row]]:
    """The text without the part of that heading, parts renumbered, filled up to the length of a whole plan."""
    parts = re.split(r"(?m)^(?=[一二三四五六七八]、)", text)
    kept = [part for part in parts if not re.match(rf"[一二三四五六七八]、{heading}", part)]
    assert len(kept) == len(parts) - 1, heading
    numbered = [kept[0], *(f"{'一二三四五六七八'[i]}{part[1:]}" for i, part in enumerate(kept[1:]))]
    last = "".join(numbered)
    body, space, signature = last.rpartition("\n\n")
    last = f"{body}\n{FILLER}{space}{signature}"
    end = len(last.rstrip())
    return last, [{"kind": "missing_section", "start": end - 1, "end": end}]


FILLER = (
    "以上安排由各责任人列出时间表，报分管领导同意后执行。每月最后一周检查进度，未按时办结的说明原因；需要调整的，"
    "提前一周提出。遇有临时任务，按轻重缓急统筹。各责任人要把材料留存好，附上照片和签到表，便于年底查阅。工作中碰到"
    "难处及时反映，不拖不等。"
)


def renumbered(plan: Row, base: str, number: int) -> Row:
    """One number skipped or doubled: of the last part, or of the last item of a part."""
    parts = list(re.finditer(r"(?m)^([一二三四五六七])、", base))
    mark = parts[-1] if number % 2 else parts[-2]
    old = mark[1]
    value = "一二三四五六七八九".index(old)
    new = "一二三四五六七八九"[value + 1] if mark is parts[-1] else "一二三四五六七八九"[value - 1]
    text = base[: mark.start()] + new + base[mark.start() + 1 :]
    fault: Row = {"kind": "numbering", "start": mark.start(), "end": mark.start() + 2}
    if mark is parts[-1] or number % 2 == 0:
        fault["replacement"] = old + "、"
    return case(f"numbering-{number}", plan, 2026, text, [fault])


def traps(chance: random.Random) -> Iterator[Row]:
    """What looks like a fault and is none."""
    for number, entry in enumerate(read("check_traps.yaml")):
        for year in entry["years"]:
            for turn, name in enumerate(
                entry.get("plans") or [YEARLY[(number + turn) % len(YEARLY)] for turn in range(2)]
            ):
                plan = bare(BY_ID[name], year)
                base, where = plan_text(plan, year), entry.get("where", "item")
                if where == "item":
                    text, _ = insert(base, entry["say"], chance=chance)
                else:
                    text = placed(base, entry["say"], where)
                yield case(f"trap-{number}-{year}-{turn}", plan, year, text, [])


def placed(text: str, say: str, where: str) -> str:
    lines = text.split("\n")
    if where == "opening":
        return "\n".join([lines[0], "", say, *lines[2:]])
    if where == "closing":
        return "\n".join([*lines[:-3], say, *lines[-3:]])
    parts = re.split(r"(?m)^(?=[一二三四五六七八]、)", text)
    kept = [parts[0], f"一、2025年工作回顾\n{say}\n"]
    kept += [f"{'一二三四五六七八九'[i]}{part[1:]}" for i, part in enumerate(parts[1:], start=1)]
    return "".join(kept)


def clean() -> Iterator[Row]:
    """The plans as they are."""
    for year in (2025, 2026, 2027):
        for plan in PLANS:
            text = plan_text(plan, year)
            if year != 2026:
                text = text.replace("党的二十大和二十届历次全会精神", "党的二十大精神")
            yield case(f"clean-{plan['id']}-{year}", plan, year, text, [])


def drafts() -> Iterator[Row]:
    """Drafts of 工笔: clean as they are but for the open date, and with a fault of four kinds."""
    from assistant.datatypes import PlanRequest
    from assistant.drafting import draft_plan
    from assistant.export.text import plain_text
    from assistant.timeline import Timeline
    from corpus.datatypes import OrganisationType
    from corpus.load import load
    from corpus.read import read as read_document

    folder = FOLDER.parents[1] / "corpus" / "documents"
    passages = tuple(p for path in sorted(folder.glob("*.txt")) for p in read_document(load(path)).passages)
    timeline = Timeline.load()
    for number, (organisation, name) in enumerate(DRAFTED):
        for year in (2025, 2026, 2027):
            request = PlanRequest(OrganisationType(organisation), name, year, seed=number)
            text = plain_text(draft_plan(request, passages=passages, timeline=timeline))
            text = text.replace("【待填：日期】", f"{year}年2月15日")
            for empty in EMPTY_IN_DRAFTS:
                text = text.replace(empty, "三月召开一次工会小组长会议。")
            if "【" in text:
                continue
            plan = {"organisation": organisation, "name": name}
            yield case(f"draft-{number}-{year}", plan, year, text, [])
            yield from spoiled(f"draft-{number}-{year}", plan, year, text)


def spoiled(name: str, plan: Row, year: int, text: str) -> Iterator[Row]:
    """The draft with a fault that a clerk would leave in."""
    closing = max(text.rfind(f"{year}年，"), text.index(f"{year}年"))  # the closing, or the title
    wrong = text[:closing] + str(year - 2) + text[closing + 4 :]
    fault = {"kind": "year_mismatch", "start": closing, "end": closing + 4, "replacement": str(year)}
    yield case(f"{name}-year", plan, year, wrong, [fault])
    second = text.index("二、")
    end = text.index("三、")
    item = text.index("。", second, end) + 1
    say = "去年全年共慰问职工四十人次，受到职工一致好评。"
    told = text[:item] + say + text[item:]
    yield case(f"{name}-tense", plan, year, told, [{"kind": "summary_tense", "start": item, "end": item + len(say)}])


DRAFTED = [
    ("医院", "明德市第二人民医院"), ("学校", "启明中学"), ("企业", "远航物流有限公司"), ("县市总工会", "永宁县总工会"),
    ("机关", "长乐县水利局"), ("乡镇街道", "青石镇总工会"), ("公安", "永宁县公安局"),
]  # fmt: skip
# Read and judged empty talk by hand: true findings, so they are taken out of the clean drafts.
EMPTY_IN_DRAFTS = [
    "进一步加强工会自身建设，使工会工作再上一个新台阶。",
    "紧紧围绕机关的改革和发展，强化以思想建设为核心的干部职工队伍建设，切实提高干部职工队伍素质，发挥工会的积极作用。",
]


def main() -> None:
    chance = random.Random(20261120)
    rows = [
        *forms(chance),
        *sentences(chance),
        *copies(chance),
        *structures(chance),
        *traps(chance),
        *clean(),
        *drafts(),
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (FOLDER / "check_cases.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(rows), "cases,", sum(not row["expected"] for row in rows), "clean")


if __name__ == "__main__":
    main()
