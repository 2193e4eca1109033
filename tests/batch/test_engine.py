"""papermill --engine dibao records a notebook as an ordinary kernel run would, and names what a kernel run hides."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile

import nbformat
import papermill
import pytest
from batch_notebooks import notebook, save

from dibao_lib.batch import engine
from dibao_lib.errors import ReportFailed

ANY_ERROR = ["raises-exception"]
TORTURE = [
    ("p = 1", ["parameters"]),
    "import sys\nprint('甲'); print('乙')",
    "print('error', file=sys.stderr)",
    "p, 1 + 1",
    "1 + 1;",
    "None",
    "# only a comment",
    "",
    "from IPython.display import *\ndisplay(HTML('<b>x</b>'), Markdown('*m*'), JSON({'a': 1}), {'plain'})",
    "handle = display('first', display_id='d')",
    "update_display('second', display_id='d')",
    "display('third', display_id='d')",
    "for i in range(3):\n    clear_output(wait=True); print(i)",
    "print('gone'); clear_output(); print('kept')",
    "print('kept'); clear_output(wait=True)",
    "import pandas as pd\npd.DataFrame({'乡镇': ['甲', '乙'], '人数': [1, 2]})",
    "print(pd.DataFrame([['一' * 30] * 12]))",
    "pd.DataFrame([['long ' * 9] * 30])",
    "%%html\n<i>magic</i>",
    "%%capture caught\nprint('hidden'); display('hidden too')",
    "caught.stdout, len(caught.outputs)",
    "!echo shell",
    "lines = !echo list\nlines",
    "%%bash\necho bash; echo problem >&2",
    "%who str",
    "len?",
    "import asyncio\nawait asyncio.sleep(0.01)\nprint('async')",
    "task = asyncio.get_running_loop().create_task(asyncio.sleep(0.01, 'background'))",
    "await task",
    "import warnings; warnings.warn('careful')",
    "class R:\n    def _repr_html_(self): return '<u>r</u>'\n    def __repr__(self): return 'R'\nR()",
    "Image(data=bytes.fromhex('89504e470d0a1a0a0000000d4948445200000001000000010806000000'))",
    "class M:\n    def _repr_mimebundle_(self, **_): return {'application/json': {'n': (1, 2)}}, {'application/json': {'x': 1}}\nM()",
    "_, __, In[2], type(Out).__name__",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\n%config InlineBackend.figure_formats = ['png']\nplt.plot([1, 2]);",
    "fig = plt.figure(); plt.close(fig); fig",
    # an ordinary kernel reads what comes past Python in a thread of its own: a busy one needs a moment for it
    "import subprocess, time; _ = subprocess.run(['echo', 'child']); time.sleep(0.3)",
    "import os; _ = os.write(1, b'descriptor\\n'); time.sleep(0.3)",
    "from multiprocessing import get_context\nfork = get_context('fork').Process(target=print, args=('forked',)); fork.start(); fork.join(); time.sleep(0.3)",
    "import pickle\nclass P: pass\ntype(pickle.loads(pickle.dumps(P()))).__module__, __name__",
    ("input('?')", ANY_ERROR),
    ("1/0", ANY_ERROR),
    ("print('before'); raise ValueError('说明'); print('after')", ANY_ERROR),
    ("x = (", ANY_ERROR),
    ("%no_such_magic", ANY_ERROR),
    ("from dibao_lib.errors import InputRefused\nraise InputRefused('第3行：缺少姓名；请补填。')", ANY_ERROR),
    ("raise KeyboardInterrupt", ANY_ERROR),
    ("sys.exit(3)", ANY_ERROR),
    ("print('skipped')", ["skip-execution"]),
    "raise RuntimeError('final')",
    "print('never')",
]


def run(book, **options):
    path = {"kernel_name": "python3", "progress_bar": False, **options}
    return papermill.execute_notebook(book, **path)


def cells_of(path):
    return nbformat.read(path, as_version=4).cells


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("torture")
    source = save(folder / "in.ipynb", *TORTURE)
    with pytest.MonkeyPatch.context() as patch:
        # ipykernel records less of what other programs print when it is under test
        patch.delenv("PYTEST_CURRENT_TEST")
        return both_runs(folder, source)


def both_runs(folder, source):
    for name, which in {"kernel": None, "ours": "dibao"}.items():
        with pytest.raises(papermill.PapermillExecutionError, match="final"):
            run(source, output_path=folder / f"{name}.ipynb", engine_name=which, parameters={"p": 2})
    return {name: nbformat.read(folder / f"{name}.ipynb", as_version=4) for name in ("kernel", "ours")}


def comparable(cell):
    """A cell without addresses, colours and file names; each stream's text in one piece and stderr last."""
    outputs = [o for o in cell.get("outputs", ()) if o.output_type != "stream"]
    texts = {n: "".join(o.text for o in cell.get("outputs", ()) if o.get("name") == n) for n in ("stdout", "stderr")}
    text = json.dumps([outputs, texts], ensure_ascii=False, sort_keys=True, indent=1)
    for noise in (
        r"\\u001b\[[0-9;]*m",
        r"0x[0-9a-f]+",
        re.escape(tempfile.gettempdir()) + r"/ipykernel_\d+/(?=\d+\.py)",
        r"\d+\.py|<ipython-input-[^>]*>",
        r"File /(?:[^\"\\]|\\.)*",
        r"(?<=iVBOR)[^\"]*",
    ):
        text = re.sub(noise, "", text)
    marks = (
        {key: cell.metadata.papermill[key] for key in ("status", "exception")} if "papermill" in cell.metadata else {}
    )
    return cell.cell_type, cell.source, cell.metadata.get("tags"), cell.get("execution_count"), marks, text


