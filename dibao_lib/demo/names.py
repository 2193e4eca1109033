"""Made-up names as a Jiangxi county spells them: by sex and generation, with the rare characters that break software."""

from __future__ import annotations

import random

_SURNAMES = (
    *"余程徐王张李汪叶周吴" * 6,
    *"方詹洪齐舒蒋毛潘邵傅朱刘胡黄陈" * 4,
    *"江项姚夏祝董占俞郑何林高罗杨许彭曾曹余" * 2,
    *"笪昌纪查宁万邹鲁柴翁佘韦欧阮覃",
)
_GIVEN = {
    ("男", False): "国建华金水根发贵福生财兴荣林木火土友春德明友顺仁义清和良正宝龙海山",
    ("女", False): "秀英兰香花娥桂珍凤莲菊梅仙娇翠玉红月云银爱细满喜彩",
    ("男", True): "伟强磊俊杰涛鹏浩宇轩斌鑫志勇晨睿毅凯飞波",
    ("女", True): "婷娟敏静丽艳雪欣怡佳燕萍琴霞慧莹颖洁琳瑶",
}
# 䶮 is not in GBK; 𬭎 lies outside the basic plane
_RARE = "䶮㛃𬭎玥堃垚"
_DOTTED = ("古丽娜尔·艾山", "阿依夏木·买买提", "买买提·吐尔逊", "帕提古丽·玉素甫", "艾力·卡德尔", "措姆·扎西")
_TRADITION = 1975


def full_name(rng: random.Random, sex: str, birth_year: int, surname: str = "") -> str:
    """A name for a person of that sex and generation; with a surname given, a name of that family."""
    chance = rng.random()
    if not surname and chance < 0.0006:
        return rng.choice(_DOTTED)
    given = _GIVEN[sex, birth_year > _TRADITION]
    first = rng.choice(_RARE) if chance > 0.997 else rng.choice(given)
    last = "" if chance < 0.12 else rng.choice(given)
    return (surname or rng.choice(_SURNAMES)) + first + last


def family_name(name: str) -> str:
    """What a child takes over; '' for names without a surname."""
    return "" if "·" in name else name[0]
