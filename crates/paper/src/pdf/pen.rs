//! What is drawn on a page of PDF: the operators that place words (ISO 32000-1, 9.4), and how many images there are.

use super::font::Font;
use super::{STREAM_MOST, refusal};
use crate::layout::Run;
use crate::pack::bomb;
use kernel::Refusal;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;
use std::rc::Rc;

/// How deep forms may stand in each other, and how many operations all pages may have.
const FORMS: usize = 8;
const OPERATIONS: usize = 20_000_000;

/// What a page shows.
#[derive(Default)]
pub struct Drawn {
    pub runs: Vec<Run>,
    pub images: usize,
    /// Letters that cannot be read.
    pub lost: usize,
}

/// A transformation as PDF writes it: a b c d e f.
type Matrix = [f64; 6];
const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(m: &Matrix, n: &Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

/// What `q` keeps and `Q` brings back.
#[derive(Clone)]
struct State<'a> {
    page: Matrix,
    font: Option<Rc<Font<'a>>>,
    size: f64,
    leading: f64,
    letter: f64,
    word: f64,
    scale: f64,
}

/// How deep states may be kept.
const STATES: usize = 512;

pub struct Pen<'a> {
    document: &'a Document,
    /// By the place of the dictionary, which stays where it is as long as the document lives.
    fonts: HashMap<*const Dictionary, Rc<Font<'a>>>,
    operations: usize,
}

