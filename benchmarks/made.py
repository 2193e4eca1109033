"""Made-up rosters of any size for the benchmarks: no real person is in them."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from dibao_lib.idnumber import check_character

HOUSEHOLDS = (
    "低保证号",
    "乡镇",
    "村(居)",
    "户主姓名",
    "户主身份证号",
    "低保类别",
    "家庭人口",
    "保障人口",
    "户月保障金额",
    "家庭月总收入",
    "月人均收入",
    "开户银行",
    "银行账号",
    "家庭住址",
    "联系电话",
    "享受起始月",
    "致贫原因",
    "审批日期",
    "低保状态",
    "备注",
)
PAYMENTS = ("低保证号", "户主姓名", "身份证号", "开户银行", "银行账号", "发放月份", "发放金额", "发放日期")
_SURNAMES, _GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗", "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂"
_CAUSES = ("疾病", "残疾", "缺劳力", "年老体弱", "失业")


def pid(draw: random.Random) -> str:
    """A valid made-up id."""
    first17 = (
        f"361181{draw.randint(1930, 2000)}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}{draw.randint(0, 999):03d}"
    )
    return first17 + check_character(first17)


def name(draw: random.Random) -> str:
    """A made-up name."""
    return draw.choice(_SURNAMES) + "".join(draw.choices(_GIVEN, k=2))


def household_rows(count: int, villages: list[tuple[str, str]], seed: int) -> Iterator[tuple[object, ...]]:
    """Rows under HOUSEHOLDS.

    Args:
        count: number of rows.
        villages: (township, village) names.
        seed: the same seed makes the same rows.
    """
    draw = random.Random(seed)
    for number in range(count):
        township, village = draw.choice(villages)
        size = draw.randint(1, 5)
        income = draw.randint(80, 420)
        yield (
            f"3611810{number:06d}",
            township,
            village,
            name(draw),
            pid(draw),
            "农村",
            size,
            size,
            size * draw.randint(60, 85),
            size * income,
            income,
            "农村信用社",
            f"62261{draw.randint(0, 10**14 - 1):014d}",
            f"{village}{draw.randint(1, 20)}组{draw.randint(1, 200)}号",
            f"1387{draw.randint(0, 9999999):07d}",
            f"2009-{draw.randint(1, 12):02d}",
            draw.choice(_CAUSES),
            f"2009-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
            "在保",
            "",
        )


def households_xlsx(path: Path, count: int, villages: list[tuple[str, str]], seed: int) -> Path:
    """A workbook of `count` households and 20 columns."""
    with xlsxwriter.Workbook(path, {"constant_memory": False, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, HOUSEHOLDS)
        for number, row in enumerate(household_rows(count, villages, seed), 1):
            sheet.write_row(number, 0, row)
    return path


def payments_csv(path: Path, count: int, seed: int) -> Path:
    """A text table of `count` payments to a tenth as many households."""
    draw = random.Random(seed)
    people = [
        (f"3611810{n:06d}", name(draw), pid(draw), "农村信用社", f"62261{draw.randint(0, 10**14 - 1):014d}")
        for n in range(max(count // 12, 1))
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(PAYMENTS)
        for number in range(count):
            month = number * 12 // count + 1
            person = people[number % len(people)]
            writer.writerow((*person, f"2010-{month:02d}", f"{draw.randint(80, 420)}.00", f"2010-{month:02d}-15"))
    return path
