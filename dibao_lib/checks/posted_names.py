"""三查: do the boards name those whom the register names - recipients and removals, village by village (R50)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan

# the last look at each board, a team's before a list's; a board is named when every hamlet's list was written down in full
_BOARDS = """
    seen AS (
        SELECT *, place_of(source_file, source_sheet, source_row) AS source,
               len(coalesce(names, [])) > 0 AND NOT mentions(array_to_string(names, ''), ['*', '＊', '某']) AS told
        FROM postings
        WHERE (n_list IS NOT NULL OR len(names) > 0 OR up = false) AND seen_on IS NOT NULL AND board IN ('低保对象', '退保对象')
        QUALIFY row_number() OVER (PARTITION BY vil_id, board, coalesce(trim("natural"), '')
                                   ORDER BY by_team(source_file) DESC, seen_on DESC, source_file, source_sheet,
                                            source_row) = 1
    ), board AS (
        SELECT vil_id AS village_code, board, sum(coalesce(n_list, len(names)))::BIGINT AS n, max(seen_on) AS seen_on,
               bool_and(told) AS named, bool_or(nullif(trim("natural"), '') IS NOT NULL) AS hamlets,
               flatten(list(coalesce(names, []) ORDER BY source)) AS names, list(source ORDER BY source) AS sources
        FROM seen WHERE up IS DISTINCT FROM false GROUP BY vil_id, board
    )"""

_COUNTED = """
    unplaced AS (
        SELECT township_code, count(*) AS n FROM household WHERE village_code IS NULL GROUP BY township_code
    ), counted AS (
        SELECT b.village_code, b.board, count(*) FILTER (active_on(h.start, h.left_on, h.stopped, b.seen_on)) AS here,
               (sum(h.covered) FILTER (active_on(h.start, h.left_on, h.stopped, b.seen_on)))::BIGINT AS persons,
               count(*) FILTER (h.left_on BETWEEN $begun AND b.seen_on) AS gone,
               (sum(h.covered) FILTER (h.left_on BETWEEN $begun AND b.seen_on))::BIGINT AS gone_persons
        FROM board b JOIN household h ON h.village_code = b.village_code WHERE NOT b.named
        GROUP BY b.village_code, b.board
    ), single AS (
        SELECT b.village_code, count(*) AS n FROM board b JOIN household h ON h.village_code = b.village_code
        JOIN departure d ON d.hh_id = h.hh_id AND d.single AND d.exit_on BETWEEN $begun AND b.seen_on
        WHERE b.board = '退保对象' GROUP BY b.village_code
    ), compared AS (
        SELECT b.*, CASE b.board WHEN '低保对象' THEN c.here ELSE c.gone + coalesce(s.n, 0) END AS households,
               CASE b.board WHEN '低保对象' THEN coalesce(c.persons, 0)
                            ELSE coalesce(c.gone_persons, 0) + coalesce(s.n, 0) END AS persons,
               coalesce(s.n, 0) AS singles, coalesce(u.n, 0) AS unplaced
        FROM board b JOIN counted c ON c.village_code = b.village_code AND c.board = b.board
        LEFT JOIN single s ON s.village_code = b.village_code AND b.board = '退保对象'
        JOIN village v ON v.code = b.village_code LEFT JOIN unplaced u ON u.township_code = v.township_code
    )"""

# `due` must stand on the board by its head, whoever is `known` may; what moved in the month of the look may lag
_NAMED = """
    posted AS (
        SELECT DISTINCT village_code, board, regexp_replace(unnest(names), '[·•・．.\\s　]', '', 'g') AS name
        FROM board WHERE named
    ), place AS (
        SELECT b.village_code, b.board, b.seen_on, h.*, regexp_replace(h.head, '[·•・．.\\s　]', '', 'g') AS name,
               active_on(h.start, h.left_on, h.stopped, b.seen_on) AS here,
               coalesce(h.left_on BETWEEN $begun AND b.seen_on, false) AS gone
        FROM board b JOIN (SELECT * RENAME (village_code AS home) FROM household) h ON h.home = b.village_code
        WHERE b.named
    ), due AS (
        SELECT * FROM place
        WHERE name <> '' AND NOT regexp_matches(name, '[?？□*]')
          AND CASE board WHEN '低保对象' THEN here AND (start IS NULL OR start < month_of(seen_on))
                         ELSE gone AND month_of(left_on) < month_of(seen_on) END
    ), known AS (
        SELECT village_code, board, name FROM place
        WHERE CASE board WHEN '低保对象' THEN here OR month_of(left_on) = month_of(seen_on) ELSE gone END
        UNION
        SELECT p.village_code, p.board, regexp_replace(m.name, '[·•・．.\\s　]', '', 'g')
        FROM place p JOIN member m ON m.hh_id = p.hh_id
        WHERE CASE p.board WHEN '低保对象' THEN p.here OR month_of(p.left_on) = month_of(p.seen_on)
                           ELSE p.gone OR m.left_on BETWEEN $begun AND p.seen_on END
        UNION
        SELECT b.village_code, b.board, regexp_replace(h.head, '[·•・．.\\s　]', '', 'g')
        FROM board b JOIN village v ON v.code = b.village_code
        JOIN household h ON h.township_code = v.township_code AND h.village_code IS NULL
    ), missing AS (
        SELECT d.village_code, d.board, count(*) AS n, count(*) FILTER (EXISTS (
                   FROM payment p WHERE p.hh_id = d.hh_id
                   AND p.month BETWEEN month_after(month_of(d.seen_on), -2) AND month_of(d.seen_on))) AS paid,
               list(d.source ORDER BY d.hh_id) AS sources
        FROM due d ANTI JOIN posted o ON o.village_code = d.village_code AND o.board = d.board AND o.name = d.name
        GROUP BY d.village_code, d.board
    ), owed AS (
        SELECT village_code, board, count(*) AS n FROM due GROUP BY village_code, board
    ), extra AS (
        SELECT o.village_code, o.board, count(*) AS n FROM posted o
        ANTI JOIN known k ON k.village_code = o.village_code AND k.board = o.board AND k.name = o.name
        WHERE NOT regexp_matches(o.name, '[?？□*]') GROUP BY o.village_code, o.board
    ), differing AS (
        SELECT b.*, coalesce(m.n, 0) AS missing, coalesce(m.paid, 0) AS paid, coalesce(e.n, 0) AS extra,
               coalesce(m.sources, []) AS missing_sources, len(b.names) AS listed, w.n AS owed,
               coalesce(len(b.names) < w.n, false) AS short
        FROM board b LEFT JOIN owed w ON w.village_code = b.village_code AND w.board = b.board
        LEFT JOIN missing m ON m.village_code = b.village_code AND m.board = b.board
        LEFT JOIN extra e ON e.village_code = b.village_code AND e.board = b.board
        WHERE b.named AND (m.n > 0 OR e.n > 0)
    )"""


@check(
    "P10",
    "公示名单不符",
    clauses=("R50",),
    severity="A",
    certainty="E2",
    needs=("postings", "households"),
    version=3,
)
def board_differs_from_register(plan: Plan, today: dt.date) -> Query:
    """A board's names are not the register's of that day, or, where only their number was noted, the number is not.

    Names are compared by head and village; persons covered may be named too. A name in a village is a weak key, so that
    is a lead (B); fewer names than households are a breach whoever they are. Removals count from the beginning of the
    campaign. Boards of hamlets are put together and are a lead (B), as some may not have been seen. Caveat: people of
    one name in a village stand for each other; ids are never posted; a household whose village could not be read may be
    the one too many.
    """
    return Query(
        f"""
        WITH {_BOARDS}, {_COUNTED}, {_NAMED}
        SELECT village_code, board AS subject, month_of(seen_on) AS period, '公示' || n || '个' AS observed,
               households || '户、' || persons || '人' AS expected, '村' AS match_key,
               zh_day(seen_on) || '检查时' || board || '公示栏列' || n || '个，按台账应为' || households || '户、'
               || persons || '人。' AS explanation,
               sources, CASE WHEN hamlets THEN 'B' END AS severity
        FROM compared
        WHERE n NOT IN (households, persons, households - singles) AND n NOT BETWEEN households AND households + unplaced
        UNION ALL
        SELECT village_code, board, month_of(seen_on), '少列' || missing || '户，多列' || extra || '个姓名', '与台账一致',
               CASE WHEN short THEN '村' ELSE '户主姓名+村' END,
               zh_day(seen_on) || '检查时' || board || '公示栏' || array_to_string(list_filter([
                   CASE WHEN short THEN '列' || listed || '个姓名，应公示' || owed || '户' END,
                   CASE WHEN missing > 0 THEN '少列' || missing || '户'
                        || CASE WHEN paid > 0 THEN '（其中' || paid || '户近三个月领取了低保金）' ELSE '' END END,
                   CASE WHEN extra > 0 THEN '有' || extra || '个姓名不在台账应公示的范围内' END], lambda s: s IS NOT NULL), '，')
               || '。',
               sources || missing_sources[:50], CASE WHEN hamlets OR NOT short THEN 'B' END
        FROM differing
        """,
        {"begun": plan.date("campaign_start")},
    )
