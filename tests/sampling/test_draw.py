"""Draws: what anybody may recompute, and what must hold whatever the seed."""

import shutil
import subprocess

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling_vectors import VECTORS

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.sampling import Design, Frame, SurveyDesign, commit, draw
from dibao_lib.sampling.tickets import interval_hits, ticket

SEED = "2026-05-16 双色球2026055期 03 08 12"


def frame(count=20, strata=("",), sizes=None):
    rows = {"code": [f"{361181100 + k}" for k in range(count)], "层": [strata[k % len(strata)] for k in range(count)]}
    table = pd.DataFrame(rows | ({"规模": sizes or [100 + 37 * k * k for k in range(count)]}))
    return Frame.from_dataframe(table, "code", stratum="层" if len(strata) > 1 else None, size="规模")


def units(made):
    return made.sample["unit"].tolist()


def test_the_smallest_tickets_are_drawn():
    made = draw(frame(), Design("督查", rate="20%"), SEED)
    tickets = sorted((ticket(SEED, "督查", unit), unit) for unit in made.frame.units)
    assert units(made) == [unit for _, unit in tickets[:4]]
    assert [row.unit for row in made.reserve] == [unit for _, unit in tickets[4:]]
    assert made.sample["order"].tolist() == [1, 2, 3, 4]
    assert made.sample["probability"].tolist() == [0.2] * 4
    assert made.sample["weight"].tolist() == [5.0] * 4


def test_the_proposed_pareto_order():
    vector = VECTORS["proposed_pareto"]
    table = pd.DataFrame({"u": vector["inputs"]["units"], "s": vector["inputs"]["sizes"]})
    design = Design(vector["inputs"]["draw"], n=vector["inputs"]["n"], method="pareto")
    made = draw(Frame.from_dataframe(table, "u", size="s"), design, vector["inputs"]["seed"])
    assert [row.unit for row in (*made.selection.drawn, *made.reserve)] == vector["expected"]["order"]
    chances = {row.unit: float(row.probability) for row in (*made.selection.drawn, *made.reserve)}
    assert [chances[u] for u in table["u"]] == pytest.approx(vector["expected"]["pi"], rel=1e-12)


def test_touw_hoogduin_p_34_interval():
    # interval 9, the second monetary unit: start 1 of 9, here in fifths
    assert interval_hits("ABCDEFGHIJ", [7, 3, 4, 9, 0, 1, 8, 2, 6, 5], 5, 5) == list("ACDGI")


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(12)), st.text("0123456789 号", min_size=1, max_size=8).map(lambda t: f"种{t}子"))
def test_the_order_of_the_frames_rows_means_nothing(order, seed):
    table = pd.DataFrame(
        {"u": [f"村{k}" for k in range(12)], "s": ["甲", "乙"] * 6, "z": [5 + k * k for k in range(12)]}
    )
    shuffled = table.iloc[list(order)]
    for design in (Design("a", n=5), Design("b", n=5, method="pareto"), Design("c", n=5, method="interval")):
        made, again = (draw(Frame.from_dataframe(rows, "u", "s", "z"), design, seed) for rows in (table, shuffled))
        assert made.to_json() == again.to_json()


@pytest.mark.parametrize("method", ["srs", "pareto"])
@settings(max_examples=25, deadline=None)
@given(first=st.integers(2, 10), more=st.integers(0, 10), seed=st.integers(0, 10**6).map(str))
def test_an_extension_keeps_everything_drawn(method, first, more, seed):
    made = draw(frame(20, ("大", "小", "中")), Design("督查", n=first, method=method), seed)
    longer = made.extend(first + more)
    assert set(units(made)) <= set(units(longer))
    assert len(units(longer)) == first + more


def test_a_longer_draw_of_the_same_name_contains_the_shorter():
    short, long = (draw(frame(), Design("检查", n=n), SEED) for n in (4, 6))
    assert units(long)[:4] == units(short)


def test_draws_under_different_names_are_independent():
    both = [
        len(
            set(units(draw(frame(), Design("督查", n=4), f"s{k}")))
            & set(units(draw(frame(), Design("交叉检查", n=6), f"s{k}")))
        )
        for k in range(400)
    ]
    # 4 of 20 and 6 of 20: 1.2 in common on average, standard error 0.04
    assert sum(both) / 400 == pytest.approx(1.2, abs=0.17)


