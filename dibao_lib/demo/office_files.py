"""The files of the city office and of other bureaus: standards, rosters, registers, the statistical form."""

from __future__ import annotations

from collections.abc import Iterator

from dibao_lib.demo import form_headers as headers
from dibao_lib.demo.ledger_headers import Chosen
from dibao_lib.demo.model import County, Row
from dibao_lib.demo.season import stream
from dibao_lib.demo.sheets import Layout, Sheet, by, columns, lay_out
from dibao_lib.demo.spelling import Typist, place_names
from dibao_lib.demo.styles import Style
from dibao_lib.evidence.form import Form
from dibao_lib.evidence.forms import cadres, registers, standards, stat_form, townships, villages

_STYLE = Style("printed", "dashed")
_REGISTERS = {
    "死亡": ("市民政局-死亡人口登记", registers.DEATHS),
    "财政供养": ("市财政局-财政供养人员名单", registers.PAYROLL),
    "机动车": ("市公安局-机动车登记", registers.VEHICLES),
    "户籍": ("市公安局-户籍比对数据", registers.GENERAL),
}


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
        stem, form = _REGISTERS[register]
        yield stem, [sheet(register, form, headers.REGISTERS[register], rows, Layout(numbered=False))]
    counted = [row for township in county.townships for row in county.tables["stat_form"][township.code]]
    layout = Layout(
        f"{place}{stat_form.FORM.title}", numbered=False, bands=headers.STAT_BANDS, signature="填表人：        审核人："
    )
    yield stat_form.FORM.title, [sheet("统计表", stat_form.FORM, headers.STAT_FORM, counted, layout)]
