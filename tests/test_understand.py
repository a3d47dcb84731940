import json
from datetime import date
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.datatypes import Length
from assistant.understand import Ask, Caution, Intent, Understanding, next_plan_year, normalised, understand
from assistant.understanding.cues import load_cues
from assistant.understanding.evaluate import evaluate_understanding, prediction
from corpus.datatypes import OrganisationType as T
from corpus.datatypes import Period, Topic
from corpus.errors import BadRequest

TODAY = date(2026, 11, 20)
CONVERSATIONS = Path(__file__).with_name("data") / "utterances.jsonl"
BLIND = CONVERSATIONS.with_name("utterances_blind.jsonl")  # written before the rules they test were read
FIRST = "写一份2027年医院工会工作计划"


def read(*utterances: str) -> Understanding:
    return understand(utterances, today=TODAY)


def edit(*utterances: str) -> tuple[str, str, str]:
    said = read(FIRST, *utterances)
    assert said.intent is Intent.REVISE
    assert said.edit is not None
    assert (said.organisation, said.year) == (T.HOSPITAL, 2027)
    return said.edit.op, said.edit.target, said.edit.detail


def test_conversations_written_blind_are_understood() -> None:
    scores = evaluate_understanding(BLIND)
    assert scores.turns == 80
    assert scores.slots >= 0.98
    assert scores.whole >= 0.95


def test_conversations_are_understood() -> None:
    scores = evaluate_understanding(CONVERSATIONS)
    assert scores.turns >= 150
    assert scores.slots >= 0.97
    assert scores.whole >= 0.93


@pytest.mark.parametrize(
    ("said", "organisation", "name", "year", "period"),
    [
        ("帮我写一份2026年医院工会工作计划，单位是某某市人民医院", T.HOSPITAL, "某某市人民医院", 2026, None),
        ("我们是某某县第三中学，要明年的计划", T.SCHOOL, "某某县第三中学", 2027, None),
        ("名称：某某集团（上海）有限公司，写二〇二八年计划", T.ENTERPRISE, "某某集团（上海）有限公司", 2028, None),
        ("为某某市公安局交警支队起草今年下半年工会计划", T.POLICE, "某某市公安局交警支队", 2026, Period.SECOND_HALF),
        ("给医院写一份", T.HOSPITAL, None, None, None),
        ("单位是红星“实验”小学，写2027年的", T.SCHOOL, "红星“实验”小学", 2027, None),
        ("单位是“红星小学”，写2027年的", T.SCHOOL, "红星小学", 2027, None),
        ("我们是一所乡下小学，写后年的", T.SCHOOL, None, 2028, None),
        ("某某街道总工会25年计划", T.TOWNSHIP, "某某街道总工会", 2025, None),
        ("２０２７年鎮工會計劃", T.TOWNSHIP, None, 2027, None),
        ("小学2026-2027学年第一学期工会计划", T.SCHOOL, None, 2026, Period.FIRST_TERM),
        ("社区工会三季度安排，写一下", T.COMMUNITY, None, None, Period.QUARTER_3),
        ("县教育工会全年计划", T.EDUCATION_HEALTH, None, None, Period.YEAR),
        ("我们是学校，写明年的", T.SCHOOL, None, 2027, None),
        ("国有企业的计划，民营医药公司", T.ENTERPRISE, None, None, None),
    ],
)
def test_slots(said: str, organisation: T, name: str | None, year: int | None, period: Period | None) -> None:
    found = read(said)
    assert (found.organisation, found.name, found.year, found.period) == (organisation, name, year, period)
    assert found.intent is Intent.DRAFT


