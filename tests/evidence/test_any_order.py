"""In whatever order and in however many imports a county's files arrive, the evidence is the same to the byte."""

import datetime as dt
import random

import books
import pytest
from books import HEAD, P1, P2, ROWS

from dibao_lib import Inspection
from dibao_lib.evidence.answer_file import answer_path
from dibao_lib.evidence.blank.returns import FOLDER
from dibao_lib.evidence.intake import import_files

NOW = dt.datetime(2011, 6, 1, 9, 0)
PAID = ("低保证号", "户主姓名", "发放金额")
MEMBERS = ("低保证号", "姓名", "身份证号", "与户主关系")
STRANGE = ("家庭代号", "当家人", "每月给")
ANSWER = """[sheet."表"]
form = "低保对象台账(家庭)"
[sheet."表".columns]
A = "低保证号"
B = "户主姓名"
C = "户月保障金额"
"""


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """Two townships with several files each, which lean on one another: answers, new villages, doubtful ids."""
    folder = tmp_path_factory.mktemp("报送")

    def put(name, *rows):
        (folder / name).parent.mkdir(exist_ok=True)
        return books.xlsx(folder / name, {"表": rows})

    put("绕二镇/台账.xlsx", [*HEAD, "村(居)"], [*ROWS[0], "新设村"], ["", *ROWS[1][1:], "新设村"])
    put("绕二镇/成员.xlsx", MEMBERS, ("D1", "张山", P1, "户主"), ("D1", "王五", P2[:-1] + "1", "子"))
    put("绕二镇/发放2010-03.xlsx", PAID, ("D1", "张三", 330))
    put("绕二镇/发放2010-04.xlsx", PAID, ("D1", "张三", 330), ("D1", "张三", "三百"))
    put("绕二镇/补发.xlsx", ("低保证号", "发放月份", "发放金额"), ("D1", 2010.1, 330))
    put("海口镇/新格式一.xlsx", STRANGE, ("H1", "赵六", 200))
    put("海口镇/新格式二.xlsx", STRANGE, ("H2", "孙七", 210))
    answer_path(folder / "海口镇/新格式一.xlsx").write_text(ANSWER, encoding="utf-8")
    put("村居名册.xlsx", ("村居代码", "乡镇代码", "村(居)委会"), ("361181103999", "361181103", "新设村民委员会"))
    return folder


def arrived(folder, inbox, chance):
    """Lays the files into the inbox a few at a time, in an order of chance; yields after each few."""
    files = sorted(path for path in folder.rglob("*.xlsx"))
    chance.shuffle(files)
    while files:
        few = [files.pop() for _ in range(min(len(files), chance.randint(2, 4)))]
        for path in few:
            target = inbox / path.relative_to(folder)
            target.parent.mkdir(exist_ok=True)
            for source in filter(lambda one: one.is_file(), (path, answer_path(path))):
                target.with_name(source.name).write_bytes(source.read_bytes())
        yield [inbox / path.relative_to(folder) for path in few]


def state(workspace):
    """Every byte of the evidence and of the lists to send back."""
    files = [*workspace.evidence.iterdir(), *(workspace.folder / FOLDER).iterdir()]
    return {file.name: file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def at_once(sent, tmp_path_factory):
    workspace = Inspection.create(tmp_path_factory.mktemp("一次") / "w")
    for _ in arrived(sent, workspace.inbox, random.Random(0)):
        pass
    report = import_files(workspace, [workspace.inbox], NOW)
    return state(workspace), report


def test_the_example_holds_what_makes_order_matter(at_once):
    _, report = at_once
    sheets = [sheet for file in report.files for sheet in file.sheets]
    assert {sheet.table for sheet in sheets} == {"households", "members", "payments", "villages"}
    assert report.totals["questions"] == 1 and report.totals["read"] == 9
    assert any(column.how == "沿用答复" for sheet in sheets for column in sheet.columns)
    assert report.doubts


@pytest.mark.parametrize("seed", [1, 3])
def test_any_order_in_any_portions_gives_the_same_bytes_and_again_changes_nothing(sent, at_once, tmp_path, seed):
    workspace, chance = Inspection.create(tmp_path / "w"), random.Random(seed)
    for few in arrived(sent, workspace.inbox, chance):
        import_files(workspace, few, NOW)
    expected, whole = at_once
    assert state(workspace) == expected
    again = import_files(workspace, [workspace.inbox], NOW)
    assert state(workspace) == expected
    assert all(file.unchanged for file in again.files) and again.doubts == whole.doubts
