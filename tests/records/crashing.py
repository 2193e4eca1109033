"""Processes that save until they are killed, run out of disk, or are done; what they acknowledged is counted outside."""

import contextlib
import datetime as dt
import multiprocessing as mp
import os
import random
import resource
import signal
import time
from dataclasses import dataclass, field

from dibao_lib.batch.child import prepare_template
from dibao_lib.errors import InputRefused
from dibao_lib.records.log import RecordLog
from dibao_lib.workspace import Inspection

NOW = dt.datetime(2011, 5, 1, 9, 0)
CONTEXT = mp.get_context("forkserver")


def save_on(folder, name, count, acknowledge):
    """Saves `count` records, 0 for without end; sends each id once it is acknowledged, or the sentence of a refusal."""
    choice = random.Random(name)
    with RecordLog.open(Inspection.open(folder)) as log, contextlib.suppress(BrokenPipeError):
        number = 0
        while number < count or not count:
            number += 1
            record_id = f"{name}-{number}"
            started = time.monotonic()
            try:
                data = {"note": "情况属实" * choice.randint(1, 300)}
                log.save("visit", record_id, data, who=name, now=NOW, submission=record_id)
            except InputRefused as refused:
                acknowledge.send(("refused", str(refused), 0.0))
                return
            acknowledge.send(("saved", record_id, time.monotonic() - started))


def save_with_little_room(folder, name, room, acknowledge):
    """Saves without end while no file may grow by more than `room` bytes beyond the store's size."""
    limit = (folder / "records.db").stat().st_size + room
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    save_on(folder, name, 0, acknowledge)


def started(target, *words):
    """(process, end of a pipe to read from) of a function that runs apart."""
    # one server forks for all of a test run: whoever comes first starts the reports' template
    prepare_template()
    read, write = CONTEXT.Pipe(duplex=False)
    passwords = {name: os.environ[name] for name in ("DIBAO_RECORDS_PASSWORD",) if name in os.environ}
    process = CONTEXT.Process(target=_apart, args=(passwords, target, *words, write))
    process.start()
    write.close()
    return process, read


def _apart(environment, target, *words):
    """The fork server has the environment of its own start."""
    os.environ.update(environment)
    target(*words)


def received(pipe):
    """What a process sent until its end of the pipe closed."""
    with contextlib.suppress(EOFError):
        while True:
            yield pipe.recv()


@dataclass
class Killed:
    """What became of a store whose writers were killed."""

    kills: int = 0
    acknowledged: int = 0
    lost: list = field(default_factory=list)
    problems: list = field(default_factory=list)


def kill_while_saving(folder, kills, choice, *, after=(0.0, 0.15)):
    """Starts a writer, kills it -9 at a random moment, looks into the store; again and again on the same store."""
    outcome = Killed()
    for kill in range(kills):
        process, pipe = started(save_on, folder, f"{choice.randrange(1 << 40)}", 0)
        acknowledged = [pipe.recv()]
        deadline = time.monotonic() + choice.uniform(*after)
        while (left := deadline - time.monotonic()) > 0:
            if pipe.poll(left):
                acknowledged.append(pipe.recv())
        process.kill()
        process.join()
        acknowledged += received(pipe)
        pipe.close()
        _look(folder, acknowledged, outcome, thoroughly=kill % 25 == 0 or kill == kills - 1)
    return outcome


def _look(folder, acknowledged, outcome, *, thoroughly):
    outcome.kills += 1
    outcome.acknowledged += len(acknowledged)
    with RecordLog.open(Inspection.open(folder)) as log:
        outcome.lost += [record_id for _, record_id, _ in acknowledged if log.record(record_id) is None]
        if thoroughly:
            outcome.problems += log.verify()


def many_writers(folder, writers, saves):
    """(ids saved, sentences of refusals, longest wait in seconds) of writers that start together."""
    running = [started(save_on, folder, f"writer{number}", saves) for number in range(writers)]
    told = [each for _, pipe in running for each in received(pipe)]
    for process, pipe in running:
        process.join()
        pipe.close()
    saved = [word for kind, word, _ in told if kind == "saved"]
    refused = [word for kind, word, _ in told if kind == "refused"]
    return saved, refused, max((wait for _, _, wait in told), default=0.0)
