"""The coverage matrix: how many passages the library holds of each organisation type and topic, as a heat map."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.pages.markup import button, copy_button, joined, marked, notice
from assistant.pages.sources import drawer
from corpus.datatypes import OrganisationType, Passage, Topic

TYPES = tuple(kind for kind in OrganisationType if kind is not OrganisationType.OTHER)
LEVELS = 5  # shades
SHORT = {  # heads of narrow columns
    OrganisationType.POST: "邮政",
    OrganisationType.COUNTY_UNION: "县市总",
    OrganisationType.TOWNSHIP: "乡镇街",
    OrganisationType.COMMUNITY: "社区村",
    OrganisationType.EDUCATION_HEALTH: "教科文卫",
    OrganisationType.PEOPLES_CONGRESS: "人大",
}
SHOWN = 40  # passages listed for one cell


def heat_map(coverage: Mapping[tuple[OrganisationType, Topic], int]) -> Markup:
    """Topics down, organisation types across; darker means more passages. Every cell opens its passages."""
    most = max(coverage.values(), default=0)
    head = joined(Markup('<th scope="col"><span>{}</span></th>').format(SHORT.get(kind, kind)) for kind in TYPES)
    rows = joined(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            topic, joined(_cell(kind, topic, coverage.get((kind, topic), 0), most) for kind in TYPES)
        )
        for topic in Topic
    )
    return Markup(
        '<table class="heat"><caption>范文覆盖：每格是段落数，颜色越深越多，点开看</caption>'
        '<thead><tr><th class="corner"></th>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(head, rows)


def cell_drawer(organisation: OrganisationType, topic: Topic, passages: Sequence[Passage]) -> Markup:
    """The passages of one cell."""
    found = [p for p in passages if p.organisation is organisation and topic in p.topics]
    title = f"{organisation} · {topic}"
    to_compare = button("和别的行业比一比", pick="compare", value=f"{organisation}|{topic}", kind="strong")
    if not found:
        return drawer(title, notice("材料中没有", "上传这类单位写这个主题的范文，起草时就有得借鉴。"), to_compare)
    cards = joined(
        Markup(
            '<article class="card small"><p class="text">{}</p><footer><span class="why">{}</span>'
            '<span class="actions">{}{}</span></footer></article>'
        ).format(
            marked(p.text, ()),
            p.title or p.file,
            copy_button("复制", copies=p.text),
            button("看全文", pick="plan", value=p.id),
        )
        for p in found[:SHOWN]
    )
    count = f"共 {len(found)} 段" + (f"，先列 {SHOWN} 段" if len(found) > SHOWN else "")
    return drawer(title, Markup('<p class="count">{}</p>').format(count), to_compare, cards)


def _cell(organisation: OrganisationType, topic: Topic, count: int, most: int) -> Markup:
    level = 0 if not count else max(1, round(LEVELS * (count / most) ** 0.5))
    return Markup(
        '<td><button type="button" class="heat-{}" data-pick="cell" data-value="{}|{}" aria-label="{}，{}，{} 段">{}'
        "</button></td>"
    ).format(level, organisation, topic, organisation, topic, count, count or "")
