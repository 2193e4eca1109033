"""Which form a sheet is, which row its header, and what title lines and names add to its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.answered import CONFIRMED, RECALLED, Answered, Said, fields_of, readings
from dibao_lib.evidence.answers import LEAVE_OUT, NO_GUIDANCE, Guidance
from dibao_lib.evidence.cell import Cell, RawSheet, column_letter, squeezed
from dibao_lib.evidence.cells.words import spellings as choice_spellings
from dibao_lib.evidence.certificate import CERTIFICATE
from dibao_lib.evidence.form import Field, Form, Kind
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.labels import label_of
from dibao_lib.evidence.mapping import Mapped, Vocabulary
from dibao_lib.evidence.questions import Asked, Question
from dibao_lib.evidence.titles import Surroundings

# how much a form's word in the title, or only in the file name, adds to the labels' own weight
_TITLE_WEIGHT, _FILE_WEIGHT = 1.0, 0.5
# two forms closer than this are not told apart
_MARGIN = 0.2
_PLACE_LABELS = (
    "单位",
    "填报单位",
    "填表单位",
    "报送单位",
    "上报单位",
    "制表单位",
    "编制单位",
    "乡镇",
    "乡镇(街道)",
    "地点",
)


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that holds for every row, and where it was found."""

    cell: Cell
    origin: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised sheet.

    Args:
        mapped: form, header and columns.
        around: what stands around the table.
        constants: field -> value for fields without a column.
        township: code of the township the sheet belongs to, when title, sheet or file name tell.
        reason: why it was taken for this form.
        said: what people said about it.
    """

    mapped: Mapped
    around: Surroundings
    constants: dict[str, Constant] = field(default_factory=dict)
    township: str | None = None
    reason: str = ""
    said: Said = field(default_factory=Said)

    @property
    def form(self) -> Form:
        """The form."""
        return self.mapped.form


class Unrecognised(InputRefused):
    """Nothing in the sheet resembles a form: a cover page perhaps, and no fault when the file's other sheets are read."""


class LeftOut(Unrecognised):
    """A person said that the sheet is not to be imported."""


class Incomplete(InputRefused):
    """A sheet that resembles a form but lacks a column.

    Args:
        message: the sentence.
        layout: how far it was recognised.
    """

    def __init__(self, message: str, layout: Layout) -> None:  # noqa: D107
        super().__init__(message)
        self.layout = layout


def recognise(
    sheet: RawSheet,
    source_file: str,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    guidance: Guidance = NO_GUIDANCE,
) -> Layout:
    """The form a sheet is.

    Raises:
        Unrecognised: no header of any form, or a person left the sheet out.
        InputRefused: columns are missing, or the answer cannot be followed.
        Asked: it could be more than one form, header or column.
    """
    if guidance.own(sheet.name).form == LEAVE_OUT:
        raise LeftOut("已按人工指定不导入")
    layouts = [
        _completed(answered, sheet, source_file, vocabulary, gazetteer)
        for answered in _promising(readings(sheet, vocabulary, guidance))
    ]
    if not layouts:
        raise Unrecognised(_unrecognised(sheet))
    best = max(layouts, key=_weight)
    rivals = [one for one in layouts if _weight(best) - _weight(one) < _MARGIN and _complete(one)]
    chosen = best if _complete(best) or not rivals else max(rivals, key=_weight)
    _reject_incomplete(chosen)
    _ask_which(chosen, rivals)
    return chosen


def _promising(found: Sequence[Answered]) -> list[Answered]:
    """Those that what stands around the table may still bring within the margin of the best."""
    least = max((one.mapped.score for one in found), default=0.0) - _TITLE_WEIGHT - 2 * _MARGIN
    return [one for one in found if one.mapped.score >= least]


def _weight(layout: Layout) -> float:
    around, form = layout.around, layout.form
    words = form.title_words
    # a register without a source column is known by the source its title names
    named = any(
        name in layout.constants and form.field(name).kind is Kind.CHOICE
        for name in form.marks
        if _declared(form, name)
    )
    if named or any(word in around.title or word in around.sheet for word in words):
        return layout.mapped.score + _TITLE_WEIGHT
    return layout.mapped.score + (_FILE_WEIGHT if any(word in around.source_file for word in words) else 0.0)


def _declared(form: Form, name: str) -> bool:
    return any(one.name == name for one in form.fields)


def _completed(
    answered: Answered, sheet: RawSheet, source_file: str, vocabulary: Vocabulary, gazetteer: Gazetteer
) -> Layout:
    mapped = answered.mapped
    around = Surroundings(sheet.rows[: mapped.header.top], sheet.name, source_file)
    township, origin = _township(around, gazetteer)
    constants = {name: Constant(value, "表样规定") for name, value in mapped.form.constants.items()}
    for name, value in fields_of(mapped.form, answered.said.own.constants):
        constants[name] = Constant(value, "人工填写")
        mapped.columns.pop(name, None)
        if mapped.form.field(name).kind is Kind.TOWNSHIP:
            township = gazetteer.township(value) or township
    for one in mapped.form.fields:
        if one.name in mapped.columns or one.name in constants:
            continue
        if constant := _from_pairs(one, mapped.form, around, vocabulary, gazetteer, township):
            constants[one.name] = constant
        elif one.kind is Kind.TOWNSHIP and township:
            constants[one.name] = Constant(township, origin)
        elif one.titled and (constant := _from_words(one, around)):
            constants[one.name] = constant
    return Layout(mapped, around, constants, township, _reason(mapped, around, answered.said), answered.said)


