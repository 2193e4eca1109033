"""What can be asked: every table and column of a workspace with its Chinese meaning, for analysts."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.form import Field, Kind
from dibao_lib.evidence.tables import table_fields, table_names, table_title
from dibao_lib.workspace import Inspection

_OTHERS = {"findings": "问题线索（dibao check 的结果）", "quarantine": "没有采信的内容"}
_SOURCE = {"source_file": "来源文件", "source_sheet": "来源工作表", "source_row": "来源行号"}
_FINDINGS = {
    "finding_id": "问题编号",
    "check_id": "检查项编号",
    "clause": "方案条款",
    "severity": "类：A记录可以认定，B需要核实，C数据质量",
    "certainty": "把握：E0最大，E3最小",
    "township_code": "乡镇代码",
    "township": "乡镇（街道）",
    "village_code": "村（居）代码",
    "village": "村（居）",
    "household_id": "低保证号",
    "person_id": "身份证号",
    "period": "期间",
    "observed": "记录怎样",
    "expected": "应当怎样",
    "amount_fen": "涉及金额（分）",
    "match_key": "比对依据",
    "explanation": "情况",
    "sources": "来源行：文件#工作表#行号",
    "rule_version": "检查规则版本",
}
_QUARANTINE = {"table": "表名", "field": "列名", "value": "原来的内容", "reason": "原因代码", "message": "原因"}
_STORED = {
    Kind.MONEY: "整数，单位分（除以100为元）",
    Kind.INT: "整数",
    Kind.NUMBER: "小数",
    Kind.BOOL: "真或假",
    Kind.DATE: "日期",
    Kind.MONTH: "文本，如 2011-03",
    Kind.PID: "文本，18位",
    Kind.TOWNSHIP: "9位乡镇代码",
    Kind.VILLAGE: "12位村居代码",
    Kind.LIST: "文本列表",
}


def tables_listed(inspection: Inspection) -> pd.DataFrame:
    """One row a table that can be queried: its name in SQL, its Chinese name, how many rows it has."""
    present = inspection.tables()
    names = [name for name in (*table_names(), *_OTHERS) if name in present]
    rows = [int(inspection.sql(f'SELECT count(*) AS n FROM "{name}"')["n"].iloc[0]) for name in names]
    titles = [_OTHERS.get(name) or table_title(name) for name in names]
    return pd.DataFrame({"表名": names, "内容": titles, "行数": rows})


def columns_listed(inspection: Inspection, table: str) -> pd.DataFrame:
    """One row a column of a table: its name in SQL, its Chinese meaning, how it is stored.

    Raises:
        InputRefused: there is no such table yet.
    """
    if table not in inspection.tables():
        raise InputRefused(f"没有表“{table}”。可查的表：{'、'.join(inspection.tables())}。请核对表名。")
    names = inspection.sql(f'SELECT * FROM "{table}" LIMIT 0').columns
    told = [line for name in names for line in _column(table, str(name))]
    return pd.DataFrame(told, columns=["列名", "含义", "存放方式"])


def _column(table: str, name: str) -> Iterator[tuple[str, str, str]]:
    """A column, or each member of a column that is a structure: `hh_p.persons`."""
    fields = table_fields(table) if table in table_names() else {}
    members = {key: field for key, field in fields.items() if key == name or key.startswith(f"{name}.")}
    for key, field in members.items():
        yield key, field.header, _stored(field)
    if not members:
        meaning = _SOURCE.get(name) or (_FINDINGS if table == "findings" else _QUARANTINE).get(name, "")
        number = name in ("source_row", "amount_fen")
        yield name, meaning, "整数" if number else "文本列表" if name == "sources" else "文本"


def _stored(field: Field) -> str:
    choices = "、".join(field.choices) if field.choices else ""
    return f"文本：{choices}" if choices else _STORED.get(field.kind, "文本")
