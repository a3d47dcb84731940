"""A plan in one line of text."""

from typing import Any


def plan_line(plan: dict[str, Any]) -> str:
    """Title, type, period, kind and years of a plan's payload; a mark where one of them is doubtful."""
    era = f"{plan['era'][0]}—{plan['era'][1]}年" if plan["era"] else "年代不详"
    union = "" if plan["is_union"] else "，不是工会材料"
    doubt = "？" if min(plan["confidence"].values()) < 0.6 else ""
    kind = {"plan": "计划", "summary": "总结", "report": "汇报", "mixed": "总结加计划"}[plan["kind"]]
    title = plan["title"] or "（无标题）"
    return f"{plan['id']}  {title}｜{plan['organisation']}｜{plan['period']}｜{kind}｜{era}{union}{doubt}"
