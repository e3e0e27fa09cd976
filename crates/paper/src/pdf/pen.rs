//! What is drawn on a page of PDF: the operators that place words (ISO 32000-1, 9.4), and how many images there are.

use super::font::Font;
use super::{STREAM_MOST, refusal};
use crate::layout::Run;
use crate::pack::bomb;
use kernel::Refusal;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;
use std::ops::Range;
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
    /// Kept where something is to be taken out.
    pub trace: Option<Trace>,
}

/// A rectangle on a page, in its own measure: left, bottom, right, top.
pub type Rect = [f64; 4];

/// Which operation of a stream, and which part of the array that it shows.
pub type Place = (usize, usize);

/// Where everything on a page comes from.
#[derive(Default)]
pub struct Trace {
    pub glyphs: Vec<Glyph>,
    pub images: Vec<Image>,
    /// Drawn lines that are not straight: they may be letters.
    pub curves: Vec<Rect>,
    /// The form that is being drawn (`None`: the page itself), and the place in its stream.
    stream: Option<ObjectId>,
    operation: usize,
    /// The path that is being made: its corners, and whether it is bent.
    path: Vec<(f64, f64)>,
    bent: bool,
}

/// A code that is shown.
pub struct Glyph {
    pub text: String,
    pub stream: Option<ObjectId>,
    pub place: Place,
    /// Of the code in its string.
    pub bytes: Range<usize>,
    pub rect: Rect,
    /// The height of the line on which it stands.
    pub base: f64,
    /// The number that moves on by its width (ISO 32000-1, 9.4.3).
    pub back: f64,
}

/// A picture on a page; `None` where it stands in the stream itself.
pub struct Image {
    pub id: Option<ObjectId>,
    pub rect: Rect,
    /// From the unit square to the page.
    pub matrix: Matrix,
}

/// Around corners.
fn around(corners: impl IntoIterator<Item = (f64, f64)>) -> Rect {
    corners.into_iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |r, (x, y)| {
        [r[0].min(x), r[1].min(y), r[2].max(x), r[3].max(y)]
    })
}

fn placed(m: &Matrix, x: f64, y: f64) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

impl Trace {
    fn image(&mut self, id: Option<ObjectId>, m: &Matrix) {
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(x, y)| placed(m, x, y));
        self.images.push(Image { id, rect: around(corners), matrix: *m });
    }

    /// Follows a path to where it is painted.
    fn follow(&mut self, operation: &Operation, m: &Matrix) {
        let ends = operation.operands.chunks(2).filter_map(|pair| match pair {
            [x, y] => Some(placed(m, f64::from(x.as_float().ok()?), f64::from(y.as_float().ok()?))),
            _ => None,
        });
        match operation.operator.as_str() {
            "m" | "l" => self.path.extend(ends),
            "c" | "v" | "y" => {
                self.path.extend(ends);
                self.bent = true;
            }
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "n" => {
                let painted = operation.operator != "n" && self.bent;
                let path = std::mem::take(&mut self.path);
                self.curves.extend(painted.then(|| around(path)));
                self.bent = false;
            }
            _ => {}
        }
    }
}

