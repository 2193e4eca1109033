"""The same reports on a Dask cluster: a real scheduler and real worker processes."""

import os
import signal
import threading
import time
import warnings

import pytest
from batch_notebooks import save
from batch_renderers import render_text

from dibao_lib.batch.cluster import run_on_cluster
from dibao_lib.batch.job import Job
from dibao_lib.errors import UsageError

TOWN = ("town = ''", ["parameters"])
FATES = """
import os, time
if town == '出错': raise KeyError('张三')
if town == '消失': os._exit(7)
time.sleep(0.2)
print(town)
"""


@pytest.fixture(scope="module")
def cluster():
    with warnings.catch_warnings():
        # what dask's own start complains about is not ours
        warnings.simplefilter("ignore")
        from distributed import LocalCluster

        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
            yield local


def jobs(folder, *names):
    source = save(folder / "in.ipynb", TOWN, FATES)
    return [Job(source, {"town": name}, folder / "reports" / name, name, digest="0") for name in names]


def made(cluster, todo):
    return list(run_on_cluster(todo, render_text, ["html"], cluster.scheduler_address))


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_each_report_ends_as_it_does_on_one_machine(cluster, tmp_path):
    outcomes = {
        outcome.job.name: outcome for outcome in made(cluster, jobs(tmp_path, "银城街道", "出错", "消失", "香屯街道"))
    }
    assert {name: outcome.status for name, outcome in outcomes.items()} == {
        "银城街道": "done",
        "出错": "failed",
        "消失": "crashed",
        "香屯街道": "done",
    }
    assert outcomes["出错"].message == "单元格 [3] 出错（KeyError）；请查看日志 dibao.log。"
    assert (tmp_path / "reports" / "香屯街道" / "report.html").read_text(encoding="utf-8") == "香屯街道\n"
    assert not [path for path in (tmp_path / "reports").iterdir() if path.name.startswith(".")]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_worker_killed_in_mid_batch_loses_no_report(cluster, tmp_path):
    todo = jobs(tmp_path, *(f"第{number}乡" for number in range(12)))
    victim = next(iter(cluster.workers.values())).pid

    def strike():
        while not list((tmp_path / "reports").glob("第*乡")):
            time.sleep(0.02)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=strike)
    killer.start()
    outcomes = made(cluster, todo)
    killer.join()
    assert {outcome.status for outcome in outcomes} == {"done"} and len(outcomes) == 12
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == sorted(job.name for job in todo)


def test_no_scheduler_at_the_address_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("dibao_lib.batch.cluster._PATIENCE", "1s")
    with pytest.raises(UsageError, match=r"连不上集群调度程序 tcp:.*请核对地址"):
        list(run_on_cluster(jobs(tmp_path, "银城街道"), render_text, [], "tcp://127.0.0.1:9"))
