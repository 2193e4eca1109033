"""表册来源与质量: which files the report rests on, what was set aside and why (R20)."""

from __future__ import annotations

import pandas as pd

from dibao_lib.evidence.tables import table_names, table_title
from dibao_lib.report.blocks import Blocks, Heading, Paragraph, Table, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table

_MOST = 12


def section(subject: Subject) -> Blocks:
    """Files and rows behind the report, and the quarantine by reason."""
    rows = _arrived(subject)
    return blocks(
        Heading("表册来源与质量"),
        _summary(subject, rows),
        table(
            rows.groupby("表册", sort=False).agg(来源文件=("file", "nunique"), 采信行数=("rows", "sum")).reset_index(),
            caption="采信的表册",
            note="每一行都记有来源文件、工作表和行号，可回到原表核对。",
        ),
        *_quarantine(subject),
    )


def _arrived(subject: Subject) -> pd.DataFrame:
    """Rows that concern the subject, by table and file: file, rows, 表册."""
    frame = subject.sql(
        'SELECT "table", file, sum(rows)::BIGINT AS rows FROM arrival'
        " WHERE $township IS NULL OR township_code IS NULL AND \"table\" IN ('standards', 'registers')"
        " OR township_code = $township GROUP BY ALL ORDER BY ALL"
    )
    order = {name: place for place, name in enumerate(table_names())}
    frame = frame.sort_values("table", key=lambda names: names.map(order), kind="stable")
    return frame.assign(表册=[table_title(name) for name in frame["table"]])


def _summary(subject: Subject, rows: pd.DataFrame) -> Paragraph:
    if rows.empty:
        return paragraph("未收到{name}的表册。", name=subject.name)
    return paragraph(
        "本报告依据{files}份表册文件中的{rows:,}行记录。表题、表头、小计合计和签名行不计入记录，均已在导入清单中登记；"
        "无法采信的内容已隔离，不参与检查。",
        files=rows["file"].nunique(),
        rows=int(rows["rows"].sum()),
    )


def _quarantine(subject: Subject) -> Blocks:
    """What was set aside: a township's in the report, the whole place's in its workbook."""
    found = _set_aside(subject)
    if found.empty:
        return blocks(paragraph("上述文件中没有被隔离的内容。"))
    where = "" if subject.township else "逐处列在随附的 ledger.xlsx 中，"
    told = paragraph(
        "上述文件中有**{n}处**内容无法采信，已隔离，{where}应退回报送单位更正后重新导入。", n=len(found), where=where
    )
    if not subject.township:
        return blocks(told)
    shown = found.head(_MOST)
    note = f"共{len(found)}处，此处列前{len(shown)}处，其余见工作区的隔离清单。" if len(found) > len(shown) else ""
    return blocks(told, _table(shown, note))


def set_aside(subject: Subject) -> Blocks:
    """Everything that was set aside, for the workbook; nothing when nothing was."""
    found = _set_aside(subject)
    return Blocks() if found.empty else blocks(_table(found, ""))


def _set_aside(subject: Subject) -> pd.DataFrame:
    return subject.sql(
        "SELECT source_file AS 文件, source_sheet AS 工作表, source_row AS 行, message AS 说明 FROM"
        " (SELECT DISTINCT * EXCLUDE township_code FROM set_aside"
        "  WHERE $township IS NULL OR township_code IS NULL OR township_code = $township) ORDER BY ALL"
    )


def _table(rows: pd.DataFrame, note: str) -> Table:
    return table(rows, caption="隔离的内容", widths=(8, 5, 2.4, 16), note=note)
