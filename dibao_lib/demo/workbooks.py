"""Writes the county's workbooks into an inbox, each township in the manner of its office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dibao_lib.demo import field_headers, form_headers, ledger_headers
from dibao_lib.demo.model import County, Row
from dibao_lib.demo.office_files import office_files
from dibao_lib.demo.season import stream
from dibao_lib.demo.sheets import Layout, Sheet, by, columns, lay_out
from dibao_lib.demo.spelling import Typist, place_names
from dibao_lib.demo.styles import Style
from dibao_lib.demo.wide import wide_sheet
from dibao_lib.demo.writers import many_cells, save
from dibao_lib.evidence.form import Form
from dibao_lib.evidence.forms import (
    assessments,
    case_events,
    complaints,
    exits,
    filings,
    funds,
    households,
    members,
    panels,
    payments,
    postings,
    reviews,
    stat_filings,
)
from dibao_lib.plan import Township

_SIGNATURE = "填表人：              审核人：              填表日期："
_UNIT = "单位：元"
_PAGE = 30
Files = Iterator[tuple[str, list[Sheet]]]


def write_workbooks(county: County, folder: Path) -> list[Path]:
    """All files of the county, flat in one folder; their names hold no person data."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    with many_cells():
        for stem, sheets, suffix in county_files(county):
            written += save(folder, stem, sheets, suffix, county.season.today)
    return written


def county_files(county: County) -> Iterator[tuple[str, list[Sheet], str]]:
    """Every file as (stem, sheets, suffix): the office's first, then township by township."""
    for stem, sheets in office_files(county):
        yield stem, sheets, "xlsx"
    for township in county.townships:
        suffix = {"csv": "csv", "xls": "xls"}.get(county.styles[township.code].book, "xlsx")
        for stem, sheets in _office(county, township).files():
            yield f"{township.name}-{stem}", sheets, suffix


def _office(county: County, township: Township) -> _Office:
    style = county.styles[township.code]
    rng = stream(county.seed, f"typist/{township.code}")
    return _Office(county, township, style, Typist(style, rng, place_names(county.plan, style)))


