"""自查核实: the self-inspection performed again item by item, and what it kept silent about (R36, R62, R64, R65)."""

from __future__ import annotations

import pandas as pd
from matplotlib.ticker import MaxNLocator

from dibao_lib.report.blocks import Blocks, Figure, Heading, Paragraph, Table, blocks
from dibao_lib.report.figures import PALETTE, bars, chart, figure, legend, name_rows
from dibao_lib.report.interval_plot import interval_plot
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.pieces import Align
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.units import chinese_date
from dibao_lib.verification import Concealment, concealment, confusion, refused_applicants
from dibao_lib.verification.items import AGREES, DIFFERS, NOT_COUNTED
from dibao_lib.verification.tables import (
    differing_table,
    outcomes_table,
    signals_table,
    silence_table,
    types_table,
)

_MOST = 40


def section(subject: Subject) -> Blocks:
    """Figures against recount and visits, problems reported against found, silence with its limits, rule D4."""
    code = subject.township.code if subject.township else None
    items = _kept(subject, "form_item").astype({"reported": "Int64", "recounted": "Int64"})
    problems = _kept(subject, "problem_household")
    heading = Heading("自查核实")
    if items.empty and problems.empty:
        return blocks(heading, paragraph("没有收到自查统计表和汇总表，也没有可比对的问题，未能核实自查情况。"))
    judged = concealment(subject.connection, subject.plan, subject.today, problems, items, code)
    return blocks(
        heading,
        *_figures(subject, items),
        *_problems(subject, problems),
        *_silence(subject, judged),
        *_refused(subject, code),
    )


def _kept(subject: Subject, relation: str) -> pd.DataFrame:
    """The subject's rows of what the verification answered for the whole place."""
    return subject.sql(
        f"SELECT * EXCLUDE line FROM {relation} WHERE $township IS NULL OR township_code = $township"
        " ORDER BY township_code, line"
    )


def _figures(subject: Subject, items: pd.DataFrame) -> Blocks:
    if items.empty:
        return blocks(paragraph("没有收到自查统计表和汇总表，无法逐项核对。"))
    counts = items["outcome"].value_counts()
    said = paragraph(
        "自查报表逐项核对：共{n:,}项，与明细相符{same:,}项，**不符{off:,}项**，没有明细可核{none:,}项。",
        n=len(items),
        same=int(counts.get(AGREES, 0)),
        off=int(counts.get(DIFFERS, 0)),
        none=int(counts.get(NOT_COUNTED, 0)),
    )
    heading = Heading("自查报表逐项核对", 2)
    # what teams saw stands by township in the city's tables of visits and hearings
    if subject.township:
        return blocks(heading, said, *_differing(subject, items), *_seen(items))
    by_area = table(outcomes_table(items, subject.township_names()), caption="各乡镇自查报表核对结果（项）")
    return blocks(heading, said, by_area, *_differing(subject, items))


def _differing(subject: Subject, items: pd.DataFrame) -> Blocks:
    rows = differing_table(items, subject.township_names()).drop(columns="现场所见", errors="ignore")
    if rows.empty:
        return Blocks()
    widths = {"报表": 7, "项目": 7, "填报": 4, "核实": 4, "相差": 5, "核实依据": 6}
    right: dict[str, Align] = dict.fromkeys(("填报", "核实", "相差"), "right")
    note = f"共{len(rows)}项，列前{_MOST}项。" if len(rows) > _MOST else ""
    shown = _own(subject, rows).head(_MOST)
    return blocks(table(shown, caption="与明细不符的项目", align=right, note=note, widths=widths))


def _own(subject: Subject, rows: pd.DataFrame) -> pd.DataFrame:
    """Without the township's name in its own report."""
    return rows.drop(columns="乡镇（街道）") if subject.township else rows


def _seen(items: pd.DataFrame) -> list[Paragraph]:
    told = list(dict.fromkeys(items.loc[items["seen"].ne(""), "seen"]))[:5]
    return [paragraph("检查组现场所见：{told}。", told="；".join(told))] if told else []


