"""Many reports at once: what goes wrong in one costs only that one, and a folder appears whole or not at all."""

import json
import math
import os
import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

import nbformat
import numpy as np
import pytest
from batch_notebooks import save
from batch_renderers import render_badly, render_nothing, render_text

from dibao_lib.batch.farm import run_jobs
from dibao_lib.batch.freshness import is_current
from dibao_lib.batch.job import Job, Limits
from dibao_lib.commands.reporting import say_finished
from dibao_lib.errors import ReportFailed, UsageError
from dibao_lib.workspace import Inspection

PARAMETER = ("town = ''", ["parameters"])
READING = """
from pathlib import Path
from dibao_lib.report.blocks import Paragraph, Title
from dibao_lib.report.formats import pdf
read = lambda: int(Path('/proc/self/io').read_text().split()[1])
before = read()
made = pdf.render([Title(town), Paragraph(('共3户。',))])
print(made[:4], 0 < read() - before < 1_000_000)
"""
FATES = """
import os, signal, subprocess, sys, time
from dibao_lib.errors import InputRefused
if town == '出错': raise KeyError('张三')
if town == '拒绝': raise InputRefused('缺少低保标准；请在 plan.toml 补填。')
if town == '退出': sys.exit(0)
if town == '死循环':
    while True: pass
if town == '不听信号':
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM]); time.sleep(60)
if town == '崩溃': os.kill(os.getpid(), signal.SIGSEGV)
if town == '消失': os._exit(7)
if town == '内存': bytearray(2 << 30)
print(town)
"""
# fate of a report: status and message
EXPECTED = {
    "银城街道": ("done", ""),
    "出错": ("failed", "单元格 [3] 出错（KeyError）；请查看日志 dibao.log。"),
    "拒绝": ("failed", "单元格 [3] 出错：缺少低保标准；请在 plan.toml 补填。"),
    "退出": ("failed", "单元格 [3] 用 sys.exit 提前结束，后面的内容没有运行；请从笔记本中删去后重试。"),
    "死循环": ("timeout", "单元格 [3] 运行超过 1 秒，已终止；请检查数据量或放宽时限后重试。"),
    "不听信号": ("timeout", "超过 6 秒仍未完成，在单元格 [3] 处强行终止。"),
    "崩溃": ("crashed", "运行到单元格 [3] 时进程意外终止（信号 11）；请检查这个单元格后重试。"),
    "消失": ("crashed", "运行到单元格 [3] 时进程意外终止（退出码 7）；请检查这个单元格后重试。"),
    "内存": ("failed", "单元格 [3] 所需内存超过上限；请减少一次读入的数据后重试。"),
    "香屯街道": ("done", ""),
}


def job(folder, notebook, name="银城街道", **parameters):
    return Job(notebook, {"town": name, **parameters}, folder / "reports" / name, name, digest="0")


def only(outcomes):
    (outcome,) = outcomes
    return outcome


def left(folder):
    """Everything under the folder of reports, hidden or not."""
    return sorted(path.relative_to(folder / "reports").as_posix() for path in (folder / "reports").rglob("*"))


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fates")
    source = save(folder / "in.ipynb", PARAMETER, FATES)
    # the template has been started when the limits below begin to count
    only(run_jobs([job(folder, source)], render_text))
    # only the two that wait for a limit have a short one: the others take as long as a busy machine needs
    hurried = {"死循环": Limits(60, 1), "不听信号": Limits(6, 1)}
    patient = [job(folder, source, name) for name in EXPECTED if name not in hurried]
    outcomes = [*run_jobs(patient, render_text, ["html"], limits=Limits(memory=1 << 30))]
    for name, limits in hurried.items():
        outcomes += run_jobs([job(folder, source, name)], render_text, ["html"], limits=limits)
    return folder, {outcome.job.name: outcome for outcome in outcomes}


class TestEachReportIsOnItsOwn:
    @pytest.mark.parametrize("name", EXPECTED)
    def test_its_outcome_is_named_and_tells_no_person(self, batch, name):
        outcome = batch[1][name]
        assert (outcome.status, outcome.message) == EXPECTED[name]
        assert outcome.done is (outcome.status == "done")
        assert outcome.seconds > 0

    def test_only_finished_reports_have_a_folder_and_nothing_is_left_beside_them(self, batch):
        names = sorted(name for name, (status, _) in EXPECTED.items() if status == "done")
        files = (".done.json", "report.html", "report.ipynb")
        assert left(batch[0]) == sorted([*names, *(f"{name}/{file}" for name in names for file in files)])

    def test_the_places_of_a_failure_are_kept_for_the_log_and_no_values(self, batch):
        assert "Cell In[3]" in batch[1]["出错"].detail
        assert "张三" not in batch[1]["出错"].detail


