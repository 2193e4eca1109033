"""Several teams that work offline for a while, with clocks that are off, and hand in what they wrote."""

import datetime as dt

from record_writing import NINE, workspace, write

from dibao_lib.records.log import RecordLog
from dibao_lib.records.merge import take_in, written_events


def team_work(folder, number, choice, *, records=4, shared=("线索1", "线索2")):
    """One team's log: visits of its own, corrections, and a judgement of leads that others judge too; (events, notes).

    Args:
        folder: where the team's workspace is made.
        number: of the team.
        choice: random numbers; the clock is up to three days off.
        records: how many records of its own.
        shared: records that every team writes.
    """
    clock = NINE + dt.timedelta(seconds=choice.randint(-259200, 259200))
    who = f"第{number}组"
    with RecordLog.open(workspace(folder)) as log:
        for step, record_id in enumerate([*(f"{who}-{n}" for n in range(records)), *shared]):
            now = clock + dt.timedelta(minutes=step)
            write(log, record_id, {"conclusion": choice.choice(["属实", "不属实"]), "team": number}, who=who, now=now)
            # clocks are also set back in the middle of the day
            earlier = now - dt.timedelta(hours=choice.randint(0, 5))
            write(log, record_id, {"conclusion": "待核", "team": number}, who=who, now=earlier, reason="更正")
        log.checkpoint()
        return written_events(log.store)


def merged(log, packages):
    """The log after taking in packages, in this order."""
    for events, notes in packages:
        take_in(log.store, "组包", events, notes)
    return log
