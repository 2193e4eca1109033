-- The relations the rules read, made once per run.
-- Plural names (households, payments) are evidence as it came; singular names (household, payment) are derived here.
-- `setting`, `township` and `village` are made from the plan before this file runs; `called` (every id beside a name),
-- `doubtful_id` (ids of several names), `reused_certificate` (numbers of several heads) and `doubtful_certificate`
-- (these and provisional numbers) from all of the evidence.

-- the months under inspection; quarter_first is the pay month a quarterly payer pays for this month, third the second
-- month after it
CREATE TABLE calendar AS
WITH months AS (
    SELECT month_of(unnest(generate_series((first_month || '-01')::DATE, (last_month || '-01')::DATE,
                                           INTERVAL 1 MONTH))) AS month, pay_months
    FROM setting
)
SELECT month, month_after(month, -list_min(list_transform(
                  pay_months, lambda p: (month[6:7]::INTEGER - p + 12) % 12))) AS quarter_first,
       month_after(month, 2) AS third
FROM months;

-- one row per certificate number
CREATE TABLE ledger AS
SELECT *, place_of(source_file, source_sheet, source_row) AS source FROM households
QUALIFY row_number() OVER (PARTITION BY hh_id ORDER BY source_file, source_sheet, source_row) = 1;

-- members as listed, one row per person of a household (by id, else by name)
CREATE TABLE listed AS
SELECT m.hh_id, m.pid, m.name, m.is_cov, place_of(m.source_file, m.source_sheet, m.source_row) AS source,
       coalesce(m.rel = '本人' OR m.pid = h.head_pid, false)
       OR (m.rel IS NULL AND h.head_pid IS NULL AND coalesce(m.name = h.head, false)) AS is_head,
       coalesce(m.name = h.head, false) AS has_head_name
FROM members m JOIN ledger h ON h.hh_id = m.hh_id
QUALIFY row_number() OVER (PARTITION BY m.hh_id, coalesce(m.pid, m.name)
                           ORDER BY m.source_file, m.source_sheet, m.source_row) = 1
    AND (m.pid IS NOT NULL OR NOT bool_or(m.pid IS NOT NULL) OVER (PARTITION BY m.hh_id, m.name));

-- exits; `single` = only that member left, the household stays
CREATE TABLE departure AS
SELECT e.hh_id, e.pid, e.exit_on, e.reason, place_of(e.source_file, e.source_sheet, e.source_row) AS source,
       l.pid IS NOT NULL AS single
FROM exits e LEFT JOIN listed l ON l.hh_id = e.hh_id AND l.pid = e.pid AND NOT l.is_head;

-- assessments that say what the household has a head and a month, one row per household and day
CREATE TABLE assessment AS
WITH told AS (
    SELECT a.hh_id, a."date" AS assessed_on, coalesce(a.pci, a.total // (12 * nullif(h.size, 0))) AS pci, a.living,
           place_of(a.source_file, a.source_sheet, a.source_row) AS source, a.source_file, a.source_sheet, a.source_row
    FROM assessments a JOIN ledger h ON h.hh_id = a.hh_id
)
SELECT hh_id, assessed_on, pci, living, source FROM told WHERE assessed_on IS NOT NULL AND pci IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY hh_id, assessed_on
                           ORDER BY pci, source_file, source_sheet, source_row) = 1;

-- monthly = the household's monthly total; pci = the one in force today; stopped = ended, nobody wrote when
CREATE TABLE household AS
WITH ending AS (
    SELECT h.hh_id, min(d.exit_on) FILTER (h.start IS NULL OR h.start <= month_of(d.exit_on)) AS left_on,
           bool_or(d.exit_on IS NULL) AS undated
    FROM ledger h JOIN departure d ON d.hh_id = h.hh_id AND NOT d.single GROUP BY h.hh_id
), latest AS (
    SELECT a.hh_id, max_by(a, a.assessed_on) AS a FROM assessment a, setting
    WHERE a.assessed_on <= today GROUP BY a.hh_id
), dated AS (
    SELECT h.*, e.left_on,
           e.left_on IS NULL
           AND (coalesce(h.status IN ('停保', '注销'), false) OR coalesce(e.undated, false)) AS stopped,
           l.a.assessed_on AS assessed_on, l.a.pci AS assessed_pci, l.a.living AS living, l.a.source AS assessed_source
    FROM ledger h LEFT JOIN ending e ON e.hh_id = h.hh_id LEFT JOIN latest l ON l.hh_id = h.hh_id
)
SELECT hh_id, kind, twn_id AS township_code, vil_id AS village_code, head, head_pid, hukou_no, size, covered,
       income_year, pci AS own_pci, coalesce(assessed_pci, pci) AS pci, assessed_on, assessed_pci, assessed_source,
       concat_ws(' ', cause, cls, method, living) AS remarks, coalesce(method, '补差') AS method, base,
       coalesce(top_hh, 0) + coalesce(top_person, 0) AS tops, total,
       coalesce(total, base + coalesce(top_hh, 0) + coalesce(top_person, 0)) AS monthly,
       start, left_on, stopped, active_on(start, left_on, stopped, today) AS active, source
FROM dated, setting;

