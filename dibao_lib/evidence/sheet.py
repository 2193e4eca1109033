"""One sheet -> rows of evidence tables; every row of the sheet is read, ignored or quarantined, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.evidence import members, quarantine
from dibao_lib.evidence.answers import MONTHS, NO_GUIDANCE, Guidance, shape_of
from dibao_lib.evidence.cell import RawSheet, column_letter
from dibao_lib.evidence.cells.convert import convert
from dibao_lib.evidence.coded import picked
from dibao_lib.evidence.columns import Columns, Reading, read_columns, total_cells
from dibao_lib.evidence.described import column_reports, likely_sheet, spare_columns, strange_sheet, unread_sheet
from dibao_lib.evidence.form import Kind
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.mapping import Vocabulary
from dibao_lib.evidence.quarantine import Quarantined
from dibao_lib.evidence.questions import UNANSWERED, Asked, Question
from dibao_lib.evidence.recognise import Incomplete, Layout, LeftOut, Unrecognised, recognise
from dibao_lib.evidence.report import SheetReport
from dibao_lib.evidence.rows import FIGURES, sort_rows
from dibao_lib.evidence.surrogates import NO_NUMBER, number_households
from dibao_lib.evidence.totals import PrintedRow, TieOut, tie_out
from dibao_lib.units import yuan


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows for one table: their numbers in the sheet, and field -> values."""

    table: str
    rows: list[int]
    values: Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What one sheet gave: its report, rows for the tables, and what was quarantined."""

    report: SheetReport
    batches: tuple[Batch, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()


def read_sheet(
    sheet: RawSheet,
    source_file: str,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    guidance: Guidance = NO_GUIDANCE,
) -> SheetReading:
    """Reads one sheet; refusals and questions are in its report, never raised."""
    own_notes = (*(("工作表是隐藏的，也已读取",) if sheet.hidden else ()), *sheet.notes)
    where = source_file + (f"“{sheet.name}”" if sheet.name else "")
    layout: Layout | None = None

    def begun(layout: Layout) -> Reading:
        parted = sort_rows(sheet, layout, gazetteer)
        return Reading(sheet, source_file, layout, parted, vocabulary, gazetteer, guidance)

    try:
        layout = recognise(sheet, source_file, vocabulary, gazetteer, guidance)
        return _read(begun(layout), own_notes)
    except Asked as asked:
        return _waiting(begun(asked.layout), asked.questions, own_notes)
    except Unrecognised as error:
        seen = (unread_sheet if isinstance(error, LeftOut) else strange_sheet)(sheet, guidance.own(sheet.name))
        return SheetReading(replace(seen, notes=(*own_notes, str(error))))
    except InputRefused as error:
        known = error.layout if isinstance(error, Incomplete) else layout
        seen = likely_sheet(sheet, known) if known else unread_sheet(sheet, guidance.own(sheet.name))
        return SheetReading(replace(seen, notes=own_notes, refused=f"{where}：{error}"))


def _waiting(reading: Reading, questions: Sequence[Question], own_notes: tuple[str, ...]) -> SheetReading:
    """All rows of a sheet set aside until a person has answered."""
    count = len(reading.parted.data)
    asked = tuple(replace(question, rows=count) for question in questions)
    lines = tuple(quarantine.waiting(reading, "；".join(question.text for question in asked)))
    columns = Columns({name: [] for name in reading.layout.mapped.columns}, {})
    batch = Batch(reading.layout.form.table, [], {})
    aside = dict.fromkeys(range(count), ("", UNANSWERED))
    report = _report(reading, columns, [batch], aside, lines, own_notes, [])
    return SheetReading(replace(report, questions=asked, problems=_sentences(reading, asked)), quarantined=lines)


def _sentences(reading: Reading, asked: Sequence[Question]) -> tuple[str, ...]:
    where = reading.source_file + (f"“{reading.sheet.name}”" if reading.sheet.name else "")
    return tuple(f"{where}：{one.sentence(reading.source_file, reading.sheet.name)}" for one in asked)


def _read(reading: Reading, own_notes: tuple[str, ...]) -> SheetReading:
    columns = read_columns(reading)
    number_households(reading.layout.form, columns)
    asked = tuple(_month_questions(reading, columns))
    aside = quarantine.set_aside(reading, columns)
    every = range(len(reading.parted.data))
    kept = [place for place in every if place not in aside] if aside else every
    lines = [*quarantine.lines(reading, columns, aside)]
    batches = [_batch(reading, columns, kept)]
    if reading.layout.mapped.groups:
        batch, member_lines = _members(reading, columns, kept)
        batches.append(batch)
        lines += member_lines
    report = _report(reading, columns, batches, aside, lines, own_notes, tie_outs(reading, columns, kept))
    report = replace(report, questions=asked, problems=(*report.problems, *_sentences(reading, asked)))
    return SheetReading(report, tuple(batches), tuple(lines))


def _batch(reading: Reading, columns: Columns, kept: Sequence[int]) -> Batch:
    everything = len(kept) == len(reading.parted.data)
    values = {
        name: converted.values if everything else picked(converted.values, kept)
        for name, converted in columns.converted.items()
    }
    values |= {name: [value] * len(kept) for name, (value, _) in columns.constants.items()}
    data = reading.parted.data
    return Batch(reading.layout.form.table, [row + 1 for row in (data if everything else picked(data, kept))], values)


def _members(reading: Reading, columns: Columns, kept: Sequence[int]) -> tuple[Batch, list[Quarantined]]:
    melted = members.melt(reading, columns, kept)
    gone = members.lost(reading, melted)
    places, values = members.member_values(melted, gone)
    batch = Batch(members.target_form(reading).table, [reading.parted.data[place] + 1 for place in places], values)
    return batch, [*gone.values(), *members.withheld(reading, melted, gone)]


def tie_outs(reading: Reading, columns: Columns, kept: Sequence[int]) -> list[TieOut]:
    """Printed sums beside the sums of the rows read."""
    if not reading.parted.totals:
        return []
    names = [name for name in columns.raw if reading.declared(name).kind in {*FIGURES, Kind.CHOICE}]
    printed = {
        name: convert(
            reading.declared(name), total_cells(reading, name), reading.setting(name, columns.units.get(name))
        ).values
        for name in names
    }
    rows = [
        PrintedRow(index, _is_subtotal(reading.sheet, index), {name: printed[name][place] for name in names})
        for place, index in enumerate(reading.parted.totals)
    ]
    values = {name: [*picked(columns.converted[name].values, kept)] for name in names}
    return tie_out(reading.layout.form, rows, [reading.parted.data[place] for place in kept], values)


def _is_subtotal(sheet: RawSheet, index: int) -> bool:
    return any(isinstance(cell, str) and "小计" in "".join(cell.split()) for cell in sheet.rows[index])


def _report(
    reading: Reading,
    columns: Columns,
    batches: Sequence[Batch],
    aside: Mapping[int, tuple[str, str]],
    lines: Sequence[Quarantined],
    own_notes: tuple[str, ...],
    ties: Sequence[TieOut],
) -> SheetReport:
    layout = reading.layout
    where = reading.source_file + (f"“{reading.sheet.name}”" if reading.sheet.name else "")
    return SheetReport(
        sheet=reading.sheet.name,
        form=layout.form.title,
        table=layout.form.table,
        reason=layout.reason,
        header_rows=(layout.mapped.header.top + 1, layout.mapped.header.end),
        columns=column_reports(reading.sheet, layout, reading.parted.data, columns.units),
        unmapped=tuple(label for _, label in layout.mapped.unmapped()),
        spare=spare_columns(reading.sheet, layout.mapped.unmapped(), reading.parted.data),
        shape=shape_of(layout.mapped.header),
        answer=layout.said.own,
        constants={name: origin for name, (_, origin) in columns.constants.items()},
        rows=reading.parted.total,
        read=len(batches[0].rows),
        ignored=dict(reading.parted.ignored),
        quarantined=dict(Counter(reason for _, reason in aside.values())),
        withheld=dict(Counter(line.reason for line in lines if not line.whole_row and not line.kept)),
        others={batch.table: len(batch.rows) for batch in batches[1:]},
        tie_outs=tuple(asdict(tie) for tie in ties),
        notes=(*own_notes, *columns.notes, *_doubled_notes(reading), *_kept_notes(lines), *_tie_notes(reading, ties)),
        problems=tuple(quarantine.sentences(where, lines)),
    )


def _month_questions(reading: Reading, columns: Columns) -> Iterator[Question]:
    """One question for each column with months that may be January or October; its cells wait for the answer."""
    for name, converted in columns.converted.items():
        declared = reading.declared(name)
        if declared.kind is not Kind.MONTH or not converted.faults:
            continue
        if doubtful := [place for place, fault in converted.faults.items() if fault.reason == "ambiguous_month"]:
            written = "写成“年.1”，分不清是1月还是10月"
            converted.faults.update(dict.fromkeys(doubtful, quarantine.awaiting(written)))
            text = f"“{reading.header(name)}”列有{len(doubtful)}处{written}"
            rows = len(doubtful)
            yield Question(f"months.{declared.header}", text, tuple(MONTHS), rows, cells=not declared.required)


def _doubled_notes(reading: Reading) -> Iterator[str]:
    for name, matches in reading.layout.mapped.doubled.items():
        letters = "、".join(column_letter(match.column) for match in matches)
        yield f"{letters}列都像“{reading.declared(name).header}”，均未采用；如需采用，请在对应关系中指明一列"


def _kept_notes(lines: Sequence[Quarantined]) -> Iterator[str]:
    for (header, reason), count in Counter((line.header, line.reason) for line in lines if line.kept).items():
        if reason == NO_NUMBER:
            yield f"“{header}”列有{count}行空白，已按户主身份证号和村（居）编成临时号导入，凭临时号的比对只作线索，请补填后重报"
        else:
            yield f"“{header}”列有{count}处姓名带括注，姓名已采用，括注原文另存于隔离清单"


def _tie_notes(reading: Reading, ties: Sequence[TieOut]) -> Iterator[str]:
    for tie in ties:
        if not tie.agrees:
            money = reading.declared(tie.field).kind is Kind.MONEY
            printed, summed = (yuan(tie.printed), yuan(tie.summed)) if money else (tie.printed, tie.summed)
            yield f"第{tie.row}行的合计与读入各行之和不符：“{reading.header(tie.field)}”印作{printed}，读入之和为{summed}"