impl<'a> Pen<'a> {
    pub fn new(document: &'a Document) -> Pen<'a> {
        Pen { document, fonts: HashMap::new(), operations: 0 }
    }

    pub fn page(&mut self, id: ObjectId) -> Result<Drawn, Refusal> {
        let content = self.document.get_page_content_with_limit(id, STREAM_MOST).map_err(refusal)?;
        let (own, shared) = self.document.get_page_resources(id).map_err(refusal)?;
        let shared = shared.into_iter().filter_map(|id| self.document.get_dictionary(id).ok());
        let resources: Vec<&Dictionary> = own.into_iter().chain(shared).collect();
        let mut drawn = Drawn::default();
        self.draw(&content, &resources, SAME, 0, &mut drawn)?;
        Ok(drawn)
    }

    fn draw(
        &mut self,
        content: &[u8],
        resources: &[&'a Dictionary],
        page: Matrix,
        depth: usize,
        drawn: &mut Drawn,
    ) -> Result<(), Refusal> {
        let Ok(content) = Content::decode(content) else {
            drawn.lost += 1;
            return Ok(());
        };
        self.operations += content.operations.len();
        if self.operations > OPERATIONS {
            return Err(bomb());
        }
        let state = State { page, font: None, size: 0.0, leading: 0.0, letter: 0.0, word: 0.0, scale: 1.0 };
        let mut kept = vec![];
        let mut text = Text { state, at: SAME, line: SAME };
        for operation in &content.operations {
            match operation.operator.as_str() {
                "q" if kept.len() < STATES => kept.push(text.state.clone()),
                "Q" => text.state = kept.pop().unwrap_or(text.state),
                "cm" => text.state.page = times(&matrix(&operation.operands), &text.state.page),
                "Tf" => {
                    let name = operation.operands.first().and_then(|o| o.as_name().ok()).unwrap_or_default();
                    text.state.font = self.font(resources, name);
                    text.state.size = number(operation, 1);
                }
                "Do" => self.paint(operation, resources, &text.state, depth, drawn)?,
                "BI" | "EI" => drawn.images += 1,
                _ => text.obey(operation, drawn),
            }
        }
        Ok(())
    }

    /// An image is counted, a form drawn.
    fn paint(
        &mut self,
        operation: &Operation,
        resources: &[&'a Dictionary],
        state: &State,
        depth: usize,
        drawn: &mut Drawn,
    ) -> Result<(), Refusal> {
        let name = operation.operands.first().and_then(|o| o.as_name().ok()).unwrap_or_default();
        let Some(Object::Stream(stream)) = self.resource(resources, b"XObject", name) else { return Ok(()) };
        match stream.dict.get_deref(b"Subtype", self.document).and_then(Object::as_name) {
            Ok(b"Image") => drawn.images += 1,
            Ok(b"Form") if depth < FORMS => {
                let content = stream.get_plain_content_with_limit(STREAM_MOST).map_err(refusal)?;
                let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict);
                let resources = own.map_or_else(|_| resources.to_vec(), |own| vec![own]);
                let placed = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array);
                let page = placed.map_or(state.page, |m| times(&matrix(m), &state.page));
                self.draw(&content, &resources, page, depth + 1, drawn)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn resource(&self, resources: &[&'a Dictionary], kind: &[u8], name: &[u8]) -> Option<&'a Object> {
        let document = self.document;
        resources.iter().find_map(|r| r.get_deref(kind, document).ok()?.as_dict().ok()?.get_deref(name, document).ok())
    }

    fn font(&mut self, resources: &[&'a Dictionary], name: &[u8]) -> Option<Rc<Font<'a>>> {
        let font = self.resource(resources, b"Font", name)?.as_dict().ok()?;
        let document = self.document;
        Some(self.fonts.entry(font).or_insert_with(|| Rc::new(Font::read(document, font))).clone())
    }
}

/// A text object: where the next letter stands.
struct Text<'a> {
    state: State<'a>,
    at: Matrix,
    line: Matrix,
}

impl Text<'_> {
    fn obey(&mut self, operation: &Operation, drawn: &mut Drawn) {
        let n = |at| number(operation, at);
        match operation.operator.as_str() {
            "BT" => self.set(SAME),
            "Tm" => self.set(matrix(&operation.operands)),
            "Td" => self.next(n(0), n(1)),
            "TD" => {
                self.state.leading = -n(1);
                self.next(n(0), n(1));
            }
            "T*" => self.next(0.0, -self.state.leading),
            "TL" => self.state.leading = n(0),
            "Tc" => self.state.letter = n(0),
            "Tw" => self.state.word = n(0),
            "Tz" => self.state.scale = n(0) / 100.0,
            "Tj" => self.show(operation.operands.first(), drawn),
            "'" => {
                self.next(0.0, -self.state.leading);
                self.show(operation.operands.first(), drawn);
            }
            "\"" => {
                (self.state.word, self.state.letter) = (n(0), n(1));
                self.next(0.0, -self.state.leading);
                self.show(operation.operands.get(2), drawn);
            }
            "TJ" => {
                for part in operation.operands.first().and_then(|o| o.as_array().ok()).into_iter().flatten() {
                    match part.as_float() {
                        Ok(back) => self.go(-f64::from(back) / 1000.0 * self.state.size * self.state.scale),
                        Err(_) => self.show(Some(part), drawn),
                    }
                }
            }
            _ => {}
        }
    }

    fn set(&mut self, at: Matrix) {
        (self.at, self.line) = (at, at);
    }

    fn next(&mut self, x: f64, y: f64) {
        self.set(times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line));
    }

    fn go(&mut self, x: f64) {
        self.at = times(&[1.0, 0.0, 0.0, 1.0, x, 0.0], &self.at);
    }

    fn show(&mut self, string: Option<&Object>, drawn: &mut Drawn) {
        let (Some(Object::String(bytes, _)), Some(font)) = (string, &self.state.font) else { return };
        let shown = font.show(bytes);
        let spaces = shown.text.matches(' ').count() as f64;
        let letters = self.state.letter * shown.count as f64 + self.state.word * spaces;
        let width = (shown.width / 1000.0 * self.state.size + letters) * self.state.scale;
        let placed = times(&self.at, &self.state.page);
        let (wide, high) = (placed[0].hypot(placed[1]), placed[2].hypot(placed[3]));
        drawn.lost += shown.lost;
        // Words that run up the page are no part of its lines; they are kept where they begin.
        drawn.runs.push(Run {
            x: placed[4],
            y: -placed[5],
            width: width * wide,
            size: (self.state.size * high).abs(),
            text: shown.text,
        });
        self.go(width);
    }
}

fn number(operation: &Operation, at: usize) -> f64 {
    operation.operands.get(at).and_then(|o| o.as_float().ok()).map_or(0.0, f64::from)
}

fn matrix(operands: &[Object]) -> Matrix {
    let mut all = SAME;
    for (to, from) in all.iter_mut().zip(operands) {
        *to = from.as_float().map_or(0.0, f64::from);
    }
    all
}
