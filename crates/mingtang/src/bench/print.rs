//! The table as people read it.

use super::figure::{Bound, Peer, Row, Spread, Verdict};

const HEAD: [&str; 9] =
    ["row", "records", "work", "ours (min–max)", "peer (min–max)", "ratio (min–max)", "floor", "goal", "verdict"];

/// The table, columns aligned; wide enough for a wide terminal.
pub fn table(rows: &[Row]) -> String {
    let lines: Vec<[String; 9]> = std::iter::once(HEAD.map(str::to_owned)).chain(rows.iter().map(cells)).collect();
    let width = |n: usize| lines.iter().map(|l| l[n].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let line = |cells: &[String; 9]| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn cells(row: &Row) -> [String; 9] {
    let unit = row.unit;
    let peer = match &row.peer {
        Peer::Measured { name, figure } => format!("{name} {} {unit}", spread(figure)),
        Peer::Published { name, figure } => format!("{name} {} {unit} (published)", number(*figure)),
        Peer::None => "–".into(),
    };
    let (floor, goal) = bounds(row.bound, if row.is_ratio { "x" } else { unit });
    let verdict = match &row.verdict {
        Verdict::Goal => "goal".into(),
        Verdict::Floor => "floor".into(),
        Verdict::Below => "BELOW FLOOR".into(),
        Verdict::None(why) => why.clone(),
    };
    let ratio = if row.is_ratio { format!("{}x", spread(&row.judged)) } else { "–".into() };
    let ours = format!("{} {unit}", spread(&row.ours));
    [row.name.into(), row.records.to_string(), row.what.clone(), ours, peer, ratio, floor, goal, verdict]
}

fn bounds(bound: Bound, unit: &str) -> (String, String) {
    let both = |sign: &str, floor: f64, goal: Option<f64>| {
        let text = |figure: f64| format!("{sign} {} {unit}", number(figure)).replace(" x", "x");
        (if floor.is_finite() { text(floor) } else { "–".into() }, goal.map_or("–".into(), text))
    };
    match bound {
        Bound::AtLeast { floor, goal } => both("≥", floor, goal),
        Bound::AtMost { floor, goal } => both("≤", floor, goal),
        Bound::Unbound => ("–".into(), "–".into()),
    }
}

fn spread(s: &Spread) -> String {
    if s.min == s.max {
        number(s.median)
    } else {
        format!("{} ({}–{})", number(s.median), number(s.min), number(s.max))
    }
}

/// Three figures that count.
pub fn number(n: f64) -> String {
    match n.abs() {
        a if a >= 100.0 => format!("{n:.0}"),
        a if a >= 10.0 => format!("{n:.1}"),
        a if a >= 1.0 => format!("{n:.2}"),
        _ => format!("{n:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figure::Figures;

    #[test]
    fn a_row_says_all_of_it() {
        let figures = Figures {
            name: "W1",
            what: "cached page".into(),
            records: 1000,
            unit: "req/s",
            ours: vec![50.0, 60.0, 70.0],
        };
        let row = figures.beside("nginx", &[100.0, 100.0, 100.0], Bound::AtLeast { floor: 0.6, goal: Some(0.8) });
        let text = table(&[row]);
        for part in
            ["60.0 (50.0–70.0) req/s", "nginx 100 req/s", "0.600 (0.500–0.700)x", "≥ 0.600x", "≥ 0.800x", "floor"]
        {
            assert!(text.contains(part), "{part} not in\n{text}");
        }
    }
}
