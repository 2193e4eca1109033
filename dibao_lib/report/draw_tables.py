"""A draw as tables: what was fixed before the seed was known, what came out, and what a challenger needs to check it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from dibao_lib.report.blocks import Blocks, Paragraph, Table, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.tables import table
from dibao_lib.sampling import Draw
from dibao_lib.sampling.archive import Kept
from dibao_lib.sampling.design import METHODS
from dibao_lib.sampling.files import Promise
from dibao_lib.sampling.rates import exact_rate
from dibao_lib.sampling.teams import Area

_SHOWN = 16
# an item and what it says: a SHA-256 fits on one line, so that it is copied whole
_ITEMS = (5.2, 31)


def basis_table(made: Draw, title: str = "") -> Table:
    """Frame, design, commitment and seed, an item a row; `title` in place of the draw's name."""
    design, promise = made.design, made.commitment
    alone = "没有单独承诺，沿用第一阶段的种子" if "/" in design.name else "没有事先承诺"
    rows = {
        "抽样框": f"{len(made.frame.units):,}个单元，SHA-256：{made.frame.hash}",
        "方法": METHODS[design.method].removesuffix("（分层）") + _strata(made),
        "样本量": _size(made),
        "必查单元": _reasons(design.certainty),
        "不参加抽样": _reasons(design.exclude),
        "方案 SHA-256": design.hash,
        "承诺": f"{_time(promise.at)}公布，SHA-256：{promise.hash}" if promise else alone,
        "见证人": "、".join(promise.witnesses) if promise and promise.witnesses else "没有登记",
        "种子": f"{made.seed}（取自：{promise.source}）" if promise else made.seed,
        "号码": f"SHA-256(“{made.seed},{design.name},单元代码”)，由小到大抽取；排在后面的依次递补",
        "递补": f"{len(made.replacements)}个" if made.replacements else "没有递补",
    }
    frame = pd.DataFrame({"项目": rows.keys(), "内容": rows.values()})
    return table(frame, caption=f"{title or design.name}：抽样依据", widths=_ITEMS)


def promise_table(promise: Promise) -> Table:
    """What was committed, before the seed is known."""
    rows = {
        "抽样框": f"{len(promise.frame.units):,}个单元，SHA-256：{promise.commitment.frame_hash}",
        "方法": METHODS[promise.design.method].removesuffix("（分层）"),
        "样本量": f"{promise.design.size(promise.frame)}个",
        "必查单元": _reasons(promise.design.certainty),
        "方案 SHA-256": promise.commitment.design_hash,
        "种子取自": promise.commitment.source,
        "承诺时间": _time(promise.commitment.at),
        "承诺 SHA-256": promise.commitment.hash,
    }
    frame = pd.DataFrame({"项目": rows.keys(), "内容": rows.values()})
    return table(frame, caption=f"{promise.design.name}：承诺书", widths=_ITEMS)


def sample_table(
    made: Draw,
    names: Mapping[str, str],
    teams: Mapping[str, str] | None = None,
    title: str = "",
    unit_title: str = "单元",
) -> Table:
    """Units drawn in order: code, name, ticket, inclusion probability, weight, reason; and who inspects them.

    Args:
        made: the draw.
        names: code -> name, for units that have one.
        teams: unit -> who inspects it.
        title: in place of the draw's name.
        unit_title: what the names are.
    """
    replaced = {change.by: f"递补{names.get(change.unit, change.unit)}" for change in made.replacements}
    stratified = any(row.stratum for row in made.rows)
    rows = pd.DataFrame(
        [
            {
                "顺序": "必查" if row.certainty else str(row.order),
                unit_title: names.get(row.unit, ""),
                "代码": row.unit,
                "层": names.get(row.stratum, row.stratum) or "全部",
                "号码（前16位）": row.ticket[:_SHOWN],
                "入样概率": f"{row.probability.numerator}/{row.probability.denominator}"
                if row.probability.denominator < 10**5
                else f"{float(row.probability):.6f}",
                "权数": f"{1 / float(row.probability):.4g}",
                "检查组": (teams or {}).get(row.unit, ""),
                "备注": made.design.certainty.get(row.unit, replaced.get(row.unit, "")),
            }
            for row in made.rows
        ]
    )
    named = any(rows[unit_title])
    dropped = [
        name
        for name, needed in (
            ("层", stratified),
            ("检查组", bool(teams)),
            ("备注", any(rows["备注"])),
            (unit_title, named),
        )
        if not needed
    ]
    return table(
        rows.drop(columns=dropped),
        caption=f"{title or made.design.name}：抽中的单元",
        align={"顺序": "center"},
        missing="",
    )


