"""The command line as a user meets it: verbs, sentences, exit codes (contract 4.1)."""

import json
import shutil

import openpyxl
import pytest

from dibao_lib import Inspection
from dibao_lib.idnumber import check_character

HOUSEHOLDS = ["低保证号", "类别", "乡镇", "村(居)", "户主姓名", "户主身份证号", "家庭人口", "保障人口", "合计"]
PID = "36118119600101001" + check_character("36118119600101001")
GOOD = ["36118110001", "农村", "绕二镇", "绕二村", "王小明", PID, 2, 2, 230]


@pytest.fixture
def workspace(dibao, tmp_path):
    code, _, _ = dibao("new", tmp_path / "德兴", "--year", 2011)
    assert code == 0
    return tmp_path / "德兴"


def write(path, rows, sheet="Sheet1"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_new_makes_a_workspace_with_notebooks_and_says_what_is_next(dibao, tmp_path):
    code, out, _ = dibao("new", tmp_path / "德兴", "--year", 2025)
    assert code == 0
    assert "已建立检查工作区" in out
    assert "下一步：把乡镇报来的表册放入" in out
    assert (tmp_path / "德兴" / "notebooks" / "township_report.ipynb").is_file()
    assert Inspection.open(tmp_path / "德兴").plan.year == 2025


def test_new_in_a_workspace_is_refused(dibao, workspace):
    code, _, err = dibao("new", workspace)
    assert (code, err.strip()) == (2, "“德兴”已经是检查工作区，未作改动。请换一个目录，或直接在其中继续工作。")


def test_an_unknown_plan_is_answered_with_those_there_are(dibao, tmp_path):
    code, _, err = dibao("new", tmp_path / "x", "--plan", "火星")
    assert code == 3
    assert "没有名为“火星”的方案。可用的方案：dexing" in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["frob"], "没有这样的命令"),
        (["new"], "缺少参数：目录"),
        (["check", "--yesterday"], "没有选项“--yesterday”"),
        (["check", "--today", "30.6.2011"], "日期“30.6.2011”写法不对，应为 2011-06-30 这样的年-月-日"),
        (["report", "--format", "html,epub"], "不认识的格式“epub”。可用的格式：html、docx、pdf、xlsx"),
    ],
)
def test_a_wrong_command_is_one_chinese_sentence_and_exit_code_2(dibao, words, sentence):
    code, _, err = dibao(*words)
    assert code == 2
    assert sentence in err
    assert "Traceback" not in err


