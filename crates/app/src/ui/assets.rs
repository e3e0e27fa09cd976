//! Style sheets and the one script, joined at start and named by their content, so that they may be cached for ever.

use kernel::Hash;

/// A file served as it is under an address that changes with it.
#[derive(Clone, Debug)]
pub struct Asset {
    /// `/assets/portal-3b7e91c40d5a.css`.
    pub path: String,
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

/// What the layouts link to. Serve each with `Cache-Control: public, max-age=31536000, immutable`.
#[derive(Clone, Debug)]
pub struct Assets {
    pub portal: Asset,
    pub desk: Asset,
    pub script: Asset,
    /// For the one page that hashes a reader's file.
    pub verify: Asset,
    pub icon: Asset,
}

impl Assets {
    /// Joins the layers with the style sheets of the slices (`include_str!("record.css")`), in the order given.
    pub fn build(slices: &[&str]) -> Assets {
        let slices = slices.concat();
        let portal = [("tokens", TOKENS), ("base", BASE), ("parts", PARTS), ("slices", &slices)];
        let desk = [("tokens", TOKENS), ("base", BASE), ("parts", PARTS), ("parts", CONSOLE), ("slices", &slices)];
        Assets {
            portal: asset("portal", "css", "text/css; charset=utf-8", layered(&portal)),
            desk: asset("desk", "css", "text/css; charset=utf-8", layered(&desk)),
            script: asset("enhance", "js", "text/javascript; charset=utf-8", include_str!("enhance.js").into()),
            verify: asset("verify", "js", "text/javascript; charset=utf-8", include_str!("verify.js").into()),
            icon: asset("seal", "svg", "image/svg+xml", include_str!("seal.svg").into()),
        }
    }

    pub fn all(&self) -> [&Asset; 5] {
        [&self.portal, &self.desk, &self.script, &self.verify, &self.icon]
    }

    /// The asset at an address, if it is one of this build.
    pub fn find(&self, path: &str) -> Option<&Asset> {
        self.all().into_iter().find(|asset| asset.path == path)
    }
}

const TOKENS: &str = include_str!("tokens.css");
const BASE: &str = include_str!("base.css");
const PARTS: &str = include_str!("parts.css");
const CONSOLE: &str = include_str!("console.css");

fn asset(name: &str, ending: &str, mime: &'static str, text: String) -> Asset {
    let hash = Hash::of(text.as_bytes()).to_string();
    Asset { path: format!("/assets/{name}-{}.{ending}", &hash[..12]), mime, bytes: text.into_bytes() }
}

/// The order of layers is written once, at the top: a slice overrides a part without fighting over specificity.
fn layered(layers: &[(&str, &str)]) -> String {
    let mut css = String::from("@layer tokens,base,parts,slices;");
    for (layer, text) in layers {
        css.push_str(&format!("\n@layer {layer}{{{}}}", squeezed(text)));
    }
    css
}

/// Without comments and line breaks. Strings in our style sheets hold neither.
fn squeezed(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
