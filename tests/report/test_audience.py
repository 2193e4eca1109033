"""What of a person a document may show, by who reads it."""

from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.report.audience import LEAST_GROUP, Audience, group_sizes, person_id

PID = "110101199003072316"


def test_an_id_number_is_whole_inside_masked_in_a_circular_and_absent_in_public():
    assert [person_id(PID, audience) for audience in Audience] == [PID, "110101********2316", ""]
    assert person_id(None, Audience.INTERNAL) == ""


def test_small_groups_are_told_inside_and_not_in_public():
    assert group_sizes([3, 40, 0, 12], Audience.INTERNAL) == ["3", "40", "0", "12"]
    # 12 goes too, or 3 would follow from the total
    assert group_sizes([3, 40, 0, 12], Audience.PUBLIC) == ["未列", "40", "0", "未列"]
    assert group_sizes([3, 5, 40], Audience.PUBLIC) == ["未列", "未列", "40"]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_no_small_group_follows_from_the_total(counts):
    told = group_sizes(counts, Audience.PUBLIC)
    left_out = [count for count, shown in zip(counts, told, strict=True) if shown == "未列"]
    assert all(count == 0 or count >= LEAST_GROUP for count, shown in zip(counts, told, strict=True) if shown != "未列")
    if len(left_out) == 1:
        # nothing else could be left out with it
        assert sum(count > 0 for count in counts) == 1
