"""The arithmetic of meetings: panels, quorum, votes and what they allow to conclude, in whole numbers (R40-R48, R61)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

# who a hearing needs (R61)
GROUPS = ("低保对象", "评议团成员", "村（居）民代表")


def missing_groups(attended: Mapping[str, int | None], each: int) -> list[str]:
    """Groups of R61 of which fewer than `each` came; a group nobody counted is not judged here."""
    return [group for group in GROUPS if (count := attended.get(group)) is not None and count < each]


def tally_fault(votes: Sequence[int | None], present: int | None, voters: str) -> str:
    """Why the votes for, against and abstaining do not tie to those present; '' when they do or something is blank (R44)."""
    cast = [vote for vote in votes if vote is not None]
    if len(cast) < len(votes) or present is None or sum(cast) == present:
        return ""
    return f"三种票合计{sum(cast)}票，{voters}{present}人，应相等"


def conclusion_fault(conclusion: str, agree: int | None, disagree: int | None) -> str:
    """Why a hearing's conclusion contradicts its votes; the plan sets no threshold, so the larger side decides.

    A tie allows 待核 and 调整 only.
    """
    if agree is None or disagree is None:
        return ""
    if conclusion == "维持" and agree <= disagree:
        return f"同意{agree}票、不同意{disagree}票，同意的没有过半，结论不能是“维持”；定不下来的请选“待核”"
    if conclusion == "清退" and disagree <= agree:
        return f"同意{agree}票、不同意{disagree}票，不同意的没有过半，结论不能是“清退”；定不下来的请选“待核”"
    return ""


def panel_faults(members: int, representatives: int, fewest: int, share: Fraction) -> list[str]:
    """What a review panel lacks: members (R41), or representatives' share (R42); equality is enough."""
    found = []
    if members < fewest:
        found.append(f"评议团不少于{fewest}人，现为{members}人")
    if representatives * share.denominator < members * share.numerator:
        needed = -(-members * share.numerator // share.denominator)
        found.append(f"村（居）民代表应占{_share(share)}以上（{members}人中至少{needed}人），现为{representatives}人")
    return found


def quorum_fault(present: int, members: int, share: Fraction) -> str:
    """Why a meeting of `present` out of `members` does not count; '' when it does."""
    if present > members:
        return f"到会{present}人，比评议团的{members}人还多"
    if present * share.denominator < members * share.numerator:
        needed = -(-members * share.numerator // share.denominator)
        return f"到会{present}人，不足评议团的{_share(share)}（{members}人中至少到会{needed}人）"
    return ""


def result_fault(result: str, agree: int | None, present: int | None, share: Fraction) -> str:
    """Why a review's result contradicts the votes for the household; '' when it does not or something is blank."""
    if agree is None or present is None or result not in {"符合", "不符合"}:
        return ""
    passed = agree * share.denominator >= present * share.numerator
    if passed == (result == "符合"):
        return ""
    told = "已达到" if passed else "没有达到"
    return f"到会{present}人、同意{agree}票，{told}{_share(share)}，结论却是“{result}”"


def _share(share: Fraction) -> str:
    return "全部" if share == 1 else f"{share.denominator}分之{share.numerator}"