def test_every_cell_is_recorded_as_an_ordinary_kernel_run_records_it(runs):
    kernel, ours = ([comparable(cell) for cell in runs[name].cells] for name in ("kernel", "ours"))
    assert len(ours) == len(TORTURE) + 3
    assert [pair for pair in zip(kernel, ours, strict=True) if pair[0] != pair[1]] == []


def test_the_notebooks_metadata_are_those_of_a_kernel_run(runs):
    kernel, ours = (runs[name].metadata for name in ("kernel", "ours"))
    assert {key: ours[key] for key in ours if key != "papermill"} == {k: kernel[k] for k in kernel if k != "papermill"}
    assert set(ours.papermill) == set(kernel.papermill)


class TestAFailureIsNamed:
    def test_sys_exit_zero_is_a_failure_although_papermill_calls_it_completed(self, tmp_path):
        source = save(tmp_path / "in.ipynb", "1", "import sys; sys.exit(0)", "2")
        with pytest.raises(ReportFailed, match=r"单元格 \[2\] 用 sys\.exit 提前结束"):
            run(source, output_path=tmp_path / "out.ipynb", engine_name="dibao")
        states = [cell.metadata.papermill.status for cell in cells_of(tmp_path / "out.ipynb")]
        assert states == ["completed", "failed", "pending"]

    def test_exit_typed_as_in_a_terminal_is_the_same(self):
        with pytest.raises(ReportFailed, match=r"单元格 \[1\] 用 sys\.exit 提前结束"):
            run(notebook("exit"), output_path=None, engine_name="dibao")

    @pytest.mark.parametrize(
        ("death", "reason"),
        [
            ("os._exit(7)", "退出码 7"),
            ("os.kill(os.getpid(), 11)", "信号 11"),
            ("os.kill(os.getpid(), 9)", "信号 9，可能是内存不足"),
        ],
    )
    def test_a_process_that_dies_is_a_failed_cell(self, tmp_path, death, reason):
        source = save(tmp_path / "in.ipynb", "import os", death, "2")
        with pytest.raises(ReportFailed) as failure:
            run(source, output_path=tmp_path / "out.ipynb", engine_name="dibao")
        assert str(failure.value) == f"运行到单元格 [2] 时进程意外终止（{reason}）；请检查这个单元格后重试。"
        states = [cell.metadata.papermill.status for cell in cells_of(tmp_path / "out.ipynb")]
        assert states == ["completed", "failed", "pending"]

    def test_an_endless_cell_ends_with_an_error_in_its_output(self, tmp_path):
        source = save(tmp_path / "in.ipynb", "while True:\n    try: pass\n    except Exception: pass", "2")
        with pytest.raises(papermill.PapermillExecutionError, match=r"CellTimeout: 运行超过 0\.3 秒，已终止"):
            run(source, output_path=tmp_path / "out.ipynb", engine_name="dibao", execution_timeout=0.3)

    def test_an_interrupted_run_has_a_failed_cell_and_none_completed_after_it(self, tmp_path):
        # a shell that starts the tests in the background has SIGINT ignored
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        source = save(tmp_path / "in.ipynb", "1", f"import os, time; os.kill({os.getpid()}, 2); time.sleep(60)", "3")
        with pytest.raises(KeyboardInterrupt):
            run(source, output_path=tmp_path / "out.ipynb", engine_name="dibao")
        signal.signal(signal.SIGINT, before)
        states = [cell.metadata.papermill.status for cell in cells_of(tmp_path / "out.ipynb")]
        # the interruption may overtake the news that the first cell is done
        assert states in (["completed", "failed", "pending"], ["failed", "pending", "pending"])

    def test_a_cell_that_hears_no_signal_is_ended_from_outside(self, monkeypatch):
        monkeypatch.setattr(engine, "GRACE", 0.3)
        deaf = "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\ntime.sleep(60)"
        with pytest.raises(ReportFailed, match=r"单元格 \[1\] 运行超过 0\.2 秒，已强行终止"):
            run(notebook(deaf), output_path=None, engine_name="dibao", execution_timeout=0.2)


def test_figures_are_svg_with_text_and_the_same_bytes_each_time():
    book = notebook("import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.title('检查')")
    figures = [
        output.data["image/svg+xml"]
        for _ in range(2)
        for output in run(book, output_path=None, engine_name="dibao").cells[0].outputs
        if output.output_type == "display_data"
    ]
    assert len(figures) == 2
    assert figures[0] == figures[1]
    assert ">检查</text>" in figures[0]
    assert "<dc:date>" not in figures[0]


@pytest.mark.parametrize("kept", [True, False])
def test_widget_state_is_stored_unless_the_caller_declines(kept):
    book = notebook("import ipywidgets; ipywidgets.IntSlider(3)", "print('x')")
    executed = run(book, output_path=None, engine_name="dibao", store_widget_state=kept)
    assert ("widgets" in executed.metadata) is kept


def test_a_notebook_without_cells_is_run():
    assert run(notebook(), output_path=None, engine_name="dibao").cells == []


def test_the_engine_can_be_imported_before_papermill_and_is_light():
    look = "import sys, dibao_lib.batch.engine; print({'IPython', 'matplotlib', 'nbconvert'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert answer.stdout == "set()\n"


def test_the_command_line_of_papermill_knows_the_engine(tmp_path):
    source = save(tmp_path / "in.ipynb", ("town = ''", ["parameters"]), "print(town)")
    command = [sys.executable, "-m", "papermill", "--engine", "dibao", "-p", "town", "银城街道"]
    subprocess.run([*command, str(source), str(tmp_path / "out.ipynb")], capture_output=True, check=True)
    assert cells_of(tmp_path / "out.ipynb")[2].outputs[0].text == "银城街道\n"
