//! Letters and texts as PDF, typeset in this process: a trusted template, and the words as one virtual file beside it.
//! Nothing else can be opened, so no word of anybody becomes a program. Tagged PDF/A with title and language; the same
//! facts give the same bytes.

mod text;

use kernel::{Day, Refusal};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use text::Text;

const TEMPLATE: &str = include_str!("typeset/letter.typ");
/// Where distributions put the fonts of package fonts-noto-cjk.
const USUAL: [&str; 3] =
    ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/google-noto-cjk"];
/// What a letter cannot do without.
const NEEDED: &str = "Noto Serif CJK SC";
/// Memory of the compiler is given back after so many documents in which it was not used.
const KEPT: usize = 8;

/// A letter of an office.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    pub organ: String,
    pub number: String,
    pub title: String,
    /// To whom; may be empty.
    pub to: String,
    pub paragraphs: Vec<String>,
    /// The day under the signature; `None` marks every page as not signed.
    pub signed: Option<Day>,
    /// The day on which it was made: the document's own date.
    pub made: Day,
    /// The lines at the foot of the last page.
    pub foot: Vec<String>,
}

/// What the template reads.
#[derive(Serialize)]
struct Data<'a> {
    organ: &'a str,
    number: &'a str,
    title: &'a str,
    to: &'a str,
    paragraphs: &'a [String],
    signed: String,
    foot: &'a [String],
    draft: bool,
    year: i16,
    month: i8,
    day: i8,
    /// Size and spacing of the red name, in points, so that it keeps to one line of 170 mm.
    head: f64,
    track: f64,
}

impl Letter {
    fn data(&self) -> Data<'_> {
        let (year, month, day) = self.made.ymd();
        let chars = self.organ.chars().count().max(1) as f64;
        let head = (440.0 / chars).min(40.0);
        let signed = self.signed.map_or("（未审签）".into(), Day::zh);
        let track = (440.0 / chars - head).clamp(0.0, 8.0);
        let (organ, number, title, to) = (&*self.organ, &*self.number, &*self.title, &*self.to);
        let (paragraphs, foot, draft) = (&*self.paragraphs, &*self.foot, self.signed.is_none());
        Data { organ, number, title, to, paragraphs, signed, foot, draft, year, month, day, head, track }
    }
}

/// A face of a font file, read when it is first used.
struct Face {
    file: PathBuf,
    index: u32,
    font: OnceLock<Option<Font>>,
}

/// The fonts and the library of the typesetter. Making one reads every font file once; it serves for good.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    faces: Vec<Face>,
    standards: PdfStandards,
}

impl Press {
    /// With the fonts of a folder of the bureau's own, and those of package fonts-noto-cjk.
    ///
    /// # Errors
    /// `no-fonts` where no Chinese font is found, with what to install.
    pub fn open(own: Option<&Path>) -> Result<Press, Refusal> {
        let mut files: Vec<PathBuf> = own.into_iter().flat_map(fonts_in).collect();
        files.extend(USUAL.iter().flat_map(|folder| fonts_in(Path::new(folder))).filter(|f| is_noto(f)));
        let (mut book, mut faces) = (FontBook::new(), vec![]);
        for file in files {
            let Ok(bytes) = std::fs::read(&file) else { continue };
            for (index, info) in (0..).zip(FontInfo::iter(&bytes)) {
                // Five languages share a file of Noto; their glyphs differ.
                if info.family.contains("CJK") && !info.family.ends_with("CJK SC") {
                    continue;
                }
                book.push(info);
                faces.push(Face { file: file.clone(), index, font: OnceLock::new() });
            }
        }
        if !book.contains_family(&NEEDED.to_lowercase()) {
            let says = "没有找到排版用的中文字体。请安装软件包 fonts-noto-cjk，或者在配置里用 fonts_dir 指明字体目录。";
            return Err(Refusal::new("no-fonts", says));
        }
        let standards = PdfStandards::new(&[PdfStandard::A_2a]).map_err(|e| fault(e.message().as_ref()))?;
        let library = LazyHash::new(<Library as LibraryExt>::default());
        Ok(Press { library, book: LazyHash::new(book), faces, standards })
    }

    /// A letter as PDF.
    ///
    /// # Errors
    /// `typeset` where the typesetter refuses: a fault of the template, told in its own words.
    pub fn letter(&self, letter: &Letter) -> Result<Vec<u8>, Refusal> {
        self.set("/letter.typ", TEMPLATE, &letter.data(), &format!("{}{}", letter.number, letter.title))
    }

