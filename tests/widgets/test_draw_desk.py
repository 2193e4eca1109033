"""The draw desk without a browser: its buttons commit, draw and print, each once and in this order."""

import datetime as dt

import pytest

from dibao_lib.sampling import Design
from dibao_lib.sampling.files import verify_file
from dibao_lib.sampling.frames import workspace_frame
from dibao_lib.widgets.draw_desk import DrawDesk
from dibao_lib.workspace import Inspection

NOON = dt.datetime(2011, 5, 16, 12, 0)


@pytest.fixture
def desk(tmp_path):
    inspection = Inspection.create(tmp_path / "w")
    frame = workspace_frame(inspection, "township")
    return DrawDesk(inspection, frame, Design("督查", rate="20%"), "会上掷骰子", lambda: NOON)


def test_commit_then_seed_then_draw_then_sheet(desk):
    assert (desk.commit.disabled, desk.draw.disabled, desk.sheet.disabled) == (False, True, True)
    desk.witnesses.value = "张三、李四"
    desk.commit.click()
    assert "已承诺。请当众宣读并记录：" in desk.status.value
    assert (desk.commit.disabled, desk.draw.disabled, desk.source.disabled) == (True, False, True)
    desk.seed.value = " 3 1 4 "
    desk.draw.click()
    assert "已抽取，记录在 draws/督查.json。" in desk.status.value
    assert (desk.draw.disabled, desk.sheet.disabled) == (True, False)
    assert (desk.made.seed, desk.made.commitment.witnesses) == ("3 1 4", ("张三", "李四"))
    assert desk.made.commitment.at == "2011-05-16T12:00:00"
    assert verify_file(desk._folder / "督查.json") == []
    desk.sheet.click()
    assert "draws/督查-确认单.docx" in desk.status.value


def test_a_commitment_names_where_the_seed_comes_from(desk):
    desk.source.value = " "
    desk.commit.click()
    assert "请写明种子将取自哪个公开事件" in desk.status.value
    assert desk.promise is None


def test_nothing_is_drawn_without_a_seed(desk):
    desk.commit.click()
    desk.draw.click()
    assert "请填写当众公布的种子" in desk.status.value
    assert desk.made is None


def test_a_second_desk_shows_what_is_on_file(desk):
    desk.commit.click()
    desk.seed.value = "6<b>"
    desk.draw.click()
    again = DrawDesk(desk._ins, desk._frame, Design("督查", rate="30%"), "别的", lambda: NOON)
    assert (again.source.value, again.draw.disabled) == ("会上掷骰子", True)
    shown = again._repr_mimebundle_()["text/html"]
    assert "6&lt;b&gt;" in shown and "6<b>" not in shown
    assert "抽样结果确认单" in shown