@pytest.mark.parametrize(
    ("said", "year", "period"),
    [
        ("大后年的学校计划", 2029, None),
        ("二零二七年的学校计划", 2027, None),
        ("学校计划，写2000字，2027年", 2027, None),
        ("2026—2027学年第二学期学校计划", 2027, Period.SECOND_TERM),
        ("本学期的学校计划", 2026, Period.FIRST_TERM),
        ("下学期的学校计划", 2027, Period.SECOND_TERM),
        ("下个季度的学校计划", 2027, Period.QUARTER_1),
        ("2027年1-6月学校计划", 2027, Period.FIRST_HALF),
        ("参考去年的，写今年的学校计划", 2026, None),
        ("不是2026年，是2027年的学校计划", 2027, None),
        ("2027年一二季度学校计划", 2027, Period.FIRST_HALF),
        ("2027年三、四季度学校计划", 2027, Period.SECOND_HALF),
        ("school plan next year", 2027, None),
    ],
)
def test_times(said: str, year: int, period: Period | None) -> None:
    assert (read(said).year, read(said).period) == (year, period)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("你好", Intent.SMALLTALK),
        ("找几段送温暖的话", Intent.SEARCH),
        ("学校和医院的民主管理有什么不同", Intent.COMPARE),
        ("写首诗", Intent.OUT_OF_SCOPE),
        ("弄一下", Intent.UNCLEAR),
        ("", Intent.UNCLEAR),
        ("这份计划里有没有过时的说法", Intent.CHECK),
        ("职工体检怎么安排", Intent.SEARCH),
        ("把去年的计划改成明年的", Intent.ROLLOVER),
        ("撤销", Intent.REVISE),
        ("去年的拿来改", Intent.ROLLOVER),
        ("比一比", Intent.COMPARE),
        ("2025年的计划能不能直接改成2026年", Intent.ROLLOVER),
        ("有没有超出2027年的提法", Intent.CHECK),
        ("这篇写得规范不规范", Intent.CHECK),
        ("二十大之后还能提十九大吗", Intent.SEARCH),
        ("写一份党支部工作计划", Intent.OUT_OF_SCOPE),
        ("工会经费审查工作计划，机关", Intent.DRAFT),
    ],
)
def test_intents(said: str, intent: Intent) -> None:
    assert read(said).intent is intent


@pytest.mark.parametrize(
    ("said", "op", "target", "detail"),
    [
        ("第3块太长", "shorten", "第三部分", ""),
        ("把第二部分和第五部分对调", "reorder", "第二部分", "与第五部分对调"),
        ("把女职工放到送温暖前面", "reorder", "女职工", "送温暖与帮扶之前"),
        ("思想引领移到最后", "reorder", "思想引领", "移到最后"),
        ("民主管理那块展开写", "expand", "民主管理", ""),
        ("压缩到1500字", "shorten", "全文", "1500字"),
        ("“患者”都改成“病人”", "replace", "全文", "患者→病人"),
        ("用会员代替职工", "replace", "全文", "职工→会员"),
        ("结尾重写", "replace", "结语", ""),
        ("换成学校的口吻", "restyle", "全文", "学校口吻"),
        ("加一段退休职工的", "add", "退休职工", ""),
        ("不要保障措施了", "remove", "保障措施", ""),
        ("第一部分别动", "lock", "第一部分", ""),
        ("撤销", "undo", "全文", ""),
        ("重做", "redo", "全文", ""),
        ("合并第二第三部分", "merge", "第二部分", "与第三部分合并"),
        ("把送温暖和福利合到一起", "merge", "送温暖与帮扶", "与福利与保障合并"),
        ("在民主管理里加上职代会提案", "emphasise", "民主管理", "职代会提案"),
        ("工作目标里补充职工满意度", "emphasise", "工作目标", "职工满意度"),
        ("前面两部分合成一个", "merge", "第一部分", "与第二部分合并"),
        ("三四月份的安排再具体点", "expand", "月度安排", ""),
        ("不要那么多口号", "shorten", "全文", ""),
        ("标题改成晨光小学工会2027年工作要点", "replace", "标题", "晨光小学工会2027年工作要点"),
        ("落款改成晨光小学工会委员会", "replace", "落款", "晨光小学工会委员会"),
        ("日期改成2027年1月10日", "replace", "日期", "2027年1月10日"),
        ("第二部分标题改成强化维权", "rename", "第二部分", "强化维权"),
        ("预算5万元", "tell", "经费与经审", "工会经费预算5万元"),
        ("会员一共有260人", "tell", "", "现有会员260人"),
        ("去掉那些空话", "shorten", "全文", ""),
        ("把第五部分提前到第二部分前面", "reorder", "第五部分", "第二部分之前"),
        ("倒回去", "undo", "全文", ""),
        ("语气强硬一些", "restyle", "全文", "更有力"),
        ("改到3000字", "expand", "全文", "3000字"),
    ],
)
def test_edits(said: str, op: str, target: str, detail: str) -> None:
    assert edit(said) == (op, target, detail)


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("第二和第四部分都短一点", [("shorten", "第二部分"), ("shorten", "第四部分")]),
        ("劳动竞赛去掉，加上退休职工", [("remove", "素质提升与劳动竞赛"), ("add", "退休职工")]),
        ("二三部分短一点", [("shorten", "第二部分"), ("shorten", "第三部分")]),
        ("删掉第2、3部分", [("remove", "第二部分"), ("remove", "第三部分")]),
        ("第12部分删掉", [("remove", "第十二部分")]),
        ("第25部分删掉", [("remove", "第25部分")]),
        ("加上退休职工，放在最后", [("add", "退休职工"), ("reorder", "退休职工")]),
        ("第一部分短一点，第三部分详细些", [("shorten", "第一部分"), ("expand", "第三部分")]),
        ("第三部分太长，删掉一些", [("shorten", "第三部分")]),
    ],
)
def test_several_changes_in_one_turn(said: str, changes: list[tuple[str, str]]) -> None:
    first = read(FIRST, said).edit
    assert first is not None
    assert [(each.op, each.target) for each in (first, *first.more)] == changes


