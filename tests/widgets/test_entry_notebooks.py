"""The guided notebooks without a browser: forms are tables, nothing typed is stored in the file."""

import papermill
import pytest
from field_county import make_field_county
from nbconvert import HTMLExporter

from dibao_lib.notebooks import shipped_notebook
from dibao_lib.widgets.case import visit_cases
from dibao_lib.widgets.desk import record_desk


@pytest.fixture(scope="module")
def field(tmp_path_factory):
    return make_field_county(tmp_path_factory.mktemp("field") / "workspace")


def run(ins, name, folder, **parameters):
    return papermill.execute_notebook(
        shipped_notebook(name),
        folder / "done.ipynb",
        parameters={"workspace": str(ins.folder), **parameters},
        engine_name="dibao",
        progress_bar=False,
        store_widget_state=False,
        cwd=folder,
    )


def shown(notebook):
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "".join("".join(output["data"].get("text/html", "")) for output in outputs if "data" in output)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("00_start", ["已结束", "02_evidence.ipynb"]),
        ("01_plan", ["R73", "执行中", "20%"]),
        ("05_visits", ["赵桂英　361181000000", "待填"]),
        ("06_hearing", ["听证3户", "待填"]),
        ("07_rectification", ["O2"]),
    ],
)
def test_it_runs_to_the_end_and_shows_tables(field, tmp_path, name, words):
    notebook = run(field, name, tmp_path)
    assert [word for word in words if word not in shown(notebook)] == []
    assert "widgets" not in notebook.metadata


@pytest.mark.filterwarnings("ignore")
def test_what_was_typed_is_not_in_the_executed_notebook_nor_in_its_page(field, tmp_path):
    (case, *_) = visit_cases(field)
    session = record_desk(field, "visit", [case]).session
    typed = {
        **session.answer({"t": "open", "id": case.record_id}, [])[0]["d"],
        "inquiry": "其身份证号36118119550101001X",
    }
    session.answer({"t": "draft", "id": case.record_id, "seq": 1, "d": typed}, [])
    session.close()
    notebook = run(field, "05_visits", tmp_path)
    page, _ = HTMLExporter(exclude_input=True).from_notebook_node(notebook)
    assert "草稿" in shown(notebook)
    assert "36118119550101001X" not in page + (tmp_path / "done.ipynb").read_text(encoding="utf-8")
