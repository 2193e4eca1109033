"""C2 备案不全 (R32)."""

import datetime as dt

ROSTER = """
cadres | cad_pid | cad | twn_id | vil_id
       | p1      | 甲  | T1     | V1
       | p2      | 乙  | T1     |
       | p2      | 乙  | T1     |
       | p3      | 丙  | T2     |
"""


def filings(*rows):
    return ROSTER + "filings | cad_pid | nil\n" + "".join(f" | {row}\n" for row in rows)


def test_cadres_who_filed_nothing(find):
    found = find("C2", filings("p3 | 是"))
    assert [(f["township_code"], f["village_code"]) for f in found] == [("T1", None), ("T1", "V1")]
    assert {f["explanation"] for f in found} == {
        "一名在册基层干部至2011年4月15日没有填报备案表，无亲属享受的也应填报。"
    }
    assert all(f["severity"] == "A" and len(f["person_id"]) == 18 and f["period"] == "" for f in found)
    assert found[1]["sources"] == ["cadres.xlsx#表#2"]


def test_a_nil_return_is_a_filing(find):
    assert not find("C2", filings("p1 | 是", "p2 | 是", "p3 | 是"))


def test_a_filing_about_relatives_is_a_filing(find):
    assert len(find("C2", filings("p1 | 否", "p3 | 否"))) == 1


def test_on_the_last_day_there_is_still_time(find):
    assert not find("C2", filings("p3 | 是"), today=dt.date(2011, 4, 15))
    assert find("C2", filings("p3 | 是"), today=dt.date(2011, 4, 16))


def test_a_cadre_listed_twice_is_one_finding(find):
    assert len(find("C2", filings("p1 | 是", "p3 | 是"))) == 1


def test_a_filing_of_somebody_not_on_the_roster_helps_nobody(find):
    assert len(find("C2", filings("p9 | 是"))) == 3
