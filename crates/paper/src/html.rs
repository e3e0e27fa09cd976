//! Pages in: old web pages and what office programs save as HTML.

mod entity;
mod flow;
mod list;
mod table;
mod tokens;

use crate::{Imported, charset, check_length, finish, header, outline};
use flow::Flow;
use kernel::{Block, Refusal, block::clean};
use tokens::{Token, Tokens, attribute};

/// Elements whose content is not the text of the page.
const DROPPED: &[&str] = &[
    "script", "style", "nav", "footer", "noscript", "template", "iframe", "object", "svg", "canvas", "audio", "video",
    "button", "select", "textarea", "xmp", "datalist", "dialog",
];

/// Elements without content.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Reads a page: headings, paragraphs, lists, tables with spans, images by their file names. Scripts, navigation and
/// hidden text are dropped; where there is an `article` or `main`, only its content is taken. The charset is that of
/// the byte order mark, else UTF-8, else the one the page names, else GB 18030. Time and memory are linear in the
/// length of the page, however it nests.
///
/// # Errors
/// As of [`crate::text`].
pub fn html(bytes: &[u8]) -> Result<Imported, Refusal> {
    let page = charset::decode(bytes, charset::declared(bytes))?;
    let mut reader = Reader::default();
    for token in Tokens::new(&page) {
        reader.token(token);
        check_length(reader.flow.pieces)?;
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    imported: Imported,
    /// The dropped element we are in, and how deep in elements of its name.
    dropped: Option<(String, usize)>,
    /// Whether we are in `<title>`, and what it says.
    in_title: bool,
    page_title: String,
    /// Where the blocks of the first `article` or `main` begin and end.
    main: Option<(String, usize, Option<usize>)>,
}

impl Reader {
    fn token(&mut self, token: Token) {
        match token {
            Token::Text(text) if self.in_title => self.page_title.push_str(&entity::decode(text)),
            Token::Text(text) if self.dropped.is_none() => self.flow.text(&entity::decode(text)),
            Token::Text(_) => {}
            Token::Open(name, attributes) => self.open(&name.to_ascii_lowercase(), attributes),
            Token::Close(name) => self.close(&name.to_ascii_lowercase()),
        }
    }

    fn open(&mut self, name: &str, attributes: &str) {
        if let Some((dropped, depth)) = &mut self.dropped {
            let ended = dropped == "p" && flow::is_block(name);
            if !ended {
                *depth += usize::from(dropped == name);
                return;
            }
            self.dropped = None;
        }
        if DROPPED.contains(&name) || is_hidden(attributes) {
            if !VOID.contains(&name) {
                self.dropped = Some((name.to_owned(), 1));
            }
            return;
        }
        match name {
            "title" => self.in_title = self.page_title.is_empty(),
            "meta" => self.meta(attributes),
            "article" | "main" if self.main.is_none() => {
                self.flow.flush();
                self.main = Some((name.to_owned(), self.flow.blocks.len(), None));
            }
            _ => self.flow.open(name, attributes),
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((dropped, depth)) = &mut self.dropped {
            *depth -= usize::from(dropped == name);
            if *depth == 0 {
                self.dropped = None;
            }
            return;
        }
        self.in_title &= name != "title";
        self.flow.close(name);
        if let Some((main, _, end @ None)) = &mut self.main
            && main == name
        {
            *end = Some(self.flow.blocks.len());
        }
    }

    /// What government sites state in the head of a page (国办发〔2017〕47号, 附件).
    fn meta(&mut self, attributes: &str) {
        let name = attribute(attributes, "name").unwrap_or_default().to_ascii_lowercase();
        let value = clean(&attribute(attributes, "content").unwrap_or_default());
        let field = match name.as_str() {
            "articletitle" => return self.imported.title = Some(value).filter(|title| !title.is_empty()),
            "pubdate" => "发布日期",
            "contentsource" => "信息来源",
            "author" => "作者",
            _ => return,
        };
        if !value.is_empty() {
            self.imported.fields.insert(field.to_owned(), value);
        }
    }

    fn finish(mut self) -> Result<Imported, Refusal> {
        self.flow.end();
        let mut blocks = std::mem::take(&mut self.flow.blocks);
        let h1 = blocks.iter().position(|block| matches!(block, Block::Heading { level: 1, .. }));
        let h1 = h1.filter(|_| self.flow.has_h1);
        let mut main = match self.main {
            Some((_, from, to)) if from < to.unwrap_or(blocks.len()) => from..to.unwrap_or(blocks.len()),
            _ => 0..blocks.len(),
        };
        if let Some(Block::Heading { text, .. }) = h1.map(|at| blocks.remove(at)) {
            let at = h1.unwrap_or_default();
            main.start -= usize::from(at < main.start);
            main.end -= usize::from(at < main.end);
            self.imported.title.get_or_insert(text);
        }
        blocks.truncate(main.end);
        self.imported.blocks = blocks.split_off(main.start);
        self.imported.blocks.retain(|block| !matches!(block, Block::Paragraph { text } if text == "|"));
        outline::raise(&mut self.imported.blocks);
        self.imported.note_blocks();
        let stated = std::mem::take(&mut self.imported.fields);
        header::take_fields(&mut self.imported);
        stated.into_iter().for_each(|(name, value)| {
            self.imported.fields.entry(name).or_insert(value);
        });
        let page_title = Some(clean(&self.page_title)).filter(|title| !title.is_empty());
        self.imported.title = self.imported.title.take().or(page_title);
        finish(self.imported)
    }
}

fn is_hidden(attributes: &str) -> bool {
    if attribute(attributes, "hidden").is_some() {
        return true;
    }
    let style = attribute(attributes, "style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}
