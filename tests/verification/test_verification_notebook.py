"""The guided notebooks 04 and 05 run from top to bottom without a browser."""

import shutil

import papermill
import pytest

from dibao_lib.notebooks import shipped_notebook


@pytest.mark.parametrize(
    ("name", "shown"),
    [("04_sampling", "尚未承诺。承诺之后抽样框和方案不能更改。"), ("05_verification", "自查报表逐项核对")],
)
def test_it_runs_headless_and_shows_its_results(own_copy, tmp_path, name, shown):
    shutil.rmtree(own_copy.folder / "draws")
    (own_copy.folder / "draws").mkdir()
    parameters = {"workspace": str(own_copy.folder)}
    made = papermill.execute_notebook(shipped_notebook(name), tmp_path / "out.ipynb", parameters, progress_bar=False)
    outputs = [output for cell in made.cells if cell.cell_type == "code" for output in cell.outputs]
    assert {output.output_type for output in outputs} <= {"execute_result", "display_data"}
    assert any(shown in str(output.data.get("text/html", "")) for output in outputs)
