"""P9 汇总表签名不全 (R45, R46)."""

HEAD = "reviews | vil_id | hh_id | sig_rep | sig_dir | sig_twn\n"
SIGNED = " | V2 | D9 | 是 | 是 | 是\n"


def test_the_leader_did_not_sign(find):
    (found,) = find("P9", HEAD + " | V1 | D1 | 是 | 是 | 否\n")
    assert found["explanation"] == "1户的评议结果汇总表没有乡镇（街道）挂点领导的签名。"
    assert (found["severity"], found["village_code"]) == ("A", "V1")


def test_two_signatures_are_missing(find):
    (found,) = find("P9", HEAD + " | V1 | D1 | 否 | 否 | 是\n")
    assert found["observed"] == "缺村（居）民代表、村（居）委会主任签名"


def test_a_blank_is_missing_where_other_forms_are_signed(find):
    (found,) = find("P9", HEAD + SIGNED + " | V1 | D1 | 是 | | 是\n")
    assert (found["village_code"], found["observed"]) == ("V1", "缺村（居）委会主任签名")


def test_a_column_nobody_has_is_not_judged(find):
    assert not find("P9", HEAD + " | V1 | D1 | | | \n")


def test_one_signed_line_signs_the_form_unless_a_line_says_no(find):
    assert not find("P9", HEAD + SIGNED + " | V1 | D1 | 是 | 是 | 是\n | V1 | D2 | | | \n")
    assert find("P9", HEAD + SIGNED + " | V1 | D1 | 是 | 是 | 是\n | V1 | D2 | 否 | | \n")


def test_all_three_signed(find):
    assert not find("P9", HEAD + SIGNED)
