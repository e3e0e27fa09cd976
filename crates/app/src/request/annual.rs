//! Tables 3 and 4 of the annual report (国办公开办函〔2021〕30号), counted from what happened. Pure.

use super::model::{Class, DisputeWay, Outcome, Ruling};
use kernel::Day;

/// The numbers of a row by class of applicant, in the order of [`Class::ALL`], and their total.
pub const COLUMNS: usize = 7;

/// What is counted of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counted {
    pub class: Class,
    /// Received, or come while nobody has confirmed.
    pub on: Day,
    pub closed: Option<Day>,
    pub outcome: Option<Outcome>,
}

/// A row of table 3.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// `I`, `II`, `3.3.4`, `3.7`, `IV`.
    pub id: &'static str,
    /// `（三）不予公开`, where several rows stand under one heading; else the row's own label.
    pub group: &'static str,
    /// Empty where the group says it all.
    pub label: &'static str,
    pub numbers: [u32; COLUMNS],
}

impl Line {
    /// `（三）不予公开：1.属于国家秘密`.
    pub fn name(&self) -> String {
        if self.label.is_empty() { self.group.to_owned() } else { format!("{}：{}", self.group, self.label) }
    }
}

/// The 25 rows of the form, in its order: 21 outcomes between what came, what was carried over and what goes on.
#[rustfmt::skip]
pub const ROWS: [(&str, &str, &str); 25] = [
    ("I", "一、本年新收政府信息公开申请数量", ""),
    ("II", "二、上年结转政府信息公开申请数量", ""),
    ("3.1", "（一）予以公开", ""),
    ("3.2", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    ("3.3.1", "（三）不予公开", "1.属于国家秘密"),
    ("3.3.2", "（三）不予公开", "2.其他法律行政法规禁止公开"),
    ("3.3.3", "（三）不予公开", "3.危及“三安全一稳定”"),
    ("3.3.4", "（三）不予公开", "4.保护第三方合法权益"),
    ("3.3.5", "（三）不予公开", "5.属于三类内部事务信息"),
    ("3.3.6", "（三）不予公开", "6.属于四类过程性信息"),
    ("3.3.7", "（三）不予公开", "7.属于行政执法案卷"),
    ("3.3.8", "（三）不予公开", "8.属于行政查询事项"),
    ("3.4.1", "（四）无法提供", "1.本机关不掌握相关政府信息"),
    ("3.4.2", "（四）无法提供", "2.没有现成信息需要另行制作"),
    ("3.4.3", "（四）无法提供", "3.补正后申请内容仍不明确"),
    ("3.5.1", "（五）不予处理", "1.信访举报投诉类申请"),
    ("3.5.2", "（五）不予处理", "2.重复申请"),
    ("3.5.3", "（五）不予处理", "3.要求提供公开出版物"),
    ("3.5.4", "（五）不予处理", "4.无正当理由大量反复申请"),
    ("3.5.5", "（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
    ("3.6.1", "（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("3.6.2", "（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("3.6.3", "（六）其他处理", "3.其他"),
    ("3.7", "（七）总计", ""),
    ("IV", "四、结转下年度继续办理", ""),
];

/// The rows of the form with these numbers.
pub fn lines(numbers: &[[u32; COLUMNS]]) -> Vec<Line> {
    let line = |((id, group, label), numbers): (_, &[u32; COLUMNS])| Line { id, group, label, numbers: *numbers };
    ROWS.into_iter().zip(numbers).map(line).collect()
}

/// Whether a row of a year's table counts this request.
pub fn counts(row: &str, c: &Counted, year: i16) -> bool {
    let closed = c.closed.map(Day::year);
    match row {
        "I" => c.on.year() == year,
        "II" => c.on.year() < year && closed.is_none_or(|y| y >= year),
        "3.7" => closed == Some(year),
        "IV" => c.on.year() <= year && closed.is_none_or(|y| y > year),
        outcome => closed == Some(year) && c.outcome.is_some_and(|o| o.row() == outcome),
    }
}

/// Table 3 of a year.
pub fn table3(requests: &[Counted], year: i16) -> Vec<Line> {
    let of = |(row, ..): &(&str, &str, &str)| counted(requests.iter().filter(|c| counts(row, c, year)));
    lines(&ROWS.iter().map(of).collect::<Vec<_>>())
}

fn counted<'a>(requests: impl Iterator<Item = &'a Counted>) -> [u32; COLUMNS] {
    let mut numbers = [0; COLUMNS];
    for c in requests {
        numbers[c.class as usize] += 1;
        numbers[COLUMNS - 1] += 1;
    }
    numbers
}

/// What does not hold of a table, in Chinese: 勾稽关系 per column, the sum of the outcomes, the total of a row.
pub fn faults(table: &[Line]) -> Vec<String> {
    let numbers = |id: &str| table.iter().find(|l| l.id == id).map_or([0; COLUMNS], |l| l.numbers);
    let (new, carried, total, on) = (numbers("I"), numbers("II"), numbers("3.7"), numbers("IV"));
    let mut out = vec![];
    for n in 0..COLUMNS {
        if new[n] + carried[n] != total[n] + on[n] {
            out.push(format!("第 {} 列：第一项加第二项之和，不等于第三项加第四项之和", n + 1));
        }
        let outcomes = table.iter().filter(|l| l.id.starts_with("3.") && l.id != "3.7");
        let sum: u32 = outcomes.map(|l| l.numbers[n]).sum();
        // The printed form of other bodies may give the total alone.
        if sum != total[n] && table.len() == ROWS.len() {
            out.push(format!("第 {} 列：各项结果之和不等于总计", n + 1));
        }
    }
    for l in table.iter().filter(|l| l.numbers[..COLUMNS - 1].iter().sum::<u32>() != l.numbers[COLUMNS - 1]) {
        out.push(format!("{}：各类申请人之和不等于总计", l.name()));
    }
    out
}

/// The columns, by their index, in which what a year carries over is not what the next one found.
pub fn untied(before: &[Line], after: &[Line]) -> Vec<usize> {
    let numbers = |table: &[Line], id: &str| table.iter().find(|l| l.id == id).map_or([0; COLUMNS], |l| l.numbers);
    let (left, found) = (numbers(before, "IV"), numbers(after, "II"));
    (0..COLUMNS).filter(|n| left[*n] != found[*n]).collect()
}

/// A dispute as it is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dispute {
    pub way: DisputeWay,
    pub filed: Day,
    pub decided: Option<(Day, Ruling)>,
}

impl Dispute {
    /// The column of a year's table 4 that counts it, before the total: 维持, 纠正, 其他, 尚未审结.
    pub fn column(&self, year: i16) -> Option<usize> {
        match self.decided {
            _ if self.filed.year() > year => None,
            Some((day, _)) if day.year() < year => None,
            Some((day, ruling)) if day.year() == year => Some(ruling as usize),
            _ => Some(3),
        }
    }
}

/// Table 4 of a year: for each way 维持, 纠正, 其他, 尚未审结, 总计. Counted in it: what was decided in the year, and what
/// was filed by its end and is still open then.
pub fn table4(disputes: &[Dispute], year: i16) -> [[u32; 5]; 3] {
    let mut table = [[0; 5]; 3];
    for d in disputes {
        if let Some(column) = d.column(year) {
            table[d.way as usize][column] += 1;
            table[d.way as usize][4] += 1;
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    /// The figures of a city for 2025: the identities hold of them, and do not once one figure is another.
    #[test]
    fn the_identities_of_the_form() {
        let line = |id, numbers| Line { id, group: "", label: "", numbers };
        let real = vec![
            line("I", [13_612, 252, 0, 45, 128, 32, 14_069]),
            line("II", [535, 6, 0, 1, 18, 0, 560]),
            line("3.7", [13_364, 252, 0, 44, 121, 29, 13_810]),
            line("IV", [783, 6, 0, 2, 25, 3, 819]),
        ];
        assert_eq!(faults(&real), Vec::<String>::new());
        let mut wrong = real.clone();
        wrong[3].numbers[0] += 1;
        assert_eq!(faults(&wrong).len(), 2, "the column and the row");
    }

    /// Whatever happens, a year's table balances and ties to the next.
    #[test]
    fn every_year_balances_and_ties_to_the_next() {
        let mut all = vec![];
        for n in 0..400_i32 {
            let on = day("2024-01-05").plus(n * 3);
            let closed = (n % 7 != 0).then(|| on.plus(n % 90));
            let outcome = closed.map(|_| Outcome::ALL[n as usize % Outcome::ALL.len()]);
            all.push(Counted { class: Class::ALL[n as usize % Class::ALL.len()], on, closed, outcome });
        }
        let tables: Vec<_> = (2023..=2028).map(|year| table3(&all, year)).collect();
        for pair in tables.windows(2) {
            assert_eq!(faults(&pair[1]), Vec::<String>::new());
            assert!(untied(&pair[0], &pair[1]).is_empty());
        }
        let total = |n: usize, id: &str| tables[n].iter().find(|l| l.id == id).map(|l| l.numbers[6]);
        assert_eq!((tables[1].len(), total(0, "I"), total(1, "II")), (25, Some(0), Some(0)));
        assert!(total(1, "I") > Some(100) && total(2, "II") > Some(0));
        assert!(!untied(&tables[1], &tables[3]).is_empty());
    }

    #[test]
    fn disputes_are_counted_once_and_open_ones_every_year() {
        let filed = day("2024-11-01");
        let all = [
            Dispute { way: DisputeWay::Reconsideration, filed, decided: Some((day("2025-01-10"), Ruling::Upheld)) },
            Dispute { way: DisputeWay::SuitAfter, filed, decided: None },
        ];
        assert_eq!(table4(&all, 2024), [[0, 0, 0, 1, 1], [0; 5], [0, 0, 0, 1, 1]]);
        assert_eq!(table4(&all, 2025), [[1, 0, 0, 0, 1], [0; 5], [0, 0, 0, 1, 1]]);
        assert_eq!(table4(&all, 2026), [[0; 5], [0; 5], [0, 0, 0, 1, 1]]);
    }
}
