"""A draw on screen: commit, enter the public number, draw, make the sheet to be signed (R57, R58)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

import ipywidgets as w

from dibao_lib.errors import DibaoError, UsageError
from dibao_lib.report.blocks import Block, Blocks, blocks
from dibao_lib.report.draw_sheet import draw_sheet, save_sheet
from dibao_lib.report.draw_tables import promise_table, sample_table
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.preview import fragment
from dibao_lib.sampling import Design, Draw, Frame, commit, draw
from dibao_lib.sampling.files import Promise, draw_path, read_draw, read_promise, save_draw, save_promise
from dibao_lib.sampling.frames import unit_names
from dibao_lib.workspace import Inspection

_WIDE = w.Layout(width="560px")
_WORDS = {"description_width": "110px"}


class DrawDesk:
    """One draw, step by step; a step that was taken cannot be taken back.

    In a browser it is a form; where there is none, the same cell shows what is on file.

    Args:
        ins: the workspace.
        frame: what is drawn from.
        design: how.
        source: the public event that will give the seed, as proposed.
        now: tells the time.
    """

    def __init__(  # noqa: D107
        self,
        ins: Inspection,
        frame: Frame,
        design: Design,
        source: str = "",
        now: Callable[[], dt.datetime] = dt.datetime.now,
    ) -> None:
        self._ins, self._frame, self._design, self._now = ins, frame, design, now
        self.source = w.Text(value=source, description="种子取自", layout=_WIDE, style=_WORDS)
        self.witnesses = w.Text(description="见证人", placeholder="几人之间用顿号", layout=_WIDE, style=_WORDS)
        self.seed = w.Text(description="公布的种子", placeholder="如 3 1 4 1 5 9", layout=_WIDE, style=_WORDS)
        self.commit = self._button("承诺", "写入承诺文件，不能更改", self._commit)
        self.draw = self._button("抽取", "按公布的种子抽取，不能重抽", self._draw)
        self.sheet = self._button("生成确认单", "Word 和 PDF，打印签字", self._sheet)
        self.status, self._shown = w.HTML(), w.HTML()
        steps = [
            [self.source, self.witnesses, self.commit],
            [self.seed, self.draw],
            [self.sheet],
        ]
        titles = ("一、承诺：抽样框和方案在种子产生之前固定", "二、种子公布后抽取", "三、打印签字")
        lines = [w.VBox([w.HTML(f"<b>{title}</b>"), *step]) for title, step in zip(titles, steps, strict=True)]
        self.box = w.VBox([*lines, self.status, self._shown])
        self._refresh()

    @property
    def promise(self) -> Promise | None:
        """What was committed, None before."""
        return read_promise(self._folder, self._design.name)

    @property
    def made(self) -> Draw | None:
        """The draw, None before."""
        exists = draw_path(self._folder, self._design.name).is_file()
        return read_draw(self._folder, self._design.name) if exists else None

    def blocks(self) -> Blocks:
        """What is on file: the sheet once drawn, the commitment before, else a sentence."""
        if made := self.made:
            return draw_sheet(self._ins, made, self._now().date())
        if promise := self.promise:
            return blocks(promise_table(promise), paragraph("已承诺，等待公布种子。"))
        return blocks(paragraph("尚未承诺。承诺之后抽样框和方案不能更改。"))

    def _repr_mimebundle_(self, **more: Any) -> dict[str, Any]:
        """The form, and what is on file in its place in a saved notebook or a report."""
        bundle = self.box._repr_mimebundle_(**more) or {}
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        return {**data, "text/html": _html(self.blocks()), "text/plain": f"抽样：{self._design.name}"}

    @property
    def _folder(self) -> Any:
        return self._ins.folder / "draws"

    def _refresh(self) -> None:
        promise, made = self.promise, self.made
        self.source.disabled = self.witnesses.disabled = self.commit.disabled = bool(promise or made)
        self.seed.disabled = self.draw.disabled = not promise or bool(made)
        self.sheet.disabled = not made
        if promise:
            self.source.value = promise.commitment.source
            self.witnesses.value = "、".join(promise.commitment.witnesses)
        if made:
            self.seed.value = made.seed
        table = [sample_table(made, unit_names(self._ins))] if made else [promise_table(promise)] if promise else []
        self._shown.value = _html(table)

    def _commit(self) -> str:
        source = self.source.value.strip()
        if not source:
            raise UsageError("请写明种子将取自哪个公开事件，如：会上当众掷骰子六次。")
        witnesses = [name for name in self.witnesses.value.replace("，", "、").split("、") if name.strip()]
        promise = commit(self._frame, self._design, source, at=self._now(), witnesses=witnesses)
        save_promise(self._folder, Promise(self._frame, self._design, promise))
        return f"已承诺。请当众宣读并记录：{promise.hash}"

    def _draw(self) -> str:
        promise = self.promise
        if promise is None or not self.seed.value.strip():
            raise UsageError("请填写当众公布的种子。")
        related = promise.design.within or promise.design.without
        other = read_draw(self._folder, related) if related else None
        seed = self.seed.value.strip()
        path = save_draw(self._folder, draw(promise.frame, promise.design, seed, promise.commitment, other=other))
        return f"已抽取，记录在 draws/{path.name}。"

    def _sheet(self) -> str:
        written = save_sheet(self._ins, self._design.name, self._now().date())
        return f"已生成 {'、'.join(f'draws/{path.name}' for path in written)}，请打印签字。"

    def _button(self, label: str, tooltip: str, step: Callable[[], str]) -> w.Button:
        button = w.Button(description=label, button_style="primary", tooltip=tooltip)
        button.on_click(lambda _: self._take(step))
        return button

    def _take(self, step: Callable[[], str]) -> None:
        """Takes a step and says what came of it, in one sentence."""
        try:
            told, colour = step(), "#1b5e20"
        except DibaoError as error:
            told, colour = str(error), "#b00020"
        self._refresh()
        self.status.value = f"<span style='color:{colour}'>{escape(told)}</span>"


def _html(shown: Iterable[Block]) -> str:
    return "\n".join(fragment(block) for block in shown)
