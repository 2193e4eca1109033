"""One JupyterLab for the run, started by `dibao lab` in a fresh HOME, and the system's Chromium."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from field_county import make_field_county
from playwright.sync_api import Error, sync_playwright

import dibao_lib
from dibao_lib.workspace import Inspection

CHROMIUM = os.environ.get("DIBAO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]


def pytest_collection_modifyitems(items):
    if CHROMIUM is None:
        for item in items:
            if "browser" in Path(item.fspath).parts:
                item.add_marker(pytest.mark.skip(reason="no chromium in PATH: apt-get install chromium"))


@dataclass(frozen=True)
class Lab:
    """A running workbench."""

    address: str
    token: str
    inspection: Inspection
    home: Path
    log: Path
    process: subprocess.Popen

    def ask(self, method, path, **body):
        """What the server's interface answers."""
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")

    def url(self, notebook):
        return f"{self.address}/doc/tree/notebooks/{notebook}.ipynb?token={self.token}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def lab(field_workspace, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / "tmp").mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON"))}
    here = str(Path(dibao_lib.__file__).parent.parent)
    environment = {**kept, "HOME": str(home), "TMPDIR": str(home / "tmp"), "PYTHONPATH": here}
    environment |= {"PYTHONWARNINGS": "ignore", "TZ": "Asia/Shanghai"}
    log = home / "lab.log"
    words = ["-w", str(field_workspace.folder), "lab", "--no-browser", "--port", str(free_port())]
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "dibao_lib.cli", *words], env=environment, cwd=home, stdout=out, stderr=out
        )
    try:
        address, token = _listening(process, log)
        yield Lab(address, token, field_workspace, home, log, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _listening(process, log):
    """Address and token, as the command says them."""
    for _ in range(1200):
        if told := re.search(r"(http://127\.0\.0\.1:\d+)/\S+token=(\w+)", log.read_text()):
            return told.groups()
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(f"dibao lab did not start: {log.read_text()}")


@pytest.fixture(scope="session")
def chromium():
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *root])
        yield browser
        browser.close()


@pytest.fixture
def wrongs():
    """Requests that left this machine and errors of the page; a test that leaves any here fails."""
    return []


@pytest.fixture
def context(chromium, lab, wrongs):
    made = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900})
    # a busy machine takes its time; every wait is for something to appear, so a free one loses none
    made.set_default_timeout(180_000)
    made.on("request", lambda request: _local(request.url, lab) or wrongs.append(f"request to {request.url}"))
    made.on("weberror", lambda error: wrongs.append(f"page error: {error.error}"))
    made.on("dialog", lambda dialog: dialog.accept())
    yield made
    made.close()
    assert wrongs == []


def _local(url, lab):
    return url.startswith((lab.address, lab.address.replace("http", "ws"), "data:", "blob:"))


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture(scope="session")
def field_workspace(tmp_path_factory):
    """Two villages on a team's laptop."""
    return make_field_county(tmp_path_factory.mktemp("field") / "workspace")


@pytest.fixture
def desk(page, lab):
    """`desk(notebook)` opens an entry notebook in a tab and gives what one does there."""
    return lambda notebook, tab=None: Desk(tab or page, lab, notebook)


def save_notebook(page):
    """Saves the notebook itself, as somebody does out of habit, and waits until the file is written."""
    with page.expect_response(lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url):
        page.keyboard.press("Control+s")


@pytest.fixture
def habit():
    """`habit(page)` presses Ctrl+S."""
    return save_notebook


class Desk:
    """One tab with a record desk, driven by what a person sees."""

    def __init__(self, page, lab, notebook):
        self.page, self.lab, self.notebook = page, lab, notebook
        page.goto(lab.url(notebook))
        page.wait_for_selector(".db-list, .db-form")

    def who(self, name):
        self.page.fill("[data-p='.who']", name)

    def open(self, title):
        self.page.click(f".db-list tr:has-text('{title}') [data-open]")
        self.page.wait_for_selector(".db-form")

    def fill(self, **answers):
        for path, value in answers.items():
            self.put(path, value)

    def put(self, path, value):
        self.page.fill(f"[data-p='{path}']", value)

    def choose(self, path, value):
        self.page.check(f"[data-p='{path}'][value='{value}']")

    def value(self, path):
        return self.page.input_value(f"[data-p='{path}']")

    def save(self, clicks=1):
        """Presses 保存; several presses as one who is impatient."""
        # a tab behind another one does not draw
        self.page.bring_to_front()
        button = ".db-bar .db-save"
        self.page.eval_on_selector(button, "(node, times) => { for (let i = 0; i < times; i++) node.click(); }", clicks)

    def expect(self, text):
        """Waits until the bar says it; a failure tells what it says instead."""
        try:
            self.page.wait_for_selector(f".db-status:has-text('{text}')")
        except Error:
            said = [*self.page.locator(".db-notice:visible, .db-bar").all_inner_texts()]
            wrong = self.page.locator(".db-error:visible").all_inner_texts()
            raise AssertionError(f"{text} was never said; the desk says {said!r}, beside fields: {wrong}") from None

    def status(self):
        return self.page.inner_text(".db-head .db-state")

    def kernel(self):
        """Process id of the kernel behind this tab."""
        sessions = self.lab.ask("GET", "/api/sessions")
        (session,) = (one for one in sessions if one["path"] == f"notebooks/{self.notebook}.ipynb")
        children = psutil.Process(self.lab.process.pid).children(recursive=True)
        return next(each.pid for each in children if any(session["kernel"]["id"] in word for word in each.cmdline()))
