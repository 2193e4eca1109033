"""The townships at a glance: how many households each has, what it was drawn for, who inspects it, who leads (R56-R59)."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from dibao_lib.sampling.archive import kept_draws
from dibao_lib.sampling.frames import unit_names
from dibao_lib.sampling.teams import read_areas, read_teams
from dibao_lib.units import yuan
from dibao_lib.workspace import Inspection


def township_table(inspection: Inspection) -> pd.DataFrame:
    """One row a township of the plan, map-free.

    Columns: 乡镇（街道）, 在册户数 and 月保障金额（元） where the register was imported, one column a draw of townships (抽中,
    必查, 递补, or the place on the replacement list), 检查组 and 分片负责 where they were decided, and one column a second
    stage with how many were drawn there.
    """
    folder = inspection.folder / "draws"
    names = unit_names(inspection)
    codes = [township.code for township in inspection.plan.townships]
    columns: dict[str, list[object]] = {"乡镇（街道）": [names[code] for code in codes], **_register(inspection, codes)}
    kept = [one for one in kept_draws(folder) if one.draw]
    for one in kept:
        if one.draw and set(one.draw.frame.units) <= set(codes):
            places = {row.unit: "必查" if row.certainty else "抽中" for row in one.draw.rows}
            places |= {row.unit: f"递补第{row.order}号" for row in one.draw.reserve if row.unit not in places}
            columns[one.name] = [places.get(code, "") for code in codes]
            if teams := read_teams(folder, one.name):
                of = {target: names.get(team, team) for team, target in teams["pairs"]}
                columns[f"{one.name}检查组"] = [of.get(code, "") for code in codes]
    for stage in dict.fromkeys(one.path.parent.name for one in kept if one.parent):
        drawn = {one.parent: len(one.draw.rows) for one in kept if one.path.parent.name == stage and one.draw}
        columns[stage] = [drawn.get(code, "") for code in codes]
    if areas := read_areas(folder):
        leads = {area.township: f"第{area.group}组 {area.leader}" for area in areas}
        columns["分片负责"] = [leads.get(code, "") for code in codes]
    return pd.DataFrame(columns)


def drawn_townships(inspection: Inspection) -> dict[str, frozenset[str]]:
    """Name of each draw of townships on file -> the townships it drew."""
    codes = {township.code for township in inspection.plan.townships}
    kept = kept_draws(inspection.folder / "draws")
    return {
        one.name: frozenset(row.unit for row in one.draw.rows)
        for one in kept
        if one.draw and set(one.draw.frame.units) <= codes
    }


def demanded(inspection: Inspection) -> dict[str, Fraction]:
    """The shares of townships that the plan demands, by the word in a draw's name (R57, R58)."""
    quotas = inspection.plan.quotas
    return {"督查": quotas.supervision, "交叉检查": quotas.cross_inspection}


def _register(inspection: Inspection, codes: list[str]) -> dict[str, list[object]]:
    if "households" not in inspection.tables():
        return {}
    rows = inspection.table("households")
    rows = rows[rows["status"].fillna("在保").eq("在保")].drop_duplicates("hh_id")
    by = rows.groupby("twn_id").agg(n=("hh_id", "size"), total=("total", "sum"))
    return {
        "在册户数": [int(by["n"].get(code, 0)) for code in codes],
        "月保障金额（元）": [yuan(int(by["total"].get(code, 0))) for code in codes],
    }