def reserve_table(made: Draw, names: Mapping[str, str], most: int = 6) -> Table:
    """The first units of the replacement list."""
    waiting = [row for row in made.reserve if row.unit not in {change.by for change in made.replacements}][:most]
    rows = pd.DataFrame(
        [(str(row.order), names.get(row.unit, ""), row.unit, row.ticket[:_SHOWN]) for row in waiting],
        columns=["顺序", "单元", "代码", "号码（前16位）"],
    )
    return table(rows, caption=f"{made.design.name}：递补顺序（前{len(waiting)}个）", align={"顺序": "center"})


def replacement_table(made: Draw, names: Mapping[str, str]) -> Table:
    """Who was replaced by whom, why, and who approved."""
    rows = pd.DataFrame(
        [
            (names.get(change.unit, change.unit), names.get(change.by, change.by), change.reason, change.approver)
            for change in made.replacements
        ],
        columns=["未能检查的单元", "递补单元", "理由", "批准人"],
    )
    return table(rows, caption=f"{made.design.name}：递补情况", missing="", widths=(8, 8, 14, 5))


def stage_table(kept: Sequence[Kept], names: Mapping[str, str]) -> Table:
    """Villages drawn in each township, a draw of a second stage a row."""
    rows = [
        (
            one.name.partition("/")[0],
            names.get(one.parent, one.parent),
            len(one.draw.frame.units),
            len(one.draw.rows),
            "、".join(names.get(row.unit, row.unit) for row in one.draw.rows),
        )
        for one in kept
        if one.draw
    ]
    frame = pd.DataFrame(rows, columns=["抽样", "乡镇（街道）", "村（居）", "抽中", "抽中的村（居）"])
    return table(frame, caption="抽中的村（居）", widths=(5, 7, 5, 4, 18))


def areas_table(areas: Sequence[Area], names: Mapping[str, str]) -> Table:
    """Verification groups, leaders and their townships (R59)."""
    rows = pd.DataFrame(
        [(f"第{area.group}组", area.leader, names.get(area.township, area.township)) for area in areas],
        columns=["核查小组", "分片负责人", "乡镇（街道）"],
    )
    return table(rows.set_index(["核查小组", "分片负责人"]), caption="班子成员分片负责和核查小组")


def how_to_check(made: Draw, folder: str = "draws") -> Paragraph:
    """What anybody runs to get the same list."""
    return paragraph(
        "复核办法：在装有 bash 的任何电脑上运行 {folder}/{name}.sh，得到同一名单，不需要本软件；"
        "用 dibao draw verify {folder}/{name}.json 核验，任何改动都会指明。",
        folder=folder,
        name=made.design.name,
    )


def whole_draw(made: Draw, names: Mapping[str, str], teams: Mapping[str, str] | None = None) -> Blocks:
    """Basis, sample, replacements and how to check."""
    changed = [replacement_table(made, names)] if made.replacements else []
    return blocks(basis_table(made), sample_table(made, names, teams), *changed, how_to_check(made))


def _time(at: str) -> str:
    return at.replace("T", " ") if at else "时间未登记"


def _reasons(reasons: Mapping[str, str]) -> str:
    return "；".join(f"{unit}：{reason}" for unit, reason in sorted(reasons.items())) or "没有"


def _strata(made: Draw) -> str:
    count = len(Counter(made.frame.strata))
    return f"，分{count}层" if count > 1 else ""


def _size(made: Draw) -> str:
    drawn, total = len(made.rows), len(made.frame.units)
    asked = f"，按{float(exact_rate(made.design.rate)):.0%}向上取整" if made.design.rate is not None else ""
    grown = f"，其中追加{made.extended - made.design.size(made.frame)}个" if made.extended else ""
    return f"{drawn}个，占{drawn / total:.1%}{asked}{grown}"
