-- Synthetic evidence of any size: two members a household, one lead planted in a thousand of several kinds.
-- $households and $months (pay months) are set by scale.py; nobody in it exists.

CREATE MACRO pid(i) AS printf('%06d', 110000 + (i * 7919 % 60000011) // 27000000)
    || strftime(DATE '1936-01-01' + ((i * 7919 % 60000011) // 1000 % 27000)::INTEGER, '%Y%m%d')
    || printf('%03dX', i * 7919 % 60000011 % 1000);
CREATE MACRO township(h) AS printf('36%07d', h // 500);
CREATE MACRO village(h) AS township(h) || printf('%03d', h // 50 % 10);
CREATE MACRO hh(h) AS printf('D%09d', h);
CREATE MACRO file(h) AS printf('%07d.xlsx', h // 500);

CREATE TABLE base AS
SELECT h, hh(h) AS hh_id, CASE WHEN h % 10 < 3 THEN '城市' ELSE '农村' END AS kind,
       CASE WHEN h % 10 < 3 THEN 33000 ELSE 20000 END AS std,
       CASE WHEN h % 10 < 3 THEN 33000 ELSE 20000 END - 5000 - h * 37 % 80 * 100 AS pci,
       '2009-' || printf('%02d', 1 + h % 12) AS start
FROM range($households) r(h);

CREATE TABLE households AS
SELECT hh_id, kind, township(h) AS twn_id, village(h) AS vil_id, '户主' || h AS head, pid(2 * h) AS head_pid,
       2 AS size, 2 AS covered, pci * 24 AS income_year, pci, '疾病' AS cause, '补差' AS method,
       (std - pci) * 2 AS base, (std - pci) * 2 AS total, start, printf('6228%012d', h) AS acct,
       file(h) AS source_file, '台账' AS source_sheet, 2 + h % 500 AS source_row FROM base;
-- one in a thousand is a member of the household before, too
CREATE TABLE members AS
SELECT hh_id, pid(CASE WHEN m = 1 AND h % 1000 = 5 THEN 2 * h - 1 ELSE 2 * h + m END) AS pid,
       CASE m WHEN 0 THEN '户主' || h ELSE '成员' || h END AS name, CASE m WHEN 0 THEN '本人' ELSE '配偶' END AS rel,
       '男' AS sex, true AS is_cov,
       file(h) AS source_file, '成员' AS source_sheet, 2 + h % 500 * 2 + m AS source_row FROM base, range(2) t(m);
-- one in a thousand is short by 50 yuan, unpaid, paid twice, paid to the account of the next household
CREATE TABLE payments AS
SELECT hh_id, month AS period, (month || '-10')::DATE AS paid_on, kind,
       (std - pci) * 2 * CASE kind WHEN '城市' THEN 1 ELSE 3 END - CASE WHEN h % 1000 = 1 THEN 5000 ELSE 0 END AS amt,
       printf('6228%012d', h + CASE WHEN h % 1000 = 2 THEN 1 ELSE 0 END) AS acct,
       file(h) AS source_file, month || '-' || n AS source_sheet, 2 + h % 500 AS source_row
FROM base, (SELECT unnest($months::VARCHAR[]) AS month), range(2) t(n)
WHERE (kind = '城市' OR month[6:7] IN ('01', '04', '07', '10')) AND h % 1000 <> 9 AND (n = 0 OR h % 1000 = 4);
CREATE TABLE assessments AS
SELECT hh_id, DATE '2011-03-01' AS date, CASE WHEN h % 1000 = 6 THEN std ELSE pci END AS pci,
       file(h) AS source_file, '核定' AS source_sheet, 2 + h % 500 AS source_row FROM base;
CREATE TABLE case_events AS
SELECT hh_id, day AS apply, day + 10 AS review, day + 12 AS post1, day + 20 AS post1_end, day + 22 AS twn_review,
       day + 29 AS approve, file(h) AS source_file, '审批' AS source_sheet, 2 + h % 500 AS source_row
FROM (SELECT *, DATE '2008-06-01' + (h * 31 % 180)::INTEGER AS day FROM base);
CREATE TABLE exits AS
SELECT hh_id, DATE '2011-05-15' AS exit_on, '收入超标' AS reason, file(h) AS source_file, '退出' AS source_sheet,
       2 + h % 500 AS source_row FROM base WHERE h % 50 = 7;
-- deaths of others are ten times those of members; household books of one household in twenty
CREATE TABLE registers AS
WITH entry AS (
    SELECT '死亡' AS reg, i, DATE '2010-05-05' AS day, NULL AS item, NULL AS attr FROM range(2 * $households) r(i)
    WHERE i % 2000 = 0
    UNION ALL SELECT '死亡', 45000000 + i, DATE '2010-05-05', NULL, NULL FROM range($households // 100) r(i)
    UNION ALL SELECT '机动车', i, DATE '2010-05-05', NULL, NULL FROM range(2 * $households) r(i) WHERE i % 2000 = 1000
    UNION ALL SELECT '财政供养', 45500000 + i, DATE '2010-05-05', NULL, NULL FROM range($households // 20) r(i)
    UNION ALL SELECT '户籍', i, NULL, printf('H%09d', i // 2), CASE i % 2 WHEN 0 THEN '户主' ELSE '配偶' END
    FROM range(2 * $households) r(i) WHERE i // 2 % 20 = 0
)
SELECT reg, pid(i) AS pid, day AS "from", item, attr, DATE '2011-05-31' AS asof,
       reg || '.csv' AS source_file, '' AS source_sheet, 2 + row_number() OVER () AS source_row FROM entry;
CREATE TABLE reviews AS
SELECT village(h) AS vil_id, DATE '2011-04-20' AS met_on, hh_id, 24 AS present, 22 AS agree, 2 AS disagree,
       CASE WHEN h % 1000 = 8 THEN '不符合' ELSE '符合' END AS result, true AS sig_rep, true AS sig_dir, true AS sig_twn,
       file(h) AS source_file, '评议' AS source_sheet, 2 + h % 500 AS source_row FROM base;
CREATE TABLE panels AS
SELECT village(50 * v) AS vil_id, '评议员' || p AS name, pid(48000000 + v * 25 + p) AS pid,
       CASE WHEN p = 0 THEN '挂点领导' WHEN p < 5 THEN '老党员' ELSE '村(居)民代表' END AS role, true AS present,
       file(50 * v) AS source_file, '评议团' AS source_sheet, 2 + v % 10 * 25 + p AS source_row
FROM range($households // 50) r(v), range(25) t(p);
CREATE TABLE cadres AS
SELECT pid(47000000 + v) AS cad_pid, '干部' || v AS cad, township(50 * v) AS twn_id, village(50 * v) AS vil_id,
       file(50 * v) AS source_file, '干部' AS source_sheet, 2 + v % 10 AS source_row FROM range($households // 50) r(v);
CREATE TABLE filings AS
SELECT cad_pid, true AS nil, source_file, '备案' AS source_sheet, source_row FROM cadres WHERE source_row <> 5;
CREATE TABLE standards AS
SELECT kind, '全市' AS area, DATE '2010-01-01' AS effective, std, std - 1000 AS floor, '文〔2010〕1号' AS doc_no,
       '德兴市人民政府' AS issuer, DATE '2009-12-01' AS issued, DATE '2009-12-10' AS published, true AS survey, true AS consult,
       '标准.xlsx' AS source_file, '标准' AS source_sheet, n AS source_row
FROM (VALUES ('城市', 33000, 2), ('农村', 20000, 3)) t(kind, std, n);
CREATE TABLE villages AS
SELECT village(50 * v) AS vil_id, township(50 * v) AS twn_id, '村' || v AS vil, '村居.xlsx' AS source_file,
       '村居' AS source_sheet, 2 + v AS source_row FROM range($households // 50) r(v);
CREATE TABLE townships AS
SELECT township(500 * t) AS twn_id, '乡' || t AS twn, '乡镇.xlsx' AS source_file, '乡镇' AS source_sheet,
       2 + t AS source_row FROM range($households // 500) r(t);
