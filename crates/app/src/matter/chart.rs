//! The flow chart of a kind: a picture, and the same as a list that says all of it. Both from the table, so they cannot
//! disagree.

use super::AnyKind;
use super::views::Arrow;
use crate::ui::Html;
use askama::Template;
use std::collections::BTreeMap;

const BOX_HEIGHT: usize = 40;
const GAP: usize = 34;
const LEFT: usize = 120;
const WIDTH: usize = 140;
/// Between two lines that run beside the boxes.
const LANE: usize = 18;

/// A state as a box.
pub struct Node {
    pub zh: &'static str,
    pub y: usize,
    /// The middle of its height.
    pub middle: usize,
}

/// One or several moves between the same two states, drawn once.
pub struct Line {
    /// From 1, beside the line and in the list.
    pub no: usize,
    pub path: String,
    pub x: usize,
    pub y: usize,
    pub from: &'static str,
    pub to: &'static str,
    pub moves: Vec<Arrow>,
}

#[derive(Template)]
#[template(path = "matter/chart.html")]
struct Chart {
    title: String,
    nodes: Vec<Node>,
    lines: Vec<Line>,
    left: usize,
    box_width: usize,
    box_height: usize,
    middle: usize,
    width: usize,
    height: usize,
}

/// The chart of a kind, picture and list.
pub fn chart(kind: &dyn AnyKind) -> Html {
    let (states, arrows) = kind.chart();
    let at: BTreeMap<&str, usize> = states.iter().enumerate().map(|(n, (name, _))| (*name, n)).collect();
    let zh = |name: &str| states.iter().find(|(n, _)| *n == name).map_or("", |(_, zh)| *zh);
    let mut pairs: Vec<((usize, usize), Vec<Arrow>)> = vec![];
    for arrow in arrows {
        let (Some(from), Some(to)) = (at.get(arrow.from), at.get(arrow.to)) else { continue };
        match pairs.iter_mut().find(|(pair, _)| *pair == (*from, *to)) {
            Some((_, moves)) => moves.push(arrow),
            None => pairs.push(((*from, *to), vec![arrow])),
        }
    }
    pairs.sort_by_key(|(pair, _)| *pair);
    let (mut right, mut back) = (0, 0);
    let line = |(n, ((from, to), moves)): (usize, ((usize, usize), Vec<Arrow>))| {
        let lane = match to {
            _ if to == from + 1 => 0,
            _ if to > from => step(&mut right),
            _ => step(&mut back),
        };
        let (path, x, y) = drawn(from, to, lane);
        Line { no: n + 1, path, x, y, from: zh(moves[0].from), to: zh(moves[0].to), moves }
    };
    let lines: Vec<Line> = pairs.into_iter().enumerate().map(line).collect();
    let node = |(n, (_, zh)): (usize, &(&str, &'static str))| Node { zh, y: top(n), middle: middle(n) };
    let chart = Chart {
        title: format!("{}办理流程图", kind.zh()),
        nodes: states.iter().enumerate().map(node).collect(),
        left: LEFT,
        box_width: WIDTH,
        box_height: BOX_HEIGHT,
        middle: LEFT + WIDTH / 2,
        width: LEFT + WIDTH + LANE * (right + 2),
        height: top(states.len()),
        lines,
    };
    Html::rendered(chart.render().expect("writing to memory"))
}

fn step(lane: &mut usize) -> usize {
    *lane += 1;
    *lane
}

fn top(n: usize) -> usize {
    n * (BOX_HEIGHT + GAP) + 2
}

fn middle(n: usize) -> usize {
    top(n) + BOX_HEIGHT / 2
}

/// The path, and where its number stands: down to the next box, else round the boxes on a lane of its own, on the
/// right going on and on the left going back.
fn drawn(from: usize, to: usize, lane: usize) -> (String, usize, usize) {
    let centre = LEFT + WIDTH / 2;
    if lane == 0 {
        let (a, b) = (top(from) + BOX_HEIGHT, top(to));
        return (format!("M{centre} {a}V{b}"), centre + 14, (a + b) / 2 + 5);
    }
    let shift = (lane * 5) % (BOX_HEIGHT / 2);
    let (a, b) = (middle(from) + shift, middle(to) - shift);
    let (edge, out) =
        if to > from { (LEFT + WIDTH, LEFT + WIDTH + LANE * lane) } else { (LEFT, LEFT.saturating_sub(LANE * lane)) };
    (format!("M{edge} {a}H{out}V{b}H{edge}"), out, (a + b) / 2 + 5)
}
