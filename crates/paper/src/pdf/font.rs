//! Fonts of PDF: from the codes of a string to words and their width.

use super::STREAM_MOST;
use lopdf::{Dictionary, Document, Encoding, Object};
use std::collections::BTreeMap;
use std::ops::Range;

/// A code as the font's own table has it.
type Lookup = Box<dyn Fn(u32, u8) -> Option<Vec<u16>>>;

/// How the codes of a font become letters.
enum Way<'a> {
    /// By the table that the file carries (ToUnicode).
    Table(Lookup),
    /// They are UTF-16 (UniGB-UCS2-H and its like).
    Utf16,
    /// They are GBK (GBK-EUC-H and its like).
    Gbk,
    /// By an encoding of single bytes.
    Bytes(Encoding<'a>),
    /// Numbers of glyphs, and nobody says of which letters.
    Lost,
}

pub struct Font<'a> {
    way: Way<'a>,
    /// Bytes of a code.
    length: u8,
    /// Of codes, in thousandths of the size.
    widths: BTreeMap<u32, f64>,
    usual: f64,
    /// Whether the widths are by code; else they are guessed from the letters.
    measured: bool,
}

/// What a string of codes shows.
#[derive(Default)]
pub struct Shown {
    pub text: String,
    /// In thousandths of the size.
    pub width: f64,
    /// How many codes there are, for the space between letters.
    pub count: usize,
    /// How many of them are no letter that we know.
    pub lost: usize,
}

/// The most widths that one font may list.
const WIDTHS_MOST: usize = 70_000;

impl<'a> Font<'a> {
    pub fn read(document: &'a Document, font: &'a Dictionary) -> Font<'a> {
        let get = |of: &'a Dictionary, key: &[u8]| of.get_deref(key, document).ok();
        let composite = get(font, b"Subtype").and_then(|s| s.as_name().ok()) == Some(b"Type0");
        let length = if composite { 2 } else { 1 };
        let name = get(font, b"Encoding").and_then(|e| e.as_name().ok()).unwrap_or_default();
        let identity = name.starts_with(b"Identity");
        let mut read = Font { way: Way::Lost, length, widths: BTreeMap::new(), usual: 1000.0, measured: !composite };
        read.way = match table(document, font) {
            Some(table) => Way::Table(table),
            None if composite => named(name),
            None => font.get_font_encoding_with_limit(document, STREAM_MOST).map_or(Way::Lost, Way::Bytes),
        };
        if composite {
            let below = get(font, b"DescendantFonts").and_then(|all| all.as_array().ok()).and_then(|all| all.first());
            let below = below.and_then(|o| document.dereference(o).ok()).and_then(|(_, o)| o.as_dict().ok());
            if let Some(below) = below.filter(|_| identity) {
                read.usual = get(below, b"DW").and_then(|w| w.as_float().ok()).map_or(1000.0, f64::from);
                read.measured = true;
                let list = get(below, b"W").and_then(|w| w.as_array().ok());
                cid_widths(document, list.map(Vec::as_slice).unwrap_or_default(), &mut read.widths);
            }
        } else {
            let first = get(font, b"FirstChar").and_then(|n| n.as_i64().ok()).unwrap_or(0).clamp(0, 255) as u32;
            let list = get(font, b"Widths").and_then(|w| w.as_array().ok()).map(Vec::as_slice).unwrap_or_default();
            let widths = list.iter().take(256).map(|w| w.as_float().map_or(500.0, f64::from));
            read.widths = (first..).zip(widths).collect();
            (read.usual, read.measured) = (500.0, !read.widths.is_empty());
        }
        read
    }

    pub fn show(&self, bytes: &[u8]) -> Shown {
        let mut shown = Shown::default();
        match &self.way {
            Way::Utf16 => {
                let units: Vec<u16> =
                    bytes.chunks(2).map(|b| b.iter().fold(0, |n, b| n << 8 | u16::from(*b))).collect();
                shown.text = String::from_utf16_lossy(&units);
            }
            Way::Gbk => shown.text = encoding_rs::GBK.decode_without_bom_handling(bytes).0.into_owned(),
            Way::Bytes(encoding) => shown.text = encoding.bytes_to_string(bytes).unwrap_or_default(),
            Way::Lost => shown.lost = bytes.len() / usize::from(self.length),
            Way::Table(table) => {
                for code in bytes.chunks(usize::from(self.length)) {
                    let number = code.iter().fold(0, |n, b| n << 8 | u32::from(*b));
                    match table(number, self.length) {
                        Some(units) => shown.text.push_str(&String::from_utf16_lossy(&units)),
                        None => shown.lost += 1,
                    }
                }
            }
        }
        shown.text.retain(|c| c != '\0');
        shown.lost += shown.text.matches('\u{fffd}').count();
        shown.count = bytes.len().div_ceil(usize::from(self.length)).max(1);
        shown.width = if self.measured { self.measure(bytes) } else { guess(&shown.text) };
        shown
    }

    /// The codes of a string, each with its bytes.
    pub fn codes(&self, bytes: &[u8]) -> Vec<Range<usize>> {
        let (mut all, mut at) = (vec![], 0);
        while at < bytes.len() {
            let long = match &self.way {
                Way::Utf16 if (0xd8..0xdc).contains(&bytes[at]) => 4,
                Way::Utf16 => 2,
                Way::Gbk => 1 + usize::from(bytes[at] > 0x80),
                _ => usize::from(self.length),
            };
            all.push(at..(at + long).min(bytes.len()));
            at += long;
        }
        all
    }

    fn measure(&self, bytes: &[u8]) -> f64 {
        let codes = bytes.chunks(usize::from(self.length)).map(|c| c.iter().fold(0, |n, b| n << 8 | u32::from(*b)));
        codes.map(|code| self.widths.get(&code).copied().unwrap_or(self.usual)).sum()
    }
}

