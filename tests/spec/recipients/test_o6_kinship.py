"""O6 隐瞒不报的干部亲属 (R32, R37)."""

PLACE = """
households | hh_id | kind | twn_id | head | head_pid | hukou_no | total
           | D1    | 农村 | T1     | 甲   | p1       | K1       | 200
members | hh_id | pid | name | rel
        | D1    | p1  | 甲   | 本人
        | D1    | p2  | 乙   | 配偶
cadres | cad_pid | cad | twn_id
       | p2      | 乙  | T1
       | p5      | 戊  | T1
       | p6      | 己  | T1
"""
NIL_RETURNS = """
filings | cad_pid | cad | nil | rel_pid | hh_id
        | p2      | 乙  | 是  |         |
        | p5      | 戊  | 是  |         |
        | p6      | 己  | 是  |         |
"""
BOOKS = """
registers | reg  | pid | item | asof
          | 户籍 | p5  | K5   | {asof}
          | 户籍 | p1  | {book} | {asof}
"""


def test_a_cadre_drawing_behind_a_nil_return(find):
    (found,) = find("O6", PLACE + NIL_RETURNS)
    assert found["explanation"] == "一名基层干部本人是该户成员，该干部的备案表没有列出该户。"
    assert (found["severity"], found["clause"], found["period"]) == ("A", "R32、R37", "")
    assert found["amount_fen"] == 20000 and len(found["person_id"]) == 18
    assert found["sources"] == [
        "households.xlsx#表#2",
        "cadres.xlsx#表#2",
        "members.xlsx#表#3",
        "filings.xlsx#表#2",
    ]


def test_a_cadre_drawing_without_any_filing(find):
    (found,) = find("O6", PLACE + "filings | cad_pid | nil\n | p5 | 是\n")
    assert found["observed"] == "未填报备案表"
    assert found["explanation"] == "一名基层干部本人是该户成员，该干部没有填报备案表。"


def test_a_relative_of_the_same_household_book(find):
    found = find("O6", PLACE + NIL_RETURNS + BOOKS.format(book="K5", asof="2011-05-31"))
    book = [f for f in found if "户口簿" in f["explanation"]]
    assert len(found) == 2 and len(book) == 1
    assert book[0]["explanation"] == "该户与一名基层干部同属一本户口簿，该干部的备案表没有列出该户。"
    assert book[0]["severity"] == "A"


def test_a_household_under_the_cadres_book_number(find):
    registers = "registers | reg | pid | item | asof\n | 户籍 | p5 | K1 | 2011-05-31\n"
    found = find("O6", PLACE.replace("       | p2      | 乙  | T1\n", "") + NIL_RETURNS + registers)
    assert [f["household_id"] for f in found] == ["D1"]


def test_a_book_register_without_cut_off_date_is_a_lead(find):
    found = find(
        "O6", PLACE.replace("       | p2      | 乙  | T1\n", "") + NIL_RETURNS + BOOKS.format(book="K5", asof="")
    )
    assert [f["severity"] for f in found] == ["B"]


def test_a_filing_that_names_the_household_hides_nothing(find):
    assert not find("O6", PLACE + "filings | cad_pid | nil | hh_id\n | p2 | 否 | D1\n")


def test_a_filing_that_names_a_person_of_the_household_hides_nothing(find):
    assert not find("O6", PLACE + "filings | cad_pid | nil | rel_pid\n | p2 | 否 | p1\n")


def test_naming_another_household_or_a_nil_return_with_a_name_does_not_help(find):
    assert find("O6", PLACE + "filings | cad_pid | nil | hh_id\n | p2 | 否 | D9\n")
    assert find("O6", PLACE + "filings | cad_pid | nil | hh_id\n | p2 | 是 | D1\n")


def test_another_cadres_filing_does_not_speak_for_him(find):
    assert find("O6", PLACE + "filings | cad_pid | nil | hh_id\n | p5 | 否 | D1\n")


def test_a_household_that_left_hides_nothing(find):
    exits = "exits | hh_id | exit_on\n | D1 | 2011-04-20\n"
    assert not find("O6", PLACE + NIL_RETURNS + exits)


def test_the_same_surname_or_another_book_is_no_kinship(find):
    found = find(
        "O6",
        PLACE.replace("       | p2      | 乙  | T1\n", "") + NIL_RETURNS + BOOKS.format(book="K7", asof="2011-05-31"),
    )
    assert not found
