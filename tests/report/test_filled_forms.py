"""The plan's forms filled in from what was imported."""

import datetime as dt
import io

import openpyxl
import pytest
from hostile import HOSTILE

from dibao_lib.demo import demo_day
from dibao_lib.evidence.blank import BLANKS, Filling, write_paper
from dibao_lib.evidence.intake import import_files
from dibao_lib.report.filled_forms import write_filled
from dibao_lib.report.text import clean
from dibao_lib.workspace import Inspection

TOWNSHIP = "龙头山乡"


@pytest.fixture(scope="module")
def filled(inspected, tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled")
    write_filled(inspected.inspection, demo_day(inspected.inspection.plan), folder, townships=[TOWNSHIP])
    return folder / TOWNSHIP


def sheets(filled, title):
    return openpyxl.load_workbook(filled / f"{title}.xlsx", data_only=True).worksheets


def test_every_active_household_stands_on_its_villages_board_once(inspected, filled):
    shown = [
        row[1].value
        for sheet in sheets(filled, "低保对象公示栏")
        for row in sheet.iter_rows(5)
        if isinstance(row[0].value, int)
    ]
    active = inspected.inspection.sql(
        "SELECT count(*) AS n FROM households WHERE twn_id = '361181205' AND coalesce(status, '') NOT IN ('停保', '注销')"
        " AND hh_id NOT IN (SELECT hh_id FROM exits WHERE hh_id IS NOT NULL)"
    )["n"][0]
    assert len(shown) >= active > 100


def test_the_sums_below_a_board_are_formulas_with_their_values(filled):
    with_formulas = openpyxl.load_workbook(filled / "低保对象公示栏.xlsx").worksheets[0]
    values = sheets(filled, "低保对象公示栏")[0]
    (total,) = [row for row in values.iter_rows() if row[0].value == "合计"]
    amounts = [row[5].value for row in values.iter_rows(5) if isinstance(row[0].value, int)]
    assert total[5].value == pytest.approx(sum(amounts)) and len(amounts) > 3
    assert with_formulas.cell(total[5].row, 6).value == f"=SUM(F5:F{total[5].row - 1})"


def test_a_board_shows_no_number_of_a_person_or_a_certificate(inspected, filled):
    told = {
        str(cell.value)
        for title in ("低保对象公示栏", "退保公示栏")
        for sheet in sheets(filled, title)
        for row in sheet
        for cell in row
    }
    numbers = inspected.inspection.sql("SELECT unnest([hh_id, head_pid, acct]) AS number FROM households")["number"]
    assert not told & set(numbers.dropna())


def test_a_filled_form_imports_as_the_rows_it_was_filled_with(inspected, filled, tmp_path):
    other = Inspection.create(tmp_path / "other")
    import_files(other, [filled / "低保对象评议结果汇总表.xlsx"], dt.datetime(2011, 7, 1))
    columns = "hh_id, vil_id, met_on, present, agree, disagree, abstain, result"
    again = other.sql(f"SELECT {columns} FROM reviews ORDER BY ALL")
    before = inspected.inspection.sql(f"SELECT {columns} FROM reviews WHERE vil_id[1:9] = '361181205' ORDER BY ALL")
    assert again.to_dict("records") == before.to_dict("records") and len(again) > 50


def test_hostile_texts_in_a_form_are_texts(plan):
    # an import leaves no other
    texts = [text for text in HOSTILE if clean(text) == text]
    (board,) = [blank for blank in BLANKS if blank.title == "退保公示栏"]
    filling = Filling("退保", {"": texts[0]}, [{"head": text, "reason": text, "note": text} for text in texts])
    sheet = openpyxl.load_workbook(io.BytesIO(write_paper(board, plan, [filling]))).active
    shown = [cell for row in sheet.iter_rows(5) for cell in row if isinstance(cell.value, str)]
    values = [cell.value for cell in shown]
    assert len(texts) > 65 and [text for text in texts if values.count(text) < 3] == []
    assert {cell.data_type for cell in shown} == {"s"} and not any(cell.hyperlink for cell in shown)
