"""The mapping desk without a browser: what it shows, what its button writes."""

import datetime as dt

import papermill
import pytest
import xlsxwriter

from dibao_lib import Inspection
from dibao_lib.evidence.answer_file import answer_path
from dibao_lib.evidence.desk import arrived, dry_run, import_inbox, refused_table, sheets_table
from dibao_lib.notebooks import shipped_notebook
from dibao_lib.widgets.listing import Listing
from dibao_lib.widgets.mapping import MappingDesk

HOSTILE = "<script>alert(1)</script>"
STRANGE = (("家庭代号", "当家人", "每月给", HOSTILE), *((f"D{n}", "张三", 330 + n, "x") for n in range(3)))
MONTHS = (("低保证号", "发放月份", "发放金额"), *((f"E{n}", 2010.1, 330) for n in range(3)))


def write(path, rows):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名单")
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)


@pytest.fixture
def workspace(tmp_path):
    ins = Inspection.create(tmp_path / "workspace")
    write(ins.inbox / "绕二镇新格式.xlsx", STRANGE)
    write(ins.inbox / "海口镇发放.xlsx", MONTHS)
    return ins


@pytest.fixture
def desk(workspace):
    return MappingDesk(workspace, dry_run(workspace))


def panel(desk, name):
    """Opens a sheet; gives its drop-down lists by label, its button and its status line."""
    desk._sheet.value = name
    _top, form, _header, body, end = desk._panel.children[0].children
    return form, body, *end.children


def field_of(body, label):
    """The lists of the column with a label: what it means, and its unit or month."""
    line = next(
        line for line in body.children if len(getattr(line, "children", ())) == 6 and label in line.children[1].value
    )
    return line.children[4], line.children[5]


def test_a_sheet_nobody_could_read_is_settled_with_a_few_choices(workspace, desk):
    form, body, save, status = panel(desk, "绕二镇新格式.xlsx · 名单")
    form.value = "低保对象台账(家庭)"
    for label, meaning in [("家庭代号", "低保证号"), ("当家人", "户主姓名"), ("每月给", "户月保障金额")]:
        field_of(body, label)[0].value = meaning
    save.click()
    assert "已保存到 绕二镇新格式.xlsx.toml。试读1个文件、1张表：读入3行" in status.value
    assert dict(desk._sheet.options).keys() >= {"绕二镇新格式.xlsx · 名单", "● 海口镇发放.xlsx · 名单"}
    import_inbox(workspace)
    assert workspace.table("households")["base"].tolist() == [33000, 33100, 33200]


TWO_LISTS = (
    ("城市低保", "农村低保"),
    ("甲", "乙"),
    ("家庭代号", "当家人", "每月给"),
    ("D1", "张三", 330),
    ("D2", "李四", 200),
)


@pytest.fixture
def odd_desk(tmp_path):
    ins = Inspection.create(tmp_path / "workspace")
    write(ins.inbox / "绕二镇.xlsx", TWO_LISTS)
    return MappingDesk(ins, dry_run(ins))


def header_of(desk):
    return desk._panel.children[0].children[2].children


def labels_of(desk):
    body = desk._panel.children[0].children[3]
    return [line.children[1].value.split(">")[1].split("<")[0] for line in body.children[2:]]


def test_the_columns_shown_follow_the_header_rows_a_person_sets(odd_desk, tmp_path):
    first, depth, hint = header_of(odd_desk)
    assert (first.value, "程序推测" in hint.value) == (3, True)
    first.value = 1
    assert labels_of(odd_desk) == ["城市低保", "农村低保"]
    first.value = 3
    assert labels_of(odd_desk) == ["家庭代号", "当家人", "每月给"]
    assert "现为人工指定" in hint.value
    status = odd_desk._panel.children[0].children[-1].children[1]
    assert "尚未保存" in status.value
    depth.value = 4
    assert "指定的表头行（第3至6行）没有内容，本表共5行。" in status.value
    assert not answer_path(tmp_path / "workspace" / "inbox" / "绕二镇.xlsx").exists()


def test_letters_chosen_under_the_header_shown_are_read_under_that_header(odd_desk, tmp_path):
    form, body, save, status = panel(odd_desk, "绕二镇.xlsx · 名单")
    form.value = "低保对象台账(家庭)"
    for label, meaning in [("家庭代号", "低保证号"), ("当家人", "户主姓名"), ("每月给", "户月保障金额")]:
        field_of(body, label)[0].value = meaning
    save.click()
    assert "读入2行，忽略3行，隔离0行" in status.value


