//! OFD: no properties, no remarks, no attachments, no older versions. One that is sealed is not touched: its seal
//! covers every byte.

use super::dom::{El, Fate};
use super::parts::{self, Parts};
use super::{picture, unfit};
use kernel::Refusal;

/// # Errors
/// `copy-unfit` where the file is signed or sealed; of reading the parts.
pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let (all, mut made, mut gone) = (parts::open(bytes)?, Parts::new(), vec![]);
    for (name, part) in all {
        let part = if name.ends_with(".xml") { rewritten(&part, &mut gone)? } else { plain(part)? };
        made.insert(name, part);
    }
    // What was named only by what is gone: a place ends with the words by which it was named.
    let is_gone = |name: &str| gone.iter().any(|end| !end.is_empty() && name.ends_with(end.as_str()));
    made.retain(|name, _| !is_gone(name));
    parts::close(&made, "OFD.xml")
}

fn plain(part: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    if picture::is_picture(&part) { picture::strip(&part) } else { Ok(part) }
}

/// A part without what nobody sees; `gone` is told the places of the parts that go with it.
fn rewritten(part: &[u8], gone: &mut Vec<String>) -> Result<Vec<u8>, Refusal> {
    let (mut tree, mut sealed) = (El::parse(part)?, false);
    let mut leave = |el: &El| {
        let mut place = |words: String| gone.push(words.trim().trim_start_matches(['/', '.']).to_owned());
        place(el.words());
        el.each(&mut |below| {
            if matches!(below.name(), "FileLoc" | "DocRoot") {
                place(below.words());
            }
        });
        el.get("BaseLoc").into_iter().for_each(&mut place);
        Fate::Drop
    };
    tree.prune(&mut |el| match el.name() {
        "Signatures" => {
            sealed = true;
            Fate::Drop
        }
        "Attachments" | "Attachment" | "Extensions" | "CustomTags" | "Versions" | "Version" => leave(el),
        "Remark" | "Author" | "Creator" | "CreatorVersion" | "CreationDate" | "ModDate" | "Abstract" | "Subject"
        | "Keywords" | "CustomDatas" | "Title" | "Cover" => Fate::Drop,
        "Annot" => {
            el.strip(|name| matches!(name, "Creator" | "LastModDate"));
            Fate::Keep
        }
        _ => Fate::Keep,
    });
    if sealed {
        return Err(unfit("OFD 盖有电子印章，改动以后印章失效。请用原来的程序另存一份没有盖章的，再清理。"));
    }
    Ok(tree.write())
}