def _reason(mapped: Mapped, around: Surroundings, said: Said) -> str:
    """Why it is this form: what people said, how many columns are known, which word of the title names it."""
    words = [word for word in mapped.form.title_words if word in around.title or word in around.sheet]
    ranks = [match.rank for match in mapped.columns.values()]
    parts = ["人工指定表样" if said.own.form else "沿用以前确认的表样" if said.recalled.form else ""]
    parts += [f"认出{len(ranks)}列", f"标题含“{words[0]}”" if words else ""]
    for rank, how in ((CONFIRMED, "人工确认"), (RECALLED, "沿用以前的确认")):
        parts.append(f"其中{ranks.count(rank)}列为{how}" if rank in ranks else "")
    return "，".join(filter(None, parts))


def _township(around: Surroundings, gazetteer: Gazetteer) -> tuple[str | None, str]:
    for label in _PLACE_LABELS:
        if (value := around.pairs.get(label_of(label))) and (code := _place_in(value, gazetteer)):
            return code, f"标题行“{label}”"
    for origin, words in around.levels:
        if words and (code := gazetteer.township_in(words)):
            return code, origin
    return None, ""


def _place_in(value: Cell, gazetteer: Gazetteer) -> str | None:
    village = gazetteer.village(value)
    return gazetteer.township(value) or (village[:9] if village else None)


def _from_pairs(
    one: Field, form: Form, around: Surroundings, vocabulary: Vocabulary, gazetteer: Gazetteer, township: str | None
) -> Constant | None:
    """A field's value from a line such as 评议日期：2011年5月3日."""
    # a sheet about one household says its number above the table
    if one.private and one.name != CERTIFICATE.name:
        return None
    for label, value in around.pairs.items():
        named = vocabulary.field_of(form, label) == one.name
        if one.kind is Kind.VILLAGE and (named or label in _PLACE_LABELS):
            if code := gazetteer.village(value, township):
                return Constant(code, f"标题行“{label}”")
        elif one.kind is not Kind.TOWNSHIP and named:
            return Constant(value, f"标题行“{label}”")
    return None


def _from_words(one: Field, around: Surroundings) -> Constant | None:
    """A field's value from the words of title, sheet or file name, when they allow one only."""
    if one.kind is Kind.MONTH:
        origin, months = around.months()
        return Constant(months[0], origin) if len(months) == 1 else None
    known = {word: value for word, value in choice_spellings(one.choices).items() if len(word) > 1}
    for origin, words in around.levels:
        text = squeezed(words)
        if len(found := {value for word, value in known.items() if word in text}) == 1:
            return Constant(found.pop(), origin)
    return None


def _necessary(form: Form) -> list[str]:
    return list(dict.fromkeys([*form.marks, *(one.name for one in form.fields if one.required)]))


def _missing(layout: Layout) -> list[str]:
    return [
        name for name in _necessary(layout.form) if name not in layout.mapped.columns and name not in layout.constants
    ]


def _complete(layout: Layout) -> bool:
    return not _missing(layout)


def _header_text(form: Form, names: Sequence[str]) -> str:
    headers = {one.name: one.header for one in form.fields}
    return "、".join(f"“{headers.get(name, name)}”" for name in names)


def _reject_incomplete(layout: Layout) -> None:
    missing = _missing(layout)
    if not missing:
        return
    form = layout.form
    if doubled := [name for name in missing if name in layout.mapped.doubled]:
        raise Asked([_which_column(layout, name) for name in doubled], layout)
    raise Incomplete(
        f"像是“{form.title}”，但缺少{_header_text(form, missing)}列。请补上该列（或改正表头）后重报。", layout
    )


def _which_column(layout: Layout, name: str) -> Question:
    header = layout.form.field(name).header
    letters = tuple(column_letter(match.column) for match in layout.mapped.doubled[name])
    text = f"像是“{layout.form.title}”，但有几列都像“{header}”（{'、'.join(letters)}列），用哪一列"
    return Question(f"columns.{header}", text, letters)


def _ask_which(chosen: Layout, rivals: Sequence[Layout]) -> None:
    """Asks for the form when several fit, then for the header when the sheet has several."""
    others = {one.form.title for one in rivals if _meaning(one) != _meaning(chosen)} - {chosen.form.title}
    if others and not chosen.said.form:
        named = (chosen.form.title, *sorted(others))
        text = f"既像“{named[0]}”，又像“{'”“'.join(named[1:])}”，是哪一种"
        raise Asked([Question("form", text, named)], chosen)
    header = chosen.mapped.header
    apart = [
        one.mapped.header
        for one in rivals
        if (one.mapped.header.top >= header.end or one.mapped.header.end <= header.top)
        and _places(one) != _places(chosen)
    ]
    if apart and not chosen.said.own.header_rows:
        choices = tuple(dict.fromkeys(f"[{one.top + 1}, {one.end}]" for one in (header, *apart)))
        raise Asked([Question("header_rows", "有几处都像表头，表头在哪几行（首行、末行）", choices)], chosen)


def _places(layout: Layout) -> dict[str, int]:
    """Field -> its column: a header repeated on each page puts every field where the first did."""
    return {name: match.column for name, match in layout.mapped.columns.items()}


def _meaning(layout: Layout) -> tuple[str, Cell]:
    """The table, and of a register whose."""
    source = layout.constants.get("reg")
    return layout.form.table, source.cell if source else ""


def _unrecognised(sheet: RawSheet) -> str:
    filled = sum(1 for row in sheet.rows[:25] if sum(1 for cell in row if cell != "") > 1)
    seen = "没有找到可识别的表头" if filled else "没有成行成列的内容"
    return f"{seen}，未导入。请核对是否为方案规定的表册，表头应在前25行内。"
