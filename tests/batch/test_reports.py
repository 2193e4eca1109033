"""The report batch of a workspace: every township and the city, failures alone, only what changed."""

import datetime as dt
import html
import json
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import nbformat
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from dibao_lib.batch.reports import plan_batch, run_batch
from dibao_lib.checks import run_checks
from dibao_lib.demo import demo_day
from dibao_lib.errors import InputRefused
from dibao_lib.evidence.tables import table_schema
from dibao_lib.idnumber import IN_TEXT
from dibao_lib.report.leaks import find_leaks
from dibao_lib.workspace import Inspection

DAY = dt.date(2011, 6, 30)
ALL = ("html", "docx", "pdf", "xlsx")
# columns of any table that nobody outside may see
PRIVATE = [
    "hh_id",
    "pid",
    "head_pid",
    "acct",
    "acct_name_pid",
    "collector_pid",
    "cad_pid",
    "rel_pid",
    "tel",
    "phone",
    "addr",
]
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


@pytest.fixture(scope="module")
def rendered(inspected, tmp_path_factory):
    """(workspace with the reports of two townships, what became of them), only looked at."""
    folder = tmp_path_factory.mktemp("rendered") / "workspace"
    shutil.copytree(inspected.inspection.folder, folder, ignore=shutil.ignore_patterns("inbox"))
    inspection = Inspection.open(folder)
    return inspection, render(inspection, ["绕二镇", "龙头山乡"])


def test_a_township_gets_a_folder_with_every_format(rendered):
    inspection, outcomes = rendered
    assert sorted((outcome.job.name, outcome.status, outcome.message) for outcome in outcomes) == [
        ("绕二镇", "done", ""),
        ("绕二镇公示", "done", ""),
        ("龙头山乡", "done", ""),
        ("龙头山乡公示", "done", ""),
    ]
    folder = inspection.reports / "361181103-绕二镇"
    assert {file.name for file in folder.iterdir()} == {
        "report.ipynb", "report.html", "report.docx", "report.pdf", "ledger.xlsx", ".done.json",
    }  # fmt: skip
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")
    page = (inspection.reports / "index.html").read_text(encoding="utf-8")
    assert 'href="361181103-%E7%BB%95%E4%BA%8C%E9%95%87/report.html"' in page
    assert "src=" not in page and "http" not in page.replace("http-equiv", "")


def test_the_kept_notebook_names_no_place_of_this_machine(rendered):
    inspection, _ = rendered
    kept = (inspection.reports / "361181103-绕二镇" / "report.ipynb").read_text(encoding="utf-8")
    assert str(inspection.folder) not in kept
    notebook = nbformat.reads(kept, as_version=4)
    assert notebook.metadata.papermill.parameters == {"workspace": ".", "township": "361181103", "today": "2011-06-30"}


def test_without_names_all_townships_and_the_city_are_planned(own_copy):
    batch = plan_batch(own_copy, (), DAY, ALL)
    assert len(batch.jobs) == 33
    assert batch.jobs[-1].folder.name == "city"
    assert sum(job.folder.parent.name == "public" for job in batch.jobs) == 16


def test_only_what_changed_is_made_again(own_copy):
    render(own_copy, ["绕二镇"], ("html",))
    assert plan_batch(own_copy, ["绕二镇"], DAY, ("html",)).jobs == ()
    assert len(plan_batch(own_copy, ["绕二镇"], DAY, ("html",), force=True).jobs) == 2
    assert len(plan_batch(own_copy, ["绕二镇"], DAY, ("html", "pdf")).jobs) == 2
    assert len(plan_batch(own_copy, ["绕二镇"], dt.date(2011, 7, 1), ("html",)).jobs) == 2
    seal = json.loads((own_copy.reports / "361181103-绕二镇" / ".done.json").read_text(encoding="utf-8"))
    assert set(seal["files"]) == {"report.html", "report.ipynb"}
    assert len(seal["digest"]) == 64


