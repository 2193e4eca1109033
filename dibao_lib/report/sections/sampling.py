"""抽样: which townships and households were drawn, and all that a challenger needs to draw them again (R56-R59)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dibao_lib.report.blocks import Blocks, Figure, Heading, Paragraph, Table, blocks
from dibao_lib.report.coverage_gauge import coverage_gauge
from dibao_lib.report.draw_tables import (
    areas_table,
    basis_table,
    replacement_table,
    sample_table,
    stage_table,
    whole_draw,
)
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.response_tables import rate_table, response_table
from dibao_lib.report.subject import Subject
from dibao_lib.sampling import Draw
from dibao_lib.sampling.archive import Kept, kept_draws
from dibao_lib.sampling.teams import read_areas, read_teams
from dibao_lib.verification.response import Response, county_rate, response, visit_results

_MOST = 60


def section(subject: Subject) -> Blocks:
    """Draws of townships in full for the city; for a township whether it was drawn, and what was drawn in it."""
    kept = kept_draws(subject.folder / "draws", subject.township.code if subject.township else "")
    heading = Heading("抽样")
    if not kept:
        return blocks(heading, paragraph("尚未抽取督查、交叉检查的乡镇（街道），或抽样记录不在工作区内。"))
    broken = [
        paragraph("抽样记录“{name}”核验未通过：{why}", name=k.name, why=k.problems[0]) for k in kept if k.problems
    ]
    names = {**_names(subject), "": ""}
    body = _of_township(subject, kept, names) if subject.township else _of_city(subject, kept, names)
    return blocks(heading, *broken, *body)


def _names(subject: Subject) -> dict[str, str]:
    rows = subject.sql("SELECT code, name FROM township UNION ALL SELECT code, name FROM village")
    return dict(zip(rows["code"], rows["name"].fillna(""), strict=True))


def _of_city(subject: Subject, kept: list[Kept], names: Mapping[str, str]) -> Blocks:
    townships = {township.code for township in subject.plan.townships}
    whole = [k.draw for k in kept if k.draw and set(k.draw.frame.units) <= townships]
    parts = [
        block
        for made in whole
        for block in (Heading(made.design.name, 2), *whole_draw(made, names, _teams(subject, made, names)))
    ]
    gauge = [_coverage(subject, whole)] if whole else []
    second = [k for k in kept if k.draw and k.draw not in whole]
    later = _second_stage(subject, whole, second, names)
    return blocks(_sentence(whole), *gauge, *parts, *_areas(subject, names), *later)


def _sentence(whole: list[Draw]) -> Paragraph:
    told = "；".join(f"“{d.design.name}”{len(d.frame.units)}个中抽{len(d.rows)}个" for d in whole) or "没有抽取乡镇"
    late = "、".join(f"“{d.design.name}”" for d in whole if d.commitment is None)
    return paragraph(
        "{told}。{promised}，名单由号码决定，任何人可以复核。不同名称的抽样互不影响。",
        told=told,
        promised=f"{late}没有事先承诺" if late else "抽样框和方案在种子产生之前公布，种子取自公开事件",
    )


def _coverage(subject: Subject, whole: list[Draw]) -> Figure:
    return coverage_gauge(
        len(subject.plan.townships),
        {draw.design.name: frozenset(row.unit for row in draw.rows) for draw in whole},
        {"督查": subject.plan.quotas.supervision, "交叉检查": subject.plan.quotas.cross_inspection},
    )


def _teams(subject: Subject, made: Draw, names: Mapping[str, str]) -> dict[str, str]:
    record = read_teams(subject.folder / "draws", made.design.name)
    return {target: names.get(team, team) for team, target in record["pairs"]} if record else {}


def _areas(subject: Subject, names: Mapping[str, str]) -> Blocks:
    areas = read_areas(subject.folder / "draws")
    if not areas:
        return Blocks()
    return blocks(Heading("分片负责", 2), areas_table(areas, names))


def _second_stage(subject: Subject, whole: list[Draw], kept: list[Kept], names: Mapping[str, str]) -> Blocks:
    if not kept:
        return Blocks()
    villages = {village.code for village in subject.plan.villages}
    homes = [k for k in kept if k.draw and not set(k.draw.frame.units) <= villages]
    visits = visit_results(subject.connection, subject.today)
    seen = [(k, response(k.draw, visits)) for k in homes if k.draw]
    heard = [k for k in kept if k.draw and k.parent and k not in homes]
    alone = [block for k, one in seen if not k.parent and k.draw for block in _estimate(k.draw, one, k.name)]
    return blocks(
        Heading("村（居）和家庭的抽样", 2),
        paragraph("抽中的乡镇内再抽村（居）或家庭；名单、号码和入样概率见各乡镇报告和抽样记录。"),
        *([stage_table(heard, names)] if heard else []),
        *([response_table(seen, names)] if seen else []),
        *alone,
        *_county_rates(whole, homes, visits),
    )


def _county_rates(whole: list[Draw], homes: list[Kept], visits: pd.DataFrame) -> list[Table]:
    """The county's error rate from each two-stage draw whose first stage is on file."""
    found = []
    for stage in dict.fromkeys(k.path.parent.name for k in homes if k.parent):
        second = {k.parent: k.draw for k in homes if k.path.parent.name == stage and k.draw}
        first = next((draw for draw in whole if {row.unit for row in draw.rows} == set(second)), None)
        rate = county_rate(first, second, visits) if first else None
        if first and rate:
            note = f"两阶段：{first.design.name}{len(first.rows)}个乡镇，再抽家庭；两阶段都作有限总体修正。"
            found.append(rate_table(rate, f"{stage}：全市差错率的推断", note))
    return found