def test_supervision_can_be_nested_in_cross_inspection_or_kept_apart():
    crossed = draw(frame(), Design("交叉检查", rate="30%"), SEED)
    inside = draw(frame(), Design("督查", rate="20%", within="交叉检查"), SEED, other=crossed)
    apart = draw(frame(), Design("督查", rate="20%", without="交叉检查"), SEED, other=crossed)
    assert set(units(inside)) < set(units(crossed))
    assert not set(units(apart)) & set(units(crossed))
    assert len(units(inside)) == len(units(apart)) == 4


def test_a_related_draw_must_be_given():
    with pytest.raises(UsageError, match="方案与另一次抽样“交叉检查”相关联"):
        draw(frame(), Design("督查", n=4, within="交叉检查"), SEED)


def test_certainty_units_come_first_with_order_0_and_count_in_n():
    made = draw(
        frame(), Design("督查", n=4, certainty={"361181105": "群众来信"}, exclude={"361181106": "已撤并"}), SEED
    )
    first = made.sample.iloc[0]
    assert (first["unit"], first["order"], first["probability"], first["certainty"]) == ("361181105", 0, 1.0, True)
    assert len(made.sample) == 4
    assert "361181106" not in [row.unit for row in (*made.rows, *made.reserve)]
    assert made.sample["probability"].tolist()[1:] == pytest.approx([3 / 18] * 3)


def test_a_certainty_unit_without_a_reason_is_refused():
    with pytest.raises(UsageError, match="必查或排除的理由没有写"):
        Design("督查", n=4, certainty={"361181105": " "})


def test_amounts_of_an_interval_or_more_are_certain():
    made = draw(frame(10, sizes=[100] * 9 + [10_000]), Design("资金", n=4, method="interval"), SEED)
    assert made.sample.iloc[0]["unit"] == "361181109"
    assert made.sample.iloc[0]["certainty"]
    assert made.sample["weight"].tolist()[1:] == [3.0] * 3


def test_a_replacement_is_the_next_ticket_of_its_stratum_and_stays_on_record():
    made = draw(frame(20, ("大", "小")), Design("督查", n=6), SEED)
    gone = made.rows[0]
    changed = made.replace(gone.unit, "整村外出务工", approver="张主任")
    due = next(row for row in made.reserve if row.stratum == gone.stratum)
    assert due.unit in units(changed)
    assert gone.unit not in units(changed)
    assert (changed.replacements[0].by, changed.replacements[0].approver) == (due.unit, "张主任")
    assert changed.replace(due.unit, "户主住院").replacements[1].by != due.unit


@pytest.mark.parametrize(
    ("unit", "reason", "sentence"),
    [
        ("不存在", "外出", "不在样本中，或没有写明理由"),
        ("361181105", "外出", "是必查单元，不能递补"),
    ],
)
def test_a_replacement_that_may_not_be(unit, reason, sentence):
    made = draw(frame(), Design("督查", n=4, certainty={"361181105": "群众来信"}), SEED)
    with pytest.raises(UsageError, match=sentence):
        made.replace(unit, reason)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"code": ["1", "1"]}, "有1个单元出现不止一次（如 1）"),
        ({"code": ["1", None]}, "“code”列有1处为空"),
        ({"code": []}, "抽样框中没有单元"),
        ({"code": ["1\n2", "3"]}, "不能有换行或制表符"),
        ({"codes": ["1"]}, "抽样框缺少列“code”"),
    ],
)
def test_a_frame_that_cannot_be_trusted_is_refused(table, sentence):
    with pytest.raises(InputRefused, match=sentence):
        Frame.from_dataframe(pd.DataFrame(table), "code")


def test_a_size_that_is_no_whole_number_is_refused():
    with pytest.raises(InputRefused, match="“z”列有2处不是非负整数（金额单位为分）"):
        Frame.from_dataframe(pd.DataFrame({"u": ["a", "b", "c"], "z": [1, -1, 2.5]}), "u", size="z")


def test_the_frame_must_be_the_one_committed():
    design = Design("督查", rate="20%")
    promise = commit(frame(), design, "双色球2026055期")
    assert draw(frame(), design, SEED, promise).commitment == promise
    with pytest.raises(InputRefused, match="抽样框与承诺时不同"):
        draw(frame(19), design, SEED, promise)
    with pytest.raises(InputRefused, match="抽样方案与承诺时不同"):
        draw(frame(), Design("督查", rate="30%"), SEED, promise)


TOOLS = ("bash", "sha256sum", "sort", "head", "cat", "awk")


