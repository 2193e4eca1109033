"""Notice boards of every village, as the township's people saw them in May: names or their number (R49-R52)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.demo.model import Board, Draft, Household, Row
from dibao_lib.demo.season import day_between, stream

RECIPIENTS, REMOVED = "低保对象", "退保对象"


def put_up_boards(draft: Draft) -> None:
    """Two boards a village, up in time and in the provincial format; every second township writes the names down."""
    rng = stream(draft.seed, "boards")
    since, seen = draft.plan.date("boards_start"), draft.season.report_due + dt.timedelta(8)
    for place, township in enumerate(draft.plan.townships):
        for village in township.villages:
            seen_on = day_between(rng, seen, seen + dt.timedelta(12))
            for kind in (RECIPIENTS, REMOVED):
                up = day_between(rng, since - dt.timedelta(4), since)
                draft.boards.append(Board(township.code, village.code, kind, seen_on, up, named=place % 2 == 0))


def board_row(draft: Draft, board: Board, households: list[Household]) -> Row:
    """What was noted of a board; `households` are those of its village."""
    names = [name for h in households if h.hh_id not in board.left_out for name in _names(draft, board, h)]
    names += board.added
    civil, supervision, petitions = board.tells
    row: Row = {"vil_id": board.village, "board": board.kind, "from": board.since, "to": board.until}
    row |= {"format_ok": board.format_ok, "tel3.civil": civil, "tel3.supervision": supervision}
    return row | {
        "tel3.petitions": petitions,
        "n_list": len(names),
        "names": names if board.named and names else None,
        "seen_on": board.seen_on,
    }


def _names(draft: Draft, board: Board, household: Household) -> list[str]:
    """Whom of a household the board names: its head while it draws, or whoever left since the campaign began."""
    if board.kind == RECIPIENTS:
        return [household.head.name] if household.active_on(board.seen_on) else []
    begun = draft.plan.date("campaign_start")
    people = {member.person.pid: member.person.name for member in household.members}
    leaving = [*household.person_exits, *([household.exit] if household.exit else [])]
    return [people[each.pid] for each in leaving if begun <= each.on <= board.seen_on]
