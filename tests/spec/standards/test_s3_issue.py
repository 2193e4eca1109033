"""S3 标准制定程序 (R09)."""

import pytest

HEAD = "standards | kind | effective | std | doc_no | issuer | issued | published | survey | consult\n"
GOOD = " | 城市 | 2011-01-01 | 330 | 德府发〔2010〕9号 | 德兴市人民政府 | 2010-12-01 | 2010-12-10 | 是 | 是\n"


def test_missing_items_are_named(find):
    (found,) = find("S3", HEAD + " | 城市 | 2011-01-01 | 330 | | | 2010-12-01 | 2010-12-10 | 否 | 是\n")
    assert found["explanation"] == "城市低保自2011年1月1日起的标准330元：缺文号、缺发文机关、缺调研测算材料。"
    assert (found["severity"], found["observed"]) == ("A", "缺文号、缺发文机关、缺调研测算材料")


def test_the_bureau_alone_may_not_set_a_standard(find):
    (found,) = find("S3", HEAD + GOOD.replace("德兴市人民政府", "德兴市民政局"))
    assert found["observed"] == "不是由市政府发文"


def test_a_township_government_may_not_either(find):
    assert find("S3", HEAD + GOOD.replace("德兴市人民政府", "绕二镇人民政府"))


def test_published_before_it_was_issued(find):
    (found,) = find("S3", HEAD + GOOD.replace("2010-12-10", "2010-11-30"))
    assert found["observed"] == "公布日期（2010年11月30日）早于发文日期（2010年12月1日）"


def test_published_on_the_day_of_issue_is_the_boundary(find):
    assert not find("S3", HEAD + GOOD.replace("2010-12-10", "2010-12-01"))


@pytest.mark.parametrize("issuer", ["德兴市人民政府办公室", "德兴市民政局、财政局（经市政府同意）"])
def test_lawful_issuers(find, issuer):
    assert not find("S3", HEAD + GOOD.replace("德兴市人民政府", issuer))


def test_a_table_without_a_word_on_studies_is_not_judged_on_them(find):
    assert not find("S3", HEAD + GOOD.replace("| 是 | 是", "| | "))


def test_a_blank_counts_where_the_table_speaks_of_it_elsewhere(find):
    other = GOOD.replace("城市", "农村").replace("| 是 | 是", "| | 是")
    assert [f["observed"] for f in find("S3", HEAD + GOOD + other)] == ["缺调研测算材料"]
