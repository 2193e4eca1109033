"""自查核实: the self-inspection performed again item by item, and what it kept silent about (R36, R62, R64, R65)."""

from __future__ import annotations

import pandas as pd
from matplotlib.ticker import MaxNLocator

from dibao_lib.report.blocks import Blocks, Figure, Heading, Paragraph, Table, blocks
from dibao_lib.report.figures import PALETTE, chart, figure
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.pieces import Align
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.sampling import Interval
from dibao_lib.units import chinese_date, yuan
from dibao_lib.verification import (
    Concealment,
    concealment,
    confusion,
    problem_households,
    refused_applicants,
    self_inspection_items,
)
from dibao_lib.verification.items import AGREES, DIFFERS, NOT_COUNTED

_MOST = 40


def section(subject: Subject) -> Blocks:
    """Figures against recount and visits, problems reported against found, silence with its limits, rule D4."""
    code = subject.township.code if subject.township else None
    items = self_inspection_items(subject.connection, subject.plan, code)
    problems = problem_households(subject.connection, subject.plan, subject.today, code)
    heading = Heading("自查核实")
    if items.empty and problems.empty:
        return blocks(heading, paragraph("没有收到自查统计表和汇总表，也没有可比对的问题，未能核实自查情况。"))
    judged = concealment(subject.connection, subject.plan, subject.today, problems, items)
    return blocks(
        heading,
        *_figures(subject, items),
        *_problems(subject, problems),
        *_silence(subject, judged),
        *_refused(subject, code),
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
    by_area = [] if subject.township else [_by_township(subject, items)]
    return blocks(Heading("自查报表逐项核对", 2), said, *by_area, *_differing(subject, items), *_seen(items))


def _by_township(subject: Subject, items: pd.DataFrame) -> Table:
    counts = pd.crosstab(items["township_code"], items["outcome"]).reindex(
        columns=[AGREES, DIFFERS, NOT_COUNTED], fill_value=0
    )
    names = _names(subject)
    rows = counts.rename(index=lambda code: names.get(code, code)).rename_axis("乡镇（街道）")
    return table(rows.reset_index(), caption="各乡镇自查报表核对结果（项）")


def _differing(subject: Subject, items: pd.DataFrame) -> Blocks:
    off = items[items["outcome"].eq(DIFFERS)]
    if off.empty:
        return Blocks()
    names = _names(subject)
    rows = pd.DataFrame(
        {
            "乡镇（街道）": [names.get(code, code) for code in off["township_code"]],
            "报表": off["form"].to_list(),
            "项目": [f"{kind} {item}" for kind, item in zip(off["kind"], off["item"], strict=True)],
            "填报": _amounts(off["reported"], off["unit"]),
            "核实": _amounts(off["recounted"], off["unit"]),
            "相差": _amounts(off["reported"] - off["recounted"], off["unit"], signed=True),
            "核实依据": off["basis"].to_list(),
        }
    )
    if subject.township:
        rows = rows.drop(columns="乡镇（街道）")
    widths = {"报表": 7, "项目": 7, "填报": 4, "核实": 4, "相差": 5, "核实依据": 6}
    right: dict[str, Align] = dict.fromkeys(("填报", "核实", "相差"), "right")
    note = f"共{len(rows)}项，列前{_MOST}项。" if len(rows) > _MOST else ""
    return blocks(table(rows.head(_MOST), caption="与明细不符的项目", align=right, note=note, widths=widths))


def _amounts(values: pd.Series, units: pd.Series, signed: bool = False) -> list[str]:
    told = [
        (yuan(int(value)) if unit == "元" else f"{int(value):,}") + unit
        for value, unit in zip(values, units, strict=True)
    ]
    return [f"多报{text}" if not text.startswith("-") else f"少报{text[1:]}" for text in told] if signed else told


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
    titles = {
        "type": "问题类型",
        "reported": "自查已报",
        "fixed": "其中已纠正",
        "unfixed": "其中未按期纠正",
        "found": "检查认定",
        "both": "其中自查已报",
        "other_type": "其中类型不同",
        "concealed": "自查未报",
        "later": "此后发生（不计）",
    }
    some = counts[(counts.drop(columns="type") > 0).any(axis=1) | counts["type"].eq("合计")]
    idle = [name for name in ("other_type", "later") if not counts[name].any()]
    rows = some.drop(columns=idle).rename(columns=titles)
    return table(
        rows[[title for title in titles.values() if title in rows]],
        caption="各类问题：自查上报与检查认定（户）",
        widths={"问题类型": 5},
        note="检查认定指记录可以认定的（A类）和入户核查、听证会认定的；只有线索而未核实的不计。一户只计一类。",
    )


def _picture(counts: pd.DataFrame) -> list[Figure]:
    shown = counts[counts["type"].ne("合计") & (counts[["fixed", "unfixed", "concealed"]].sum(axis=1) > 0)][::-1]
    if shown.empty:
        return []
    canvas, axes = chart(130, 20 + 6.5 * len(shown), grid="x")
    places, start = range(len(shown)), pd.Series(0, index=shown.index)
    parts = (("fixed", "自查已纠正", 2), ("unfixed", "自查未按期纠正", 4), ("concealed", "自查未报", 1))
    for name, title, colour in parts:
        axes.barh(places, shown[name], left=start, color=PALETTE[colour], height=0.66, label=title)
        start = start + shown[name]
    axes.set_yticks(list(places), list(shown["type"]))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    canvas.legend(loc="outside upper center", ncols=3, frameon=False)
    most, worst = max(zip(shown["concealed"], shown["type"], strict=True))
    alt = f"自查未报最多的是{worst}，{most}户"
    return [figure(canvas, "各类问题户数", alt=alt, width=130)]


def _silence(subject: Subject, judged: list[Concealment]) -> Blocks:
    heading = Heading("自查不实的比率", 2)
    names = _names(subject)
    level = f"{float(subject.plan.share('concealment_confidence', subject.today)):.0%}"
    rows = pd.DataFrame(
        [
            {
                "乡镇（街道）": names.get(one.township_code, one.township_code),
                "复核户数": one.reverified,
                "自查未报": one.concealed,
                f"比率（{level}区间）": _limits(one.rate),
                "认定的问题": one.known,
                "其中自查未报": one.silent,
                f"占比（{level}区间）": _limits(one.share),
            }
            for one in judged
        ]
    )
    alert = float(subject.plan.share("concealment_alert", subject.today))
    return blocks(
        heading,
        table(
            rows.drop(columns="乡镇（街道）") if subject.township else rows,
            caption="自查未报的比率",
            widths={f"比率（{level}区间）": 8.5, f"占比（{level}区间）": 8.5},
            note="复核指自查结束后入户核查或听证的户；区间为精确区间（Clopper-Pearson）。认定的问题包括全部表册比对，没有抽样误差，"
            "占比的区间仅供比较。",
        ),
        *_signals(judged, names, alert),
    )


def _signals(judged: list[Concealment], names: dict[str, str], alert: float) -> Blocks:
    """Where rule D4 is to be considered, and why."""
    rows = pd.DataFrame(
        [
            {
                "乡镇（街道）": names.get(one.township_code, one.township_code),
                "情形": "；".join(one.reasons),
                "D4": "提示" if one.signal else "",
            }
            for one in judged
            if one.reasons
        ]
    )
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


def _limits(found: Interval | None) -> str:
    return "—" if found is None else f"{found.rate:.1%}（{found.lower:.1%}至{found.upper:.1%}）"


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


def _names(subject: Subject) -> dict[str, str]:
    rows = subject.sql("SELECT code, name FROM township")
    return dict(zip(rows["code"], rows["name"], strict=True))
