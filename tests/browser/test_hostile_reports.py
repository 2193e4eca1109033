"""Script in any text of the evidence or the plan stays text on every page that `dibao report` makes (secure.md G10)."""

import datetime as dt
import json
import re
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dibao_lib.batch.reports import plan_batch, run_batch
from dibao_lib.checks import run_checks
from dibao_lib.evidence.form import Kind
from dibao_lib.evidence.tables import table_fields, table_names, table_schema
from dibao_lib.workspace import Inspection

DAY = dt.date(2011, 6, 30)
PAYLOADS = (
    "<script>ran=1</script>",
    "<img src=https://x.invalid/a onerror=ran=1>",
    '"><svg onload=ran=1>',
    "' onfocus='ran=1' autofocus='",
    "</style></title><script>ran=1</script>",
    '<iframe srcdoc="<script>top.ran=1</script>"></iframe>',
    "<a href=javascript:ran=1 id=go>x</a>",
    "<style>@import 'https://x.invalid/b.css'</style>",
    "<link rel=stylesheet href=https://x.invalid/c>",
    '<meta http-equiv=refresh content="0;url=https://x.invalid/d">',
    "<math><mtext><style><img src=x onerror=ran=1></style></math>",
    "<details open ontoggle=ran=1>x</details>",
    "--><script>ran=1</script><!--",
    "]]></text><script>ran=1</script>",
    "![x](https://x.invalid/e)[y](javascript:ran=1)<video src=https://x.invalid/f onerror=ran=1>",
)
VALUES = {
    Kind.MONEY: 10_000,
    Kind.INT: 3,
    Kind.NUMBER: None,
    Kind.BOOL: True,
    Kind.DATE: dt.date(2011, 5, 20),
    Kind.MONTH: "2011-05",
}
# strings of plan.toml that a report prints
SAID = re.compile(
    r'^((?:title|document|group|head|office|issuer|number|addressee|copies|printer|duty|who) = )"[^"]*"$', re.MULTILINE
)


def cell(field, number, village):
    """A value of a field in the n-th row of its table: a payload wherever a text may stand."""
    payload = PAYLOADS[(number + len(field.name)) % len(PAYLOADS)]
    if field.kind in (Kind.TEXT, Kind.NAME) or field.open:
        return payload
    if field.kind is Kind.LIST:
        return [payload]
    if field.kind is Kind.CHOICE:
        return next(iter(field.choices))
    if field.kind in (Kind.VILLAGE, Kind.AREA, Kind.TOWNSHIP):
        return village if field.name.startswith("vil") else village[:9]
    return VALUES.get(field.kind, f"3611810{number:05d}" if field.name.startswith("hh") else f"{field.name}{number}")


def rows(table, village):
    """Fifteen rows, one a payload."""
    fields, known = table_fields(table), set(table_schema(table).names)
    for number in range(len(PAYLOADS)):
        row = {name: cell(field, number, village) for name, field in fields.items() if name in known}
        own = {"hh_id": f"3611810{number:05d}", "vil_id": village, "twn_id": village[:9], "status": "在保"}
        marks = {"source_file": PAYLOADS[number], "source_sheet": PAYLOADS[-number], "source_row": number}
        yield row | {name: value for name, value in own.items() if name in row} | marks


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of a township, of its notice, of the circular, and the index."""
    ins = Inspection.create(tmp_path_factory.mktemp("hostile") / "workspace")
    plan = ins.folder / "plan.toml"
    told = json.dumps("".join(PAYLOADS), ensure_ascii=False)
    plan.write_text(SAID.sub(lambda line: line[1] + told, plan.read_text(encoding="utf-8")), encoding="utf-8")
    ins = Inspection.open(ins.folder)
    village = ins.plan.villages[0].code
    for table in table_names():
        made = pa.Table.from_pylist(list(rows(table, village)), table_schema(table))
        pq.write_table(made, ins.evidence / f"{table}.parquet")
    run_checks(ins, DAY)
    batch = plan_batch(ins, (), DAY, ("html",))
    chosen = [job for job in batch.jobs if village[:9] in job.folder.name or job.folder.name == "city"]
    outcomes = run_batch(batch.__class__(ins, DAY, ("html",), tuple(chosen), (), batch.slices), 2, lambda name: None)
    assert [outcome.message for outcome in outcomes] == [""] * 3
    return sorted(ins.reports.rglob("*.html"))


def test_no_payload_runs_and_nothing_is_asked_for_on_opening(pages, chromium):
    # what the page itself forbids shall not hide what it lets in
    context, asked, wrong = chromium.new_context(bypass_csp=True), [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("dialog", lambda dialog: wrong.append(dialog.message))
    page, shown = context.new_page(), ""
    for file in pages:
        page.goto(file.as_uri())
        assert page.evaluate("typeof ran") == "undefined"
        found = page.evaluate(
            "[...document.querySelectorAll('script,iframe,link,video,math,details,#go')].map(e => e.tagName)"
        )
        # the page over all reports has one of its own, to search
        assert found == (["SCRIPT"] if file.name == "index.html" else [])
        shown += page.evaluate("document.body.textContent + document.title")
    context.close()
    assert wrong == []
    assert {unquote(url) for url in asked if not url.startswith("data:")} == {unquote(file.as_uri()) for file in pages}
    assert len(pages) == 4
    squeezed = re.sub(r"\s", "", shown)
    assert [payload for payload in PAYLOADS if re.sub(r"\s", "", payload) not in squeezed] == []