def test_outside_a_workspace_the_command_says_where_to_go(dibao, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = dibao("check")
    assert code == 2
    assert "当前目录不在检查工作区中。请进入工作区目录，或用 dibao -w 目录 指明" in err


def test_inside_a_workspace_it_is_found_from_a_folder_below(dibao, workspace, monkeypatch):
    monkeypatch.chdir(workspace / "inbox")
    write(workspace / "inbox" / "低保台账.xlsx", [HOUSEHOLDS, GOOD])
    code, out, _ = dibao("import", workspace / "inbox")
    assert code == 0, out
    assert Inspection.open(workspace).table("households")["hh_id"].tolist() == ["36118110001"]


def test_the_help_is_chinese(dibao):
    code, out, _ = dibao("--help")
    assert code == 0
    assert "用法：" in out
    assert "选项" in out
    assert not [word for word in ("Usage", "Options", "Commands", "Show this") if word in out]


def test_import_says_in_json_what_became_of_each_sheet(dibao, workspace, tmp_path):
    file = write(tmp_path / "低保台账.xlsx", [HOUSEHOLDS, GOOD])
    code, out, _ = dibao("-w", workspace, "import", file, "--json")
    assert code == 0
    (told,) = json.loads(out)["files"]
    assert (told["source_file"], told["sheets"][0]["table"], told["sheets"][0]["read"]) == (
        "低保台账.xlsx",
        "households",
        1,
    )


def test_import_says_in_json_which_lists_go_back_to_their_senders(dibao, workspace, tmp_path):
    file = write(tmp_path / "绕二镇台账.xlsx", [HOUSEHOLDS, [*GOOD[:-1], "十元"]])
    assert json.loads(dibao("-w", workspace, "import", file, "--dry-run", "--json")[1])["returns"] == []
    code, out, _ = dibao("-w", workspace, "import", file, "--json")
    assert (code, json.loads(out)["returns"]) == (3, ["退回更正/绕二镇.xlsx"])
    assert (workspace / "退回更正" / "绕二镇.xlsx").is_file()


def test_a_dry_run_writes_nothing(dibao, workspace, tmp_path):
    file = write(tmp_path / "低保台账.xlsx", [HOUSEHOLDS, GOOD])
    code, _, _ = dibao("-w", workspace, "import", file, "--dry-run")
    assert code == 0
    assert list((workspace / "inbox").iterdir()) == []
    assert Inspection.open(workspace).tables() == {}


class TestBrokenInput:
    """Each costs only itself: exit code 3, one sentence with its place, everything good is still imported."""

    @pytest.fixture
    def broken(self, tmp_path, request):
        folder = tmp_path / "收到"
        folder.mkdir()
        write(folder / "好的.xlsx", [HOUSEHOLDS, GOOD])
        floats = [3.62330196001011e17, 3.62330196502022e17]
        write(
            folder / "数字证号.xlsx",
            [HOUSEHOLDS, *([f"3611811009{n}", *GOOD[1:5], pid, *GOOD[6:]] for n, pid in enumerate(floats))],
        )
        write(folder / "外乡.xlsx", [HOUSEHOLDS, ["36118110003", "农村", "火星镇", "绕二村", *GOOD[4:]]])
        (folder / "缺列.csv").write_text(
            f"户主姓名,户主身份证号,家庭人口,保障人口,合计\n王小明,{PID},2,2,230\n", encoding="gb18030"
        )
        shutil.copy(request.path.parent / "data" / "workbooks" / "pass_protected.xlsb", folder / "加密.xlsx")
        return folder

    def test_it(self, dibao, workspace, broken):
        code, out, err = dibao("-w", workspace, "import", broken)
        said = out + err
        assert code == 3
        assert "Traceback" not in said
        for place, reason in [
            ("加密.xlsx", "密码"),
            ("缺列.csv", "低保证号"),
            ("外乡.xlsx“Sheet1”第2行“乡镇”列", "乡镇"),
            ("数字证号.xlsx“Sheet1”第2、3行“户主身份证号”列", "以数字存放"),
        ]:
            assert any(place in line and reason in line for line in said.splitlines()), (place, said)
        households = Inspection.open(workspace).table("households")
        assert "36118110001" in households["hh_id"].tolist()
        assert "36118110003" not in households["hh_id"].tolist()
        assert households.query("hh_id != '36118110001'")["head_pid"].isna().all()

    def test_no_person_is_named_in_what_is_said(self, dibao, workspace, broken):
        _, out, err = dibao("-w", workspace, "import", broken)
        assert not [name for name in ("王小明", PID) if name in out + err]


def test_check_prints_the_table_and_json(dibao, own_copy):
    code, out, _ = dibao("-w", own_copy.folder, "check", "--today", "2011-06-30")
    assert code == 0
    assert "绕二镇" in out
    code, out, _ = dibao("-w", own_copy.folder, "check", "--today", "2011-06-30", "--json")
    assert code == 0
    assert json.loads(out)["findings"] == len(own_copy.findings())


def test_report_of_one_township(dibao, own_copy):
    code, out, _ = dibao("-w", own_copy.folder, "report", "龙头山乡", "--today", "2011-06-30", "--format", "html")
    assert code == 0
    assert "报告完成 1 份" in out
    assert (own_copy.reports / "361181205-龙头山乡" / "report.html").is_file()


def test_a_report_of_an_unknown_township_names_the_known_ones(dibao, own_copy):
    code, _, err = dibao("-w", own_copy.folder, "report", "火星镇", "--today", "2011-06-30")
    assert code == 3
    assert "没有名为“火星镇”的乡镇。可用的有：银城街道" in err


def test_a_bug_is_one_line_with_its_place_and_no_data(dibao, workspace, monkeypatch):
    def broken(*_):
        raise RuntimeError("王小明 361181196001010013")

    monkeypatch.setattr("dibao_lib.checks.run_checks", broken)
    code, _, err = dibao("-w", workspace, "check", "--today", "2011-06-30")
    assert code == 1
    assert "程序内部错误（RuntimeError，test_cli.py:" in err
    assert "王小明" not in err


def test_forms_writes_the_blank_forms_and_says_where(dibao, workspace, tmp_path):
    code, out, _ = dibao("-w", workspace, "forms", tmp_path / "空白表")
    assert code == 0
    assert "写入空白表12份" in out
    assert len(list((tmp_path / "空白表").glob("*.xlsx"))) == 12


def test_a_template_is_filled_only_with_a_table_named(dibao, workspace, tmp_path):
    code, _, err = dibao("-w", workspace, "forms", tmp_path / "出", "--template", tmp_path / "模板.xlsx")
    assert code == 2
    assert "填写模板须同时写明 --template 文件 和 --table 表名。" in err


def test_check_clauses_prints_what_serves_each_clause_and_runs_nothing(dibao, workspace):
    code, out, _ = dibao("-w", workspace, "check", "--clauses")
    assert code == 0
    assert "R11 是否存在两个保障标准\n    检查：S2" in out
    assert not (workspace / "findings.parquet").exists()
    code, out, _ = dibao("-w", workspace, "check", "--clauses", "--json")
    assert code == 0 and len(json.loads(out)["clauses"]) == 73


class TestAMappingAPersonCanCorrect:
    @pytest.fixture
    def file(self, tmp_path):
        return write(
            tmp_path / "台账.xlsx", [["证", "乡镇", "户主", "身份证号", "人口"], [*GOOD[:1], *GOOD[2:3], *GOOD[4:7]]]
        )

    def test_a_dry_run_writes_a_draft_only_when_asked(self, dibao, workspace, file):
        dibao("-w", workspace, "import", file, "--dry-run")
        draft = file.with_name("台账.xlsx.toml")
        assert not draft.exists()
        _, _, err = dibao("-w", workspace, "import", file, "--dry-run", "--write-mapping")
        assert f"已写出对应关系：{draft}" in err
        text = draft.read_text(encoding="utf-8")
        assert not [name for name in ("王小明", PID) if name in text]
        draft.write_text(text.replace('[sheet."Sheet1".columns]', '[sheet."Sheet1".columns]\nA = "低保证号"'), "utf-8")
        _, _, err = dibao("-w", workspace, "import", file, "--dry-run", "--write-mapping")
        assert f"已有对应关系，未改动：{draft}" in err
        code, out, err = dibao("-w", workspace, "import", file)
        assert code == 0, out + err
        assert Inspection.open(workspace).table("households")["head"].tolist() == ["王小明"]

    def test_only_a_dry_run_writes_one(self, dibao, workspace, file):
        code, _, err = dibao("-w", workspace, "import", file, "--write-mapping")
        assert (code, "只与 --dry-run 同用" in err) == (2, True)

    def test_the_mapping_and_its_questions_are_in_the_json(self, dibao, workspace, tmp_path):
        file = write(tmp_path / "发放.xlsx", [["低保证号", "发放月份", "金额", "备用"], ["D1", 2010.1, 330, "x"]])
        code, out, _ = dibao("-w", workspace, "import", file, "--dry-run", "--json")
        (sheet,) = json.loads(out)["files"][0]["sheets"]
        assert code == 3
        assert [(one["column"], one["field"], one["how"]) for one in sheet["columns"]] == [
            ("A", "hh_id", "表头"),
            ("B", "period", "表头"),
            ("C", "amt", "同义词"),
        ]
        assert sheet["spare"] == [{"column": "D", "header": "备用", "samples": ["文本1字"]}]
        assert sheet["questions"][0]["choices"] == ["1月", "10月"]
        assert sheet["quarantined"] == {"unanswered": 1}