def _of_township(subject: Subject, kept: list[Kept], names: Mapping[str, str]) -> Blocks:
    code = subject.township.code if subject.township else ""
    told = [
        line for k in kept if k.draw and code in k.draw.frame.units for line in _own_place(subject, k.draw, code, names)
    ]
    inside = [k for k in kept if k.draw and _lies_in(k, code)]
    visits = visit_results(subject.connection, subject.today) if inside else pd.DataFrame()
    names = {**names, **(_village_of(subject) if inside else {})}
    parts = [block for k in inside if k.draw for block in _inside(subject, k, k.draw, visits, names, code)]
    none = [] if inside else [paragraph("{name}没有再抽取村（居）或家庭。", name=subject.name)]
    return blocks(*told, *parts, *none)


def _village_of(subject: Subject) -> dict[str, str]:
    """Certificate number -> village, for lists that a team walks along."""
    rows = subject.sql(
        "SELECT h.hh_id, v.name FROM household h JOIN village v ON v.code = h.village_code"
        " WHERE h.township_code = $township"
    )
    return dict(zip(rows["hh_id"], rows["name"].fillna(""), strict=True))


def _lies_in(kept: Kept, code: str) -> bool:
    made = kept.draw
    return kept.parent == code or (made is not None and code in made.frame.strata)


def _own_place(subject: Subject, made: Draw, code: str, names: Mapping[str, str]) -> list[Paragraph]:
    """How the township came out of a draw of townships."""
    return [
        paragraph(
            "**{name}**（{total}个中抽{n}个）：{outcome}。",
            name=made.design.name,
            total=len(made.frame.units),
            n=len(made.rows),
            outcome=subject.name + _outcome(made, code, _teams(subject, made, names).get(code)),
        )
    ]


def _outcome(made: Draw, code: str, team: str | None) -> str:
    """What befell the township, to be said after its name."""
    row = next((row for row in (*made.rows, *made.reserve) if row.unit == code), None)
    if row is None:
        return f"不参加抽样，理由：{made.design.exclude.get(code, '与另一次抽样相关联')}"
    if row.certainty:
        return f"为必查单元，理由：{made.design.certainty.get(code, '规模达到抽样间隔')}"
    if row not in made.rows:
        return f"未抽中，递补顺序第{row.order}号"
    chance = f"入样概率{row.probability.numerator}/{row.probability.denominator}"
    return f"抽中，第{row.order}号，{chance}，号码{row.ticket[:16]}…" + (f"，由{team}检查" if team else "")


def _inside(
    subject: Subject, kept: Kept, made: Draw, visits: pd.DataFrame, names: Mapping[str, str], code: str
) -> Blocks:
    villages = {village.code for village in subject.plan.villages}
    if kept.parent != code:
        return blocks(_own_stratum(made, code, subject.name))
    title, place = _title(kept, names), f"draws/{kept.path.parent.name}"
    listed: list[Table | Paragraph] = [
        paragraph("抽中{n}个，名单见抽样记录 {file}。", n=len(made.rows), file=f"{place}/{kept.path.name}")
    ]
    if len(made.rows) <= _MOST:
        listed = [sample_table(made, names, title=title, unit_title="村（居）")]
    changed = [replacement_table(made, names)] if made.replacements else []
    return blocks(
        Heading(title, 2),
        basis_table(made, title),
        *listed,
        *changed,
        *([] if set(made.frame.units) <= villages else _outcome_blocks(kept, made, visits, names)),
        paragraph(
            "复核办法：运行 {place}/{unit}.sh 得到同一名单；用 dibao draw verify 核验 {place}/{unit}.json。",
            place=place,
            unit=kept.parent,
        ),
    )


def _own_stratum(made: Draw, code: str, own: str) -> Paragraph:
    held = sum(stratum == code for stratum in made.frame.strata)
    drawn = sum(row.stratum == code for row in made.rows)
    return paragraph(
        "“{name}”按乡镇分层：{own}{held}个单元，抽中{drawn}个，名单见抽样记录 draws/{name}.json。",
        name=made.design.name,
        own=own,
        held=held,
        drawn=drawn,
    )


def _title(kept: Kept, names: Mapping[str, str]) -> str:
    """`入户核查/361181103` as people say it."""
    stage, _, unit = kept.name.partition("/")
    return f"{stage}（{names.get(unit, unit)}）" if unit else stage


def _outcome_blocks(kept: Kept, made: Draw, visits: pd.DataFrame, names: Mapping[str, str]) -> Blocks:
    seen = response(made, visits)
    return blocks(response_table([(kept, seen)], names), *_estimate(made, seen, _title(kept, names)))


def _estimate(made: Draw, seen: Response, title: str) -> Blocks:
    if seen.rate is None:
        return blocks(paragraph("有结论的不足2户，不作推断。"))
    outside = f"另有{seen.outside}户不是抽中的，只作个案，不参加推断。" if seen.outside else ""
    note = f"有限总体修正：抽样比{len(made.rows) / len(made.frame.units):.1%}。{outside}"
    return blocks(rate_table(seen.rate, f"{title}：差错率的推断", note))
