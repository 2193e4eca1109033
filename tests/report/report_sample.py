"""A made-up township report with every kind of block, about seven pages long."""

from functools import cache

import pandas as pd

from dibao_lib.report.blocks import (
    Attachment,
    Block,
    Blocks,
    Colophon,
    Heading,
    Masthead,
    PageBreak,
    Signatures,
    Title,
    blocks,
)
from dibao_lib.report.figures import chart, figure
from dibao_lib.report.numbering import number_blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.tables import table

TOWNSHIPS = ["银城街道", "新营街道", "香屯街道", "泗洲镇", "花桥镇", "绕二镇", "海口镇", "新岗山镇"]
BODY = (
    "检查组按照方案要求，对全镇在册低保对象逐户核对，重点查标准执行、对象认定、审批程序、日常管理和资金发放五个方面。"
    "共核对农村低保{rural}户、城市低保{urban}户，入户走访**{visited}户**，召开民主评议会{meetings}场，张榜公示{boards}处。"
    "检查结果与乡镇自查报告逐项比对，不一致的事项均已写明依据，交由乡镇人民政府在七日内书面说明。"
)


def by_check() -> pd.DataFrame:
    columns = pd.MultiIndex.from_tuples(
        [("问题数", "自查"), ("问题数", "核实"), ("涉及对象", "户"), ("涉及对象", "人"), ("金额（元）", "")]
    )
    index = pd.MultiIndex.from_tuples(
        [
            ("一查标准", "补助低于应发"),
            ("一查标准", "补助高于应发"),
            ("二查对象", "在册人员已死亡"),
            ("二查对象", "有财政供养人员"),
            ("三查程序", "公示不足七日"),
        ],
        names=["检查内容", "问题"],
    )
    rows = [
        [3, 5, 5, 11, 123450],
        [0, 2, 2, 4, 33000],
        [1, 4, 4, 4, 216000],
        [0, 1, 1, 3, None],
        [2, 2, 37, 81, None],
    ]
    return pd.DataFrame(rows, columns=columns, index=index)


def roster(rows: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "序号": range(1, rows + 1),
            "村（社区）": [f"{'东西南北中'[n % 5]}源村" for n in range(rows)],
            "户主": ["张某", "欧阳某某", "堃某", "李某"] * (rows // 4) + ["王某"] * (rows % 4),
            "身份证号": [f"36232619{n:010d}"[:18] for n in range(rows)],
            "类别": ["A", "B", "C"] * (rows // 3) + ["A"] * (rows % 3),
            "保障人数": [n % 5 + 1 for n in range(rows)],
            "月补助（元）": [8500 + 1000 * (n % 7) for n in range(rows)],
            "核实结果": ["与档案一致", "户内有一人已外出务工，收入未申报，应当重新核算后调整补助"] * (rows // 2)
            + ["—"] * (rows % 2),
        }
    )


@cache
def figure_block():
    canvas, axes = chart(140, 70, grid="x")
    axes.barh(TOWNSHIPS, [5, 9, 3, 7, 2, 8, 4, 6])
    axes.set_title("核实发现的问题数：新营街道最多")
    axes.set_xlabel("件")
    return figure(canvas, "各乡镇核实发现的问题数", alt="条形图：新营街道9件，为最多；花桥镇2件，为最少。")


@cache
def sample() -> Blocks:
    values = {"rural": 304, "urban": 81, "visited": 116, "meetings": 6, "boards": 14}
    sections: list[Block] = [Masthead("德兴市民政局文件", "德民字〔2011〕58号")]
    sections += [Title("关于泗洲镇城乡居民最低生活保障专项治理检查情况的报告")]
    sections += [paragraph("市低保专项治理工作领导小组：", indent=False)]
    sections += [Heading("基本情况"), paragraph(BODY, **values), Heading("核对范围和方法", 2)]
    sections += [Heading("入户走访", 3), paragraph(BODY, **values), Heading("走访记录", 4), paragraph(BODY, **values)]
    sections += [Heading("存在问题"), paragraph(BODY, **values)]
    note = "注：金额为按月补助差额累计，“—”表示不涉及金额。"
    colour = {5: "FCE4D6", 4: "FFF2CC"}
    money = table(
        by_check(),
        caption="五查发现问题汇总",
        note=note,
        money={"金额（元）"},
        fill=lambda name, value: colour.get(value) if name == "核实" else None,
    )
    sections += [money, figure_block(), paragraph(BODY, **values)]
    sections += [
        table(roster(5), caption="抽查户", widths=[1, 2, 2, 4, 1, 1.5, 2, 4], money={"月补助（元）"}),
        Heading("整改要求"),
        paragraph(BODY, **values),
        Signatures(("检查组组长", "检查组成员", "乡镇负责人"), "德兴市民政局", "2011年7月20日"),
        Attachment("抽查低保户核实情况登记表", 1, landscape=True),
        table(roster(40), caption="抽查低保户核实情况", money={"月补助（元）"}),
        Attachment("民主评议会签到册", 2),
        paragraph(BODY, **values),
        PageBreak(),
        paragraph(BODY, **values),
        Colophon("市纪委、市财政局、市审计局", "德兴市民政局办公室", "2011年7月20日"),
    ]
    return blocks(number_blocks(sections))