-- persons of households: those listed, and a covered head whom the member sheet leaves out
CREATE TABLE member AS
WITH sheet AS (
    SELECT hh_id, bool_or(is_head OR has_head_name) AS has_head, count(*) FILTER (coalesce(is_cov, true)) AS n
    FROM listed GROUP BY hh_id
), person AS (
    SELECT hh_id, pid, name, coalesce(is_cov, true) AS covered, source FROM listed
    UNION ALL
    SELECT h.hh_id, h.head_pid, h.head, true, h.source FROM ledger h LEFT JOIN sheet s ON s.hh_id = h.hh_id
    WHERE h.head_pid IS NOT NULL AND NOT coalesce(s.has_head, false) AND coalesce(h.covered > coalesce(s.n, 0), true)
), gone AS (
    SELECT hh_id, pid, min(exit_on) AS left_on FROM departure WHERE single AND exit_on IS NOT NULL GROUP BY ALL
)
SELECT p.hh_id, p.pid, p.name, p.covered, h.start, least(h.left_on, g.left_on) AS left_on, h.stopped,
       active_on(h.start, least(h.left_on, g.left_on), h.stopped, today) AS active, p.source
FROM setting, person p JOIN household h ON h.hh_id = p.hh_id LEFT JOIN gone g ON g.hh_id = p.hh_id AND g.pid = p.pid;

-- the standards that apply in each township: its own ones from the first on, else the county's
CREATE TABLE standard AS
WITH named AS (
    SELECT s.kind, s.effective, s.std, place_of(s.source_file, s.source_sheet, s.source_row) AS source,
           trim(coalesce(s.area, '')) AS area, s.source_file, s.source_sheet, s.source_row
    FROM standards s
), own AS (
    SELECT n.*, t.code FROM named n JOIN township t ON list_contains(t.names, n.area)
), county AS (
    SELECT n.*, t.code FROM named n, setting, township t
    WHERE list_contains(county_words, n.area)
      AND NOT EXISTS (FROM own o WHERE o.kind = n.kind AND o.code = t.code AND o.effective <= n.effective)
)
SELECT kind, code AS township_code, effective, std, source FROM (FROM own UNION ALL FROM county)
QUALIFY row_number() OVER (PARTITION BY kind, code, effective
                           ORDER BY std DESC, source_file, source_sheet, source_row) = 1;

-- payments that arrived; net counts deductions as negative
CREATE TABLE payment AS
SELECT p.hh_id, p.period AS month, coalesce(p.kind, h.kind) AS kind, h.twn_id AS township_code,
       CASE WHEN p.amt < 0 THEN '扣回' ELSE coalesce(p.ptype, '正常') END AS type, abs(p.amt) AS amt,
       CASE WHEN p.amt < 0 OR p.ptype = '扣回' THEN -abs(p.amt) ELSE p.amt END AS net, p.acct, p.collector,
       p.pid, p.paid_on, p.mode, p.acct_name,
       place_of(p.source_file, p.source_sheet, p.source_row) AS source, p.source_file, p.source_sheet, p.source_row
FROM payments p LEFT JOIN ledger h ON h.hh_id = p.hh_id
WHERE coalesce(p.ret, '成功') = '成功';

-- the months payment evidence speaks of, per kind
CREATE TABLE payment_window AS
SELECT p.kind, greatest(min(p.month), s.first_month) AS first_month, least(max(p.month), s.last_month) AS last_month
FROM payment p, setting s WHERE p.kind IS NOT NULL GROUP BY p.kind, s.first_month, s.last_month;

-- 1 = paid every month, 3 = paid in the first month of a quarter
CREATE TABLE cycle AS
SELECT h.kind, h.township_code,
       CASE WHEN h.kind = '城市' THEN 1
            WHEN count(h.monthly) > 0 THEN CASE WHEN median(p.amt::DOUBLE / nullif(h.monthly, 0)) >= 2 THEN 3 ELSE 1 END
            WHEN 3 * count(*) FILTER (list_contains(pay_months, p.month[6:7]::INTEGER)) >= 2 * count(*)
                 AND count(DISTINCT p.month) FILTER (list_contains(pay_months, p.month[6:7]::INTEGER)) >= 2 THEN 3
            ELSE 1 END AS cycle
FROM setting, payment p JOIN household h ON h.hh_id = p.hh_id
WHERE p.type = '正常' GROUP BY h.kind, h.township_code;

-- panel members, one row per person of a village (by id, else by name)
CREATE TABLE panelist AS
WITH seat AS (
    SELECT vil_id AS village_code, coalesce(pid, max(pid) OVER (PARTITION BY vil_id, name), name) AS person,
           role, place_of(source_file, source_sheet, source_row) AS source, source_file, source_sheet, source_row
    FROM panels
)
SELECT village_code, person, bool_or(coalesce(role = '村(居)民代表', false)) AS representative,
       list(source ORDER BY source_file, source_sheet, source_row) AS sources
FROM seat GROUP BY village_code, person;

-- the months a household should be paid in; part quarters of a quarterly payer are left out
CREATE TABLE expected AS
SELECT h.hh_id, h.kind, h.township_code, c.month, coalesce(y.cycle, 1) AS cycle
FROM household h JOIN payment_window w ON w.kind = h.kind
JOIN calendar c ON c.month BETWEEN w.first_month AND w.last_month
LEFT JOIN cycle y ON y.kind = h.kind AND y.township_code = h.township_code
WHERE covers(h.start, h.left_on, h.stopped, c.month)
  AND (coalesce(y.cycle, 1) = 1
       OR (c.month = c.quarter_first AND covers(h.start, h.left_on, h.stopped, c.third)));
