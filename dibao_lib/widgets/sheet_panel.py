"""One sheet on screen: its form, header rows, columns and units as lists, and a button that writes the answer."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import ipywidgets as w

from dibao_lib.errors import DibaoError
from dibao_lib.evidence.answer_draft import chosen, form_titled, save_answer
from dibao_lib.evidence.answers import LEAVE_OUT, MONTHS, SheetAnswer
from dibao_lib.evidence.desk import columns_table, dry_run_of
from dibao_lib.evidence.form import Field, Form, Kind
from dibao_lib.evidence.forms import FORMS
from dibao_lib.evidence.intake import try_answer
from dibao_lib.evidence.report import SheetReport
from dibao_lib.widgets.header_rows import HeaderRows
from dibao_lib.workspace import Inspection

UNITS = ("元", "万元", "元/户·月", "元/人·月", "元/户·季", "元/户·年")
_Saved = Callable[[str, SheetReport], None]
_BY_ITSELF = "（由程序识别）"
_NONE = "（不采用）"
_WIDTHS = ("40px", "190px", "230px", "80px", "210px", "160px")


class SheetPanel:
    """One sheet: its form, its columns, its values for all rows.

    Args:
        ins: the workspace.
        source_file: the file below inbox/.
        sheet: how it was read.
        saved: called with how it is read once an answer was saved.
    """

    def __init__(self, ins: Inspection, source_file: str, sheet: SheetReport, saved: _Saved) -> None:  # noqa: D107
        self._path: Path = ins.inbox / source_file
        self._ins, self._source_file, self._saved = ins, source_file, saved
        self.status, self._body, self._top = w.HTML(), w.VBox(), w.HTML()
        self.save = w.Button(description="保存", button_style="primary", tooltip="写入文件旁的对应关系，并试读一遍")
        self.save.on_click(lambda _: self._save())
        self.form = w.Dropdown(description="表样", layout=w.Layout(width="420px"))
        self.header = HeaderRows(self._preview)
        self.box = w.VBox([self._top, self.form, self.header.box, self._body, w.HBox([self.save, self.status])])
        self._load(sheet)
        self.form.observe(lambda _: self._fill(), "value")

    def _load(self, sheet: SheetReport) -> None:
        self._sheet = sheet
        self._top.value = said(sheet)
        asked = any(question.key == "form" for question in sheet.questions)
        self.form.options = [_BY_ITSELF, *(form.title for form in FORMS), LEAVE_OUT]
        known = sheet.answer.form or ("" if asked else sheet.form or sheet.likely)
        self.form.value = known or _BY_ITSELF
        self.header.show(sheet)
        self._fill()

    def _form_now(self) -> Form | None:
        return form_titled(self.form.value) or form_titled(self._sheet.form or self._sheet.likely)

    def _fill(self) -> None:
        """Draws the columns with the choices of the form now chosen."""
        self.fields: dict[str, w.Dropdown] = {}
        self.more: dict[str, w.Box] = {}
        self.constants: dict[str, w.Text] = {}
        form = self._form_now()
        if self.form.value == LEAVE_OUT:
            self._body.children = [w.HTML("<p>这张表将不导入。</p>")]
            return
        lines = [_line(*(w.HTML(f"<b>{label}</b>") for label in ("列", "表头", "样例", "判断", "对应内容", "单位等")))]
        lines += [self._column(form, *row) for row in columns_table(self._sheet).itertuples(index=False)]
        hint = [] if form else [w.HTML("<p>先在上面选定表样，再逐列选定对应内容。</p>")]
        self._body.children = [*hint, *lines, *(self._constants(form) if form else ())]

    def _column(
        self, form: Form | None, letter: str, header: str, meaning: str, how: str, unit: str, shown: str
    ) -> w.Box:
        """The line of one column: what it holds, and drop-down lists of what it may mean."""
        options = [_NONE, *(one.header for one in form.fields)] if form else [_NONE]
        field = w.Dropdown(options=options, value=meaning if meaning in options else _NONE, disabled=form is None)
        more = w.HBox()
        self.fields[letter], self.more[letter] = field, more

        def refresh(_: object = None) -> None:
            more.children = [box] if form and (box := self._more(form, field.value, unit)) else []

        field.observe(refresh, "value")
        refresh()
        return _line(_text(letter), _text(header), _text(shown), _text(how), field, more)

    def _more(self, form: Form, meaning: str, unit: str) -> w.Dropdown | None:
        """The unit of an amount column; of a month column that asks, which month is meant."""
        one = next((one for one in form.fields if one.header == meaning), None)
        if one and one.kind is Kind.MONEY:
            told = self._sheet.answer.units.get(meaning, "")
            words = dict.fromkeys(word for word in (*UNITS, told) if word)
            options = [(f"按表中所写{f'（{unit}）' if unit else ''}", ""), *((word, word) for word in words)]
            return w.Dropdown(options=options, value=told, layout=_wide(5))
        if one and any(question.key == f"months.{meaning}" for question in self._sheet.questions):
            options = [("“年.1”是…", ""), *((month, month) for month in MONTHS)]
            return w.Dropdown(options=options, value="", layout=_wide(5))
        return None

    def _constants(self, form: Form) -> list[w.Widget]:
        """Township and cut-off date, where no column gives them."""
        read = {one.field for one in self._sheet.columns}
        for one in (one for one in form.fields if _for_all_rows(one) and one.name not in read):
            value = self._sheet.answer.constants.get(one.header, "")
            hint = f"取自{self._sheet.constants[one.name]}" if one.name in self._sheet.constants else "整张表相同时填写"
            self.constants[one.header] = w.Text(
                value=value, description=one.header, placeholder=hint, layout=w.Layout(width="420px")
            )
        return [*self.constants.values()]

    def _form_said(self) -> str:
        return "" if self.form.value == _BY_ITSELF else self.form.value

    def _preview(self) -> None:
        """Reads the sheet with the header rows now chosen and shows what that gives; nothing is written."""
        answer = SheetAnswer(
            form="" if self.form.value == LEAVE_OUT else self._form_said(),
            header_rows=self.header.chosen,
            months=self._sheet.answer.months,
            constants=self._sheet.answer.constants,
        )
        try:
            report = try_answer(self._ins, self._source_file, self._sheet.sheet, answer)
        except DibaoError as error:
            self.status.value = _coloured("#b00020", str(error))
            return
        sheets = [one for one in report.sheets if one.sheet == self._sheet.sheet]
        if sheets and (sheets[0].columns or sheets[0].spare):
            self._load(sheets[0])
            self.status.value = _coloured("#8a5a00", "以上按所选表头行预览，尚未保存。")
        else:
            refused = report.refused or (sheets[0].refused if sheets else "")
            self.status.value = _coloured("#b00020", refused or "所选的行里没有表头，预览未变。")

    def _save(self) -> None:
        """Writes the answer, reads the file again and says what comes of it."""
        fields = {letter: "" if box.value == _NONE else box.value for letter, box in self.fields.items()}
        further = {fields[letter]: slot.children[0].value for letter, slot in self.more.items() if slot.children}
        more = {
            "units": {name: value for name, value in further.items() if value not in MONTHS},
            "months": {**self._sheet.answer.months, **{n: value for n, value in further.items() if value in MONTHS}},
            "constants": {name: box.value.strip() for name, box in self.constants.items()},
        }
        try:
            answer = chosen(self._sheet, self._form_said(), self.header.chosen, fields, **more)
            target = save_answer(self._path, self._sheet.sheet, answer)
            report = dry_run_of(self._ins, self._source_file)
        except DibaoError as error:
            self.status.value = _coloured("#b00020", str(error))
            return
        sheets = [one for one in report.files[0].sheets if one.sheet == self._sheet.sheet]
        if sheets and seen(sheets[0]):
            self._load(sheets[0])
            self._saved(self._source_file, sheets[0])
        left = report.files[0].refused or (sheets[0].refused if sheets else "")
        result = left or report.headline()
        self.status.value = _coloured("#b00020" if left else "#1b5e20", f"已保存到 {target.name}。{result}")


def _for_all_rows(one: Field) -> bool:
    return one.kind is Kind.TOWNSHIP or one.name == "asof"


def form_words(sheet: SheetReport) -> str:
    """The form a sheet was recognised as, with the reason, or the one it resembles."""
    if sheet.form:
        return f"{sheet.form}（{sheet.reason}）"
    return f"像是{sheet.likely}" if sheet.likely else "未识别"


def said(sheet: SheetReport) -> str:
    """Form and why, rows, then everything a person must answer or know."""
    counts = f"读入{sheet.read:,}行，忽略{sum(sheet.ignored.values()):,}行，隔离{sum(sheet.quarantined.values()):,}行"
    texts = [f"待答：{question.text}（{'、'.join(question.choices)}）" for question in sheet.questions]
    texts += [f"拒收：{sheet.refused}"] if sheet.refused else []
    lines = [f"<p>{escape(form_words(sheet))}。{counts if sheet.table else f'共{sheet.rows:,}行，均未导入'}</p>"]
    lines += [f"<p style='color:#b00020'>{escape(text)}</p>" for text in texts]
    return "".join([*lines, *(f"<p style='color:#8a5a00'>注意：{escape(note)}</p>" for note in sheet.notes)])


def _wide(place: int) -> w.Layout:
    return w.Layout(width=_WIDTHS[place])


def _line(*cells: w.Widget) -> w.HBox:
    for place, cell in enumerate(cells):
        cell.layout.width = _WIDTHS[place]
        cell.layout.flex = "0 0 auto"
    return w.HBox(list(cells))


def _text(text: str) -> w.HTML:
    return w.HTML(f"<span style='overflow-wrap:anywhere;line-height:1.3;display:inline-block'>{escape(text)}</span>")


def _coloured(colour: str, text: str) -> str:
    return f"<span style='color:{colour}'>{escape(text)}</span>"


def seen(sheet: SheetReport) -> bool:
    """Whether there is anything to show or to take back."""
    return bool(sheet.columns or sheet.spare or sheet.answer.header_rows)