def test_of_200_reports_10_poisoned_ones_fail_by_name_and_190_are_made(tmp_path):
    source = save(tmp_path / "in.ipynb", PARAMETER, FATES.replace("if town ==", "if town[:-3] =="))
    fates = {"出错": 2, "退出": 2, "死循环": 1, "崩溃": 2, "消失": 1, "内存": 2}
    poisoned = {
        number * 20 + 7: fate for number, fate in enumerate(fate for fate, n in fates.items() for _ in range(n))
    }
    jobs = [job(tmp_path, source, f"{poisoned.get(number, '乡')}{number:03}") for number in range(200)]
    outcomes = list(run_jobs(jobs, render_nothing, limits=Limits(cell_seconds=3, memory=1 << 30)))
    failed = {outcome.job.name[:-3]: outcome for outcome in outcomes if not outcome.done}
    assert Counter(outcome.job.name[:-3] for outcome in outcomes if not outcome.done) == fates
    assert {fate: outcome.message for fate, outcome in failed.items()} == {
        fate: EXPECTED[fate][1].replace("1 秒", "3 秒") for fate in fates
    }
    assert len(list((tmp_path / "reports").iterdir())) == 190
    with pytest.raises(ReportFailed) as told:
        say_finished(Inspection.create(tmp_path / "workspace"), outcomes)
    *named, summed = str(told.value).splitlines()
    assert (told.value.exit_code, summed) == (4, "以上10份报告未能生成，其余不受影响。")
    assert sorted(named) == sorted(f"{o.job.name}：{o.message}" for o in outcomes if not o.done)


def test_nothing_a_report_changes_is_seen_by_the_next(tmp_path):
    look = "state = [mpl.rcParams['font.size'], pd.get_option('display.max_rows'), os.path.basename(os.getcwd()),"
    look += " hasattr(builtins, 'leak'), os.environ.get('LEAK'), 'big' in globals(), '/leak' in sys.path]; print(state)"
    spoil = "mpl.rcParams['font.size'] = 99; pd.set_option('display.max_rows', 3); os.chdir('/'); builtins.leak = 1\n"
    spoil += "os.environ['LEAK'] = '1'; big = 1; sys.path.append('/leak')"
    imports = "import builtins, os, sys, matplotlib as mpl, pandas as pd"
    source = save(tmp_path / "in.ipynb", PARAMETER, imports, look, spoil)
    jobs = [job(tmp_path, source, name) for name in ("一", "二", "三")]
    assert [outcome.message for outcome in run_jobs(jobs, render_text, ["txt"], workers=1)] == ["", "", ""]
    states = {(tmp_path / "reports" / name / "report.txt").read_text() for name in ("一", "二", "三")}
    assert states == {f"[10.0, 60, '{Path.cwd().name}', False, None, False, False]\n"}


def test_unseeded_numbers_differ_between_reports_as_between_kernels(tmp_path):
    source = save(tmp_path / "in.ipynb", PARAMETER, "import random, numpy; print(random.random(), numpy.random.rand())")
    jobs = [job(tmp_path, source, name) for name in ("一", "二")]
    assert all(outcome.done for outcome in run_jobs(jobs, render_text, ["txt"]))
    one, two = ((tmp_path / "reports" / name / "report.txt").read_text().split() for name in ("一", "二"))
    assert one[0] != two[0]
    assert one[1] != two[1]


def test_a_report_sees_the_environment_of_its_own_batch(tmp_path, monkeypatch):
    source = save(
        tmp_path / "in.ipynb",
        PARAMETER,
        "import os; print(os.environ['DIBAO_WORKSPACE'], os.environ.get('OMP_NUM_THREADS'))",
    )
    for place in ("甲", "乙"):
        monkeypatch.setenv("DIBAO_WORKSPACE", place)
        assert only(run_jobs([job(tmp_path, source)], render_text, ["txt"])).done
        assert (
            tmp_path / "reports/银城街道/report.txt"
        ).read_text() == f"{place} {os.environ.get('OMP_NUM_THREADS')}\n"