@dataclass(frozen=True, slots=True)
class _Office:
    """One township's clerk at work."""

    county: County
    township: Township
    style: Style
    typist: Typist

    def files(self) -> Files:
        """File stems with their sheets."""
        yield from self._books()
        yield "低保金发放明细", list(self._payments())
        yield "家庭经济状况核定表", [self._plain(assessments.FORM, form_headers.ASSESSMENTS, "核定表", unit=_UNIT)]
        yield "审批流程记录", [self._plain(case_events.FORM, form_headers.CASES, "审批流程")]
        yield "退保名册", [self._plain(exits.FORM, form_headers.EXITS, "退保名册")]
        yield "基层干部及其亲属享受低保待遇情况备案表", [self._plain(filings.FORM, form_headers.FILINGS, "备案表")]
        yield "低保工作评议团名册", list(self._villages(panels.FORM, form_headers.PANELS))
        yield "低保对象评议结果汇总表", list(self._villages(reviews.FORM, form_headers.REVIEWS))
        yield "公示栏检查记录", [self._plain(postings.FORM, field_headers.POSTINGS, "公示栏")]
        yield "来电来访异议登记表", [self._plain(complaints.FORM, field_headers.COMPLAINTS, "登记表")]
        yield "低保资金台账", [self._plain(funds.FORM, field_headers.FUNDS, "资金台账", unit=_UNIT)]
        yield stat_filings.FORM.title, [self._filing_statistics()]

    def _rows(self, table: str) -> list[Row]:
        return list(self.county.tables[table].get(self.township.code, ()))

    def _plain(self, form: Form, chosen: ledger_headers.Chosen, name: str, *, unit: str = "", block: str = "") -> Sheet:
        """A list under its title, as most offices send it; csv files begin with the header."""
        bare = self.style.book == "csv"
        title, unit = ("", "") if bare else (f"{self.township.name}{form.title}", unit)
        return lay_out(
            name, columns(form, self.typist, chosen), self._rows(form.table), Layout(title, unit, block=block)
        )

    def _filing_statistics(self) -> Sheet:
        """The one row a township reports about its cadres' filings."""
        if self.style.book == "csv":
            flat = columns(stat_filings.FORM, self.typist, field_headers.STAT_FILINGS_FLAT)
            return lay_out("统计表", flat, self._rows("stat_filings"), Layout(numbered=False))
        cells = columns(stat_filings.FORM, self.typist, field_headers.STAT_FILINGS)
        bands = field_headers.STAT_FILINGS_BANDS
        layout = Layout(stat_filings.FORM.title, numbered=False, bands=bands, signature=_SIGNATURE)
        return lay_out("统计表", cells, self._rows("stat_filings"), layout)

    def _books(self) -> Files:
        """The register of households and its members."""
        match self.style.book:
            case "ministry":
                yield from self._exports()
            case "wide":
                yield (
                    "低保对象花名册",
                    [wide_sheet(self.typist, self.township.name, self._rows("households"), self._rows("members"))],
                )
            case "printed":
                people = self._plain(members.FORM, ledger_headers.MEMBERS, "家庭成员", block="hh_id")
                yield "低保对象台账", [self._printed(), people]
            case _:
                book = ledger_headers.HOUSEHOLDS[self.style.book]
                yield (
                    "低保对象台账",
                    [
                        self._plain(households.FORM, book, "家庭", unit=_UNIT),
                        self._plain(members.FORM, ledger_headers.MEMBERS, "家庭成员"),
                    ],
                )

    def _exports(self) -> Files:
        """Two workbooks a kind, as the ministry's system exports them: no title, the kind only in the file's name."""
        kinds = {str(row["hh_id"]): str(row["kind"]) for row in self._rows("households")}
        bare = Layout(numbered=False)
        for kind in ("农村", "城市"):
            for word, form, chosen in (
                ("家庭", households.FORM, ledger_headers.HOUSEHOLDS["ministry"]),
                ("人员", members.FORM, ledger_headers.MEMBERS),
            ):
                rows = [row for row in self._rows(form.table) if kinds[str(row["hh_id"])] == kind]
                sheet = lay_out("Sheet1", columns(form, self.typist, chosen), rows, bare)
                if rows:
                    yield f"{kind}低保{word}查询_{self.county.season.report_due:%Y%m%d}", [sheet]

    def _printed(self) -> Sheet:
        """The register as it is printed: two header lines, sums by village, the header on every page, a signature line."""
        layout = Layout(
            title=f"{self.township.name}城乡低保对象台账",
            unit=_UNIT,
            bands=ledger_headers.BANDS,
            subtotal="vil_id",
            total=True,
            page=_PAGE,
            signature=_SIGNATURE,
        )
        chosen = ledger_headers.HOUSEHOLDS["printed"]
        return lay_out("家庭", columns(households.FORM, self.typist, chosen), self._rows("households"), layout)

    def _payments(self) -> Iterator[Sheet]:
        """One sheet, one a half-year, or one a month with the month in its title."""
        chosen = ledger_headers.PAYMENTS[self.style.book]
        cells = columns(payments.FORM, self.typist, chosen)
        for name, rows in self._spread().items():
            title = "" if self.style.book == "csv" else f"{self.township.name}{name}城乡低保金发放表"
            layout = Layout(title, _UNIT if title else "", numbered=bool(name), total=self.style.book == "printed")
            yield lay_out(name or "发放明细", cells, rows, layout)

    def _spread(self) -> dict[str, list[Row]]:
        rows = sorted(self._rows("payments"), key=lambda row: str(row["period"]))
        if self.style.spread == "one":
            return {"": rows}
        return by(rows, _month_sheet if self.style.spread == "months" else _half_sheet)

    def _villages(self, form: Form, chosen: ledger_headers.Chosen) -> Iterator[Sheet]:
        """One sheet a village; a csv holds them all."""
        if self.style.book == "csv":
            yield self._plain(form, chosen, form.title)
            return
        cells = columns(form, self.typist, chosen)
        short = {village.code: village.name for village in self.township.villages}
        for code, rows in by(self._rows(form.table), lambda row: str(row["vil_id"])).items():
            layout = Layout(title=f"{short[code]}{form.title}", signature=_SIGNATURE)
            yield lay_out(short[code], cells, rows, layout)


def _month_sheet(row: Row) -> str:
    month = str(row["period"])
    return f"{month[:4]}年{int(month[5:])}月"


def _half_sheet(row: Row) -> str:
    month = str(row["period"])
    return f"{month[:4]}年{'上' if month[5:] < '07' else '下'}半年"