def test_numbers_of_the_own_unit_go_into_the_request() -> None:
    assert read("写一份2027年医院工会计划，会员320人，预算5万元").facts == ("现有会员320人", "工会经费预算5万元")
    assert read("找几条经费5万元的写法").facts == ()


def test_edits_are_operations_of_revising() -> None:
    from assistant.revising import Op

    ops = {op for op, _ in load_cues("edits")["ops"]}
    assert ops - {"undo", "redo", "words"} <= set(Op)  # words becomes replace


def test_a_part_spoken_of_before_is_meant_again() -> None:
    assert edit("第二部分太长了", "还是长，再短点") == ("shorten", "第二部分", "")
    assert edit("第二部分太长了", "第三部分也是") == ("shorten", "第三部分", "")


def test_types_side_by_side_are_compared() -> None:
    found = read("学校医院企业机关的女职工怎么写，比一比")
    assert found.organisations == (T.SCHOOL, T.HOSPITAL, T.ENTERPRISE, T.GOVERNMENT)


def test_later_turns_fill_and_override() -> None:
    found = read("写一份医院的计划", "明年的，单位是某某市中医院", "不对，是2028年，详细一点")
    assert (found.organisation, found.name, found.year, found.length) == (
        T.HOSPITAL,
        "某某市中医院",
        2028,
        Length.LONG,
    )
    assert found.intent is Intent.DRAFT


def test_a_name_goes_with_its_type() -> None:
    found = read("写医院的计划，不对，我们是某某市第一中学")
    assert (found.organisations, found.name) == ((T.SCHOOL,), "某某市第一中学")
    assert read("我们是某某市中医院，写2027年的", "还是写学校的吧").name is None


def test_a_question_takes_over_what_the_last_one_asked() -> None:
    found = read("找几段劳动竞赛的", "医院的呢")
    assert (found.intent, found.organisation, found.topics) == (Intent.SEARCH, T.HOSPITAL, (Topic.SKILLS,))
    found = read("学校和医院的女职工工作有什么不同", "再加上机关")
    assert (found.intent, found.organisations) == (Intent.COMPARE, (T.SCHOOL, T.HOSPITAL, T.GOVERNMENT))


@pytest.mark.parametrize(
    ("said", "organisation", "topics"),
    [
        ("gongsi gonghui jihua 2027", T.ENTERPRISE, ()),
        ("社去工会2027计划", T.COMMUNITY, ()),
        ("送问暖的表述", None, (Topic.RELIEF,)),
        ("minzhu guanli怎么写", None, (Topic.DEMOCRACY,)),
    ],
)
def test_slips_are_put_right(said: str, organisation: T | None, topics: tuple[Topic, ...]) -> None:
    assert (read(said).organisation, read(said).topics) == (organisation, topics)


