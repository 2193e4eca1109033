"""The record kinds; to add one: a file here and a line in the tuple."""

from __future__ import annotations

from dataclasses import replace

from dibao_lib.errors import UsageError
from dibao_lib.plan import Plan
from dibao_lib.records.form import RecordForm
from dibao_lib.records.kinds import complaint, hearing, milestone, posting, rectification, review, township_item, visit

RECORD_KINDS: tuple[RecordForm, ...] = (
    visit.FORM,
    hearing.FORM,
    review.FORM,
    posting.FORM,
    complaint.FORM,
    township_item.FORM,
    milestone.FORM,
    rectification.FORM,
)


def record_form(kind: str, plan: Plan | None = None) -> RecordForm:
    """The form of a kind; with a plan, its rules know the plan's numbers and dates.

    Raises:
        UsageError: there is no such kind.
    """
    form = next((form for form in RECORD_KINDS if form.kind == kind), None)
    if form is None:
        known = "、".join(f"{form.kind}（{form.title}）" for form in RECORD_KINDS)
        raise UsageError(f"没有名为“{kind[:40]}”的记录种类。可用的种类：{known}。")
    return replace(form, rules=form.rules + form.under(plan)) if plan and form.under else form
