"""The files of the city office and of other bureaus: standards, rosters, registers, the statistical form."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dibao_lib.demo import field_headers
from dibao_lib.demo import form_headers as headers
from dibao_lib.demo.field_work import by_group
from dibao_lib.demo.ledger_headers import Chosen
from dibao_lib.demo.model import County, Row
from dibao_lib.demo.register_headers import REGISTERS
from dibao_lib.demo.season import stream
from dibao_lib.demo.sheets import Layout, Sheet, by, columns, lay_out
from dibao_lib.demo.spelling import Typist, place_names
from dibao_lib.demo.styles import Style
from dibao_lib.evidence.form import Form
from dibao_lib.evidence.forms import (
    cadres,
    hearings,
    rectifications,
    standards,
    stat_form,
    system_export,
    townships,
    villages,
    visits,
)

_STYLE = Style("printed", "dashed")


def office_files(county: County) -> Iterator[tuple[str, list[Sheet]]]:
    """File stems with their sheets."""
    typist = Typist(_STYLE, stream(county.seed, "typist"), place_names(county.plan, _STYLE))
    place = county.plan.place.name

    def sheet(name: str, form: Form, chosen: Chosen, rows: list[Row], layout: Layout) -> Sheet:
        return lay_out(name, columns(form, typist, chosen), rows, layout)

    tables = {table: rows[""] for table, rows in county.tables.items() if "" in rows}
    yield (
        "低保保障标准表",
        [
            sheet(
                kind, standards.FORM, headers.STANDARDS[kind], rows, Layout(f"{place}{kind}低保保障标准表", "单位：元")
            )
            for kind, rows in by(tables["standards"], lambda row: str(row["kind"])).items()
        ],
    )
    yield "乡镇街道名册", [sheet("乡镇名册", townships.FORM, headers.TOWNSHIPS, tables["townships"], Layout())]
    yield "村居名册", [sheet("村居名册", villages.FORM, headers.VILLAGES, tables["villages"], Layout())]
    yield (
        "基层干部名册",
        [sheet("干部名册", cadres.FORM, headers.CADRES, tables["cadres"], Layout(f"{place}基层干部名册"))],
    )
    for register, rows in by(tables["registers"], lambda row: str(row["reg"])).items():
        stem, form, chosen = REGISTERS[register]
        yield stem, [sheet(register, form, chosen, rows, Layout(numbered=False))]
    yield from _records(county, sheet)
    counted = [row for township in county.townships for row in county.tables["stat_form"][township.code]]
    layout = Layout(
        f"{place}{stat_form.FORM.title}", numbered=False, bands=headers.STAT_BANDS, signature="填表人：        审核人："
    )
    yield stat_form.FORM.title, [sheet("统计表", stat_form.FORM, headers.STAT_FORM, counted, layout)]


def _records(county: County, sheet: Callable[..., Sheet]) -> Iterator[tuple[str, list[Sheet]]]:
    """What the bureau's groups and the office wrote themselves, and the bureau's export of the information system."""
    stamp = f"{county.season.last.replace('-', '')}20"
    bare = Layout(numbered=False)
    exported = county.tables["system_export"][""]
    yield (
        f"市民政局-低保信息系统导出_{stamp}",
        [sheet("Sheet1", system_export.FORM, field_headers.SYSTEM_EXPORT, exported, bare)],
    )
    for form, chosen in ((visits.FORM, field_headers.VISITS), (hearings.FORM, field_headers.HEARINGS)):
        groups = by_group(county.plan, county.tables[form.table][""])
        for number, rows in groups.items():
            layout = Layout(f"市民政局第{number}核查小组{form.title}", signature="核查人（签字）：")
            yield f"市民政局第{number}核查小组-{form.title}", [sheet(form.title, form, chosen, rows, layout)]
    problems, layout = county.tables["rectifications"][""], Layout("问题整改台账", "单位：元")
    yield (
        "领导小组办公室-问题整改台账",
        [sheet("台账", rectifications.FORM, field_headers.RECTIFICATIONS, problems, layout)],
    )
