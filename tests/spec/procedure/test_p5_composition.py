"""P5 评议团组成与回避 (R17, R40)."""

HOUSEHOLDS = """
households | hh_id | kind | twn_id | vil_id
           | D1    | 农村 | T1     | V1
members | hh_id | pid | name | rel
        | D1    | p1  | 甲   | 本人
"""
FULL = "panels | vil_id | name | pid | role | present\n | V1 | 乙 | p2 | 挂点领导 | 是\n | V1 | 丙 | p3 | 老党员 | 是\n"


def test_no_posted_leader(find):
    (found,) = find("P5", HOUSEHOLDS + FULL.replace("挂点领导", "村(居)民代表"))
    assert found["explanation"] == "评议团名册所列2人中，没有乡镇（街道）挂点领导。"
    assert (found["severity"], found["village_code"], found["household_id"]) == ("B", "V1", None)


def test_none_of_the_other_named_roles(find):
    (found,) = find("P5", HOUSEHOLDS + FULL.replace("老党员", "村(居)民代表"))
    assert found["observed"] == "无人大代表、小组长、老党员"


def test_one_of_the_other_roles_is_enough(find):
    assert not find("P5", HOUSEHOLDS + FULL.replace("老党员", "人大代表"))


def test_a_recipient_on_the_panel(find):
    (found,) = find("P5", HOUSEHOLDS + FULL + " | V1 | 甲 | p1 | 村(居)民代表 | 是\n")
    assert found["explanation"] == "一名评议团成员与评议对象有利害关系（本人是该户成员），名册未注明其未到会。"
    assert (found["household_id"], found["match_key"]) == ("D1", "18位身份证号")


def test_a_declared_relative_of_a_member(find):
    filed = "filings | cad_pid | nil | hh_id\n | p2 | 否 | D1\n"
    (found,) = find("P5", HOUSEHOLDS + FULL + filed)
    assert found["observed"] == "未回避" and "备案的亲属" in found["explanation"]


def test_who_stayed_away_recused_himself(find):
    assert not find("P5", HOUSEHOLDS + FULL + " | V1 | 甲 | p1 | 村(居)民代表 | 否\n")


def test_a_recipient_of_another_village_has_no_conflict(find):
    assert not find("P5", HOUSEHOLDS.replace("T1     | V1", "T1     | V2") + FULL + " | V1 | 甲 | p1 | 老党员 | 是\n")


def test_a_list_without_roles_is_not_judged(find):
    assert not find("P5", HOUSEHOLDS + "panels | vil_id | name | role\n | V1 | 乙 | \n")
