"""What a person at the intake desk looks at: files in the inbox, sheets and how they were read, what was refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd

from dibao_lib.evidence.answer_draft import form_titled
from dibao_lib.evidence.answer_file import answer_path
from dibao_lib.evidence.inbox import expand
from dibao_lib.evidence.intake import import_files
from dibao_lib.evidence.manifest import Manifest
from dibao_lib.evidence.report import ImportReport, SheetReport
from dibao_lib.workspace import Inspection


def arrived(ins: Inspection) -> pd.DataFrame:
    """The files in inbox/: size, whether imported and when, whether an answer lies beside them."""
    manifest = Manifest.load(ins.evidence)
    rows = []
    for one in expand([ins.inbox]):
        name = one.source_file(ins.inbox)
        known = manifest.files.get(name)
        when = f"已导入（{known.imported_at[:16].replace('T', ' ')}）" if known else "未导入"
        when = "未采信" if name in manifest.refused else when
        said = "有" if answer_path(one.path).is_file() else ""
        rows.append((name, f"{one.path.stat().st_size / 1024:,.0f} KB", when, said))
    return pd.DataFrame(rows, columns=["文件", "大小", "状态", "对应关系文件"])


def dry_run(ins: Inspection) -> ImportReport:
    """What importing everything in inbox/ would do; nothing is written."""
    return import_files(ins, [ins.inbox], dt.datetime.now(), dry_run=True)


def dry_run_of(ins: Inspection, source_file: str) -> ImportReport:
    """The same for one file of inbox/."""
    return import_files(ins, [ins.inbox / source_file], dt.datetime.now(), dry_run=True)


def import_inbox(ins: Inspection) -> ImportReport:
    """Imports everything in inbox/; what was imported before and has not changed is left alone."""
    return import_files(ins, [ins.inbox], dt.datetime.now())


def sheets_table(report: ImportReport) -> pd.DataFrame:
    """One line a sheet: form and why, rows read, ignored, quarantined, of a sheet not read; questions."""
    rows = [
        (
            file.source_file,
            sheet.sheet,
            sheet.form or (f"像是{sheet.likely}" if sheet.likely else "未识别"),
            sheet.reason,
            sheet.read,
            sum(sheet.ignored.values()),
            sum(sheet.quarantined.values()),
            sheet.unread,
            len(sheet.questions),
        )
        for file in report.files
        for sheet in file.sheets
    ]
    return pd.DataFrame(rows, columns=["文件", "工作表", "表样", "依据", "读入", "忽略", "隔离", "未导入", "待答"])


def columns_table(sheet: SheetReport) -> pd.DataFrame:
    """One line a labelled column: what it was taken for, how sure that is, a few cells or their shape."""
    headers = field_headers(sheet)
    rows = [
        (one.column, one.header, headers.get(one.field, one.field), one.how, one.unit, "、".join(one.samples))
        for one in sheet.columns
    ]
    rows += [(one.column, one.header, "", "未对应", "", "、".join(one.samples)) for one in sheet.spare]
    rows.sort(key=lambda row: (len(row[0]), row[0]))
    return pd.DataFrame(rows, columns=["列", "表头", "对应内容", "判断", "单位", "样例"])


def field_headers(sheet: SheetReport) -> Mapping[str, str]:
    """Field -> its header in the form a sheet is, or resembles."""
    form = form_titled(sheet.form or sheet.likely)
    return {one.name: one.header for one in form.fields} if form else {}


def refused_table(report: ImportReport) -> pd.DataFrame:
    """One line a sentence about what was not believed, with what to do."""
    return pd.DataFrame([*_refusals(report)], columns=["文件", "说明"])


def _refusals(report: ImportReport) -> Iterator[tuple[str, str]]:
    yield from (("", problem) for problem in report.problems)
    for file in report.files:
        for problem in file.problems:
            yield file.source_file, problem.removeprefix(file.source_file).removeprefix("：")
