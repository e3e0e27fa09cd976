//! DOCX in (ECMA-376, part 1): structure by style and by automatic number, tables with spans, pictures with what they
//! show, and everything that does not meet the eye.

mod para;
mod style;
mod table;

use crate::office::{self, Relations};
use crate::pack::Pack;
use crate::xml::{Tag, Xml};
use crate::{HiddenKind, Imported, Spot, check_length, finish, header, outline};
use kernel::block::clean;
use kernel::{Block, Refusal};
use para::Para;
use std::collections::BTreeMap;
use style::{Numbers, Styles};

const MAIN: &str = "word/document.xml";

/// Reads a text of Word or WPS. Deleted text is hidden, not body; text boxes are read where they are anchored;
/// footnotes follow the text.
///
/// # Errors
/// Of [`Pack::open`] and [`Xml::within`], `file-long`, `file-empty`.
pub fn docx(bytes: &[u8]) -> Result<Imported, Refusal> {
    let mut pack = Pack::open(bytes)?;
    let main = main_part(&mut pack)?;
    let body = pack.part(&main)?;
    let folder = main.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default();
    let mut reader = Docx {
        styles: Styles::read(&pack.part(&format!("{folder}/styles.xml"))?)?,
        numbers: Numbers::read(&pack.part(&format!("{folder}/numbering.xml"))?)?,
        relations: office::relations(&mut pack, &main)?,
        pack,
        imported: Imported::default(),
        pieces: 0,
        tables: 0,
        notes: vec![],
    };
    let flow = reader.flow(&mut Xml::new(&body), 0)?;
    reader.finish(flow, &folder)
}

/// The name of the part that holds the text: some programs call it otherwise.
fn main_part(pack: &mut Pack) -> Result<String, Refusal> {
    if pack.names().any(|name| name == MAIN) {
        return Ok(MAIN.into());
    }
    let all = office::relations(pack, "")?;
    let main = all.into_values().find(|name| name.starts_with("word/") && name.ends_with(".xml"));
    main.ok_or_else(crate::wire::broken)
}

/// What stands in the text, one after another.
pub enum Item {
    Para(Para),
    Block(Block),
}

struct Docx<'a> {
    pack: Pack<'a>,
    styles: Styles,
    numbers: Numbers,
    relations: Relations,
    imported: Imported,
    pieces: usize,
    /// How many tables we are in.
    tables: usize,
    /// The footnotes and endnotes that the text refers to, by part and id, in the order of their marks.
    notes: Vec<(&'static str, String)>,
}

