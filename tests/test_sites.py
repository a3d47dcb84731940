"""Streets, buildings, workplaces and small organisations in running text."""

import pytest

from corpus.datatypes import EntityKind
from corpus.sites import find_sites


def sites(text: str) -> list[str]:
    return [text[site.start : site.end] for site in find_sites(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("组织干部参加滨河路、解放大道文明劝导。", ["滨河路", "解放大道"]),
        ("改善青年路老校区单身教工的住宿条件。", ["青年路老校区"]),
        ("在桑园小区、玫瑰苑设服务点。", ["桑园小区", "玫瑰苑"]),
        ("发动高西片区企业，以河滩工业园为主战场。", ["高西片区", "河滩工业园"]),
        ("把逸夫楼305室改为活动室，门诊楼四楼设书屋。", ["逸夫楼305室", "门诊楼四楼"]),
        ("五号宿舍楼上网难，312国道检查站要建岗亭。", ["五号宿舍楼", "312国道检查站"]),
        ("走访永昌汽配城、顺发物流园的商户。", ["永昌汽配城", "顺发物流园"]),
        ("对城关分理处、黄塘网点进行改造，火车站派出所建健身房。", ["城关分理处", "黄塘网点", "火车站派出所"]),
        ("合成氨车间、炼钢一厂率先达标。", ["合成氨车间", "炼钢一厂"]),
        ("指导恒信电子建会，在鸿雁纺织召开现场会。", ["恒信电子", "鸿雁纺织"]),
        ("村内有丰禾果蔬合作社，巩固鞋业协会协商成果。", ["丰禾果蔬合作社", "鞋业协会"]),
        ("材料学院分工会承办，赴云台山登山。", ["材料学院", "云台山"]),
        ("帮助松坡县人民医院职工。", ["松坡县"]),
        ("安排骨干赴太钢学习，到云盘岭慰问。", ["太钢", "云盘岭"]),
        ("走访凌云轴承、泰禾包装、双溪线缆等20家企业。", ["凌云轴承", "泰禾包装", "双溪线缆"]),
        ("老厂区三栋、东院区外墙要维修，2号机组检修。", ["老厂区", "三栋", "东院区", "2号机组"]),
        ("县一中、市电视台派员参加，凤凰山检查站加餐。", ["县一中", "市电视台", "凤凰山检查站"]),
    ],
)
def test_sites_are_found(text: str, names: list[str]) -> None:
    assert sites(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "理清思路，找准出路，走群众路线，拓宽致富路，深化道路交通安全教育。",
        "各车间、班组和生产车间要在三楼会议室开会，教学楼、办公楼张贴标识。",
        "指导开发区、工业园区、商务楼宇、专业市场和居民小区建会。",
        "在职工食堂、文化广场设意见箱，参观爱国主义教育基地。",
        "推动平台企业、现代物流、绿色食品行业协商，社工扫街扫楼摸底。",
        "环境治理、上山下乡、江山如画，登高望远，全县干部职工参加县运动会。",
        "推动美团、饿了么、滴滴等企业建会，到省外考察，到一线慰问。",
        "上半年完成两级支行、基层派出所、偏远供电所小家建设。",
        "10月举办全县大赛，6人获县五一劳动奖章，扎根一线车间。",
    ],
)
def test_what_describes_names_nothing(text: str) -> None:
    assert sites(text) == []


def test_workplaces_are_organisations_and_streets_are_places() -> None:
    kinds = [site.kind for site in find_sites("尿素分厂的职工到滨河路值勤。")]
    assert kinds == [EntityKind.ORGANISATION, EntityKind.PLACE]
