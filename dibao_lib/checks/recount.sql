-- The self-inspection's figures counted again from the detail lists (R33, R47, R62); C3 and the verification read it.
-- One row a filled cell of 专项治理工作情况统计表 and way of counting: value as filed, n as counted (NULL where no list
-- was imported to count from). begun = first day of the self-inspection, due = day of the report.

CREATE MACRO form_recount(begun, due) AS TABLE
WITH form AS (
    SELECT *, coalesce(filed_on, due) AS as_of, place_of(source_file, source_sheet, source_row) AS source
    FROM stat_form
    QUALIFY row_number() OVER (PARTITION BY twn_id, kind ORDER BY filed_on DESC NULLS LAST,
                               source_file, source_sheet, source_row) = 1
), cell AS (
    SELECT f.twn_id, f.kind, f.source, c.* FROM form f, LATERAL (VALUES
        ('hh_p.households', '现有低保户数', '户', hh_p.households),
        ('hh_p.persons', '现有低保人数', '人', hh_p.persons),
        ('checked.households', '核查户数', '户', checked.households),
        ('checked.persons', '核查人数', '人', checked.persons),
        ('out5.merged_households', '清退合户保户数', '户', out5.merged_households),
        ('out5.merged_persons', '清退合户保人数', '人', out5.merged_persons),
        ('out5.split_households', '清退分户保户数', '户', out5.split_households),
        ('out5.split_persons', '清退分户保人数', '人', out5.split_persons),
        ('out5.favour_households', '清退人情保户数', '户', out5.favour_households),
        ('out5.favour_persons', '清退人情保人数', '人', out5.favour_persons),
        ('out5.relation_households', '清退关系保户数', '户', out5.relation_households),
        ('out5.relation_persons', '清退关系保人数', '人', out5.relation_persons),
        ('out5.welfare_households', '清退福利保户数', '户', out5.welfare_households),
        ('out5.welfare_persons', '清退福利保人数', '人', out5.welfare_persons),
        ('out5.income_households', '清退收入超标户数', '户', out5.income_households),
        ('out5.income_persons', '清退收入超标人数', '人', out5.income_persons),
        ('out5.death_households', '清退死亡户数', '户', out5.death_households),
        ('out5.death_persons', '清退死亡人数', '人', out5.death_persons),
        ('out5.other_households', '清退其他户数', '户', out5.other_households),
        ('out5.other_persons', '清退其他人数', '人', out5.other_persons),
        ('in_new.households', '新纳入户数', '户', in_new.households),
        ('in_new.persons', '新纳入人数', '人', in_new.persons),
        ('adj', '调整金额户数', '户', adj),
        ('panel.formed', '成立评议团数', '个', panel.formed),
        ('panel.met', '召开评议会数', '个', panel.met),
        ('board', '公示栏数', '个', board),
        ('calls.registered', '异议登记数', '件', calls.registered),
        ('calls.closed', '异议办结数', '件', calls.closed),
        ('money.involved', '涉及资金', '元', money.involved),
        ('money.recovered', '追缴资金', '元', money.recovered),
        ('people', '处理责任人数', '人', people)
    ) AS c(name, title, unit, value)
), leaving AS (
    SELECT d.hh_id, d.single, d.exit_on, d.source, h.kind, h.township_code, h.covered,
           CASE d.reason WHEN '合户保' THEN 'merged' WHEN '分户保' THEN 'split' WHEN '人情保' THEN 'favour'
                WHEN '关系保' THEN 'relation' WHEN '福利保' THEN 'welfare' WHEN '收入超标' THEN 'income'
                WHEN '死亡' THEN 'death' ELSE 'other' END AS reason
    FROM departure d JOIN household h ON h.hh_id = d.hh_id
    QUALIFY CASE WHEN d.single THEN bool_and(d.single) OVER (PARTITION BY d.hh_id)
                 ELSE row_number() OVER (PARTITION BY d.hh_id, d.single ORDER BY d.exit_on, d.source) = 1 END
), removed AS (
    SELECT f.twn_id, f.kind, l.reason, count(*) FILTER (NOT l.single) AS households,
           sum(CASE WHEN l.single THEN 1 ELSE l.covered END)::BIGINT AS persons,
           list(l.source ORDER BY l.hh_id, l.source) AS sources
    FROM form f JOIN leaving l ON l.township_code = f.twn_id AND l.kind = f.kind
                              AND l.exit_on BETWEEN begun AND f.as_of
    GROUP BY f.twn_id, f.kind, l.reason
), present AS (
    SELECT f.twn_id, f.kind, count(*) AS households, sum(h.covered)::BIGINT AS persons
    FROM form f JOIN household h ON h.township_code = f.twn_id AND h.kind = f.kind
                                AND active_on(h.start, h.left_on, h.stopped, f.as_of)
    GROUP BY f.twn_id, f.kind
), added AS (
    SELECT f.twn_id, f.kind, count(*) AS households, list(h.source ORDER BY h.hh_id) AS sources
    FROM form f JOIN household h ON h.township_code = f.twn_id AND h.kind = f.kind
                                AND h.start BETWEEN month_of(begun) AND month_of(f.as_of)
    GROUP BY f.twn_id, f.kind
), villages_with AS (
    SELECT v.township_code AS twn_id, 'panel.formed' AS name, count(DISTINCT p.village_code) AS n
    FROM panelist p JOIN village v ON v.code = p.village_code GROUP BY v.township_code
    UNION ALL
    SELECT v.township_code, 'panel.met', count(DISTINCT r.vil_id)
    FROM reviews r JOIN village v ON v.code = r.vil_id GROUP BY v.township_code
), recount AS (
    SELECT twn_id, kind, 'hh_p.households' AS name, households AS n, [] AS sources FROM present
    UNION ALL SELECT twn_id, kind, 'hh_p.persons', persons, [] FROM present
    UNION ALL SELECT twn_id, kind, 'out5.' || reason || '_households', households, sources FROM removed
    UNION ALL SELECT twn_id, kind, 'out5.' || reason || '_persons', persons, sources FROM removed
    UNION ALL SELECT twn_id, kind, 'in_new.households', households, sources FROM added
    UNION ALL SELECT twn_id, '合计', name, n, [] FROM villages_with
), known AS (
    SELECT DISTINCT township_code FROM household
), compared AS (
    SELECT c.*, CASE WHEN CASE
               WHEN c.kind = '合计' THEN (c.name = 'panel.formed' AND EXISTS (FROM panels))
                                       OR (c.name = 'panel.met' AND EXISTS (FROM reviews))
               WHEN c.twn_id NOT IN (FROM known) THEN false
               WHEN c.name LIKE 'out5.%' THEN EXISTS (FROM exits)
               ELSE c.name LIKE 'hh_p.%' OR c.name = 'in_new.households' END
               THEN coalesce(r.n, 0) END AS n,
           '按明细计算' AS basis, coalesce(r.sources, []) AS detail
    FROM cell c LEFT JOIN recount r ON r.twn_id = c.twn_id AND r.kind = c.kind AND r.name = c.name
    UNION ALL
    SELECT t.*, u.value + r.value, '城市与农村相加', [u.source, r.source]
    FROM cell t JOIN cell u ON u.twn_id = t.twn_id AND u.name = t.name AND u.kind = '城市'
    JOIN cell r ON r.twn_id = t.twn_id AND r.name = t.name AND r.kind = '农村'
    WHERE t.kind = '合计' AND u.value IS NOT NULL AND r.value IS NOT NULL
)
SELECT twn_id, kind, name, title, unit, value, n, basis, source, detail FROM compared WHERE value IS NOT NULL;