def test_the_same_inputs_give_the_same_bytes(rendered, own_copy):
    render(own_copy, ["龙头山乡"])
    files = ("report.html", "report.docx", "report.pdf", "ledger.xlsx")
    one, other = (inspection.reports / "361181205-龙头山乡" for inspection in (rendered[0], own_copy))
    assert {name: (one / name).read_bytes() for name in files} == {name: (other / name).read_bytes() for name in files}


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
    for outcome in render(own_copy, ["绕二镇"]):
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
    assert [job.name for job in batch.jobs] == ["绕二镇", "龙头山乡", "绕二镇公示", "龙头山乡公示"]
    broken = batch.jobs[0].parameters | {"township": "火星镇"}
    outcomes = run_batch(
        replace(batch, jobs=(replace(batch.jobs[0], parameters=broken), batch.jobs[1])), 2, lambda n: None
    )
    by_name = {outcome.job.name: outcome for outcome in outcomes}
    assert by_name["龙头山乡"].status == "done"
    assert by_name["绕二镇"].status == "failed"
    assert "没有名为“火星镇”的乡镇" in by_name["绕二镇"].message
    assert not (own_copy.reports / "361181103-绕二镇").exists()


def test_a_change_in_one_township_makes_only_its_report_again(own_copy, write_evidence):
    townships = ["绕二镇", "龙头山乡"]
    render(own_copy, townships, ("html",))
    households = pq.read_table(own_copy.evidence / "households.parquet")
    place = households.schema.get_field_index("head")
    heads = [
        "改名" if number == 0 else head
        for number, head in enumerate(households.filter(pc.field("twn_id") == "361181103")["head"].to_pylist())
    ]
    ours = households.filter(pc.field("twn_id") == "361181103").set_column(place, "head", pa.array(heads, pa.string()))
    others = households.filter(pc.field("twn_id") != "361181103")
    write_evidence(own_copy, "households", pa.concat_tables([ours, others]))
    stale = plan_batch(own_copy, townships, DAY, ("html",)).jobs
    assert [job.name for job in stale] == ["绕二镇", "绕二镇公示"]


def test_a_draw_inside_one_township_makes_its_report_again_and_a_draw_of_townships_all(own_copy):
    townships = ["绕二镇", "龙头山乡"]
    render(own_copy, townships, ("html",))

    def stale(place):
        draw = own_copy.folder / "draws" / place
        draw.parent.mkdir(parents=True, exist_ok=True)
        draw.write_text(json.dumps({"name": "虚构", "sample": [], "replacements": [], "pairs": []}))
        jobs = plan_batch(own_copy, townships, DAY, ("html",)).jobs
        draw.unlink()
        return [job.name for job in jobs]

    assert stale("入户/361181103.json") == ["绕二镇", "绕二镇公示"]
    assert stale("入户/361181001.json") == []
    assert len(stale("交叉.json")) == len(stale("teams/交叉.json")) == 4


def test_the_slices_of_a_batch_go_away_with_it_and_those_of_a_killed_one(own_copy):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    here = socket.gethostname()
    for name, owner in {
        "killed": f"{here} {ended.pid}",
        "running": f"{here} {os.getpid()}",
        "elsewhere": f"{here}2 {ended.pid}",
        "unknown": "",
        "forgotten": "",
    }.items():
        folder = own_copy.reports / f".slices-{name}"
        folder.mkdir()
        (folder / "owner.txt").write_text(owner)
    os.utime(own_copy.reports / ".slices-forgotten", (0, 0))
    render(own_copy, ["绕二镇"], ("html",))
    left = sorted(path.name for path in own_copy.reports.glob(".slices-*"))
    assert left == [".slices-elsewhere", ".slices-running", ".slices-unknown"]


def test_a_township_nobody_knows_leaves_no_slices_behind(own_copy):
    with pytest.raises(InputRefused, match="没有名为“火星镇”的乡镇"):
        plan_batch(own_copy, ["火星镇"], DAY, ALL)
    assert not list(own_copy.reports.glob(".slices-*"))


def test_what_may_be_published_names_no_id_number_account_phone_or_certificate(rendered):
    inspection, _ = rendered
    told = "\n".join(_texts(inspection.reports / "public"))
    assert "绕二镇低保对象" in told and "退保对象" in told
    secret = set()
    for name in inspection.tables().keys() - {"findings", "townships", "villages"}:
        table = inspection.table(name)
        for column in table.columns.intersection(PRIVATE):
            secret |= {value for value in table[column] if isinstance(value, str) and len(value) > 5}
    assert len(secret) > 20_000
    assert [value for value in secret if value in told] == []


