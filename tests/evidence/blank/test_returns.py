"""The way back: what was set aside goes to its sender, is corrected, comes again and leaves the list."""

import datetime as dt

import openpyxl
import pytest
from books import HEAD, P1, P2, xlsx

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.blank.returns import FOLDER, returns_in
from dibao_lib.evidence.intake import import_files
from dibao_lib.evidence.manifest import Manifest

NOW = dt.datetime(2011, 4, 20, 9, 0)
BAD = ("D2", "绕二镇", "李四", "36118119550202", "一人", 200)


def bring(workspace, folder, name, rows, head=HEAD):
    folder.mkdir(exist_ok=True)
    return import_files(workspace, [xlsx(folder / name, {"Sheet1": [head, *rows]})], NOW)


def listed(workspace, sender):
    """The lines of a sender's list."""
    sheet = openpyxl.load_workbook(workspace.folder / FOLDER / f"{sender}.xlsx").active
    return [tuple(cell or "" for cell in row) for row in sheet.iter_rows(5, values_only=True)]


def test_the_whole_loop(workspace, tmp_path):
    sent = tmp_path / "收到"
    bring(workspace, sent, "绕二镇台账.xlsx", [("D1", "绕二镇", "张三", P1, 2, 330), BAD])
    lines = listed(workspace, "绕二镇")
    assert [(line[0], line[2], line[3], line[4]) for line in lines] == [
        ("绕二镇台账.xlsx", "3", "D列 户主身份证号", "36118119550202"),
        ("绕二镇台账.xlsx", "3", "E列 家庭人口", "一人"),
    ]
    assert "应为整数（该格留空）" in lines[1][5]
    assert lines[1][6] == "请只填数字后重报。"
    good = ("D2", "绕二镇", "李四", P2, 1, 200)
    bring(workspace, sent, "绕二镇台账.xlsx", [("D1", "绕二镇", "张三", P1, 2, 330), good])
    assert returns_in(workspace.folder / FOLDER) == []
    assert workspace.table("households")["head_pid"].tolist() == [P1, P2]
    (earlier,) = Manifest.load(workspace.evidence).history["绕二镇台账.xlsx"]
    assert earlier["quarantined"] == 2


def test_each_sender_gets_its_own_list_and_no_more(workspace, tmp_path):
    bring(workspace, tmp_path / "甲", "绕二镇台账.xlsx", [BAD])
    bring(workspace, tmp_path / "乙", "民政局总表.xlsx", [BAD])
    assert [path.stem for path in returns_in(workspace.folder / FOLDER)] == ["民政局总表", "绕二镇"]
    assert {line[0] for line in listed(workspace, "绕二镇")} == {"绕二镇台账.xlsx"}


def test_what_only_the_office_can_answer_is_not_sent_back(workspace, tmp_path):
    bring(
        workspace, tmp_path / "甲", "绕二镇发放.xlsx", [("D1", 2010.1, 330)], head=("低保证号", "发放月份", "发放金额")
    )
    assert workspace.table("quarantine")["reason"].tolist() == ["unanswered"]
    assert returns_in(workspace.folder / FOLDER) == []


def test_a_refused_file_is_on_the_list_until_it_is_read(workspace, tmp_path):
    bring(workspace, tmp_path / "收到", "绕二镇台账.xlsx", [("D1", P1)], head=("编码", "证件"))
    ((file, _, row, column, value, problem, _),) = listed(workspace, "绕二镇")
    assert (file, row, column, value) == ("绕二镇台账.xlsx", "", "", "")
    assert problem.endswith("（整份文件未导入）")
    bring(workspace, tmp_path / "收到", "绕二镇台账.xlsx", [("D1", "绕二镇", "张三", P1, 2, 330)])
    assert returns_in(workspace.folder / FOLDER) == []


@pytest.mark.parametrize("value", ["=cmd|'/c calc'!A1", "@SUM(1)", "<b>", "'1"])
def test_a_hostile_value_goes_back_as_the_text_it_was(workspace, tmp_path, value):
    row = ("D2", "绕二镇", "李四", P2, value, 200)
    bring(workspace, tmp_path / "收到", "绕二镇台账.xlsx", [row])
    sheet = openpyxl.load_workbook(workspace.folder / FOLDER / "绕二镇.xlsx").active
    assert (sheet["E5"].value, sheet["E5"].data_type) == (value, "s")


def test_a_list_that_is_open_elsewhere_is_told_in_one_sentence(workspace, tmp_path, monkeypatch):
    def held(path, content):
        raise PermissionError

    monkeypatch.setattr("dibao_lib.evidence.blank.returns.write_whole", held)
    with pytest.raises(InputRefused, match="表册已导入，但退回更正文件夹中有清单正被其他程序打开"):
        bring(workspace, tmp_path / "收到", "绕二镇台账.xlsx", [BAD])
    assert len(workspace.table("households")) == 1


def test_a_dry_run_writes_no_list(workspace, tmp_path):
    (tmp_path / "收到").mkdir()
    import_files(workspace, [xlsx(tmp_path / "收到" / "绕二镇.xlsx", {"Sheet1": [HEAD, BAD]})], NOW, dry_run=True)
    assert returns_in(workspace.folder / FOLDER) == []


def test_lists_print_on_landscape_a4_with_their_head_repeated_and_hold_text(workspace, tmp_path):
    bring(workspace, tmp_path / "收到", "绕二镇台账.xlsx", [BAD])
    sheet = openpyxl.load_workbook(workspace.folder / FOLDER / "绕二镇.xlsx").active
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$4:$4")
    assert {cell.number_format for cell in sheet[5]} == {"@"}


def test_importing_again_leaves_the_list_as_it_is(workspace, tmp_path):
    bring(workspace, tmp_path / "收到", "绕二镇台账.xlsx", [BAD])
    before = (workspace.folder / FOLDER / "绕二镇.xlsx").read_bytes()
    bring(workspace, tmp_path / "收到", "绕二镇台账.xlsx", [BAD])
    assert (workspace.folder / FOLDER / "绕二镇.xlsx").read_bytes() == before
