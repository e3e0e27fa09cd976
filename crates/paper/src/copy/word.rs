//! DOCX: tracked changes as the pages show them, no remarks, no hidden words, no traces of who wrote when.

use super::dom::{El, Fate, Node};

/// Elements that nobody sees.
const UNSEEN: &[&str] = &[
    "annotationRef",
    "attachedTemplate",
    "cellDel",
    "cellIns",
    "cellMerge",
    "commentRangeEnd",
    "commentRangeStart",
    "commentReference",
    "customXmlDelRangeEnd",
    "customXmlDelRangeStart",
    "customXmlInsRangeEnd",
    "customXmlInsRangeStart",
    "customXmlMoveFromRangeEnd",
    "customXmlMoveFromRangeStart",
    "customXmlMoveToRangeEnd",
    "customXmlMoveToRangeStart",
    "dataBinding",
    "del",
    "delInstrText",
    "delText",
    "docVars",
    "mailMerge",
    "moveFrom",
    "moveFromRangeEnd",
    "moveFromRangeStart",
    "moveToRangeEnd",
    "moveToRangeStart",
    "numberingChange",
    "permEnd",
    "permStart",
    "pPrChange",
    "proofErr",
    "rPrChange",
    "rsids",
    "sectPrChange",
    "tblGridChange",
    "tblPrChange",
    "tblPrExChange",
    "tcPrChange",
    "trackRevisions",
    "trPrChange",
    "writeProtection",
];
/// Words and breaks of a run.
const WORDS: &[&str] = &["br", "cr", "noBreakHyphen", "ptab", "sym", "t", "tab"];

/// Cleans a part; nothing is counted as taken out.
pub fn clean(tree: &mut El) -> usize {
    tree.prune(&mut |el| {
        el.strip(|name| name.rsplit(':').next().is_some_and(|own| own.starts_with("rsid")));
        match el.name() {
            name if el.whole_name().starts_with("w") && UNSEEN.contains(&name) => Fate::Drop,
            "ins" | "moveTo" if el.kids.is_empty() => Fate::Drop,
            "ins" | "moveTo" if el.whole_name().starts_with('w') => Fate::Unwrap,
            _ => Fate::Keep,
        }
    });
    show_only(tree, false);
    0
}

/// Takes hidden words out of runs. In tables white stands on a ground of its own.
fn show_only(el: &mut El, in_table: bool) {
    let in_table = in_table || el.name() == "tbl";
    let hidden = el.name() == "r" && is_hidden(el, in_table);
    if hidden {
        el.kids.retain(|kid| !matches!(kid, Node::El(kid) if WORDS.contains(&kid.name())));
    }
    for kid in &mut el.kids {
        if let Node::El(kid) = kid {
            show_only(kid, in_table);
        }
    }
}

fn is_hidden(run: &El, in_table: bool) -> bool {
    let white = |el: &El| el.get("val").is_some_and(|val| val.eq_ignore_ascii_case("ffffff"));
    run.elements().filter(|el| el.name() == "rPr").flat_map(El::elements).any(|el| match el.name() {
        "vanish" => el.is_on(),
        "color" => !in_table && white(el),
        _ => false,
    })
}
