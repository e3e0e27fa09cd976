//! XLSX: values instead of formulas, which know more than they show; no hidden sheets, rows and columns, no caches of
//! pivots, no filters, no strings that no cell shows.

use super::dom::{El, Fate, Node};
use super::find::Finder;
use super::office::Gone;
use super::unfit;
use crate::pack::Pack;
use crate::xlsx::sheet::{At, Sheet, place};
use crate::xlsx::{self, Shared};
use kernel::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// Elements of a workbook and its sheets that are no words of a cell.
const UNSEEN: &[&str] = &[
    "AlternateContent",
    "autoFilter",
    "controls",
    "customProperties",
    "customSheetViews",
    "customWorkbookViews",
    "dataValidations",
    "definedNames",
    "extLst",
    "externalReferences",
    "fileRecoveryPr",
    "fileSharing",
    "legacyDrawing",
    "legacyDrawingHF",
    "oleObjects",
    "pivotCaches",
    "protectedRanges",
    "scenarios",
    "smartTags",
    "tableParts",
    "webPublishItems",
];

/// What the sheets show, by part, and which shared strings they show.
pub struct Book {
    sheets: BTreeMap<String, Sheet>,
    used: BTreeSet<usize>,
}

/// The ids of the sheets that the workbook hides.
pub fn hidden(book: &[u8]) -> Result<Gone, Refusal> {
    let (tree, mut found) = (El::parse(book)?, Gone::new());
    tree.each(&mut |el| {
        if el.name() == "sheet" && el.get("state").is_some_and(|state| state != "visible") {
            found.extend(el.get("r:id"));
        }
    });
    Ok(found)
}

impl Book {
    pub fn read(bytes: &[u8]) -> Result<Book, Refusal> {
        let mut pack = Pack::open(bytes)?;
        let (listed, shared): (_, Shared) = xlsx::open(&mut pack)?;
        let (mut book, mut pieces) = (Book { sheets: BTreeMap::new(), used: BTreeSet::new() }, 0);
        for one in listed.into_iter().filter(|one| !one.hidden) {
            let part = pack.part(&one.part)?;
            let sheet = Sheet::read(&part, &shared, &mut pieces)?;
            let tree = El::parse(&part)?;
            each_cell(&tree, &mut |at, cell| {
                if cell.get("t").as_deref() == Some("s") && !sheet.is_hidden(&at) {
                    let value = cell.elements().find(|el| el.name() == "v").map(El::words);
                    book.used.extend(value.and_then(|v| v.trim().parse::<usize>().ok()));
                }
            });
            book.sheets.insert(one.part, sheet);
        }
        Ok(book)
    }
}

/// Where each cell stands: it may say so itself, or follow the one before.
fn each_cell(tree: &El, see: &mut impl FnMut(At, &El)) {
    let (mut at, mut first) = ((0, 0), true);
    tree.each(&mut |el| match el.name() {
        "row" => {
            let next = if first { 0 } else { at.0 + 1 };
            first = false;
            at = (el.get("r").and_then(|r| r.parse::<usize>().ok()).map_or(next, |r| r.saturating_sub(1)), 0);
        }
        "c" if el.whole_name() == "c" => {
            at = el.get("r").as_deref().and_then(place).unwrap_or(at);
            see(at, el);
            at.1 += 1;
        }
        _ => {}
    });
}

/// Cleans a part. Cells that are numbers or results become words where a passage stands in them.
///
/// # Errors
/// `copy-unfit` for a formula whose value nobody has saved.
pub fn clean(name: &str, tree: &mut El, book: &Book, finder: &Finder) -> Result<usize, Refusal> {
    tree.prune(&mut |el| {
        el.strip(|name| matches!(name, "activeTab" | "firstSheet" | "codeName"));
        if UNSEEN.contains(&el.name()) && !el.whole_name().starts_with("xdr:") { Fate::Drop } else { Fate::Keep }
    });
    if name == "xl/sharedStrings.xml" {
        blank_unused(tree, &book.used);
    }
    match book.sheets.get(name) {
        Some(sheet) => cells(tree, sheet, finder),
        None => Ok(0),
    }
}

/// Strings that only hidden cells showed, or none. Their numbers stay, because the others are counted after them.
fn blank_unused(tree: &mut El, used: &BTreeSet<usize>) {
    let mut n = 0;
    tree.prune(&mut |el| {
        if el.name() == "si" {
            if !used.contains(&n) {
                el.kids = vec![Node::El(El::made("t".into(), vec![]))];
            }
            n += 1;
        }
        Fate::Keep
    });
}

fn cells(tree: &mut El, sheet: &Sheet, finder: &Finder) -> Result<usize, Refusal> {
    let mut places = vec![];
    each_cell(tree, &mut |at, _| places.push(at));
    let (mut places, mut taken, mut unsaved) = (places.into_iter(), 0, false);
    tree.prune(&mut |el| {
        if el.whole_name() != "c" {
            return Fate::Keep;
        }
        let at = places.next().unwrap_or_default();
        if sheet.is_hidden(&at) {
            return Fate::Drop;
        }
        el.strip(|name| matches!(name, "cm" | "vm"));
        let has = |el: &El, name: &str| el.elements().any(|below| below.name() == name);
        unsaved |= has(el, "f") && !has(el, "v") && !has(el, "is");
        el.kids.retain(|kid| !matches!(kid, Node::El(below) if below.name() == "f"));
        taken += usize::from(el.get("t").as_deref() != Some("s") && take(el, sheet.cells.get(&at), finder));
        Fate::Keep
    });
    if unsaved {
        return Err(unfit("表格里有没有算出结果的公式，不能清理。请用表格程序打开，保存一次后再上传。"));
    }
    Ok(taken)
}

/// Whether a passage stood in a cell that holds no shared string; it is words now.
fn take(cell: &mut El, shown: Option<&String>, finder: &Finder) -> bool {
    let value = cell.words();
    let shown = shown.unwrap_or(&value);
    if !finder.occurs(shown) && !finder.occurs(&value) {
        return false;
    }
    let words = Node::Text(finder.replaced(shown).0);
    let text = El::made("t xml:space=\"preserve\"".into(), vec![words]);
    cell.kids = vec![Node::El(El::made("is".into(), vec![Node::El(text)]))];
    let mut all = cell.attributes();
    all.retain(|(name, _)| name != "t");
    all.push(("t".into(), "inlineStr".into()));
    cell.set_attributes(&all);
    true
}
