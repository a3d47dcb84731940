"""A small plan made by hand, for the tests of everything that shows or prints drafts."""

from assistant.datatypes import (
    Draft,
    DraftSection,
    Edit,
    Paragraph,
    PlanRequest,
    Provenance,
    ProvenanceKind,
    Sentence,
)
from corpus.datatypes import OrganisationType, Topic


def sentence(text: str, kind: ProvenanceKind = ProvenanceKind.TEMPLATE, source: str = "t", **rest: object) -> Sentence:
    return Sentence(text, Provenance(kind, source, **rest))  # type: ignore[arg-type]


def paragraph(*texts: str, title: str = "", month: int | None = None, numbered: bool = True) -> Paragraph:
    return Paragraph(tuple(sentence(text) for text in texts), title=title, month=month, numbered=numbered)


def section(key: str, heading: str, topic: Topic, *paragraphs: Paragraph) -> DraftSection:
    return DraftSection(key, heading, topic, paragraphs)


BORROWED = sentence(
    "会前向医务人员征集提案。",
    ProvenanceKind.BORROWED,
    "9d13d2f7942e-1:12",
    start=3,
    end=13,
    edits=(Edit(3, 6, "教职工", "医务人员", "行业用语"),),
)
MONTHS = (
    paragraph("走访慰问困难职工", month=1),
    paragraph("召开职工代表大会", month=3),
    paragraph("庆祝“三八”国际妇女节", month=3),
)
DRAFT = Draft(
    PlanRequest(OrganisationType.HOSPITAL, "某某市人民医院", 2026),
    "某某市人民医院2026年工会工作计划",
    (
        section("s1", "", Topic.GUIDING, paragraph("2026年是“十五五”规划开局之年。", "现将工作安排如下。")),
        section("s2", "指导思想", Topic.GUIDING, paragraph("围绕医院中心工作——团结动员全院职工……建功立业。")),
        section(
            "s3",
            "加强民主管理",
            Topic.DEMOCRACY,
            Paragraph((sentence("召开职工代表大会。"), BORROWED)),
            paragraph("按季度公开院务，满意率达到95%以上。"),
        ),
        section(
            "s4",
            "提升职工素质",
            Topic.SKILLS,
            paragraph("开展岗位练兵，不少于【待填：次数】次。", title="劳动竞赛。"),
            paragraph("宣讲身边的先进。", title="选树典型。"),
        ),
        section("s5", "月度工作安排", Topic.MONTHLY, *MONTHS),
        section("s6", "", Topic.CLOSING, paragraph("各分会要抓好落实。")),
    ),
    "某某市人民医院工会委员会",
    "2026年2月15日",
)
