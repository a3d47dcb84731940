"""People in running text: a surname, a given name, and words around them that speak of a person."""

import pytest

from corpus.people import find_people


def people(text: str) -> set[str]:
    return {text[start:end] for start, end in find_people(text)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("女工委员高文静牵头，五一前办好健康讲座。", {"高文静"}),
        ("社区专干罗玉梅逐户登记务工人员。", {"罗玉梅"}),
        ("由财务科贺志强、质检科田桂兰具体负责。", {"贺志强", "田桂兰"}),
        ("彭亮负责文体，辛小兰负责女工。", {"彭亮", "辛小兰"}),
        ("看望住院的姜老师，慰问职工周大勇一家。", {"姜老师", "周大勇"}),
        ("廖副大队长任副组长，请袁律师讲课。", {"廖副大队长", "袁律师"}),
        ("退管办老胡反映活动室潮湿，联系人：小宋。", {"老胡", "小宋"}),
        ("依托齐建军创新工作室开展攻关，推广马宏斌班的做法。", {"齐建军", "马宏斌"}),
        ("护士长余芳、抄表工窦建国获奖，看望离休干部饶老。", {"余芳", "窦建国", "饶老"}),
        ("工会派小魏老师家访。", {"小魏", "小魏老师"}),
        ("学习钟敏同志的先进事迹。", {"钟敏"}),
        ("教练员欧阳晓明带队参赛。", {"欧阳晓明"}),
        ("驾驶员邬建国拾金不昧，由陶静姝护士长负责，协勤小邵参加。", {"邬建国", "陶静姝", "小邵"}),
        ("请教龄最长的纪秋霜老师上课，大学生覃海波参与村务。", {"纪秋霜", "覃海波"}),
        ("工会主席石海燕主持会议，会后石海燕走访了三个车间。", {"石海燕"}),
    ],
)
def test_people_are_found(text: str, names: set[str]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "各级工会干部高度重视，职工金秋助学，教师成长有平台。",
        "工会主席任组长，班主任经验交流，向院长汇报，由分管领导主持。",
        "学习雷锋同志、张桂梅老师和许振超的事迹，弘扬白求恩精神。",
        "部门工会小组安排小型活动，小康路上不落一人，工会小常识进班组。",
        "教科文卫系统工会、市文旅局工会要加强管理，老同志座谈会由校长介绍情况。",
        "带会员游绿道，学名师、谈初心，校史沙龙请老先生讲，做好妇女儿童维权工作。",
        "丰富职工文化生活，关爱困难职工，方便群众办事，万名职工学技能。",
        "",
    ],
)
def test_prose_and_models_of_the_whole_country_are_nobody(text: str) -> None:
    assert people(text) == set()