def test_header_rows_are_saved_and_zero_gives_them_back_to_the_program(workspace):
    desk = MappingDesk(workspace, dry_run(workspace))
    answer = answer_path(workspace.inbox / "海口镇发放.xlsx")
    _, _, save, status = panel(desk, "海口镇发放.xlsx · 名单")
    first, _depth, hint = header_of(desk)
    assert "现为程序识别" in hint.value
    first.value = 2
    save.click()
    assert "拒收" not in status.value and "header_rows = [2, 2]" in answer.read_text("utf-8")
    first.value = 0
    assert (first.value, "现为程序识别" in hint.value) == (1, True)
    save.click()
    assert "header_rows" not in answer.read_text("utf-8")


def test_a_sheet_nobody_could_read_says_how_many_rows_it_has(desk):
    desk._sheet.value = "绕二镇新格式.xlsx · 名单"
    assert "共4行，均未导入" in desk._panel.children[0].children[0].value


def test_a_question_about_months_is_answered_in_its_column(workspace, desk):
    _, body, save, _ = panel(desk, "海口镇发放.xlsx · 名单")
    (months,) = field_of(body, "发放月份")[1].children
    months.value = "10月"
    save.click()
    assert '"发放月份" = "10月"' in answer_path(workspace.inbox / "海口镇发放.xlsx").read_text("utf-8")
    import_inbox(workspace)
    assert set(workspace.table("payments")["period"]) == {"2010-10"}


def test_an_amount_column_offers_its_units(desk):
    _, body, *_ = panel(desk, "海口镇发放.xlsx · 名单")
    (unit,) = field_of(body, "发放金额")[1].children
    assert ("元/户·季", "元/户·季") in unit.options


def test_two_columns_for_one_field_are_not_saved(workspace, desk):
    form, body, save, status = panel(desk, "绕二镇新格式.xlsx · 名单")
    form.value = "低保对象台账(家庭)"
    for label in ("家庭代号", "当家人"):
        field_of(body, label)[0].value = "低保证号"
    save.click()
    assert "“低保证号”（A、B列）选了不止一列" in status.value
    assert not answer_path(workspace.inbox / "绕二镇新格式.xlsx").exists()


def test_without_a_browser_it_is_a_table_in_which_nothing_is_markup_or_a_person(desk):
    bundle = desk._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    page = bundle["text/html"]
    assert "待答：“发放月份”列有3处写成“年.1”，分不清是1月还是10月（1月、10月）" in page
    assert "&lt;script&gt;" in page
    assert not [text for text in (HOSTILE, "张三") if text in page]


def test_the_desk_of_an_empty_inbox_says_so(tmp_path):
    ins = Inspection.create(tmp_path / "empty")
    report = dry_run(ins)
    assert "inbox 中没有可以查看的表" in MappingDesk(ins, report)._hint.value
    assert "没有可导入的文件" in refused_table(report)["说明"][0]
    assert Listing(arrived(ins))._repr_html_() == "<p>没有。</p>"


def test_the_listings_say_what_became_of_each_file_and_sheet(workspace):
    assert arrived(workspace)["状态"].tolist() == ["未导入", "未导入"]
    report = import_inbox(workspace)
    table = sheets_table(report).set_index("文件")
    assert table.loc["海口镇发放.xlsx", ["读入", "隔离", "待答"]].tolist() == [0, 3, 1]
    assert table.loc["绕二镇新格式.xlsx", ["表样", "未导入"]].tolist() == ["未识别", 4]
    imported, refused = arrived(workspace)["状态"]
    assert imported.startswith(f"已导入（{dt.date.today().year}")
    assert refused == "未采信"
    assert "未对应" not in Listing(refused_table(report))._repr_html_()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("engine", [None, "dibao"])
def test_the_notebook_runs_without_a_browser(workspace, tmp_path, engine):
    notebook = papermill.execute_notebook(
        shipped_notebook("02_evidence"),
        tmp_path / "done.ipynb",
        parameters={"workspace": str(workspace.folder)},
        engine_name=engine,
        progress_bar=False,
        store_widget_state=False,
        cwd=tmp_path,
    )
    shown = [
        output["data"]["text/html"] for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output
    ]
    assert len(shown) == 6
    assert "widgets" not in notebook.metadata
    assert "payments" in workspace.tables()