@pytest.mark.parametrize(
    ("said", "ask", "caution", "told"),
    [
        ("写一份1890年的学校计划", Ask.YEAR, Caution.YEAR_IMPLAUSIBLE, "1890年"),
        ("写学校13月的计划", Ask.MONTH, Caution.MONTH_IMPOSSIBLE, "“13月”"),
        ("写一份负5年的学校计划", Ask.YEAR, Caution.YEAR_IMPLAUSIBLE, "负5年"),
        ("学校第五季度计划", Ask.PERIOD, Caution.PERIOD_IMPOSSIBLE, "“第五季度”"),
        ("2026年2027年的学校计划都要", Ask.YEAR, Caution.MULTIPLE_YEARS, "不止一年"),
        ("学校和医院的2027年计划都要写", Ask.ORGANISATION, Caution.MULTIPLE_TYPES, "一家单位"),
        ("弄一份今年的工作小结", Ask.INTENT, Caution.NOT_A_PLAN, "不写总结"),
    ],
)
def test_impossible_wishes_are_asked_about(said: str, ask: Ask, caution: Caution, told: str) -> None:
    found = read(said)
    assert found.ask is ask
    assert found.warnings == (caution,)
    assert told in found.reply
    assert found.choices


def test_one_question_when_the_type_is_missing() -> None:
    found = read("写一份明年的计划")
    assert (found.ask, found.reply) == (Ask.ORGANISATION, "请问是哪一类单位的工会？")
    assert "医院" in found.choices
    assert found.defaults == ()


def test_defaults_are_said() -> None:
    assert read("写学校计划").defaults == ("2027年", "年度计划", "标准篇幅")
    assert read("写学校计划").ask is None


def test_a_masked_name_is_kept_and_told() -> None:
    found = read("**市财政局2027年工会计划")
    assert (found.name, found.warnings) == ("**市财政局", (Caution.NAME_PLACEHOLDER,))
    assert "占位" in found.reply


@pytest.mark.parametrize(
    "said",
    [
        "给县医院写明年的计划",
        "我们是二级甲等医院，写明年的",
        "写一份供电公司工会计划",
        "市教科文卫工会2027年计划",
        "民营建筑公司计划",
    ],
)
def test_a_kind_of_unit_is_no_name(said: str) -> None:
    assert read(said).name is None


def test_emphasis_is_split() -> None:
    found = read("写公司计划，重点写劳动竞赛和班组建设")
    assert (found.emphasis, found.topics) == (("劳动竞赛", "班组建设"), (Topic.SKILLS,))


def test_no_utterance_is_unclear() -> None:
    assert understand([], today=TODAY).intent is Intent.UNCLEAR


def test_normalising_keeps_the_length_and_the_brackets() -> None:
    assert normalised("２０２６年　學校（本部）") == "2026年 学校（本部）"


@pytest.mark.parametrize(("month", "year"), [(1, 2026), (9, 2026), (10, 2027), (12, 2027)])
def test_next_plan_year(month: int, year: int) -> None:
    assert next_plan_year(date(2026, month, 1)) == year


def test_a_pasted_text_is_no_request() -> None:
    plan = "一、深入推进厂务公开民主管理。二、做好女职工工作和送温暖工作。" * 40
    found = read(f"帮我检查这份2027年学校工会计划：{plan}")
    assert (found.intent, found.organisation, found.year) == (Intent.CHECK, T.SCHOOL, 2027)


def test_any_words_are_survived() -> None:
    for said in (
        "？",
        "a" * 3000,
        "第第第部分部分删",
        "年年年月月",
        "🙂",
        "把改成",
        "不对，不对，不对",
        "-",
        "\n",
        "“”→",
    ):
        for before in ((), (FIRST,)):
            assert read(*before, said).intent in set(Intent)


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["understand", "--today", "2026-11-20", "--json", FIRST, "第三部分太啰嗦"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["edit"] == {"op": "shorten", "target": "第三部分", "detail": ""}
    batch = tmp_path / "batch.jsonl"
    batch.write_text(json.dumps({"id": "a", "utterances": [FIRST]}, ensure_ascii=False), encoding="utf-8")
    assert main(["understand", "--today", "2026-11-20", "--batch", str(batch)]) == 0
    assert json.loads(capsys.readouterr().out) == {"id": "a", "pred": prediction(read(FIRST))}
    assert main(["eval", "understand", str(CONVERSATIONS), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["conversations"] >= 150
    assert main(["understand", "--today", "2026-11-20"]) == 2


def test_a_damaged_gold_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(BadRequest, match="gold.jsonl 第 1 行"):
        evaluate_understanding(path)
