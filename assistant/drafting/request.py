"""Refuse what cannot be drafted, with the reason."""

from dataclasses import replace

from assistant.datatypes import PlanRequest
from corpus.datatypes import OrganisationType, Period
from corpus.errors import BadRequest

FIRST_YEAR, LAST_YEAR = 1978, 2100
_LONGEST_NAME = 60
_SCHOOL_PERIODS = (Period.TERM, Period.FIRST_TERM, Period.SECOND_TERM, Period.SCHOOL_YEAR)


def check_request(request: PlanRequest) -> PlanRequest:
    """The request with blanks trimmed. Raises BadRequest for anything 工笔 cannot draft, saying what and why."""
    if not isinstance(request.organisation, OrganisationType):
        types = "、".join(organisation for organisation in OrganisationType)
        raise BadRequest(f"没有“{request.organisation}”这种单位类型，请从以下类型中选择：{types}。")
    if request.organisation is OrganisationType.PEOPLES_CONGRESS:
        raise BadRequest("人大机关的工作计划不是工会计划，工笔只起草工会工作计划。请改选工会所在单位的类型。")
    if not FIRST_YEAR <= request.year <= LAST_YEAR:
        raise BadRequest(f"年份 {request.year!r} 不在 {FIRST_YEAR}—{LAST_YEAR} 之间，请改填计划所属的年份。")
    if request.drafted and abs(request.drafted.year - request.year) > 1:
        raise BadRequest(f"起草日期 {request.drafted} 与计划年份 {request.year} 相差一年以上，请核对其中一项。")
    name = " ".join((request.name or "").split()) or None
    if name and (len(name) > _LONGEST_NAME or any(mark in name for mark in "。；！？\n")):
        raise BadRequest(f"单位名称“{name[:20]}…”不像一个名称，请填写 {_LONGEST_NAME} 字以内的单位全称。")
    return replace(
        request,
        name=name,
        emphasis=tuple(text.strip() for text in request.emphasis if text.strip()),
        facts=tuple(text.strip() for text in request.facts if text.strip()),
        short_name=(request.short_name or "").strip() or None,
    )