def _problems(subject: Subject, problems: pd.DataFrame) -> Blocks:
    heading = Heading("自查发现的问题与检查发现的问题", 2)
    if problems.empty:
        return blocks(heading, paragraph("自查没有上报清退，检查也没有认定的问题。"))
    counts = confusion(problems)
    total = counts.iloc[-1]
    ended = chinese_date(subject.plan.date("self_inspection_end"))
    said = paragraph(
        "自查上报有问题的{reported}户，其中{ended}前已纠正**{fixed}户**，按处理规则D1不再追究部门和个人责任；未按期纠正{unfixed}户，"
        "按D5处理。检查认定、{ended}前已经存在的问题{found}户，其中自查已报{both}户，**自查未报{concealed}户**{later}。",
        ended=ended,
        reported=int(total["reported"]),
        fixed=int(total["fixed"]),
        unfixed=int(total["unfixed"]),
        found=int(total["found"]),
        both=int(total["both"]),
        concealed=int(total["concealed"]),
        later=f"；此后才发生的{int(total['later'])}户不计" if total["later"] else "",
    )
    return blocks(heading, said, _types(counts), *_picture(counts))


def _types(counts: pd.DataFrame) -> Table:
    return table(
        types_table(counts),
        caption="各类问题：自查上报与检查认定（户）",
        widths={"问题类型": 5},
        note="检查认定指记录可以认定的（A类）和入户核查、听证会认定的；只有线索而未核实的不计。一户只计一类。",
    )


def _picture(counts: pd.DataFrame) -> list[Figure]:
    shown = counts[counts["type"].ne("合计") & (counts[["fixed", "unfixed", "concealed"]].sum(axis=1) > 0)][::-1]
    if shown.empty:
        return []
    canvas, axes = chart(130, 20 + 6.5 * len(shown), grid="x")
    parts = (("fixed", "自查已纠正", 2), ("unfixed", "自查未按期纠正", 4), ("concealed", "自查未报", 1))
    bars(axes, {title: (shown[name].tolist(), PALETTE[colour]) for name, title, colour in parts})
    name_rows(axes, list(shown["type"]))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    legend(axes)
    most, worst = max(zip(shown["concealed"], shown["type"], strict=True))
    alt = f"自查未报最多的是{worst}，{most}户"
    return [figure(canvas, "各类问题户数", alt=alt, width=130)]


def _silence(subject: Subject, judged: list[Concealment]) -> Blocks:
    heading = Heading("自查不实的比率", 2)
    names = subject.township_names()
    rows = silence_table(judged, names)
    alert = float(subject.plan.share("concealment_alert", subject.today))
    return blocks(
        heading,
        table(
            _own(subject, rows),
            caption="自查未报的比率",
            widths={name: 8.5 for name in rows.columns if "区间" in name},
            note="复核指自查结束后入户核查或听证的户；区间为精确区间（Clopper-Pearson）。认定的问题包括全部表册比对，没有抽样误差，"
            "占比的区间仅供比较。",
        ),
        *_intervals(judged, names, alert),
        *_signals(judged, names, alert),
    )


def _intervals(judged: list[Concealment], names: dict[str, str], alert: float) -> list[Figure]:
    """The rates of several townships side by side, so that nobody ranks what the samples cannot tell apart."""
    rates = {
        names.get(one.township_code, one.township_code): (
            float(one.rate.lower),
            float(one.rate.rate),
            float(one.rate.upper),
        )
        for one in judged
        if one.rate is not None
    }
    if len(rates) < 2:
        return []
    return [interval_plot(rates, f"复核户自查未报的比率和区间（虚线为提示界限{alert:.0%}）", alert)]


def _signals(judged: list[Concealment], names: dict[str, str], alert: float) -> Blocks:
    """Where rule D4 is to be considered, and why."""
    rows = signals_table(judged, names)
    if rows.empty:
        return blocks(paragraph("没有发现自查不认真、查出问题不纠正或弄虚作假的情形。"))
    return blocks(
        paragraph(
            "自查不认真、查出问题不纠正、弄虚作假的，按处理规则D4责成当事人、责任人自我检查，依纪依法从重处理（R65）。"
            "复核比率的下限高于{alert:.0%}，或有干部亲属享受而未备案的，提示D4；其余情形一并列出，是否属实由负责人审定。",
            alert=alert,
        ),
        table(rows, caption="与处理规则D4有关的情形", widths=(6, 24, 3), missing="", align={"D4": "center"}),
    )


def _refused(subject: Subject, code: str | None) -> Blocks:
    count = len(refused_applicants(subject.connection, code))
    if not count:
        return Blocks()
    return blocks(
        Heading("应保未保", 2),
        paragraph(
            "申请、评议或核定后没有享受低保的有{n}户。应从中随机抽取一部分入户核实，推算应保未保的比率（R15、R35）；"
            "抽取办法见抽样记录，挑选的个案不用来推算。",
            n=count,
        ),
    )
