//! Two versions of a text, side by side. Pure.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Longer lines are shown as changed whole: comparing letter by letter would take too long.
const LONGEST: usize = 2_000;

/// A piece of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Span {
    pub text: String,
    pub changed: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// A line that stayed, beside one that did not.
    Same(String),
    /// So many lines that stayed.
    Skipped(usize),
    Removed(String),
    Added(String),
    /// 原 and 现.
    Changed {
        old: Vec<Span>,
        new: Vec<Span>,
    },
}

/// What changed from one text to the other, with a line of context on each side. Empty where nothing did.
pub fn compare(old: &[String], new: &[String]) -> Vec<Change> {
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let mut out = vec![];
    for (i, op) in ops.iter().enumerate() {
        match *op {
            DiffOp::Equal { old_index, len, .. } => {
                same(&old[old_index..old_index + len], i == 0, i + 1 == ops.len(), &mut out);
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                out.extend(old[old_index..old_index + old_len].iter().cloned().map(Change::Removed));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                out.extend(new[new_index..new_index + new_len].iter().cloned().map(Change::Added));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                replaced(&old[old_index..old_index + old_len], &new[new_index..new_index + new_len], &mut out);
            }
        }
    }
    if out.iter().all(|c| matches!(c, Change::Same(_) | Change::Skipped(_))) { vec![] } else { out }
}

/// Keeps a line beside each change and counts the rest.
fn same(lines: &[String], first: bool, last: bool, out: &mut Vec<Change>) {
    let (head, tail) = (usize::from(!first), usize::from(!last));
    if lines.len() <= head + tail {
        out.extend(lines.iter().cloned().map(Change::Same));
        return;
    }
    out.extend(lines[..head].iter().cloned().map(Change::Same));
    out.push(Change::Skipped(lines.len() - head - tail));
    out.extend(lines[lines.len() - tail..].iter().cloned().map(Change::Same));
}

fn replaced(old: &[String], new: &[String], out: &mut Vec<Change>) {
    let both = old.len().min(new.len());
    for (old, new) in old.iter().zip(new) {
        let (old, new) = letters(old, new);
        out.push(Change::Changed { old, new });
    }
    out.extend(old[both..].iter().cloned().map(Change::Removed));
    out.extend(new[both..].iter().cloned().map(Change::Added));
}

/// The same line before and after, letter by letter.
fn letters(old: &str, new: &str) -> (Vec<Span>, Vec<Span>) {
    let (before, after): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let whole = |text: &str| vec![Span { text: text.into(), changed: true }];
    if before.len() > LONGEST || after.len() > LONGEST {
        return (whole(old), whole(new));
    }
    let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
    let kept: usize = ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    // Two sentences that share only stray letters read better whole.
    if kept * 3 < before.len().min(after.len()) {
        return (whole(old), whole(new));
    }
    let (mut was, mut is) = (vec![], vec![]);
    for op in ops {
        let equal = matches!(op, DiffOp::Equal { .. });
        push(&mut was, &before[op.old_range()], !equal);
        push(&mut is, &after[op.new_range()], !equal);
    }
    (was, is)
}

fn push(spans: &mut Vec<Span>, letters: &[char], changed: bool) {
    if !letters.is_empty() {
        spans.push(Span { text: letters.iter().collect(), changed });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.split('/').map(str::to_owned).collect()
    }

    /// `[…]` is what changed.
    fn written(spans: &[Span]) -> String {
        spans.iter().map(|s| if s.changed { format!("[{}]", s.text) } else { s.text.clone() }).collect()
    }

    fn told(old: &str, new: &str) -> String {
        let one = |change: Change| match change {
            Change::Same(text) => format!("={text}"),
            Change::Skipped(n) => format!("~{n}"),
            Change::Removed(text) => format!("-{text}"),
            Change::Added(text) => format!("+{text}"),
            Change::Changed { old, new } => format!("{}→{}", written(&old), written(&new)),
        };
        compare(&lines(old), &lines(new)).into_iter().map(one).collect::<Vec<_>>().join("/")
    }

    #[test]
    fn two_versions_side_by_side() {
        for (old, new, wanted) in [
            ("甲/乙/丙", "甲/乙/丙", ""),
            ("应当在五日内告知。", "应当在五个工作日内告知。", "应当在五日内告知。→应当在五[个工作]日内告知。"),
            ("征求意见不少于20天", "征求意见不少于30天", "征求意见不少于[2]0天→征求意见不少于[3]0天"),
            ("甲/乙/丙/丁/戊", "甲/乙/丙/丁/己", "~3/=丁/[戊]→[己]"),
            ("甲/乙", "甲/乙/丙", "~1/=乙/+丙"),
            ("甲/乙/丙", "乙/丙", "-甲/=乙/~1"),
            ("第一条 总则", "完全另外的一句话写在这里", "[第一条 总则]→[完全另外的一句话写在这里]"),
        ] {
            assert_eq!(told(old, new), wanted, "{old} {new}");
        }
    }

    #[test]
    fn a_very_long_line_is_shown_whole() {
        let (old, new) = ("长".repeat(LONGEST + 1), "长".repeat(LONGEST));
        assert_eq!(letters(&old, &new).0, [Span { text: old.clone(), changed: true }]);
    }
}