def test_the_gate_before_publishing_finds_nothing_in_what_is_published(rendered):
    assert [str(leak) for leak in find_leaks(rendered[0].reports / "public")] == []
    inside = {leak.kind for leak in find_leaks(rendered[0].reports / "361181103-绕二镇")}
    assert inside >= {"身份证号", "账号或证号"}


def test_a_notice_with_personal_data_is_not_published_and_verify_finds_what_is_added_by_hand(
    own_copy, write_evidence, dibao
):
    households = pq.read_table(own_copy.evidence / "households.parquet")
    place, first = households.schema.get_field_index("head"), households["twn_id"].to_pylist().index("361181103")
    heads = households["head"].to_pylist()
    heads[first] += "13812345678"
    write_evidence(own_copy, "households", households.set_column(place, "head", pa.array(heads, pa.string())))
    told = {outcome.job.name: outcome for outcome in render(own_copy, ["绕二镇", "龙头山乡"], ("html", "docx"))}
    assert [name for name, outcome in told.items() if not outcome.done] == ["绕二镇公示"]
    assert told["绕二镇公示"].message == (
        "含有个人信息，不能公开，没有写入 public：report.docx（正文）有手机号码1个；report.html有手机号码1个；"
        "report.ipynb（第14个单元格的输出）有手机号码1个。请核对表册中户主姓名、村（居）名称等栏是否误填了号码，"
        "更正并重新导入后再生成。"
    )
    public = own_copy.reports / "public"
    assert [folder.name for folder in public.iterdir()] == ["361181205-龙头山乡"]
    assert dibao("-w", own_copy.folder, "verify")[0] == 0
    (public / "补充.txt").write_text("户主张三，36118110330001", encoding="utf-8")
    (public / "361181205-龙头山乡" / "report.html").write_text("换过的", encoding="utf-8")
    code, out, err = dibao("-w", own_copy.folder, "verify")
    assert (code, "报告：1处不符\n公开材料：1处不符" in out) == (5, True)
    assert "报告：public/361181205-龙头山乡/report.html 与生成时不一致" in err
    assert "公开材料：public/补充.txt有账号或证号1个，不得公开，请删去或用 dibao report 重新生成。" in err


def test_a_circular_shows_id_numbers_as_6_and_4_wherever_somebody_wrote_one(own_copy, write_evidence):
    written = "其身份证号361181196001010015，本人"
    problems = table_schema("rectifications")
    texts = dict.fromkeys(("what", "opinion", "owner", "disc", "verifier"), written)
    row = {"fid": "甲1", "twn_id": "361181103", "amt": 100, "due": dt.date(2011, 6, 1), **texts}
    row |= {"state": "整改中", "source_file": f"{written}.xlsx", "source_sheet": "一", "source_row": 3}
    write_evidence(own_copy, "rectifications", pa.Table.from_pylist([row], problems))
    aside = pq.read_table(own_copy.evidence / "quarantine.parquet")
    told = aside.set_column(aside.schema.get_field_index("message"), "message", pa.array([written] * len(aside)))
    write_evidence(own_copy, "quarantine", told)
    run_checks(own_copy, demo_day(own_copy.plan))
    planned = plan_batch(own_copy, (), DAY, ALL)
    (outcome,) = run_batch(replace(planned, jobs=planned.jobs[-1:], current=()), 1, lambda name: None)
    assert outcome.message == ""
    shown = "\n".join(_texts(outcome.job.folder))
    assert shown.count("361181********0015") > 5 * 5 + 2
    # of the leads' own persons, of the planted one, of anybody
    assert own_copy.findings()["person_id"].str.fullmatch(r"\d{17}[\dX]").any()
    assert [found[0] for found in IN_TEXT.finditer(shown)] == []


def _texts(folder):
    """All text of the files below a folder, of whatever format."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".docx", ".xlsx"}:
            parts = zipfile.ZipFile(file)
            yield from (parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
        elif file.suffix == ".pdf":
            yield subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True, text=True).stdout
        elif file.is_file():
            yield file.read_text(encoding="utf-8")


def test_reports_before_the_checks_say_what_to_run(own_copy):
    (own_copy.folder / "findings.parquet").unlink()
    with pytest.raises(InputRefused, match="尚无检查结果，无法生成报告。请先运行 dibao check。"):
        plan_batch(own_copy, (), DAY, ALL)
