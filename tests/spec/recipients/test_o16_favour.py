"""O16 人情保、关系保迹象 (R14, R37)."""

import drawn

HEAD = """
households | hh_id | kind | twn_id | vil_id | covered | base   | total
           | D1    | 农村 | T1     | V1     | 1       | {base} | 100
           | D2    | 农村 | T1     | V1     | 1       | 100    | 100
           | D3    | 农村 | T1     | V1     | 1       | 100    | 100
           | D4    | 农村 | T1     | V1     | 1       | 100    | 100
           | D5    | 农村 | T1     | V1     | 1       | 100    | 100
members | hh_id | pid | name
        | D1    | p1  | 甲
cadres | cad_pid | cad | twn_id
       | p9      | 乙  | T1
"""
LINK = "filings | cad_pid | nil | hh_id\n | p9 | 否 | D1\n"


def village(base="100", link=LINK, more=""):
    return HEAD.format(base=base) + link + more


def vote(agree):
    return f"reviews | vil_id | met_on | hh_id | present | agree\n | V1 | 2011-04-20 | D1 | 21 | {agree}\n"


def test_a_link_and_few_votes(find):
    (found,) = find("O16", village(more=vote(13)))
    assert found["explanation"] == "该户与基层干部有关联，并有以下情况：评议同意13票，到会21人。"
    assert (found["severity"], found["household_id"], found["observed"]) == ("B", "D1", "1项迹象")


def test_a_link_and_a_missing_step(find):
    events = (
        "case_events | hh_id | apply | review | twn_review | approve\n | D1 | 2009-01-01 | | 2009-01-03 | 2009-01-04\n"
    )
    assert "审批程序缺少环节" in find("O16", village(more=events))[0]["explanation"]


def test_a_link_and_no_assessment_where_others_have_one(find):
    assert find("O16", village(more="assessments | hh_id | date | pci\n | D2 | 2011-01-01 | 50\n"))


def test_the_household_book_is_a_link(find):
    books = drawn.lines("registers", "reg | pid | item", ["户籍 | p9 | 008", "户籍 | p1 | 008"])
    assert find("O16", village(link=books, more=vote(13)))


def test_half_above_the_village_median_is_the_boundary(find):
    assert not find("O16", village(base="150"))
    (found,) = find("O16", village(base="151"))
    assert found["explanation"].endswith("人均保障金151元，本村中位数100元。")


def test_a_link_alone_is_not_improper(find):
    assert not find("O16", village())
    assert not find("O16", village(more=vote(14)))


def test_weak_signs_without_a_link_are_not_listed(find):
    assert not find("O16", village(base="200", link="", more=vote(3)))
