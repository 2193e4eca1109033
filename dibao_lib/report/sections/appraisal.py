"""年终考评与通报: townships ranked by stated rules, models and warnings proposed (R67)."""

from __future__ import annotations

from typing import cast

import pandas as pd

from dibao_lib.report.blocks import Blocks, Heading, Paragraph, blocks
from dibao_lib.report.figures import PALETTE, bars, chart, figure, name_rows
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table

# findings of these checks: a relative of a cadre who was not declared; a return late, missing or untrue
_CONCEALED = ["O6"]
_FILINGS = ["C1", "C2", "C3"]
_FACTS = """
WITH found AS (
    SELECT township_code AS code, count(DISTINCT household_id) FILTER (severity = 'A') AS households_a,
           count(*) FILTER (list_contains($concealed, check_id)) AS concealed,
           count(*) FILTER (list_contains($filings, check_id)) AS filings
    FROM findings GROUP BY 1
), registered AS (
    SELECT township_code AS code, count(*) AS households FROM household WHERE active GROUP BY 1
), problem AS (
    SELECT twn_id AS code, count(*) FILTER (due < $today OR state = '已销号') AS due,
           count(*) FILTER (due < $today AND state IS DISTINCT FROM '已销号') AS overdue
    FROM (FROM rectifications QUALIFY row_number() OVER (
              PARTITION BY fid ORDER BY source_file, source_sheet, source_row) = 1)
    GROUP BY 1
)
SELECT t.name, coalesce(households, 0) AS households, coalesce(households_a, 0) AS households_a,
       coalesce(concealed, 0) AS concealed, coalesce(filings, 0) AS filings,
       coalesce(due, 0) AS due, coalesce(overdue, 0) AS overdue
FROM township t LEFT JOIN registered USING (code) LEFT JOIN found USING (code) LEFT JOIN problem USING (code)
WHERE $township IS NULL OR t.code = $township ORDER BY t.code
"""


def section(subject: Subject) -> Blocks:
    """The rules, the score table with its chart, and who is proposed as a model or warned."""
    scores = scored(subject)
    if scores.empty:
        return Blocks()
    return blocks(Heading("年终考评"), _rules(subject), _table(scores), _picture(scores), _proposals(subject, scores))


def scored(subject: Subject) -> pd.DataFrame:
    """One row a township: 乡镇（街道）, facts, deductions, 得分, 名次; best first, equal scores share a place.

    All deductions are whole hundredths of a point, so that equal facts give equal scores.
    """
    facts = subject.sql(_FACTS, concealed=_CONCEALED, filings=_FILINGS)
    points = {name: _points(subject, name) for name in ("households", "concealed", "filing")}
    shares = facts["households_a"] * 100 * 100 // facts["households"].clip(lower=1)
    lost = pd.DataFrame(
        {
            "households": (shares * points["households"][0]).clip(upper=points["households"][1] * 100),
            "concealed": (facts["concealed"] * points["concealed"][0] * 100).clip(upper=points["concealed"][1] * 100),
            "filings": (facts["filings"] * points["filing"][0] * 100).clip(upper=points["filing"][1] * 100),
            "overdue": facts["overdue"]
            * 100
            * _policy(subject, "appraisal_rectifying_most")
            // facts["due"].clip(lower=1),
        }
    ).astype("int64")
    scores = facts.assign(score=10_000 - lost.sum(axis=1))
    scores["place"] = scores["score"].rank(method="min", ascending=False).astype("int64")
    return scores.sort_values(["place", "name"], kind="stable", ignore_index=True)


def _points(subject: Subject, name: str) -> tuple[int, int]:
    return _policy(subject, f"appraisal_{name}"), _policy(subject, f"appraisal_{name}_most")


def _policy(subject: Subject, name: str) -> int:
    return cast(int, subject.plan.value(name, subject.today))


def _rules(subject: Subject) -> Paragraph:
    households, concealed, filing = (_points(subject, name) for name in ("households", "concealed", "filing"))
    return paragraph(
        "考评满分100分，按下列规则扣分：在册户中有A类线索的，每1%扣{h}分，最多扣{hm}分；干部亲属享受低保而未备案的，每人扣{c}分，"
        "最多扣{cm}分；统计表、备案表等迟报、漏报或与明细不符的，每项扣{f}分，最多扣{fm}分；到期问题没有销号的，按所占比例扣分，"
        "最多扣{r}分。扣分标准由领导小组办公室确定，得分供年终社会救助考评参考。",
        h=households[0],
        hm=households[1],
        c=concealed[0],
        cm=concealed[1],
        f=filing[0],
        fm=filing[1],
        r=_policy(subject, "appraisal_rectifying_most"),
    )


def _table(scores: pd.DataFrame) -> Blocks:
    frame = pd.DataFrame(
        {
            "名次": scores["place"],
            "乡镇（街道）": scores["name"],
            "在册户数": scores["households"],
            "有A类线索的户": scores["households_a"],
            "未备案亲属": scores["concealed"],
            "报表问题": scores["filings"],
            "到期问题": scores["due"],
            "其中未销号": scores["overdue"],
            "得分": [f"{score // 100}.{score % 100:02d}" for score in scores["score"]],
        }
    )
    return blocks(
        table(
            frame,
            caption="各乡镇（街道）考评得分",
            widths=(3, 6.4, 4, 5, 4.4, 4, 4, 4.4, 4),
            align={"得分": "right"},
            note="得分相同的名次并列。到期问题含已提前销号的。",
        )
    )


def _picture(scores: pd.DataFrame) -> Blocks:
    ordered = scores[::-1]
    canvas, axes = chart(140, 14 + 5.2 * len(ordered), grid="x")
    bars(axes, {"": ((ordered["score"] / 100).tolist(), PALETTE[0])})
    name_rows(axes, list(ordered["name"]))
    axes.set_xlim(0, 105)
    for place, score in enumerate(ordered["score"]):
        axes.text(score / 100 + 0.8, place, f"{score / 100:.1f}", va="center", fontsize=8)
    best = scores.iloc[0]
    return blocks(
        figure(canvas, "各乡镇（街道）考评得分（分）", alt=f"得分最高的是{best['name']}，{best['score'] / 100:.1f}分")
    )


def _proposals(subject: Subject, scores: pd.DataFrame) -> Paragraph:
    """Models: enough points and nothing concealed or late; warnings: problems overdue or relatives concealed, lowest first."""
    clean = scores["concealed"].eq(0) & scores["filings"].eq(0) & scores["overdue"].eq(0)
    models = scores[clean & scores["score"].ge(_policy(subject, "appraisal_model") * 100)]["name"].head(3)
    warned = scores[scores["overdue"].gt(0) | scores["concealed"].gt(0)].tail(3)["name"][::-1]
    parts = [f"建议作为先进典型的：{'、'.join(models)}" if len(models) else "没有达到评先条件的乡镇（街道）"]
    parts += [f"建议通报提醒的：{'、'.join(warned)}（存在未备案亲属或逾期未销号问题，得分靠后）"] if len(warned) else []
    return paragraph("{parts}。是否通报表扬、批评，由领导小组研究决定。", parts="；".join(parts))
