"""The office's ledger of problems: found, owned, due, settled with proof and closed by somebody else (R63)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.demo.model import Draft, Row
from dibao_lib.demo.season import day_between, stream

# kind of problem -> what it was, and the opinion on it
_KINDS = {
    "公示不规范": ("公示栏未公布监督电话", "补齐电话，重新公示"),
    "程序缺失": ("部分审批表缺少评议日期", "补正材料，重新评议"),
    "录入不全": ("信息系统中住房情况未录入", "限期补录"),
    "收入超标": ("家庭收入超过标准", "重新核定，按规定停发"),
    "死亡未退": ("保障对象死亡后未及时注销", "停发并追缴"),
    "车辆": ("家庭成员名下有车辆", "入户核实后重新评议"),
}
_OWNERS = ("余国平", "程建军", "徐秀梅", "汪志强")
_VERIFIERS = ("叶国华", "吴敏")


def open_ledger(draft: Draft) -> None:
    """Three problems a township of three kinds: two of self-inspection, closed in time, and one of later, still open."""
    rng = stream(draft.seed, "problems")
    for township in draft.plan.townships:
        kinds = rng.sample(sorted(_KINDS), 3)
        for kind, route in zip(kinds, ("自查", "自查", "数据比对"), strict=True):
            problem(draft, township.code, kind, route)


def problem(draft: Draft, township: str, kind: str, route: str, **rest: object) -> Row:
    """One line of the ledger; found by self-inspection it is closed in time, otherwise due in a week and more."""
    season, number = draft.season, len(draft.problems) + 1
    rng = stream(draft.seed, f"problem/{number}")
    what, opinion = _KINDS[kind]
    row: Row = {"fid": f"德治{season.year}-{number:03d}", "twn_id": township, "check_id": kind, "what": what}
    row |= {"basis": "实施方案", "n_hh.households": (n := rng.randint(1, 4)), "n_hh.persons": n * 2, "route": route}
    row |= {"opinion": opinion, "owner": rng.choice(_OWNERS), "amt": rng.randint(0, 20) * 10000}
    ended = draft.plan.date("self_inspection_end")
    if route == "自查":
        row |= {"found_on": day_between(rng, season.self_inspection, ended - dt.timedelta(14)), "due": ended}
        row |= {"state": "已销号", "done_on": ended - dt.timedelta(rng.randint(1, 6)), "proof": f"佐证{number:03d}.jpg"}
        row |= {"verifier": rng.choice(_VERIFIERS), "disc": "不追究"}
    else:
        row |= {"found_on": day_between(rng, ended + dt.timedelta(3), season.today - dt.timedelta(5))}
        row |= {"due": season.today + dt.timedelta(rng.randint(8, 15)), "state": rng.choice(("未整改", "整改中"))}
    row |= rest
    draft.problems.append(row)
    return row
