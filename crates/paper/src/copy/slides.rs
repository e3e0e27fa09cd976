//! PPTX: no hidden slides, no notes, no remarks.

use super::dom::{El, Fate};
use super::unfit;
use kernel::Refusal;

/// Whether a slide says of itself that it is not shown.
pub fn is_hidden(part: &[u8]) -> Result<bool, Refusal> {
    let tree = El::parse(part)?;
    Ok(tree.elements().any(|el| el.name() == "sld" && matches!(el.get("show").as_deref(), Some("0" | "false"))))
}

/// Cleans a part; nothing is counted as taken out.
///
/// # Errors
/// `copy-unfit` for an object of another program, whose picture is part of it.
pub fn clean(tree: &mut El) -> Result<usize, Refusal> {
    let mut foreign = false;
    let is_book = tree.elements().any(|el| el.name() == "presentation");
    tree.prune(&mut |el| match el.name() {
        "oleObj" => {
            foreign = true;
            Fate::Drop
        }
        "custDataLst" | "custShowLst" | "modifyVerifier" => Fate::Drop,
        "extLst" if is_book => Fate::Drop,
        _ => Fate::Keep,
    });
    if foreign {
        return Err(unfit("演示文稿里嵌入了其他程序的对象，不能清理。请把它另存为图片，换上后再上传。"));
    }
    Ok(0)
}
