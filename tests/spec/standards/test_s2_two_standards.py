"""S2 两个保障标准 (R11)."""

from drawn import lines

COLUMNS = "standards | kind | area | effective | expiry | std"


def test_two_amounts_from_the_same_day_are_two_standards(find):
    (found,) = find(
        "S2",
        f"""
        {COLUMNS}
                  | 农村 |      | 2010-07-01 |  | 130
                  | 农村 | 全市 | 2010-07-01 |  | 150
        """,
    )
    assert (found["severity"], found["certainty"], found["period"]) == ("A", "E0", "2010-07")
    assert found["explanation"] == "农村低保自2010年7月1日起同时有2个标准：130元、150元。"
    assert found["township_code"] is None
    assert found["sources"] == ["standards.xlsx#表#2", "standards.xlsx#表#3"]


def test_an_old_standard_still_valid_when_the_new_one_begins_overlaps(find):
    (found,) = find(
        "S2",
        f"""
        {COLUMNS}
                  | 城市 | 德兴市 | 2010-07-01 | 2011-06-30 | 300
                  | 城市 | 全市   | 2011-01-01 |            | 330
        """,
    )
    assert found["observed"] == "300元、330元"
    assert found["period"] == "2011-01"


def test_two_amounts_for_one_township_are_two_standards(find):
    found = find(
        "S2",
        f"""
        {COLUMNS}
                  | 农村 | 银城街道 | 2010-07-01 | | 130
                  | 农村 | 银城街道 | 2010-07-01 | | 140
        """,
    )
    assert [f["observed"] for f in found] == ["130元、140元"]


def test_a_standard_that_ends_the_day_the_next_begins_does_not_overlap(find):
    assert not find(
        "S2",
        f"""
        {COLUMNS}
                  | 城市 | | 2010-07-01 | 2011-01-01 | 300
                  | 城市 | | 2011-01-01 |            | 330
        """,
    )


def test_a_standard_that_ends_one_day_later_overlaps(find):
    assert find(
        "S2",
        f"""
        {COLUMNS}
                  | 城市 | | 2010-07-01 | 2011-01-02 | 300
                  | 城市 | | 2011-01-01 |            | 330
        """,
    )


def test_an_open_standard_ends_when_the_next_begins(find):
    assert not find(
        "S2",
        f"""
        {COLUMNS}
                  | 城市 | | 2010-07-01 | | 300
                  | 城市 | | 2011-01-01 | | 330
        """,
    )


def test_town_and_country_may_differ_and_a_repeated_row_is_one_standard(find):
    assert not find(
        "S2",
        f"""
        {COLUMNS}
                  | 城市 |      | 2011-01-01 | | 330
                  | 农村 |      | 2011-01-01 | | 160
                  | 农村 | 全市 | 2011-01-01 | | 160
        """,
    )


def households(amounts, method="补差"):
    """One covered person each, income 60: base + 60 is the standard that was used."""
    rows = (f"D{i:02d} | 农村 | T1 | 1 | 1 | 60 | {base} | {method}" for i, base in enumerate(amounts))
    return f"{COLUMNS}\n | 农村 | | 2011-01-01 | | 160\n" + lines(
        "households", "hh_id | kind | twn_id | size | covered | pci | base | method", rows
    )


def test_a_township_that_uses_two_standards_is_a_lead(find):
    (found,) = find("S2", households([100] * 8 + [70] * 2))
    assert (found["severity"], found["certainty"], found["township_code"]) == ("B", "E2", "T1")
    assert found["observed"] == "130元2户、160元8户"
    assert (
        found["explanation"] == "农村补差户10户，由补差额和人均收入推算的标准集中在两个以上数值：130元2户、160元8户。"
    )
    assert found["sources"] == ["households.xlsx#表#10", "households.xlsx#表#11"]


def test_below_a_fifth_of_the_households_it_is_no_second_standard(find):
    assert not find("S2", households([100] * 9 + [70] * 2))


def test_nine_households_are_too_few_to_imply_a_standard(find):
    assert not find("S2", households([100] * 5 + [70] * 4))


def test_two_yuan_apart_is_rounding_and_three_is_not(find):
    assert not find("S2", households([100] * 5 + [102] * 5))
    assert find("S2", households([100] * 5 + [103] * 5))


def test_payment_by_tiers_is_not_a_second_standard(find):
    assert not find("S2", households([100] * 5 + [70] * 5, method="分档"))
