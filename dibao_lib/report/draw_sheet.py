"""The sheet that is signed when a draw has been made, with everything anybody needs to repeat it (R57, R58)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from dibao_lib.errors import UsageError
from dibao_lib.report.blocks import Blocks, Signatures, Title, blocks
from dibao_lib.report.draw_tables import basis_table, how_to_check, reserve_table, sample_table
from dibao_lib.report.formats import FORMATS
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.sampling import Draw
from dibao_lib.sampling.files import draw_path, read_draw
from dibao_lib.sampling.frames import unit_names
from dibao_lib.sampling.teams import read_teams
from dibao_lib.units import chinese_date
from dibao_lib.workspace import Inspection

BOXES = ("抽样人", "见证人", "监察人员")


def draw_sheet(inspection: Inspection, made: Draw, day: dt.date) -> Blocks:
    """Title, basis, sample, replacement list, how to check, and boxes to sign in.

    Args:
        inspection: the workspace.
        made: the draw.
        day: printed below the signatures.
    """
    names = unit_names(inspection)
    record = read_teams(inspection.folder / "draws", made.design.name)
    teams = {target: names.get(team, team) for team, target in record["pairs"]} if record else {}
    total, drawn = len(made.frame.units), len(made.rows)
    return blocks(
        Title(f"{inspection.plan.place.name}{made.design.name}\n抽样结果确认单"),
        paragraph(
            "从{total}个单元中抽取{drawn}个，结果如下。抽样框和方案在种子产生之前公布。", total=total, drawn=drawn
        )
        if made.commitment
        else paragraph("从{total}个单元中抽取{drawn}个，结果如下。本次抽样没有事先承诺。", total=total, drawn=drawn),
        basis_table(made),
        sample_table(made, names, teams),
        reserve_table(made, names),
        how_to_check(made),
        Signatures(BOXES, inspection.plan.organiser.office, chinese_date(day)),
    )


def save_sheet(inspection: Inspection, name: str, day: dt.date) -> list[Path]:
    """Writes the sheet of a draw as Word and PDF beside its record; gives the files.

    Raises:
        UsageError: nothing was drawn under that name.
    """
    folder = inspection.folder / "draws"
    if not draw_path(folder, name).is_file():
        raise UsageError(f"“{name}”尚未抽取，没有可签字的结果。请先承诺、公布种子并抽取。")
    sheet = list(draw_sheet(inspection, read_draw(folder, name), day))
    written = []
    for form in FORMATS:
        if form.name in ("docx", "pdf"):
            path = draw_path(folder, name).with_name(f"{name}-确认单{form.suffix}")
            path.write_bytes(form.render(sheet))
            written.append(path)
    return written
