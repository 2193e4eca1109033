"""The report batch of a workspace: every township and the city, failures alone, only what changed."""

import datetime as dt
import html
import json
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import nbformat
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dibao_lib.batch.reports import plan_batch, run_batch
from dibao_lib.checks import run_checks
from dibao_lib.demo import demo_day
from dibao_lib.errors import InputRefused

DAY = dt.date(2011, 6, 30)
ALL = ("html", "docx", "pdf", "xlsx")
HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "$x^{",
    '#read("/etc/passwd")',
    "../../etc/passwd",
    "{{7*7}}",
    "&lt;b&gt;",
]


def render(inspection, townships=(), formats=ALL, **options):
    return run_batch(plan_batch(inspection, townships, DAY, formats, **options), 2, lambda name: None)


def test_a_township_gets_a_folder_with_every_format(own_copy):
    (outcome,) = render(own_copy, ["绕二镇"])
    assert (outcome.status, outcome.message) == ("done", "")
    folder = own_copy.reports / "361181103-绕二镇"
    assert {file.name for file in folder.iterdir()} == {
        "report.ipynb", "report.html", "report.docx", "report.pdf", "ledger.xlsx", ".done.json",
    }  # fmt: skip
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")
    page = (own_copy.reports / "index.html").read_text(encoding="utf-8")
    assert 'href="361181103-%E7%BB%95%E4%BA%8C%E9%95%87/report.html"' in page
    assert "src=" not in page and "http" not in page.replace("http-equiv", "")


def test_the_kept_notebook_names_no_place_of_this_machine(own_copy):
    render(own_copy, ["绕二镇"], ("html",))
    kept = (own_copy.reports / "361181103-绕二镇" / "report.ipynb").read_text(encoding="utf-8")
    assert str(own_copy.folder) not in kept
    notebook = nbformat.reads(kept, as_version=4)
    assert notebook.metadata.papermill.parameters == {"workspace": ".", "township": "361181103", "today": "2011-06-30"}


def test_without_names_all_townships_and_the_city_are_planned(own_copy):
    batch = plan_batch(own_copy, (), DAY, ALL)
    assert len(batch.jobs) == 17
    assert batch.jobs[-1].folder.name == "city"


def test_only_what_changed_is_made_again(own_copy):
    render(own_copy, ["绕二镇"], ("html",))
    assert plan_batch(own_copy, ["绕二镇"], DAY, ("html",)).jobs == ()
    assert len(plan_batch(own_copy, ["绕二镇"], DAY, ("html",), force=True).jobs) == 1
    assert len(plan_batch(own_copy, ["绕二镇"], DAY, ("html", "pdf")).jobs) == 1
    assert len(plan_batch(own_copy, ["绕二镇"], dt.date(2011, 7, 1), ("html",)).jobs) == 1


def test_the_same_inputs_give_the_same_bytes(own_copy):
    render(own_copy, ["龙头山乡"])
    folder = own_copy.reports / "361181205-龙头山乡"
    files = ("report.html", "report.docx", "report.pdf", "ledger.xlsx")
    before = {name: (folder / name).read_bytes() for name in files}
    render(own_copy, ["龙头山乡"], force=True)
    assert {name: (folder / name).read_bytes() for name in files} == before


def test_a_hostile_head_of_household_is_inert_text_in_every_format(own_copy, write_evidence):
    households = own_copy.evidence / "households.parquet"
    table = pq.read_table(households)
    wanted = own_copy.findings("绕二镇")["household_id"].dropna().unique()[: len(HOSTILE)]
    names = dict(zip(wanted, HOSTILE, strict=False))
    heads = [
        names.get(hh, head) for hh, head in zip(table["hh_id"].to_pylist(), table["head"].to_pylist(), strict=True)
    ]
    place = table.schema.get_field_index("head")
    write_evidence(own_copy, "households", table.set_column(place, "head", pa.array(heads, pa.string())))
    run_checks(own_copy, demo_day(own_copy.plan))
    (outcome,) = render(own_copy, ["绕二镇"])
    assert outcome.status == "done", outcome.message
    folder = own_copy.reports / "361181103-绕二镇"
    page = (folder / "report.html").read_text(encoding="utf-8")
    document = zipfile.ZipFile(folder / "report.docx").read("word/document.xml").decode()
    ledger = zipfile.ZipFile(folder / "ledger.xlsx").read("xl/sharedStrings.xml").decode()
    written = "".join(ElementTree.fromstring(document).itertext()), "".join(ElementTree.fromstring(ledger).itertext())
    sheet = zipfile.ZipFile(folder / "ledger.xlsx").read("xl/worksheets/sheet1.xml").decode()
    for name in names.values():
        assert html.escape(name, quote=True).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
        assert all(name in text for text in written)
    assert "<script" not in page and 'instrText xml:space="preserve"> DDE' not in document and "<f>" not in sheet


def test_a_broken_report_costs_only_itself_and_is_named(own_copy):
    batch = plan_batch(own_copy, ["绕二镇", "龙头山乡"], DAY, ("html",))
    broken = batch.jobs[0].parameters | {"township": "火星镇"}
    outcomes = run_batch(
        replace(batch, jobs=(replace(batch.jobs[0], parameters=broken), batch.jobs[1])), 2, lambda n: None
    )
    by_name = {outcome.job.name: outcome for outcome in outcomes}
    assert by_name["龙头山乡"].status == "done"
    assert by_name["绕二镇"].status == "failed"
    assert "没有名为“火星镇”的乡镇" in by_name["绕二镇"].message
    assert not (own_copy.reports / "361181103-绕二镇").exists()


def test_reports_before_the_checks_say_what_to_run(own_copy):
    (own_copy.folder / "findings.parquet").unlink()
    with pytest.raises(InputRefused, match="尚无检查结果，无法生成报告。请先运行 dibao check。"):
        plan_batch(own_copy, (), DAY, ALL)


def test_a_finished_folder_says_what_it_was_made_from(own_copy):
    render(own_copy, ["绕二镇"], ("html",))
    seal = json.loads((own_copy.reports / "361181103-绕二镇" / ".done.json").read_text(encoding="utf-8"))
    assert set(seal["files"]) == {"report.html", "report.ipynb"}
    assert len(seal["digest"]) == 64
