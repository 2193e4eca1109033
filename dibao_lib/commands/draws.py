"""dibao draw: commit, draw, verify (contract 4.1; R57, R58)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dibao_lib.cli_help import ChineseCommand, ChineseGroup
from dibao_lib.commands.draw_changes import extend_draw, replace_unit, stage_draw
from dibao_lib.commands.draw_teams import assign_teams, share_areas
from dibao_lib.commands.draw_words import draws_folder, print_draw, reasons
from dibao_lib.commands.opening import open_workspace
from dibao_lib.errors import UsageError, VerificationFailed

if TYPE_CHECKING:
    from dibao_lib.sampling import Design, Frame
    from dibao_lib.workspace import Inspection


class _DrawGroup(ChineseGroup):
    """`draw NAME` draws; `draw commit`, `draw verify` and so on are verbs of their own."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The named verb, or the draw itself."""
        verb = args if args and args[0] in self.commands else ["make", *args]
        return super().resolve_command(ctx, verb)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options before the name belong to the draw too."""
        if args and args[0].startswith("-") and args[0] != "--help":
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group(
    "draw",
    cls=_DrawGroup,
    help="抽样：dibao draw 名称 抽取；commit 承诺；verify 核验；replace 递补；extend 追加；stage 再抽村（居）或家庭；assign 交叉检查分工；areas 分片负责。",
)
def draws() -> None:
    """The group of draw verbs."""


def _design_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that describe frame and design."""
    options = [
        click.option(
            "--unit", default="township", metavar="单元", help="township 乡镇、village 村（居）、household 家庭。"
        ),
        click.option("--rate", metavar="比例", help="覆盖面，如 20%；向上取整。"),
        click.option("--n", "count", type=int, metavar="个数", help="样本量，与 --rate 二选一。"),
        click.option(
            "--method",
            default="srs",
            metavar="方法",
            help="srs 简单随机（分层）、pareto 按规模概率、interval 等距货币单元。",
        ),
        click.option(
            "--size", default="", metavar="规模", help="按规模抽样时的规模：households 户数、amount 月保障金额。"
        ),
        click.option("--in", "township", default="", metavar="乡镇", help="只在一个乡镇内抽村（居）或家庭。"),
        click.option("--certain", multiple=True, metavar="单元=理由", help="必查单元，可写多次。"),
        click.option("--exclude", multiple=True, metavar="单元=理由", help="不参加抽样的单元，可写多次。"),
        click.option("--within", default="", metavar="名称", help="只从另一次抽样抽中的单元中抽。"),
        click.option("--without", default="", metavar="名称", help="避开另一次抽样抽中的单元。"),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@draws.command("commit", cls=ChineseCommand, help="在种子产生之前公布抽样框和方案的 SHA-256。")
@click.argument("name", metavar="名称")
@_design_options
@click.option("--source", required=True, metavar="来源", help="种子将取自哪个公开事件，如“双色球2026055期开奖号码”。")
@click.option("--witness", multiple=True, metavar="姓名", help="见证人，可写多次。")
@click.pass_obj
def commit_draw(workspace: str | None, /, name: str, source: str, witness: Sequence[str], **asked: Any) -> None:
    """Writes draws/<name>.commitment.json and prints the line to read out."""
    from dibao_lib.sampling import commit
    from dibao_lib.sampling.files import Promise, save_promise

    inspection = open_workspace(workspace)
    frame, design = _asked(inspection, name, asked)
    promise = commit(frame, design, source, at=dt.datetime.now(), witnesses=witness)
    path = save_promise(draws_folder(inspection), Promise(frame, design, promise))
    click.echo(f"已承诺抽样“{name}”：抽样框{len(frame.units)}个单元，抽{design.size(frame)}个，种子取自：{source}。")
    click.echo(f"抽样框 SHA-256：{promise.frame_hash}\n方案 SHA-256：{promise.design_hash}")
    click.echo(f"承诺 SHA-256（请当众宣读并签字）：{promise.hash}")
    click.echo(f"承诺文件：{path}。种子公布后运行 dibao draw {name} --seed 种子")


@draws.command("make", cls=ChineseCommand, hidden=True, help="抽取样本：dibao draw 名称 --seed 种子。")
@click.argument("name", metavar="名称")
@_design_options
@click.option("--seed", required=True, metavar="种子", help="公开产生的号码或文字。")
@click.pass_obj
def make_draw(workspace: str | None, /, name: str, seed: str, **asked: Any) -> None:
    """Draws and writes draws/<name>.json and draws/<name>.sh."""
    from dibao_lib.sampling import draw
    from dibao_lib.sampling.files import read_draw, read_promise, save_draw

    inspection = open_workspace(workspace)
    folder = draws_folder(inspection)
    promise = read_promise(folder, name)
    if promise and asked["rate"] is None and asked["count"] is None:
        frame, design = promise.frame, promise.design
    else:
        frame, design = _asked(inspection, name, asked)
    related = design.within or design.without
    other = read_draw(folder, related) if related else None
    made = draw(frame, design, seed, promise.commitment if promise else None, other=other)
    path = save_draw(folder, made)
    print_draw(inspection, made)
    if promise is None:
        click.echo("注意：本次抽样没有事先承诺。用于正式检查的，请先用 dibao draw commit 承诺，再公布种子。")
    click.echo(f"抽样记录：{path}，复核脚本：{path.with_suffix('.sh')}")


@draws.command("verify", cls=ChineseCommand, help="重新抽取并核对抽样记录、承诺和复核脚本。")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
def verify_draw(file: Path) -> None:
    """Exit code 5 and the list of what was changed, when something was."""
    from dibao_lib.sampling.files import verify_file

    if problems := verify_file(file):
        raise VerificationFailed("\n".join([f"{file.name} 核验未通过：", *problems]))
    click.echo(f"{file.name} 核验通过：抽样框、方案、种子、号码和样本一致。")


def _asked(inspection: Inspection, name: str, asked: dict[str, Any]) -> tuple[Frame, Design]:
    """Frame and design as the options say."""
    from dibao_lib.sampling import Design
    from dibao_lib.sampling.frames import workspace_frame

    if asked["method"] != "srs" and not asked["size"]:
        raise UsageError("按规模抽样请写 --size households 或 --size amount。")
    frame = workspace_frame(inspection, asked["unit"], asked["township"], asked["size"])
    design = Design(
        name,
        n=asked["count"],
        rate=asked["rate"],
        method=asked["method"],
        certainty=reasons(inspection, asked["certain"]),
        exclude=reasons(inspection, asked["exclude"]),
        within=asked["within"],
        without=asked["without"],
    )
    return frame, design


for _verb in (replace_unit, extend_draw, stage_draw, assign_teams, share_areas):
    draws.add_command(_verb)
