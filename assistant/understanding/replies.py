"""What is asked, offered and said back for what was understood."""

import re
from datetime import date
from typing import Any

from assistant.understanding.cues import load_cues, pattern
from assistant.understanding.datatypes import Ask, Caution, Intent, Understanding
from assistant.understanding.times import next_plan_year
from corpus.datatypes import OrganisationType

NOT_ASKED = (OrganisationType.PEOPLES_CONGRESS, OrganisationType.OTHER)  # types nobody drafts for
FIRST_YEAR, YEARS_AHEAD = 2000, 10  # years a plan may be for
_FATAL = {
    Caution.YEAR_IMPLAUSIBLE: Ask.YEAR,
    Caution.MULTIPLE_YEARS: Ask.YEAR,
    Caution.MULTIPLE_TYPES: Ask.ORGANISATION,
    Caution.MONTH_IMPOSSIBLE: Ask.MONTH,
    Caution.PERIOD_IMPOSSIBLE: Ask.PERIOD,
    Caution.NOT_A_PLAN: Ask.INTENT,
}


def question(said: Understanding) -> Ask | None:
    """The one slot the next step cannot do without, None where it can be taken."""
    if caution := next((caution for caution in said.warnings if caution in _FATAL), None):
        return _FATAL[caution]
    match said.intent:
        case Intent.DRAFT | Intent.ROLLOVER if not said.organisations and not said.name:
            return Ask.ORGANISATION if said.intent is Intent.DRAFT else None
        case Intent.COMPARE if len(said.organisations) < 2:
            return Ask.ORGANISATION
        case Intent.COMPARE if not said.topics:
            return Ask.TOPIC
        case Intent.REVISE if said.edit is None:
            return Ask.OPERATION
        case Intent.REVISE if said.edit and not said.edit.target and said.edit.op != "tell":
            return Ask.TARGET
        case Intent.UNCLEAR:
            return Ask.INTENT
    return None


def choices(said: Understanding, ask: Ask | None, *, today: date) -> tuple[str, ...]:
    """Answers to click; () where the question is open."""
    offered: dict[str, Any] = load_cues("replies")["choices"]
    match ask:
        case Ask.ORGANISATION:
            return tuple(str(kind) for kind in OrganisationType if kind not in NOT_ASKED)
        case Ask.YEAR:
            return tuple(f"{today.year + distance}年" for distance in (0, 1, 2))
        case Ask.MONTH:
            return tuple(f"{month}月" for month in range(1, 13))
        case Ask.INTENT if Caution.NOT_A_PLAN in said.warnings:
            return tuple(offered["not_a_plan"])
        case Ask.INTENT | Ask.PERIOD | Ask.TOPIC:
            return tuple(offered[ask])
    return ()


def defaults(said: Understanding, *, today: date) -> tuple[str, ...]:
    """What a draft takes although nobody said it."""
    if said.intent not in (Intent.DRAFT, Intent.ROLLOVER):
        return ()
    return (
        *([f"{next_plan_year(today)}年"] if said.year is None else []),
        *(["年度计划"] if said.period is None else []),
        *(["标准篇幅"] if said.length is None else []),
    )


def reply(said: Understanding, ask: Ask | None, *, wrong: str, today: date) -> str:
    """What to tell the user, "" when all is clear. `wrong` is the impossible month or period as typed."""
    told: dict[str, Any] = load_cues("replies")
    if said.intent is Intent.SMALLTALK:
        return str(told["smalltalk"][_kind_of_smalltalk(said.text)])
    if said.intent is Intent.OUT_OF_SCOPE:
        return str(told["out_of_scope"]["not_union" if Caution.NOT_UNION in said.warnings else "other"])
    values = {
        "year": wrong.removesuffix("年") if wrong.endswith("年") else said.year,
        "name": said.name,
        "month": wrong,
        "period": wrong,
        "first": FIRST_YEAR,
        "last": today.year + YEARS_AHEAD,
    }
    lines = [told["cautions"][caution].format_map(values) for caution in said.warnings if caution in told["cautions"]]
    asked = any(caution in _FATAL for caution in said.warnings)
    if ask and not asked:
        several = ask is Ask.ORGANISATION and said.intent is Intent.COMPARE
        lines.append(told["ask"]["several_types" if several else ask])
    return "\n\n".join(lines)


def _kind_of_smalltalk(text: str) -> str:
    if pattern("intents", "about_us").search(text):
        return "abilities"
    if pattern("intents", "export").search(text):
        return "export"
    if pattern("replies", "about_thanks").search(text):
        return "thanks"
    if pattern("replies", "about_done").search(text):
        return "done"
    return (
        "greeting"
        if re.search("好|嗨|hi|hello|在|早", text.lower()) and not re.search("好的|好嘞|^好$", text)
        else "done"
    )
