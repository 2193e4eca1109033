"""A large text table, taken column by column, gives the rows and the report that the careful way gives."""

import random

import pytest
from books import P1, P2
from sheets_drawn import VOCABULARY

from dibao_lib.evidence import delimited
from dibao_lib.evidence.cell import Turned
from dibao_lib.evidence.file import read_file
from dibao_lib.evidence.limits import Limits
from dibao_lib.evidence.workbook import read_workbook

HEAD = "低保证号,乡镇,村(居),户主姓名,户主身份证号,家庭人口,户月保障金额,享受起始月,审批日期"
PLAIN = ("D{}", "绕二镇", "双河社区", "张三", P1, "2", "330", "2010-01", "2010-03-02")
DIRT = (
    ("", "无", "D７"),
    ("绕二", "某镇", ""),
    ("双河", "某村", ""),
    ("张　三", "李四(已故)", ""),
    (P2, P1[:-1] + "9", "3.62330E+17", ""),
    ("3人", "三", ""),
    ("１,２００", "1.2万元", "五百", "330.005", ""),
    ("2010.1", "2009年第4季度", "去年", ""),
    ("40283", "2010年3月2日", "3月2日", ""),
)


def rows(dirty: float, seed: int = 7):
    draw = random.Random(seed)
    for number in range(500):
        cells = [draw.choice(odd) if draw.random() < dirty else plain for plain, odd in zip(PLAIN, DIRT, strict=True)]
        yield ",".join(cell.replace(",", "").format(number) for cell in cells)


@pytest.mark.parametrize("dirty", [0, 0.01, 0.3])
@pytest.mark.parametrize("below", [[], ["合计,,,,,,495000,,", "填表人：王五,,,,,,,,"], [",,,,,,,,"] * 2])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_both_ways_through_a_table_agree(tmp_path, gazetteer, monkeypatch, dirty, below, encoding):
    body = [*rows(dirty), *below]
    path = tmp_path / "低保对象台账.csv"
    path.write_bytes("\r\n".join(["低保对象台账,,,,,,,,", HEAD, *body, ""]).encode(encoding))
    monkeypatch.setattr(delimited, "_LARGE", 0)
    assert isinstance(read_workbook(path, Limits()).sheets[0].rows, Turned)
    fast = read_file(path, path.name, VOCABULARY, gazetteer)
    monkeypatch.setattr(delimited, "_LARGE", 1 << 40)
    careful = read_file(path, path.name, VOCABULARY, gazetteer)
    assert fast.report == careful.report
    assert fast.tables.keys() == careful.tables.keys() and fast.report.read + fast.report.set_aside
    for name, table in fast.tables.items():
        assert table.equals(careful.tables[name]), name