/// The table of a font that the file carries, whatever else it says of its encoding.
fn table(document: &Document, font: &Dictionary) -> Option<Lookup> {
    let stream = font.get_deref(b"ToUnicode", document).ok()?.clone();
    stream.as_stream().ok()?;
    let mut bare = Dictionary::new();
    bare.set("Type", Object::Name(b"Font".to_vec()));
    bare.set("ToUnicode", stream);
    match bare.get_font_encoding_with_limit(document, STREAM_MOST) {
        Ok(Encoding::UnicodeMapEncoding(map)) => Some(Box::new(move |code, length| map.get(code, length))),
        _ => None,
    }
}

/// The predefined encodings of Chinese fonts (ISO 32000-1, table 118).
fn named<'a>(name: &[u8]) -> Way<'a> {
    match name {
        n if n.starts_with(b"UniGB-UCS2") || n.starts_with(b"UniGB-UTF16") => Way::Utf16,
        n if n.starts_with(b"GBK") || n.starts_with(b"GB-EUC") || n.starts_with(b"GBpc-EUC") => Way::Gbk,
        _ => Way::Lost,
    }
}

/// `12 [500 600] 20 30 1000`: from 12 on these widths, from 20 to 30 that one.
fn cid_widths(document: &Document, list: &[Object], widths: &mut BTreeMap<u32, f64>) {
    let number = |o: &Object| document.dereference(o).ok().and_then(|(_, o)| o.as_float().ok()).map(f64::from);
    let mut at = 0;
    while let (Some(first), Some(next)) = (list.get(at).and_then(number), list.get(at + 1)) {
        let first = first.clamp(0.0, 65_535.0) as u32;
        if let Ok((_, Object::Array(each))) = document.dereference(next) {
            widths.extend((first..=65_535).zip(each.iter().map(|w| number(w).unwrap_or(1000.0))));
            at += 2;
        } else {
            let last = number(next).unwrap_or(0.0).clamp(0.0, 65_535.0) as u32;
            let Some(width) = list.get(at + 2).and_then(number) else { return };
            widths.extend((first..=last).map(|code| (code, width)));
            at += 3;
        }
        if widths.len() > WIDTHS_MOST || at > 4 * WIDTHS_MOST {
            return;
        }
    }
}

/// The width of letters whose font does not tell: Chinese ones are square.
fn guess(text: &str) -> f64 {
    text.chars().map(|c| if c < '\u{2e80}' && !"“”‘’—…·".contains(c) { 500.0 } else { 1000.0 }).sum()
}
