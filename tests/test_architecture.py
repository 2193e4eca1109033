"""The order of the chapters (design.md section 2): a module imports only from those before it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dibao_lib
from dibao_lib.shipped import shipped

PACKAGE = Path(dibao_lib.__file__).parent
# one line a layer; modules of one layer do not know each other
LAYERS = [
    {"errors", "units", "idnumber"},
    {"shipped", "intact"},
    {"plan_records"},
    {"plan_file", "notebooks"},
    {"plan"},
    {"plan_tables", "workspace"},
    {"evidence"},
    {"checks", "sampling", "records"},
    {"hearing", "verification"},
    {"rectification"},
    {"report", "standing"},
    {"batch", "widgets", "lab"},
    {"demo"},
    {"cli_help"},
    {"commands"},
    {"cli"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
SIBLINGS = {("checks", name) for name in ("standards", "recipients", "procedure", "management", "funds", "campaign")}


def _modules():
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        if parts != ("__init__",):
            yield parts, ast.parse(file.read_text(encoding="utf-8"))


def _imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dibao_lib."):
            yield from (tuple(f"{node.module}.{alias.name}".split(".")[1:]) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (tuple(a.name.split(".")[1:]) for a in node.names if a.name.startswith("dibao_lib."))


def test_a_chapter_imports_only_from_chapters_before_it():
    wrong = [
        f"{'.'.join(parts)} imports {target[0]}"
        for parts, tree in _modules()
        for target in _imports(tree)
        if parts[0] != target[0] and RANK[target[0]] >= RANK[parts[0]]
    ]
    assert wrong == []


def _folder_siblings(folder, *, but=()):
    return {file.stem for file in (PACKAGE / folder).glob("*.py")} - {"__init__", *but}


def test_the_five_checks_the_forms_the_sections_and_the_formats_do_not_know_each_other():
    groups = [
        ("evidence/forms", _folder_siblings("evidence/forms")),
        ("report/sections", _folder_siblings("report/sections")),
        ("report/formats", {"html", "docx", "pdf", "xlsx"}),
        ("checks", {name for _, name in SIBLINGS}),
    ]
    wrong = []
    for folder, names in groups:
        prefix = tuple(folder.split("/"))
        for parts, tree in _modules():
            if parts[:-1] == prefix and parts[-1] in names:
                wrong += [
                    f"{'.'.join(parts)} imports {'.'.join(t)}"
                    for t in _imports(tree)
                    if t[: len(prefix)] == prefix and len(t) > len(prefix) and t[len(prefix)] in names
                ]
    assert wrong == []


def test_every_file_says_in_its_first_line_what_it_is():
    silent = [".".join(parts) for parts, tree in _modules() if not ast.get_docstring(tree)]
    assert silent == []


def test_every_template_of_reports_is_named_by_a_module_that_uses_it():
    named = "".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    assert [file.name for file in sorted((shipped("templates") / "report").iterdir()) if file.name not in named] == []


@pytest.mark.parametrize(
    ("work", "spared"),
    [
        ("import dibao_lib.cli", "pandas duckdb matplotlib nbformat scipy sqlalchemy"),
        ("import dibao_lib.batch.reports", "nbformat papermill scipy.optimize sqlalchemy"),
        ("from dibao_lib.notebooks import load_nbformat; load_nbformat(); load_nbformat()", "rfc3987_syntax"),
    ],
)
def test_what_is_slow_to_load_waits_for_who_needs_it(work, spared):
    look = f"import sys; {work}; print(sorted({{*{spared.split()!r}}} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
