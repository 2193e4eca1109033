-- Words of the queries: months, places, how people write figures, and when somebody is covered.

CREATE MACRO month_of(day) AS strftime(day, '%Y-%m');
CREATE MACRO month_after(month, n) AS strftime((month || '-01')::DATE + to_months(n::INTEGER), '%Y-%m');
CREATE MACRO month_end(month) AS last_day((month || '-01')::DATE);
CREATE MACRO place_of(file, sheet, "row") AS concat_ws('#', file, coalesce(sheet, ''), "row"::VARCHAR);

-- what an inspection team wrote down itself outranks what a list says
CREATE MACRO by_team(file) AS file = 'records.db';

-- how people write figures: 33050 -> 330.50, 2010-03 -> 2010年3月
CREATE MACRO yuan(fen) AS
    CASE WHEN fen < 0 THEN '-' ELSE '' END || format('{:,}', abs(fen)::BIGINT // 100)
    || CASE WHEN abs(fen)::BIGINT % 100 = 0 THEN '' ELSE format('.{:02d}', abs(fen)::BIGINT % 100) END;
CREATE MACRO zh_month(month) AS month[1:4] || '年' || month[6:7]::INTEGER || '月';
CREATE MACRO zh_day(day) AS zh_month(month_of(day)) || date_part('day', day)::INTEGER || '日';
CREATE MACRO mentions(text, words) AS len(list_filter(words, lambda w: contains(coalesce(text, ''), w))) > 0;
-- up to three months by name, more as a span
CREATE MACRO zh_months(months) AS
    CASE WHEN len(months) <= 3 THEN array_to_string(list_transform(months, lambda m: zh_month(m)), '、')
         ELSE zh_month(months[1]) || '至' || zh_month(months[-1]) || '间' || len(months) || '个月' END;
-- sentences that apply, joined; NULL ones do not apply
CREATE MACRO phrases(parts) AS array_to_string(list_filter(parts, lambda p: p IS NOT NULL), '；') || '。';

-- why a match on a key is not certain: the key does not stand for one person, or one household; NULL when it does
CREATE MACRO weak_match(match_key, person_doubtful, number_doubtful) AS
    CASE WHEN match_key = '18位身份证号' AND person_doubtful
         THEN '该身份证号在各表册中对应不同姓名，须先核对是否同一人。'
         WHEN match_key = '低保证号' AND number_doubtful
         THEN '该低保证号由几名户主共用或是缺号后编的临时号，须先核对是哪一户。' END;

-- whole steps of money: 四舍五入, 进位 or 舍去, for amounts not below 0
CREATE MACRO rounded(fen, step, mode) AS
    step * CASE mode WHEN '进位' THEN (fen + step - 1) // step WHEN '舍去' THEN fen // step
                     ELSE (2 * fen + step) // (2 * step) END;

-- cover: from the month of `start` up to, not including, the month of leaving
CREATE MACRO covers(start, left_on, stopped, month) AS
    NOT stopped AND (start IS NULL OR start <= month) AND (left_on IS NULL OR month < month_of(left_on));
CREATE MACRO active_on(start, left_on, stopped, day) AS
    NOT stopped AND (start IS NULL OR start <= month_of(day)) AND (left_on IS NULL OR left_on > day);
