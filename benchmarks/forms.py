"""The forms on screen: bytes to the browser, Python's work a change, time to the first usable form beside a bare notebook.

`python benchmarks/forms.py [size] [change] [first]`, by hand, never in tests; `first` needs Chromium and takes minutes.
The ratio of `first` is taken in one run, the two notebooks in turn, in one JupyterLab.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbformat.sign import NotebookNotary
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from field_county import make_field_county

from dibao_lib.widgets.case import Case
from dibao_lib.widgets.desk import RecordDesk, record_desk

CASES, CHANGES, ROUNDS = 150, 200, 4
METADATA = {
    "dibao": {"autorun": True},
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
LEAD = "O2 标准160元，月人均收入39元，保障1人，应补差121元，台账为106元，少15元。"
BARE = ["import ipywidgets\n", "ipywidgets.Text(description='姓名')"]
ENTRY = [
    "from dibao_lib import Inspection\n",
    "from dibao_lib.widgets.case import Case\n",
    "from dibao_lib.widgets.desk import record_desk\n",
    "import json, pathlib\n",
    "given = json.loads(pathlib.Path('given.json').read_text(encoding='utf-8'))\n",
    "record_desk(Inspection.open('..'), 'hearing', [Case('hearing-1', '某村', '', '', lambda: given)])",
]


def given() -> dict[str, Any]:
    """What a hearing of 150 cases knows beforehand."""
    rows = [{"hh_id": f"3611811002{number:04d}", "head": "赵桂英", "leads": [LEAD]} for number in range(CASES)]
    return {"vil_id": "361181100201", "place": "绕二镇某某村村民委员会", "cases": rows}


def desk(folder: Path) -> RecordDesk:
    """A desk with that one hearing."""
    return record_desk(make_field_county(folder), "hearing", [Case("hearing-1", "某村", "", "", given)])


def size(folder: Path) -> None:
    """Bytes of everything the browser is sent until the form can be used."""
    made = desk(folder)
    replies = [made.session.answer({"t": t, "id": "hearing-1", "me": "x"}, []) for t in ("hello", "open")]
    state = {name: value for name, value in made.get_state().items() if not isinstance(value, bytes)}
    parts = {"form, styles, schema": state, "list": replies[0], "the open form": replies[1]}
    counted = {name: len(json.dumps(part, ensure_ascii=False, default=str).encode()) for name, part in parts.items()}
    print(f"{CASES} cases: {sum(counted.values()):,} bytes to the browser, of which {counted}")


def change(folder: Path) -> None:
    """CPU time of one change: message in, draft stored, faults answered; beside encoding the same data once."""
    session = desk(folder).session
    data = session.answer({"t": "open", "id": "hearing-1", "me": "x"}, [])[0]["d"]
    for row in data["cases"]:
        row |= {"statement": "本人陈述要点" * 5, "opinions": "一致", "agree": "14", "disagree": "5", "abstain": "1"}
        row["conclusion"] = "维持"
    session.answer({"t": "draft", "id": "hearing-1", "me": "x", "seq": 1, "d": data}, [])
    spent, encoding = [], []
    for number in range(1, CHANGES):
        edit = {"after": number, "set": [[f"cases.{number % CASES}.opinions", f"一致{number}"]]}
        message = {"t": "draft", "id": "hearing-1", "me": "x", "seq": number + 1, **edit}
        spent.append(_cpu(partial(session.answer, message, [])))
        encoding.append(_cpu(partial(json.dumps, data)))
    told, beside = statistics.median(spent), statistics.median(encoding)
    print(f"a change of {CASES} cases: {told:.2f} ms CPU, {told / beside:.1f} x one json.dumps of the same data")


def _cpu(work: Any) -> float:
    before = time.process_time_ns()
    work()
    return (time.process_time_ns() - before) / 1e6


def first(folder: Path) -> None:
    """Seconds from the address to a usable form, in turn with a notebook that shows one ipywidgets text box."""
    made = make_field_county(folder)
    notebooks, home = made.folder / "notebooks", folder.parent / "home"
    (notebooks / "given.json").write_text(json.dumps(given()), encoding="utf-8")
    keys = home / ".local" / "share" / "jupyter"
    keys.mkdir(parents=True)
    with NotebookNotary(data_dir=str(keys)) as notary:
        for name, source in (("bare", BARE), ("entry", ENTRY)):
            cell = nbformat.v4.new_code_cell("".join(source))
            notebook = nbformat.v4.new_notebook(cells=[cell], metadata=METADATA)
            nbformat.write(notebook, notebooks / f"{name}.ipynb")
            notary.sign(nbformat.read(notebooks / f"{name}.ipynb", 4))
    with _lab(made.folder, home) as (address, token), sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--disable-gpu", *root])
        took: dict[str, list[float]] = {"bare": [], "entry": []}
        for number in range(ROUNDS * 2 + 2):
            name = ("bare", "entry")[number % 2]
            page = browser.new_context().new_page()
            started = time.monotonic()
            page.goto(f"{address}/doc/tree/notebooks/{name}.ipynb?token={token}")
            if name == "entry":
                page.click("[data-open]", timeout=60_000)
                page.wait_for_selector("[data-p='cases.0.statement']", timeout=60_000)
            else:
                page.wait_for_selector(".widget-text input", timeout=60_000)
            # the first of each warms caches
            took[name] += [time.monotonic() - started] if number > 1 else []
            page.request.delete(f"{address}/api/kernels/{_kernel(page, address, token)}?token={token}")
            page.context.close()
    bare, entry = (statistics.median(took[name]) for name in ("bare", "entry"))
    print(
        f"first usable form: {entry:.1f} s, bare text box {bare:.1f} s: {entry / bare:.2f} x, load {os.getloadavg()[0]:.0f}"
    )


def _kernel(page: Any, address: str, token: str) -> str:
    return str(page.request.get(f"{address}/api/kernels?token={token}").json()[-1]["id"])


@contextmanager
def _lab(workspace: Path, home: Path) -> Iterator[tuple[str, str]]:
    log = home / "lab.log"
    words = [sys.executable, "-m", "dibao_lib.cli", "-w", str(workspace), "lab", "--no-browser", "--port", "8901"]
    with log.open("w") as out:
        process = subprocess.Popen(words, env=os.environ | {"HOME": str(home)}, stdout=out, stderr=out)
    try:
        while not (told := re.search(r"(http://127\.0\.0\.1:\d+)/\S+token=(\w+)", log.read_text())):
            time.sleep(0.1)
        yield told[1], told[2]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


if __name__ == "__main__":
    for work in [name for name in (size, change, first) if not sys.argv[1:] or name.__name__ in sys.argv[1:]]:
        with tempfile.TemporaryDirectory() as made:
            work(Path(made) / "workspace")
