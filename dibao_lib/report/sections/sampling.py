"""抽样: which townships and households were drawn, and all that a challenger needs to draw them again (R56-R59)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dibao_lib.report.blocks import Blocks, Figure, Heading, Paragraph, Table, blocks
from dibao_lib.report.coverage_gauge import coverage_gauge
from dibao_lib.report.draw_tables import (
    areas_table,
    basis_table,
    how_to_check,
    replacement_table,
    sample_table,
    whole_draw,
)
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.sampling import Draw
from dibao_lib.sampling.archive import Kept, kept_draws
from dibao_lib.sampling.teams import read_areas, read_teams
from dibao_lib.verification.response import Response, response, visit_results

_MOST = 60


def section(subject: Subject) -> Blocks:
    """Draws of townships in full for the city; for a township whether it was drawn, and what was drawn in it."""
    kept = kept_draws(subject.folder / "draws")
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
    return blocks(_sentence(whole), *gauge, *parts, *_areas(subject, names), *_second_stage(subject, second, names))


def _sentence(whole: list[Draw]) -> Paragraph:
    told = "；".join(f"“{d.design.name}”{len(d.frame.units)}个中抽{len(d.rows)}个" for d in whole) or "没有抽取乡镇"
    return paragraph(
        "抽样框和方案在种子产生之前公布，种子取自公开事件，名单由号码决定，任何人可以复核：{told}。不同名称的抽样互不影响。",
        told=told,
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


def _second_stage(subject: Subject, kept: list[Kept], names: Mapping[str, str]) -> Blocks:
    if not kept:
        return Blocks()
    visits = visit_results(subject.connection, subject.today)
    rows = [_response_row(k, response(k.draw, visits), names) for k in kept if k.draw]
    return blocks(
        Heading("村（居）和家庭的抽样", 2),
        paragraph("抽中的乡镇内再抽村（居）或家庭；各户名单、号码和入样概率见各乡镇报告和抽样记录。"),
        table(pd.DataFrame(rows), caption="各次抽样的完成情况"),
    )


def _response_row(kept: Kept, seen: Response, names: Mapping[str, str]) -> dict[str, object]:
    return {
        "抽样": kept.name.partition("/")[0],
        "范围": names.get(kept.parent, kept.parent) or "全市",
        "抽样框": seen.frame,
        "抽中": seen.drawn,
        "有结论": seen.seen,
        "未见到人": seen.not_found,
        "待查": seen.undecided,
        "未核查": seen.waiting,
        "有问题": seen.wrong,
    }


def _of_township(subject: Subject, kept: list[Kept], names: Mapping[str, str]) -> Blocks:
    code = subject.township.code if subject.township else ""
    told = [
        line for k in kept if k.draw and code in k.draw.frame.units for line in _own_place(subject, k.draw, code, names)
    ]
    inside = [k for k in kept if k.draw and _lies_in(k, code)]
    visits = visit_results(subject.connection, subject.today) if inside else pd.DataFrame()
    names = {**names, **(_village_of(subject) if inside else {})}
    parts = [block for k in inside if k.draw for block in _inside(k, k.draw, visits, names)]
    none = [] if inside else [paragraph("本乡镇没有再抽取村（居）或家庭。")]
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
            outcome=_outcome(made, code, _teams(subject, made, names).get(code)),
        )
    ]


def _outcome(made: Draw, code: str, team: str | None) -> str:
    row = next((row for row in (*made.rows, *made.reserve) if row.unit == code), None)
    if row is None:
        return f"本乡镇不参加抽样，理由：{made.design.exclude.get(code, '与另一次抽样相关联')}"
    if row.certainty:
        return f"本乡镇为必查单元，理由：{made.design.certainty.get(code, '规模达到抽样间隔')}"
    if row not in made.rows:
        return f"本乡镇未抽中，递补顺序第{row.order}号"
    chance = f"入样概率{row.probability.numerator}/{row.probability.denominator}"
    return f"本乡镇抽中，第{row.order}号，{chance}，号码{row.ticket[:16]}…" + (f"，由{team}检查" if team else "")


def _inside(kept: Kept, made: Draw, visits: pd.DataFrame, names: Mapping[str, str]) -> Blocks:
    seen = response(made, visits)
    place = f"draws/{kept.path.parent.name}" if kept.parent else "draws"
    changed = [replacement_table(made, names)] if made.replacements else []
    title = _title(kept, names)
    listed: list[Table | Paragraph] = []
    if len(made.rows) <= _MOST:
        listed = [sample_table(made, names, title=title, unit_title="村（居）")]
    if not listed:
        listed = [paragraph("抽中{n}户，名单见抽样记录 {file}。", n=len(made.rows), file=f"{place}/{kept.path.name}")]
    return blocks(
        Heading(title, 2),
        basis_table(made, title),
        *listed,
        *changed,
        table(
            pd.DataFrame([_response_row(kept, seen, names)]).drop(columns=["抽样", "范围"]), caption="完成情况（户）"
        ),
        *_estimate(made, seen),
        how_to_check(made, place) if not kept.parent else _how(place, kept),
    )


def _title(kept: Kept, names: Mapping[str, str]) -> str:
    """`入户核查/361181103` as people say it."""
    stage, _, unit = kept.name.partition("/")
    return f"{stage}（{names.get(unit, unit)}）" if unit else stage


def _how(place: str, kept: Kept) -> Paragraph:
    return paragraph(
        "复核办法：运行 {place}/{unit}.sh 得到同一名单；用 dibao draw verify 核验 {place}/{unit}.json。",
        place=place,
        unit=kept.parent,
    )


def _estimate(made: Draw, seen: Response) -> Blocks:
    if seen.rate is None:
        return blocks(paragraph("有结论的不足2户，不作推断。"))
    rows = [
        {
            "算法": title,
            "差错率": f"{found.value:.1%}",
            "标准误": f"{found.se:.2%}",
            "单侧下限": f"{found.lower_one_sided:.1%}",
            "95%区间": f"{found.lower:.1%}至{found.upper:.1%}",
            "户数": found.n,
            "自由度": found.df,
            "设计效应": "—" if found.deff != found.deff else f"{found.deff:.2f}",
        }
        for title, found in (
            ("未见到的不计", seen.rate.as_missing),
            ("未见到的都算没有问题", seen.rate.all_correct),
            ("未见到的都算有问题", seen.rate.all_wrong),
        )
    ]
    outside = f"另有{seen.outside}户不是抽中的，只作个案，不参加推断。" if seen.outside else ""
    return blocks(
        table(
            pd.DataFrame(rows),
            caption="差错率的推断",
            note=f"有限总体修正：抽样比{seen.drawn / seen.frame:.1%}。区间为 Korn-Graubard 法，引用时先用单侧下限。{outside}",
        )
    )