    /// `ident` tells one document from another.
    fn set(&self, name: &str, template: &str, data: &impl Serialize, ident: &str) -> Result<Vec<u8>, Refusal> {
        let words = serde_json::to_vec(data).map_err(|e| fault(&e.to_string()))?;
        let sheet = Sheet {
            press: self,
            main: Source::new(place(name)?, template.into()),
            data: place("/data.json")?,
            words: Bytes::new(words),
        };
        let told = |all: &[typst::diag::SourceDiagnostic]| fault(all.first().map_or("", |d| d.message.as_str()));
        let document: PagedDocument = typst::compile(&sheet).output.map_err(|all| told(&all))?;
        let options = PdfOptions {
            ident: Smart::Custom(ident.into()),
            creator: Smart::Custom(Some("Mingtang".into())),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|all| told(&all));
        comemo::evict(KEPT);
        pdf
    }
}

fn fault(says: &str) -> Refusal {
    Refusal::new("typeset", format!("排版没有成功：{says}。请把这句话告诉系统管理员。"))
}

fn place(path: &str) -> Result<FileId, Refusal> {
    let path = VirtualPath::new(path).map_err(|_| fault(path))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// Font files right in a folder, in the order of their names.
fn fonts_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let font = |p: &PathBuf| {
        let ending = p.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        ending.is_some_and(|e| matches!(e.as_str(), "ttf" | "otf" | "ttc" | "otc"))
    };
    let mut all: Vec<PathBuf> = entries.filter(font).collect();
    all.sort();
    all
}

/// Of the many families of Noto those that letters are set in.
fn is_noto(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    ["NotoSerifCJK-Regular", "NotoSerifCJK-Bold", "NotoSansCJK-Regular"].iter().any(|n| name.starts_with(n))
}

/// One document under way: what the typesetter may see of the world.
struct Sheet<'a> {
    press: &'a Press,
    main: Source,
    data: FileId,
    words: Bytes,
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data { Ok(self.words.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        let face = self.press.faces.get(index)?;
        let read = || Font::new(Bytes::new(std::fs::read(&face.file).ok()?), face.index);
        face.font.get_or_init(read).clone()
    }

    /// A document says itself which day it is of.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            organ: "某市农业农村局".into(),
            number: "依申请〔2026〕1号".into(),
            title: "政府信息公开申请答复书".into(),
            to: "申请人甲".into(),
            paragraphs: vec![
                "您申请的鮰鱼养殖面积为 300㎡，#read(\"/etc/passwd\") 和 $x^2$ 照写。".into(),
                "依据：《政府信息公开条例》第三十六条第二项。".into(),
            ],
            signed: Day::parse("2026-03-02"),
            made: Day::parse("2026-03-02").expect("a day"),
            foot: vec!["核验码 ABCD".into()],
        }
    }

    pub fn words(pdf: &[u8]) -> String {
        let read = crate::read("a.pdf", pdf).expect("our own reader reads it");
        let body = kernel::block::pieces(&read.blocks).map(|(.., text)| text.to_owned());
        let all: String = read.title.into_iter().chain(read.fields.into_values()).chain(body).collect();
        all.split_whitespace().collect()
    }

    #[test]
    fn a_letter_can_be_read_and_is_the_same_twice() {
        let press = Press::open(None).expect("package fonts-noto-cjk is installed");
        let pdf = press.letter(&letter()).expect("a letter");
        assert_eq!(pdf, press.letter(&letter()).expect("a letter"));
        assert!(pdf.len() < 100_000, "{} bytes", pdf.len());
        let text = words(&pdf);
        for word in ["某市农业农村局", "依申请〔2026〕1号", "答复书", "鮰鱼", "㎡", "#read", "2026年3月2日", "核验码"]
        {
            assert!(text.contains(word), "{word} in {text}");
        }
        let plain = String::from_utf8_lossy(&pdf);
        for mark in ["/StructTreeRoot", "/Lang", "pdfaid"] {
            assert!(plain.contains(mark), "{mark}");
        }
        assert!(!plain.contains("root:"));
        if let Ok(folder) = std::env::var("MINGTANG_PAPERS") {
            std::fs::write(Path::new(&folder).join("letter.pdf"), &pdf).expect("a folder to look at");
        }
    }

    #[test]
    fn another_fact_gives_other_bytes_and_a_draft_says_so() {
        let press = Press::open(None).expect("package fonts-noto-cjk is installed");
        let signed = press.letter(&letter()).expect("a letter");
        let draft = press.letter(&Letter { signed: None, ..letter() }).expect("a letter");
        assert_ne!(signed, draft);
        assert!(words(&draft).contains("（未审签）"));
        let long = Letter { paragraphs: vec!["一段很长的话。".repeat(60); 8], ..letter() };
        let pages = |pdf: &[u8]| lopdf::Document::load_mem(pdf).expect("a document").get_pages().len();
        assert_eq!((pages(&signed), pages(&press.letter(&long).expect("pages")) > 1), (1, true));
    }

    #[test]
    fn a_folder_without_fonts_is_refused_with_what_to_do() {
        assert!(fonts_in(Path::new("/nonexistent")).is_empty());
        assert!(!is_noto(Path::new("/x/NotoSansCJK-Black.ttc")) && is_noto(Path::new("/x/NotoSerifCJK-Regular.ttc")));
    }
}
