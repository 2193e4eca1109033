"""`dibao lab` in a real browser: Chinese, on this machine only, pages open by themselves, code out of sight."""

import json
import urllib.error
import urllib.request

import nbformat
import pytest


def test_the_first_page_runs_by_itself_in_chinese_with_its_code_out_of_sight(page, lab, habit):
    page.goto(lab.url("00_start"))
    page.wait_for_selector(".dibao-steps")
    assert "各步骤的进展" in page.inner_text(".jp-Notebook")
    assert "文件" in page.inner_text("#jp-MainMenu")
    assert not page.locator(".jp-CodeCell .jp-InputArea-editor:visible").count()
    habit(page)
    path = lab.inspection.folder / "notebooks" / "00_start.ipynb"
    assert [cell.outputs for cell in nbformat.read(path, 4).cells if cell.cell_type == "code" and cell.outputs] == []
    assert not (path.parent / ".ipynb_checkpoints").exists()


def test_a_notebook_from_elsewhere_does_not_run_by_itself(page, lab):
    notebooks = lab.inspection.folder / "notebooks"
    foreign = json.loads((notebooks / "00_start.ipynb").read_text(encoding="utf-8"))
    foreign["cells"][2]["source"] = ["open('ran', 'w')"]
    (notebooks / "foreign.ipynb").write_text(json.dumps(foreign), encoding="utf-8")
    page.goto(lab.url("foreign"))
    page.wait_for_selector(".dibao-banner:has-text('未自动运行')")
    assert page.locator(".jp-CodeCell .jp-InputArea-editor:visible").count()
    assert not (notebooks / "ran").exists()


@pytest.mark.parametrize("path", ["/api/contents", "/api/kernels", "/lab"])
def test_nothing_is_served_without_the_token(lab, path):
    request = urllib.request.Request(lab.address + path, headers={"Accept": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            assert "/login" in answer.url
    except urllib.error.HTTPError as refusal:
        assert refusal.code == 403
