"""Imported once, by the template process: pays for imports, fonts and first drawings, and leaves exactly one thread.

Being imported is all that multiprocessing can do with a template, so this one module works at import. It may import
and draw only: an opened DuckDB connection or a used polars would hang the forked children.
"""

# mypy: allow-untyped-calls

import ctypes
import gc
import importlib
import io
import multiprocessing
import pkgutil
import signal
import sys
from contextlib import suppress
from pathlib import Path

from dibao_lib.notebooks import load_nbformat

_MODULES = (
    "IPython.core.logger",
    "dibao_lib.batch.making",
    "dibao_lib.batch.play",
    "dibao_lib.report.formats",
    "duckdb",
    "encodings.unicode_escape",
    "jinja2",
    "pandas.plotting",
    "pyarrow.parquet",
)
_SECTIONS = "dibao_lib.report.sections"
_PR_SET_PDEATHSIG = 1


def threads() -> int:
    """Threads of this process, native ones too; 1 where the system does not tell."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else 1


def _end_with_starter(signal_number: int) -> None:
    """Has Linux end a template whose starter is killed; multiprocessing looks at that only once the template is warm."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal_number)


def _import_all() -> None:
    load_nbformat()
    sections = importlib.import_module(_SECTIONS).__path__
    for name in (*_MODULES, *(f"{_SECTIONS}.{module.name}" for module in pkgutil.iter_modules(sections))):
        # a module that is missing is missed where it is used, with its own message
        with suppress(ImportError):
            importlib.import_module(name)


def _compile_schema() -> None:
    """The schema of notebooks is compiled when the first one is checked."""
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook

    nbformat.reads(nbformat.writes(new_notebook(cells=[new_code_cell("1")])), as_version=4)


def _open_shell() -> None:
    import pandas

    from dibao_lib.batch.shell import open_shell

    shell = open_shell()
    # pyplot gets to know the shell: without it figures vanish and nobody says so
    shell.enable_matplotlib("inline")
    shell.run_cell(
        "import pandas; pandas.DataFrame({'a': ['x'], 'b': ['y']}).groupby(['a', 'b']).size().unstack().to_dict('records')",
        silent=True,
    )
    # pandas took this process for a terminal
    pandas.set_option("display.max_columns", 20)


def _draw() -> str:
    """One figure with Chinese text, as reports have them; from now on text in figures is text and ids are constant."""
    import matplotlib as mpl
    from matplotlib import pyplot
    from pandas import DataFrame

    from dibao_lib.report import figures

    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "dibao"})
    drawn = io.StringIO()
    with figures.style():
        _, (bars, table) = pyplot.subplots(2)
        DataFrame({"城市": [1, 2], "农村": [2, 1]}).plot.barh(stacked=True, title="低保检查 0123", ax=bars)
        figures.cells(table, [[("#FFFFFF", ""), ("#0072B2", "缺1")]])
        pyplot.savefig(drawn, format="svg")
        pyplot.close("all")
    return drawn.getvalue()


def _prepare_documents(chart: str) -> None:
    """What every document needs: fonts found and read once. Typst sets no page here: that would leave threads behind."""
    from dibao_lib.report.formats.typesetter import load_fonts
    from dibao_lib.report.preview import page_template

    # whatever an office has made of its templates is told by the report that fails
    with suppress(RuntimeError):
        load_fonts(chart)
    page_template()


_end_with_starter(signal.SIGKILL)
_import_all()
_compile_schema()
_open_shell()
_prepare_documents(_draw())
# from here on multiprocessing looks, and the starter may be a thread that ends before its process
_end_with_starter(0)
gc.collect()
# the collector must not write into pages that children share
gc.freeze()
# a report's own process, where somebody else's fork server made it, is forked no more
if multiprocessing.parent_process() is None and threads() != 1:
    raise RuntimeError(f"the template process has {threads()} threads and cannot be forked")
