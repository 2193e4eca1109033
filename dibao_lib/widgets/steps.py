"""The steps of the campaign on the first page, each a link to its notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from dibao_lib.standing import Step


@dataclass(frozen=True, slots=True)
class Steps:
    """What a notebook cell shows of where the campaign stands.

    Args:
        steps: in their order.
    """

    steps: Sequence[Step]

    def _repr_html_(self) -> str:
        rows = "".join(_row(number, step) for number, step in enumerate(self.steps, 1))
        head = "".join(f"<th>{word}</th>" for word in ("", "步骤", "现状", "下一步"))
        return f"<style>{_STYLE}</style><table class='dibao-steps'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def __repr__(self) -> str:
        """One line a step."""
        return "\n".join(f"{step.name}：{step.state}。{step.todo}" for step in self.steps)


def _row(number: int, step: Step) -> str:
    name = escape(step.name)
    if step.notebook:
        name = f"<a href='{quote(step.notebook)}'>{name}</a>"
    mark = "dibao-done" if step.done else "dibao-open"
    return (
        f"<tr><td><span class='{mark}'>{number}</span></td><td class='dibao-name'>{name}</td>"
        f"<td>{escape(step.state)}</td><td class='dibao-todo'>{escape(step.todo)}</td></tr>"
    )


_STYLE = (
    ".dibao-steps{border-collapse:collapse;width:100%;table-layout:auto!important;font-size:15px}"
    ".dibao-steps td,.dibao-steps th{text-align:left!important;padding:9px 12px!important;border-bottom:1px solid #e3e7ec!important;"
    "white-space:normal!important;background:none!important}"
    ".dibao-steps th{color:#667;font-weight:normal}.dibao-name{font-size:17px;white-space:nowrap!important}"
    ".dibao-todo{color:#8a5a00}"
    ".dibao-done,.dibao-open{display:inline-block;width:26px;height:26px;line-height:26px;border-radius:13px;text-align:center}"
    ".dibao-done{background:#1b5e9b;color:#fff}.dibao-open{border:1px solid #9ab;color:#567;line-height:24px}"
)