impl Docx<'_> {
    /// Everything inside an element that holds paragraphs and tables.
    fn flow(&mut self, xml: &mut Xml, depth: usize) -> Result<Vec<Item>, Refusal> {
        let mut items = vec![];
        while let Some(tag) = xml.open(depth)? {
            match tag.name() {
                "p" => self.paragraph(xml, &mut items)?,
                "tbl" => self.table(xml, &mut items)?,
                "sectPr" | "Fallback" | "tblPr" | "sdtPr" => xml.skip()?,
                _ => {}
            }
        }
        Ok(items)
    }

    fn count(&mut self) -> Result<(), Refusal> {
        self.pieces += 1;
        check_length(self.pieces)
    }

    fn finish(mut self, flow: Vec<Item>, folder: &str) -> Result<Imported, Refusal> {
        let (title, mut blocks) = blocks(flow);
        blocks.extend(self.footnotes(folder)?);
        let (pack, mut imported) = (&mut self.pack, self.imported);
        imported.blocks = blocks;
        imported.note(Spot::Text { section: 0, block: 0, cell: None }, title.clone().unwrap_or_default());
        imported.note_blocks();
        let (headers, footers) =
            (pack.named(&format!("{folder}/header"), ".xml"), pack.named(&format!("{folder}/footer"), ".xml"));
        office::margins(pack, &headers, &Spot::Header, &mut imported)?;
        office::margins(pack, &footers, &Spot::Footer, &mut imported)?;
        comments(pack, folder, &mut imported)?;
        office::properties(pack, &mut imported)?;
        header::take_fields(&mut imported);
        outline::settle(title, &mut imported);
        finish(imported)
    }

    /// The notes at the foot of pages, in the order of their marks, each with its mark.
    fn footnotes(&mut self, folder: &str) -> Result<Vec<Block>, Refusal> {
        let mut known = BTreeMap::new();
        for part in ["footnotes", "endnotes"] {
            let bytes = self.pack.part(&format!("{folder}/{part}.xml"))?;
            let mut xml = Xml::new(&bytes);
            while let Some(tag) = xml.open(0)? {
                if let ("footnote" | "endnote", Some(id)) = (tag.name(), tag.get("id")) {
                    let depth = xml.depth();
                    known.insert((part, id), office::paragraphs(&mut xml, depth)?.join(" "));
                }
            }
        }
        for (_, text) in known.iter().filter(|((part, id), _)| !self.notes.contains(&(*part, id.clone()))) {
            self.imported.note(Spot::Note, text.clone());
        }
        let marked =
            self.notes.iter().enumerate().filter_map(|(n, note)| Some((n, known.get(&(note.0, note.1.clone()))?)));
        let marked = marked.filter(|(_, text)| !text.is_empty());
        Ok(marked.map(|(n, text)| Block::Paragraph { text: format!("[{}] {text}", n + 1) }).collect())
    }

    /// A drawing, an old picture or an object: pictures and text boxes in it follow the paragraph.
    fn drawing(&mut self, xml: &mut Xml, after: &mut Vec<Item>) -> Result<(), Refusal> {
        let (depth, mut alt, mut targets) = (xml.depth(), String::new(), vec![]);
        while let Some(tag) = xml.open(depth)? {
            match tag.name() {
                "docPr" | "cNvPr" if alt.is_empty() => alt = described(&tag),
                "shape" if alt.is_empty() => alt = tag.get("alt").unwrap_or_default(),
                "blip" => targets.extend(tag.get("embed")),
                "imagedata" => targets.extend(tag.get("r:id")),
                "txbxContent" => self.text_box(xml, after)?,
                "chart" | "relIds" => self.imported.unread.push("正文里有图表或者智能图形，其中的文字没有识读".into()),
                "Fallback" => xml.skip()?,
                _ => {}
            }
        }
        for id in targets {
            self.count()?;
            self.picture(&id, &clean(&alt), after)?;
        }
        Ok(())
    }

    fn text_box(&mut self, xml: &mut Xml, after: &mut Vec<Item>) -> Result<(), Refusal> {
        let depth = xml.depth();
        let items = self.flow(xml, depth)?;
        for item in &items {
            if let Item::Para(para) = item {
                self.imported.note(Spot::TextBox, clean(&para.text));
            }
        }
        after.extend(items);
        Ok(())
    }

    fn picture(&mut self, id: &str, alt: &str, after: &mut Vec<Item>) -> Result<(), Refusal> {
        let Some(part) = self.relations.get(id).cloned() else { return Ok(()) };
        let bytes = self.pack.part(&part)?;
        match office::picture(bytes, alt, &mut self.imported) {
            Some(file) => {
                let image = Block::Image { file, alt: alt.to_owned(), caption: String::new() };
                after.push(Item::Block(image));
            }
            None => {
                let ending = part.rsplit_once('.').map(|(_, ending)| ending.to_uppercase()).unwrap_or_default();
                self.imported.unread.push(format!("有一幅 {ending} 格式的图片没有带入正文"));
            }
        }
        Ok(())
    }
}

/// What the author says a picture shows.
fn described(tag: &Tag) -> String {
    tag.get("descr").or_else(|| tag.get("title")).unwrap_or_default()
}

fn comments(pack: &mut Pack, folder: &str, imported: &mut Imported) -> Result<(), Refusal> {
    let bytes = pack.part(&format!("{folder}/comments.xml"))?;
    let mut xml = Xml::new(&bytes);
    while let Some(tag) = xml.open(0)? {
        if tag.name() == "comment" {
            let (author, depth) = (tag.get("author").unwrap_or_default(), xml.depth());
            let text = office::paragraphs(&mut xml, depth)?.join(" ");
            imported.hide(HiddenKind::Comment, "", &text, Spot::Note);
            imported.note(Spot::Property("批注人".into()), clean(&author));
        }
    }
    Ok(())
}

/// Blocks of a flow, and the title where a style marks it.
fn blocks(flow: Vec<Item>) -> (Option<String>, Vec<Block>) {
    let (mut title, mut blocks): (Option<String>, Vec<Block>) = (None, vec![]);
    let mut centred_before = false;
    for item in flow {
        let para = match item {
            Item::Block(block) => {
                blocks.push(block);
                centred_before = false;
                continue;
            }
            Item::Para(para) => para,
        };
        let centred = para.centred && para.level.is_none();
        let is_title = para.is_title && blocks.is_empty();
        for text in para.lines() {
            match blocks.last_mut() {
                _ if is_title => title = Some(title.map_or(text.clone(), |known| known + &text)),
                Some(Block::Paragraph { text: before })
                    if centred && centred_before && header::is_split(before, &text) =>
                {
                    before.push_str(&text);
                }
                Some(Block::List { ordered: false, items }) if para.bullet => items.push(text),
                _ if para.bullet => blocks.push(Block::List { ordered: false, items: vec![text] }),
                _ => blocks.push(para.block(text)),
            }
            centred_before = centred;
        }
    }
    (title, blocks)
}