def test_a_report_starts_in_a_process_of_one_thread(tmp_path):
    source = save(
        tmp_path / "in.ipynb",
        PARAMETER,
        "import os, sys; print(len(os.listdir('/proc/self/task')), 'pandas' in sys.modules)",
    )
    assert only(run_jobs([job(tmp_path, source)], render_text, ["txt"])).done
    assert (tmp_path / "reports/银城街道/report.txt").read_text() == "1 True\n"


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked, and nothing tells what was read")
def test_a_report_finds_the_fonts_read(tmp_path):
    source = save(tmp_path / "in.ipynb", PARAMETER, READING)
    assert only(run_jobs([job(tmp_path, source)], render_text, ["txt"])).message == ""
    assert (tmp_path / "reports/银城街道/report.txt").read_text() == "b'%PDF' True\n"


def test_a_fork_server_of_somebody_else_serves_too(tmp_path):
    source = save(tmp_path / "in.ipynb", "print(1)")
    plain = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    words = [sys.executable, Path(__file__).with_name("others_server.py"), source, tmp_path / "reports" / "一"]
    done = subprocess.run(words, env=plain, capture_output=True, text=True, check=False)
    assert done.stdout == "done\n", done.stderr


def test_where_there_is_no_fork_the_report_is_the_same(tmp_path):
    source = save(tmp_path / "in.ipynb", PARAMETER, "print(town)")
    assert only(run_jobs([job(tmp_path, source)], render_text, ["txt"], method="spawn")).message == ""
    assert (tmp_path / "reports/银城街道/report.txt").read_text() == "银城街道\n"


def test_a_killed_template_costs_the_running_reports_and_is_replaced(tmp_path):
    kill = "import os, signal, time\nif town == '误杀': os.kill(os.getppid(), signal.SIGKILL); time.sleep(60)"
    source = save(tmp_path / "in.ipynb", PARAMETER, kill)
    jobs = [job(tmp_path, source, name) for name in ("一", "误杀", "二")]
    outcomes = [(outcome.job.name, outcome.status) for outcome in run_jobs(jobs, render_nothing, workers=1)]
    assert outcomes == [("一", "done"), ("误杀", "crashed"), ("二", "done")]


def test_what_a_notebook_started_ends_with_it(tmp_path):
    start = "import subprocess; print(subprocess.Popen(['sleep', '300']).pid)"
    assert only(run_jobs([job(tmp_path, save(tmp_path / "in.ipynb", PARAMETER, start))], render_text, ["txt"])).done
    pid = (tmp_path / "reports/银城街道/report.txt").read_text().strip()
    deadline = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class TestTheFolder:
    def test_the_archived_notebook_names_no_place_on_this_machine(self, tmp_path):
        (tmp_path / "{奇怪}").mkdir()
        source = save(tmp_path / "{奇怪}" / "in.ipynb", PARAMETER, "town")
        assert only(run_jobs([job(tmp_path, source)], render_nothing)).message == ""
        text = (tmp_path / "reports/银城街道/report.ipynb").read_text(encoding="utf-8")
        assert str(tmp_path) not in text
        about = nbformat.reads(text, as_version=4).metadata.papermill
        assert (about.input_path, about.output_path) == ("in.ipynb", "report.ipynb")
        assert about.parameters == {"town": "银城街道"}

    def test_it_replaces_an_older_one_as_a_whole(self, tmp_path):
        old = tmp_path / "reports/银城街道"
        old.mkdir(parents=True)
        (old / "report.docx").write_text("old")
        assert only(run_jobs([job(tmp_path, save(tmp_path / "in.ipynb", PARAMETER))], render_text, ["html"])).done
        assert sorted(path.name for path in old.iterdir()) == [".done.json", "report.html", "report.ipynb"]
        assert is_current(old, "0")

    @pytest.mark.parametrize(("cell", "render"), [("1/0", render_text), ("1", render_badly)])
    def test_a_failure_changes_nothing(self, tmp_path, cell, render):
        old = tmp_path / "reports/银城街道"
        old.mkdir(parents=True)
        (old / "report.docx").write_text("old")
        outcome = only(run_jobs([job(tmp_path, save(tmp_path / "in.ipynb", PARAMETER, cell))], render, ["html"]))
        assert outcome.status == "failed"
        assert "张三" not in outcome.message
        assert left(tmp_path) == ["银城街道", "银城街道/report.docx"]

    def test_a_renderer_that_fails_is_named(self, tmp_path):
        outcome = only(run_jobs([job(tmp_path, save(tmp_path / "in.ipynb", PARAMETER))], render_badly))
        assert (outcome.status, outcome.message) == ("failed", "写出文档时出错（KeyError）；请查看日志 dibao.log。")

    def test_leaving_the_batch_early_ends_it_and_leaves_no_half_folder(self, tmp_path):
        quick, endless = (
            save(tmp_path / "a.ipynb", PARAMETER),
            save(tmp_path / "b.ipynb", PARAMETER, "while True: pass"),
        )
        outcomes = run_jobs([job(tmp_path, quick, "快"), job(tmp_path, endless, "慢")], render_nothing)
        assert next(outcomes).job.name == "快"
        outcomes.close()
        assert left(tmp_path) == ["快", "快/.done.json", "快/report.ipynb"]

    def test_progress_is_told_at_start_and_end(self, tmp_path):
        told = []
        source = save(tmp_path / "in.ipynb", PARAMETER)
        jobs = [job(tmp_path, source, name) for name in ("一", "二")]
        list(run_jobs(jobs, render_nothing, workers=1, progress=lambda job, status: told.append((job.name, status))))
        assert told == [("一", "running"), ("一", "done"), ("二", "running"), ("二", "done")]


