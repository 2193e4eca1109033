"""Draws as files of the workspace: draws/<name>.commitment.json, draws/<name>.json, draws/<name>.sh (contract 4.2)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.sampling.commitment import Commitment, commitment_from
from dibao_lib.sampling.design import Design, design_from
from dibao_lib.sampling.draw import Draw
from dibao_lib.sampling.frame import Frame, reject_unprintable
from dibao_lib.sampling.verify import restore, verify


@dataclass(frozen=True)
class Promise:
    """What was committed: the frame and the design in full, and their hashes."""

    frame: Frame
    design: Design
    commitment: Commitment


def draw_path(folder: Path, name: str) -> Path:
    """Where the draw of a name is kept.

    Raises:
        InputRefused: the name cannot be a file name.
    """
    reject_unprintable(name, "抽样名称")
    if set(name) & set('/\\:*?"<>|') or name.startswith("."):
        raise InputRefused('抽样名称要用作文件名，不能含 / \\ : * ? " < > | ，不能以点开头。请换一个名称。')
    return folder / f"{name}.json"


def save_promise(folder: Path, promise: Promise) -> Path:
    """Writes a commitment; one that was made before is never replaced.

    Raises:
        UsageError: the name was committed or drawn before.
    """
    name = promise.design.name
    path = _promise_path(folder, name)
    if path.exists() or draw_path(folder, name).exists():
        raise UsageError(f"“{name}”已经承诺或抽取过，不能更改。需要另抽的，请换一个抽样名称。")
    data = {
        "commitment": {**promise.commitment.to_dict(), "hash": promise.commitment.hash},
        "design": promise.design.to_dict(),
        "frame": promise.frame.lines.splitlines(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def read_promise(folder: Path, name: str) -> Promise | None:
    """The commitment of a name, None when nothing was committed.

    Raises:
        InputRefused: the file was changed or damaged.
    """
    path = _promise_path(folder, name)
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        commitment = commitment_from(data["commitment"])
        promise = Promise(Frame.from_lines("\n".join(data["frame"])), design_from(data["design"]), commitment)
        intact = commitment.hash == data["commitment"]["hash"]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise InputRefused(f"承诺文件 {path.name} 不完整，可能被改动过。请从备份恢复后重新运行。") from None
    if not intact or commitment.problems(promise.frame, promise.design):
        raise InputRefused(f"承诺文件 {path.name} 的内容与其 SHA-256 对不上，被改动过。请从备份恢复后重新运行。")
    return promise


def save_draw(folder: Path, made: Draw) -> Path:
    """Writes the record and its replay script; a draw made with another seed is never replaced.

    Raises:
        UsageError: the name was drawn before with another outcome.
    """
    return save_draw_at(draw_path(folder, made.design.name), made)


def save_draw_at(path: Path, made: Draw, *, instead_of: Draw | None = None) -> Path:
    """Writes a record and its replay script to a path.

    Args:
        path: of the record.
        made: the draw.
        instead_of: the draw on file that this one continues (a replacement, an extension).

    Raises:
        UsageError: another outcome is on file.
    """
    text = made.to_json()
    known = {text} if instead_of is None else {text, instead_of.to_json()}
    if path.is_file() and path.read_text(encoding="utf-8") not in known:
        raise UsageError(f"“{made.design.name}”已经抽取过，不能重抽。需要另抽的，请换一个抽样名称。")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    script = path.with_suffix(".sh")
    script.write_text(made.replay_script(), encoding="utf-8", newline="\n")
    script.chmod(0o755)
    return path


def replay_scripts(folder: Path) -> None:
    """Writes the replay scripts of the draws in a folder anew; packages carry data only, and a script is none.

    Raises:
        InputRefused: a record does not verify.
    """
    for path in sorted(folder.glob("*.json")):
        if not path.name.endswith(".commitment.json"):
            save_draw(folder, read_draw(folder, path.stem))


def read_draw(folder: Path, name: str) -> Draw:
    """The draw of a name, verified.

    Raises:
        UsageError: nothing was drawn under that name.
        InputRefused: the record does not verify.
    """
    path = draw_path(folder, name)
    if not path.is_file():
        raise UsageError(f"没有名为“{name}”的抽样。请先运行 dibao draw {name}。")
    text = path.read_text(encoding="utf-8")
    if problems := verify(text):
        raise InputRefused(f"抽样记录 {path.name} 核验未通过：{problems[0]}")
    return restore(json.loads(text))


def verify_file(path: Path, frame: Frame | None = None) -> list[str]:
    """What does not hold in a record, its commitment beside it, and its replay script; empty when all does.

    Args:
        path: a record.
        frame: the frame as the verifier knows it; else the one committed.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"读不到抽样记录 {path.name}。请核对文件名，记录在工作区的 draws 目录下。") from None
    try:
        promise = read_promise(path.parent, path.stem)
    except InputRefused as error:
        return [str(error), *verify(text, frame)]
    problems = verify(text, frame or (promise.frame if promise else None))
    if problems:
        return problems
    made = restore(json.loads(text))
    if promise and made.commitment != promise.commitment:
        problems.append("抽样记录中的承诺与承诺文件不同，其中一个被改动过。")
    script = path.with_suffix(".sh")
    if script.is_file() and script.read_text(encoding="utf-8") != made.replay_script():
        problems.append(f"复核脚本 {script.name} 与抽样记录不符，被改动过。请以抽样记录为准重新生成。")
    return problems


def _promise_path(folder: Path, name: str) -> Path:
    return draw_path(folder, name).with_suffix(".commitment.json")
