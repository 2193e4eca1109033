"""二查: families split to qualify, strangers merged into one household (R14); household books are the only evidence."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check, words
from dibao_lib.plan import Plan


@check("O14", "分户保", clauses=("R14",), severity="B", certainty="E2", needs=("households", "members"))
def split_family(plan: Plan, today: dt.date) -> Query:
    """Two active households share a household book, a spouse or minor child stays outside, or one of many is covered.

    A book number counts within its village only. Caveat: severely ill or disabled persons may be covered alone, and
    adult children may be lawful households of their own.
    """
    return Query(
        """
        WITH book AS (
            SELECT pid, item, attr, place_of(source_file, source_sheet, source_row) AS source
            FROM registers
            WHERE reg = '户籍' AND item IS NOT NULL AND length(pid) = 18
              AND NOT mentions(concat_ws(' ', status, attr), $gone)
            QUALIFY row_number() OVER (PARTITION BY pid, item ORDER BY source_file, source_sheet, source_row) = 1
        ), belonging AS (
            SELECT hh_id, hukou_no AS item, source FROM household
            WHERE NOT regexp_full_match(coalesce(trim(hukou_no), ''), '0*|无|不详|同上|[-—/*]+')
            UNION ALL
            SELECT m.hh_id, b.item, b.source FROM book b JOIN member m ON m.pid = b.pid WHERE m.covered AND m.active
        ), shared AS (
            SELECT h.village_code, b.item, count(DISTINCT h.hh_id) AS households,
                   max_by(h.hh_id, (coalesce(h.start, ''), h.hh_id)) AS hh_id,
                   list(DISTINCT h.source ORDER BY h.source) || list(DISTINCT b.source ORDER BY b.source) AS sources
            FROM belonging b JOIN household h ON h.hh_id = b.hh_id
            WHERE h.active AND h.village_code IS NOT NULL
            GROUP BY h.village_code, b.item HAVING count(DISTINCT h.hh_id) >= 2
        ), kin_outside AS (
            SELECT m.hh_id, kin.pid, kin.attr IN ('配偶', '妻', '夫', '妻子', '丈夫') AS spouse,
                   [m.source, own.source, kin.source] AS sources
            FROM setting, book own JOIN member m ON m.pid = own.pid AND m.covered AND m.active
            JOIN book kin ON kin.item = own.item AND kin.pid <> own.pid
            ANTI JOIN member o ON o.hh_id = m.hh_id AND o.pid = kin.pid
            WHERE own.attr IN ('户主', '本人')
              AND (kin.attr IN ('配偶', '妻', '夫', '妻子', '丈夫')
                   OR (kin.attr IN ('子', '女', '儿子', '女儿', '长子', '次子', '长女', '次女')
                       AND try_strptime(kin.pid[7:14], '%Y%m%d')::DATE + INTERVAL 18 YEAR > today))
            UNION ALL
            SELECT m.hh_id, r.item, true, [m.source, place_of(r.source_file, r.source_sheet, r.source_row)]
            FROM setting, registers r JOIN member m ON m.pid = r.pid AND m.covered AND m.active
            ANTI JOIN member o ON o.hh_id = m.hh_id AND o.pid = r.item
            ANTI JOIN (SELECT pid FROM registers WHERE reg = '死亡') d ON d.pid = r.item
            WHERE r.reg = '婚姻' AND length(r.item) = 18 AND NOT contains(coalesce(r.status, ''), '离')
              AND (r."to" IS NULL OR r."to" > today)
        ), outside AS (
            SELECT hh_id, count(DISTINCT pid) AS persons, bool_or(spouse) AS spouse,
                   list_distinct(flatten(list(sources ORDER BY pid))) AS sources
            FROM kin_outside GROUP BY hh_id
        ), severe AS (
            SELECT DISTINCT hh_id FROM members
            WHERE health = '重病' OR dis_lvl IN ('一级', '二级')
        ), alone AS (
            SELECT h.hh_id, own.item, max(own.source) AS source FROM household h
            JOIN member m ON m.hh_id = h.hh_id AND m.covered AND m.active JOIN book own ON own.pid = m.pid
            ANTI JOIN severe s ON s.hh_id = h.hh_id
            WHERE h.active AND h.covered = 1 AND NOT ($single_allowed AND mentions(h.remarks, $reasons))
            GROUP BY h.hh_id, own.item
        ), many AS (
            SELECT a.hh_id, a.item, count(*) AS persons, [any_value(a.source)] || list(b.source ORDER BY b.source) AS sources
            FROM alone a JOIN book b ON b.item = a.item GROUP BY a.hh_id, a.item HAVING count(*) >= $size
        )
        SELECT s.hh_id AS household_id, '同簿|' || s.item AS subject, s.households || '户共用一本户口簿' AS observed,
               '一个家庭一户' AS expected, '户口簿编号' AS match_key,
               '同一村（居）' || s.households || '个低保户登记在同一本户口簿上。' AS explanation, s.sources
        FROM shared s
        UNION ALL
        SELECT o.hh_id, '户外', o.persons || '人在户外', '配偶和未成年子女在户内', '18位身份证号',
               '户口簿上的' || CASE WHEN o.spouse THEN '配偶' ELSE '未成年子女' END || '等' || o.persons || '人没有列入该低保户。',
               o.sources || [h.source]
        FROM outside o JOIN household h ON h.hh_id = o.hh_id
        UNION ALL
        SELECT m.hh_id, '单人', '保障1人', '按家庭保障', '18位身份证号',
               '户口簿上有' || m.persons || '人，只保障1人，没有重残、重病等单人保障的原因。', m.sources || [h.source]
        FROM many m JOIN household h ON h.hh_id = m.hh_id
        """,
        {
            "gone": words(plan, "absent_states", today),
            "size": plan.number("single_person_household_size", today),
            "single_allowed": plan.value("single_person_cover", today),
            "reasons": [*words(plan, "single_person_reasons", today), "单人保"],
        },
    )


@check(
    "O15",
    "合户保",
    clauses=("R14",),
    severity="B",
    certainty="E2",
    needs=("households", "members", "registers:户籍"),
)
def merged_strangers(plan: Plan, today: dt.date) -> Query:
    """One household spans two household books, and those of the other book are not its head's relatives.

    A blank relation counts only where the household's list gives relations at all. Caveat: three generations under one
    roof are lawful; books are often not moved after a marriage.
    """
    return Query(
        """
        WITH book AS (
            SELECT pid, max(item) AS item, max(place_of(source_file, source_sheet, source_row)) AS source
            FROM registers WHERE reg = '户籍' AND item IS NOT NULL AND length(pid) = 18
            GROUP BY pid HAVING count(DISTINCT item) = 1
        ), related AS (
            SELECT m.hh_id, m.pid, any_value(m.rel) AS rel,
                   bool_or(bool_or(m.rel IS NOT NULL)) OVER (PARTITION BY m.hh_id) AS told
            FROM members m GROUP BY m.hh_id, m.pid
        ), head AS (
            SELECT h.hh_id, b.item, b.source FROM household h JOIN book b ON b.pid = h.head_pid WHERE h.active
        ), stranger AS (
            SELECT m.hh_id, m.pid, m.source, b.item, b.source AS book_source, c.item AS head_item, c.source AS head_source
            FROM member m JOIN head c ON c.hh_id = m.hh_id JOIN book b ON b.pid = m.pid AND b.item <> c.item
            JOIN related r ON r.hh_id = m.hh_id AND r.pid = m.pid
            WHERE m.active AND m.covered AND CASE WHEN r.rel IS NULL THEN r.told ELSE list_contains($unrelated, r.rel) END
        )
        SELECT s.hh_id AS household_id, '跨' || (1 + count(DISTINCT s.item)) || '本户口簿' AS observed,
               '共同生活的家庭成员' AS expected, any_value(h.monthly) AS amount_fen, '18位身份证号' AS match_key,
               '该户' || count(*) || '名保障对象登记在另外' || count(DISTINCT s.item) || '本户口簿上，与户主的关系为其他或空白。'
               AS explanation,
               [any_value(h.source), any_value(s.head_source)]
               || flatten(list([s.source, s.book_source] ORDER BY s.pid)) AS sources
        FROM stranger s JOIN household h ON h.hh_id = s.hh_id GROUP BY s.hh_id
        """,
        {"unrelated": words(plan, "unrelated_relations", today)},
    )