/// A transformation as PDF writes it: a b c d e f.
pub type Matrix = [f64; 6];
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
        self.drawn(id, Drawn::default())
    }

    /// A page with the place from which each of its letters and pictures comes.
    pub fn traced(&mut self, id: ObjectId) -> Result<Drawn, Refusal> {
        self.drawn(id, Drawn { trace: Some(Trace::default()), ..Drawn::default() })
    }

    fn drawn(&mut self, id: ObjectId, mut drawn: Drawn) -> Result<Drawn, Refusal> {
        let content = self.document.get_page_content_with_limit(id, STREAM_MOST).map_err(refusal)?;
        let (own, shared) = self.document.get_page_resources(id).map_err(refusal)?;
        let shared = shared.into_iter().filter_map(|id| self.document.get_dictionary(id).ok());
        let resources: Vec<&Dictionary> = own.into_iter().chain(shared).collect();
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
        for (n, operation) in content.operations.iter().enumerate() {
            if let Some(trace) = &mut drawn.trace {
                trace.operation = n;
                trace.follow(operation, &text.state.page);
            }
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
                "BI" | "EI" => {
                    drawn.images += 1;
                    drawn.trace.iter_mut().for_each(|trace| trace.image(None, &text.state.page));
                }
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
            Ok(b"Image") => {
                drawn.images += 1;
                let id = self.reference(resources, name);
                drawn.trace.iter_mut().for_each(|trace| trace.image(id, &state.page));
            }
            Ok(b"Form") if depth < FORMS => {
                let content = stream.get_plain_content_with_limit(STREAM_MOST).map_err(refusal)?;
                let id = self.reference(resources, name);
                let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict);
                let resources = own.map_or_else(|_| resources.to_vec(), |own| vec![own]);
                let placed = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array);
                let page = placed.map_or(state.page, |m| times(&matrix(m), &state.page));
                let outer =
                    drawn.trace.as_mut().map(|trace| (std::mem::replace(&mut trace.stream, id), trace.operation));
                self.draw(&content, &resources, page, depth + 1, drawn)?;
                if let (Some(trace), Some(outer)) = (&mut drawn.trace, outer) {
                    (trace.stream, trace.operation) = outer;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The object of a form or a picture.
    fn reference(&self, resources: &[&'a Dictionary], name: &[u8]) -> Option<ObjectId> {
        let all = |r: &&'a Dictionary| r.get_deref(b"XObject", self.document).ok()?.as_dict().ok();
        resources.iter().filter_map(all).find_map(|all| all.get(name).ok()?.as_reference().ok())
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
            "Tj" => self.show(operation.operands.first(), 0, drawn),
            "'" => {
                self.next(0.0, -self.state.leading);
                self.show(operation.operands.first(), 0, drawn);
            }
            "\"" => {
                (self.state.word, self.state.letter) = (n(0), n(1));
                self.next(0.0, -self.state.leading);
                self.show(operation.operands.get(2), 0, drawn);
            }
            "TJ" => {
                let parts = operation.operands.first().and_then(|o| o.as_array().ok()).into_iter().flatten();
                for (n, part) in parts.enumerate() {
                    match part.as_float() {
                        Ok(back) => self.go(-f64::from(back) / 1000.0 * self.state.size * self.state.scale),
                        Err(_) => self.show(Some(part), n, drawn),
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

    /// Shows the nth part of an operation's array.
    fn show(&mut self, string: Option<&Object>, n: usize, drawn: &mut Drawn) {
        let (Some(Object::String(bytes, _)), Some(font)) = (string, &self.state.font) else { return };
        if let Some(trace) = &mut drawn.trace {
            self.trace(font, bytes, n, trace);
        }
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

impl Text<'_> {
    /// Notes each code of a string with its place on the page.
    fn trace(&self, font: &Font, bytes: &[u8], n: usize, trace: &mut Trace) {
        let (state, mut x) = (&self.state, 0.0);
        for code in font.codes(bytes) {
            let shown = font.show(&bytes[code.clone()]);
            let spaces = shown.text.matches(' ').count() as f64;
            let letters = state.letter * shown.count as f64 + state.word * spaces;
            let width = (shown.width / 1000.0 * state.size + letters) * state.scale;
            let m = times(&times(&[1.0, 0.0, 0.0, 1.0, x, 0.0], &self.at), &state.page);
            let (low, high) = (-0.22 * state.size, 0.9 * state.size);
            let corners = [(0.0, low), (width, low), (0.0, high), (width, high)].map(|(x, y)| placed(&m, x, y));
            let way = state.scale * state.size;
            trace.glyphs.push(Glyph {
                text: shown.text,
                stream: trace.stream,
                place: (trace.operation, n),
                bytes: code,
                rect: around(corners),
                base: m[5],
                back: if way.abs() > 1e-9 { -1000.0 * width / way } else { 0.0 },
            });
            x += width;
        }
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
