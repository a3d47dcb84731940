"""设置: the unit's own facts, kept in this computer's library and used for every draft; which checks are wanted."""

from collections.abc import Sequence
from typing import Any

from assistant.datatypes import FindingKind
from assistant.desk import Desk, Room
from assistant.pages import model
from assistant.pages.findings import KIND_NAMES
from assistant.pages.markup import notice
from assistant.pages.person import seated, told
from assistant.profile import Profile
from corpus.datatypes import OrganisationType
from corpus.errors import BadRequest

UNSAID = "不固定"
_LEFT_OUT = (OrganisationType.PEOPLES_CONGRESS, OrganisationType.OTHER)


def profile_from(values: Sequence[Any]) -> Profile:
    """The profile behind the form's values, in the order of `values_of`."""
    name, short_name, organisation, superior, chairman, members, facts, wanted = values
    if members is not None and members != int(members):
        raise BadRequest(f"会员人数 {members} 不是整数，请改成整数，不确定就留空。")
    return Profile(
        name=name or "",
        short_name=short_name or "",
        organisation=None if organisation in (None, UNSAID) else OrganisationType(organisation),
        superior=superior or "",
        chairman=chairman or "",
        members=int(members) if members is not None else None,
        facts=tuple((facts or "").splitlines()),
        off=tuple(kind for kind in FindingKind if KIND_NAMES[kind] not in wanted),
    )


def values_of(profile: Profile) -> list[Any]:
    """What the form shows of a profile."""
    return [
        profile.name,
        profile.short_name,
        str(profile.organisation or UNSAID),
        profile.superior,
        profile.chairman,
        profile.members,
        "\n".join(profile.facts),
        [KIND_NAMES[kind] for kind in FindingKind if kind not in profile.off],
    ]


def build(room: Room, *, desk: Any, tab: Any, arrival: Any) -> None:  # noqa: ANN401  gradio components
    """Lay the page out and wire it. The form opens after `arrival`, when it is known who sits there."""
    import gradio as gr

    types = [UNSAID, *(str(kind) for kind in OrganisationType if kind not in _LEFT_OUT)]
    with gr.Column(elem_classes=["sheet-wide", "settings"]):
        gr.HTML(
            notice(
                "本单位",
                "填一次，以后起草、体检、续写都用它。只存在这台电脑的范文库里，不外发；"
                "用了大模型，也只有单位名称和简称会随要求发出，其余各项写好后才填进文稿。",
                kind="lead",
            )
        )
        with gr.Row():
            name = gr.Textbox(label="单位全称", placeholder="如：某某市人民医院", max_lines=1, elem_id="unit-name")
            short_name = gr.Textbox(label="单位简称", placeholder="如：我院", max_lines=1)
            organisation = gr.Dropdown(types, value=UNSAID, label="单位类型")
        with gr.Row():
            superior = gr.Textbox(label="上级工会", placeholder="如：某某市总工会", max_lines=1)
            chairman = gr.Textbox(label="工会主席", placeholder="如：李明", max_lines=1)
            members = gr.Number(label="会员人数", placeholder="如：320", precision=0, minimum=0, value=None)
        facts = gr.Textbox(
            label="本单位情况（每行一句，会原样写进计划）",
            placeholder="如：全院设工会小组26个，困难职工建档12户。",
            lines=4,
            max_lines=8,
        )
        wanted = gr.CheckboxGroup(
            list(KIND_NAMES.values()),  # what is chosen is read out by screen readers
            value=list(KIND_NAMES.values()),
            label="体检看哪些方面",
        )
        save = gr.Button("保存", variant="primary", elem_id="settings-save", scale=0, min_width=160, interactive=False)
        model.build(room, desk=desk, tab=tab, arrival=arrival)
    fields = [name, short_name, organisation, superior, chairman, members, facts, wanted]
    for field in fields:
        field.interactive = False

    @told
    def keep(request: gr.Request, now: Desk, stored: str, *values: Any) -> list[Any]:  # noqa: ANN401
        now = seated(now, stored, request)
        room.profiles.keep(now.user, profile_from(values))
        gr.Info("已保存，下一份文稿起就会用上。", title="设置", duration=3)
        return values_of(room.profile(now))

    @told
    def load(now: Desk, stored: str, request: gr.Request) -> list[Any]:
        held = values_of(room.profile(seated(now, stored, request)))
        return [*(gr.update(value=value, interactive=True) for value in held), gr.update(interactive=True)]

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    arrival.then(load, [desk.state, desk.browser], [*fields, save], **quiet)
    save.click(keep, [desk.state, desk.browser, *fields], fields, **quiet)
