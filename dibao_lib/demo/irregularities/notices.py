"""Boards that do not show what they should, and objections nobody settled (R49-R53)."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from dibao_lib.demo.boards import RECIPIENTS, REMOVED
from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Board, Body, Draft, Household
from dibao_lib.demo.money import Rates
from dibao_lib.demo.objections import objection


def wrong_names(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Boards from which households are missing or on which strangers stand (P10); where names fit persons, all is well."""
    for place, body in enumerate(picker.villages(4)):
        board = _board(draft, body, RECIPIENTS)
        board.named = place < 3
        if place == 1:
            draft.births.rng = picker.rng
            board.added.append(draft.births.person(1960).name + "明")
        elif place == 2:
            # a person covered is named beside the head
            family = next(h for h in _posted(draft, board) if h.covered > 1 and h.members[1].covered)
            board.added.append(family.members[1].person.name)
            draft.lawful.append(Planted("P10", body.township, body.village))
            continue
        else:
            board.left_out.update(h.hh_id for h in _posted(draft, board)[:2])
        draft.truth.append(Planted("P10", body.township, body.village))


def poor_boards(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Boards put up late, without a telephone, in an own format, taken down early, or missing (P11)."""
    *bodies, missing, just_in_time, unsaid = picker.villages(7)
    late, unheard, odd, short = (_board(draft, body, REMOVED) for body in bodies)
    late.since = draft.plan.date("boards_due") + dt.timedelta(9)
    unheard.tells = (True, False, True)
    odd.format_ok = False
    short.until = draft.season.report_due
    draft.boards.remove(_board(draft, missing, REMOVED))
    draft.truth += [Planted("P11", body.township, body.village) for body in (*bodies, missing)]
    _board(draft, just_in_time, RECIPIENTS).since = draft.plan.date("boards_due")
    _board(draft, unsaid, RECIPIENTS).format_ok = None
    draft.lawful += [Planted("P11", body.township, body.village) for body in (just_in_time, unsaid)]


def open_objections(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Objections still open after six weeks, settled after forty days, or posted again without a result (P12)."""
    on = draft.season.today - dt.timedelta(46)
    for place, household in enumerate(picker.households(4)):
        days = (99, 40, 12, draft.plan.number("complaint_days", on))[place]
        objection(
            draft,
            picker.rng,
            household.township,
            on,
            "反映该户经济条件较好",
            None if place == 2 else "不属实",
            days=days,
            about=household.head.name,
            hh_id=household.hh_id,
        )
        (draft.spared if place == 3 else draft.planted)("P12", household)


def _board(draft: Draft, body: Body, kind: str) -> Board:
    return next(board for board in draft.boards if board.village == body.village and board.kind == kind)


def _posted(draft: Draft, board: Board) -> list[Household]:
    """Households that long stood on a board, by heads of whom the village has one."""
    here = [h for h in draft.households if h.village == board.village]
    names = Counter(member.person.name for h in here for member in h.members)
    month = f"{board.seen_on:%Y-%m}"
    return [h for h in here if h.plain and h.active_on(board.seen_on) and h.start < month and names[h.head.name] == 1]