def only(folder, names):
    """An environment in which nothing but these commands can be found."""
    for name in names:
        (folder / name).symlink_to(shutil.which(name))
    return {"PATH": str(folder)}


HOSTILE = ["a'b", '$(touch x)"', "`id`", "<b>=cmd", "..\\x", "FRAME", "UNITS", "-n", "%s", "甲 乙"]


@pytest.mark.parametrize(
    "design",
    [
        Design("分层 '督查'", n=5, certainty={"FRAME1": "群众'来信'\n$(id)"}),
        Design("按规模", n=5, method="pareto"),
        Design("资金", n=7, method="interval"),
    ],
    ids=["srs", "pareto", "interval"],
)
def test_the_replay_script_gives_the_same_list_in_plain_bash(design, tmp_path, tmp_path_factory):
    names = [name + str(k) for k in range(3) for name in HOSTILE]
    table = pd.DataFrame({"u": names, "s": ["甲", "$乙"] * 15, "z": [10 + 17 * k for k in range(29)] + [5000]})
    made = draw(Frame.from_dataframe(table, "u", "s", "z"), design, "种子 $(id) 'x' 7")
    script = tmp_path / "draw.sh"
    script.write_text(made.replay_script(), encoding="utf-8")
    tools = only(tmp_path_factory.mktemp("tools"), TOOLS)
    told = subprocess.run(["bash", script], capture_output=True, text=True, check=True, cwd=tmp_path, env=tools)
    assert told.stderr == ""
    assert told.stdout.splitlines() == units(made)
    assert [path.name for path in tmp_path.iterdir()] == ["draw.sh"]


def test_the_replay_script_refuses_a_changed_frame(tmp_path):
    script = tmp_path / "draw.sh"
    made = draw(frame(), Design("督查", n=4), SEED)
    script.write_text(made.replay_script().replace("361181100\t", "361181190\t", 1), encoding="utf-8")
    told = subprocess.run(["bash", script], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (5, "")
    assert "抽样框被改动" in told.stderr


def test_a_staged_draw_multiplies_the_probabilities():
    villages = draw(frame(10), Design("村", n=4), SEED)
    rolls = {
        unit: Frame.from_dataframe(pd.DataFrame({"u": [f"{unit}-{k}" for k in range(30)]}), "u")
        for unit in units(villages)
    }
    staged = villages.stage(rolls, Design("户", n=6))
    assert len(staged.sample) == 24
    assert set(staged.sample["weight"].round(9)) == {12.5}
    assert set(staged.sample["first_population"]) == {10}
    assert set(staged.sample["second_population"]) == {30}


def test_certainty_units_are_a_stratum_of_their_own_at_both_stages():
    villages = draw(
        frame(10, ("大", "小")), Design("村", n=6, certainty={"361181100": "来信", "361181101": "来信"}), SEED
    )
    rolls = {
        unit: Frame.from_dataframe(pd.DataFrame({"u": [f"{unit}-{k}" for k in range(30)]}), "u")
        for unit in units(villages)
    }
    own = {unit: Design("户", n=6, certainty={f"{unit}-0": "关系户", f"{unit}-1": "关系户"}) for unit in rolls}
    sample = villages.stage(rolls, own).sample
    told = sample.groupby(["first_stratum", "second_stratum"])[["first_population", "second_population"]].agg(set)
    assert told.loc[("必查单元", "必查单元")].tolist() == [{2}, {2}]
    assert told.loc[("大", "")].tolist() == [{4}, {28}]
    design = SurveyDesign(
        sample.assign(y=1.0),
        strata=("first_stratum", "second_stratum"),
        stages=("first_unit", "unit"),
        population=("first_population", "second_population"),
    )
    found = design.total("y")
    assert (found.value, found.df) == (pytest.approx(300), 2)
    assert found.se == pytest.approx(0, abs=1e-9)


def test_pareto_draws_reach_their_inclusion_probabilities():
    made = frame(12)
    design = Design("户", n=4, method="pareto")
    rounds = 2000
    seen = dict.fromkeys(made.units, 0)
    for k in range(rounds):
        for unit in units(draw(made, design, f"s{k}")):
            seen[unit] += 1
    one = draw(made, design, "s0")
    for row in (*one.selection.drawn, *one.reserve):
        # four standard errors of the simulation
        assert seen[row.unit] / rounds == pytest.approx(float(row.probability), abs=0.045)
