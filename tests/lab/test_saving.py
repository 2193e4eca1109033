"""What a saved notebook keeps: its text and code, nothing that was shown or handed in."""

import copy

import pytest

from dibao_lib.lab.saving import strip_notebook

TYPED = "362334197001010011"


def cell(source, *, trusted=True, tags=(), **more):
    metadata = {"trusted": trusted, "tags": list(tags), "execution": {"iopub": TYPED}}
    outputs = [{"output_type": "stream", "name": "stdout", "text": TYPED}]
    return {
        "cell_type": "code",
        "source": source,
        "metadata": metadata,
        "outputs": outputs,
        "execution_count": 3,
        **more,
    }


def model(*cells):
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"a": TYPED}}}
    metadata = {"dibao": {"autorun": True}, "widgets": state, "papermill": {"parameters": {"x": TYPED}}}
    return {"type": "notebook", "content": {"cells": [*cells], "metadata": metadata}}


def test_outputs_counts_widget_state_and_injected_parameters_are_not_saved():
    saved = model(cell("1 + 1"), cell(f"x = '{TYPED}'", tags=["injected-parameters"]))
    strip_notebook(saved, "notebooks/06_hearing.ipynb")
    assert [each["source"] for each in saved["content"]["cells"]] == ["1 + 1"]
    assert TYPED not in str(saved)
    assert saved["content"]["cells"][0]["execution_count"] is None


def test_a_finished_report_keeps_its_outputs():
    saved = model(cell("1 + 1"))
    before = copy.deepcopy(saved)
    strip_notebook(saved, "inspection_reports/361181101-绕二镇/report.ipynb")
    assert saved == before


@pytest.mark.parametrize(("trusted", "kept"), [(True, True), (False, False)])
def test_saving_does_not_make_a_foreign_notebook_one_that_runs_by_itself(trusted, kept):
    saved = model(cell("1 + 1"), cell("danger", trusted=trusted))
    strip_notebook(saved, "notebooks/foreign.ipynb")
    assert ("dibao" in saved["content"]["metadata"]) is kept


def test_files_and_folders_are_none_of_its_business():
    saved = {"type": "file", "content": "text", "format": "text"}
    strip_notebook(saved, "a.txt")
    assert saved == {"type": "file", "content": "text", "format": "text"}