def test_relative_paths_start_in_the_folder_of_the_job(tmp_path):
    source = save(tmp_path / "in.ipynb", PARAMETER, "print(open(town).read(), end='')")
    (tmp_path / "evidence.txt").write_text("资料")
    one = Job(source, {"town": "evidence.txt"}, tmp_path / "reports/x", "x", start_in=tmp_path)
    assert only(run_jobs([one], render_text, ["txt"])).message == ""
    assert (tmp_path / "reports/x/report.txt").read_text() == "资料"
    assert str(tmp_path) not in (tmp_path / "reports/x/report.ipynb").read_text()


class TestParametersAreChecked:
    @pytest.fixture
    def source(self, tmp_path):
        return save(tmp_path / "in.ipynb", ("town: str = ''\nrate: float = 1", ["parameters"]))

    @pytest.mark.parametrize("value", ["<b>\"'\\\n{x}", -1, 0.1, math.inf, True, "362301'; import os #"])
    def test_plain_values_arrive_as_they_are(self, tmp_path, value):
        source = save(tmp_path / "in.ipynb", ("value = None", ["parameters"]), "print(ascii(value), end='')")
        one = Job(source, {"value": value}, tmp_path / "reports/x", "x")
        assert only(run_jobs([one], render_text, ["txt"])).message == ""
        assert (tmp_path / "reports/x/report.txt").read_text() == ascii(value)

    @pytest.mark.parametrize("value", [np.int64(5), np.float64(1), Decimal(1), None, [1], Path("x"), b"x"])
    def test_a_value_papermill_would_change_is_refused(self, tmp_path, source, value):
        with pytest.raises(UsageError) as refusal:
            run_jobs([job(tmp_path, source, rate=value)], render_nothing)
        kind = type(value).__name__
        assert str(refusal.value) == (
            f"报告“银城街道”的参数 rate 是 {kind} 类型；只能是文字、整数、小数或真假值，请先转换。"
        )

    @pytest.mark.parametrize("name", ["townshp", "a b", "x=1;import os", "x\nprint(1)", "class", "", "a.b"])
    def test_a_name_that_is_misspelt_or_would_be_code_is_refused(self, tmp_path, source, name):
        with pytest.raises(UsageError) as refusal:
            run_jobs([job(tmp_path, source, **{name: 1})], render_nothing)
        assert str(refusal.value) == f"报告“银城街道”的参数 {name!r} 不在笔记本 in.ipynb 中；请核对参数名。"

    @pytest.mark.parametrize("text", ["<b>", "[]", "{}", '{"cells": [1]}'])
    def test_a_file_that_is_no_notebook_is_refused(self, tmp_path, text):
        (tmp_path / "in.ipynb").write_text(text)
        with pytest.raises(UsageError, match=r"读不出笔记本 in\.ipynb 的参数；请换用完好的 \.ipynb 文件。"):
            run_jobs([job(tmp_path, tmp_path / "in.ipynb")], render_nothing)

    def test_two_reports_into_one_folder_are_refused(self, tmp_path, source):
        with pytest.raises(UsageError, match="有两份报告要写入同一个文件夹；请为每份报告指定不同的文件夹。"):
            run_jobs([job(tmp_path, source), job(tmp_path, source)], render_nothing)


def test_the_marker_lists_every_file_and_is_the_last_word(tmp_path):
    assert only(run_jobs([job(tmp_path, save(tmp_path / "in.ipynb", PARAMETER))], render_text, ["html", "txt"])).done
    marker = json.loads((tmp_path / "reports/银城街道/.done.json").read_text())
    assert marker["digest"] == "0"
    assert sorted(marker["files"]) == ["report.html", "report.ipynb", "report.txt"]
