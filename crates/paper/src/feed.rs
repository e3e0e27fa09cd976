//! Atom (RFC 4287) and RSS 2.0: the entries of a feed, as far as we use them.

use crate::xml::Xml;
use kernel::Refusal;

/// Entries of one feed that are read; the newest stand first in both formats.
const MOST: usize = 200;

/// An entry, as written. Its words may be HTML.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entry {
    /// `id` or `guid`; the address where it has neither.
    pub id: String,
    pub title: String,
    pub address: String,
    pub words: String,
}

/// Reads a feed.
///
/// # Errors
/// `file-broken` where it is no XML, `file-bomb` for a document type of its own, `file-type` where it is no feed.
pub fn feed(bytes: &[u8]) -> Result<Vec<Entry>, Refusal> {
    let (mut xml, mut all) = (Xml::new(bytes), vec![]);
    if !xml.open(0)?.is_some_and(|root| matches!(root.name(), "feed" | "rss" | "RDF")) {
        return Err(crate::refuse("file-type", "这个地址给的不是 Atom，也不是 RSS，没有读。"));
    }
    while let Some(tag) = xml.open(0)? {
        if matches!(tag.name(), "entry" | "item") {
            all.push(entry(&mut xml)?);
        }
        if all.len() == MOST {
            break;
        }
    }
    Ok(all)
}

fn entry(xml: &mut Xml) -> Result<Entry, Refusal> {
    let (depth, mut entry) = (xml.depth(), Entry::default());
    while let Some(tag) = xml.open(depth)? {
        let (href, rel) = (tag.get("href"), tag.get("rel"));
        let words = xml.words()?.trim().to_owned();
        match tag.name() {
            "title" if entry.title.is_empty() => entry.title = words,
            "id" | "guid" => entry.id = words,
            "link" if rel.is_none_or(|rel| rel == "alternate") => entry.address = href.unwrap_or(words),
            "content" | "encoded" | "description" | "summary" if words.len() > entry.words.len() => {
                entry.words = words;
            }
            _ => {}
        }
    }
    if entry.id.is_empty() {
        entry.id.clone_from(&entry.address);
    }
    Ok(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_say_the_same() {
        let atom = r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>省厅</title>
            <entry><id>tag:1</id><title>通知 &amp; 办法</title><link rel="edit" href="http://x.invalid/e"/>
            <link href="http://x.invalid/1"/><author><name>省厅</name></author><summary>短</summary>
            <content type="html">&lt;p&gt;正文&lt;/p&gt;</content></entry></feed>"#;
        let rss = r#"<rss version="2.0"><channel><title>省厅</title><item><guid>tag:1</guid><title>通知 &amp; 办法</title>
            <link>http://x.invalid/1</link><description><![CDATA[<p>正文</p>]]></description></item></channel></rss>"#;
        let wanted = Entry {
            id: "tag:1".into(),
            title: "通知 & 办法".into(),
            address: "http://x.invalid/1".into(),
            words: "<p>正文</p>".into(),
        };
        for feed_text in [atom, rss] {
            assert_eq!(feed(feed_text.as_bytes()).expect("reads"), std::slice::from_ref(&wanted));
        }
        let nameless = "<rss><channel><item><link>http://x.invalid/2</link></item></channel></rss>";
        assert_eq!(feed(nameless.as_bytes()).expect("reads")[0].id, "http://x.invalid/2");
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        for (bytes, code) in [
            (&b"<rss><channel>"[..], "file-broken"),
            (b"<!DOCTYPE rss [<!ENTITY a \"b\">]><rss></rss>", "file-bomb"),
            (b"<html><p>x</p></html>", "file-type"),
            (b"plain words", "file-type"),
            (b"", "file-type"),
        ] {
            assert_eq!(feed(bytes).expect_err("refused").code, code);
        }
        assert_eq!(feed(b"<rss><channel><title>x</title></channel></rss>").expect("reads"), []);
        let many = "<item><guid>1</guid></item>".repeat(MOST + 1);
        assert_eq!(feed(format!("<rss>{many}</rss>").as_bytes()).expect("reads").len(), MOST);
    }
}
