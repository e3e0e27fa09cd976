//! What a beginning may lead to: titles and words, as links, so that they need no script. A list of natural persons is
//! never suggested: whoever looks for a name shall not be led on to it.

use super::answer::Question;
use super::model::Asked;
use super::words::{self, Sounds};
use crate::edge::{Failure, html};
use crate::portal::Portal;
use crate::record::public::lists_persons;
use crate::ui::{Frame, Link};
use askama::Template;
use axum::response::Response;

/// Titles and words of one page.
const TITLES: u64 = 10;
const WORDS: usize = 8;

#[derive(Template)]
#[template(path = "search/suggest.html")]
struct Page {
    frame: Frame,
    q: String,
    titles: Vec<Link>,
    words: Vec<Link>,
}

pub async fn page(portal: Portal) -> Result<Response, Failure> {
    let asked = Asked::read(portal.uri.query().unwrap_or_default()).map_err(Failure::bad)?;
    let asked = asked.plain(&asked.q);
    let (titles, words) = match asked.q.as_str() {
        "" => (vec![], vec![]),
        _ => (titles(&portal, &asked).await?, words(&portal, &asked).await?),
    };
    let mut frame = portal.frame("相近的标题和词").under("", &[("检索", "/search")]);
    frame.noindex = true;
    html(&Page { frame, q: asked.q, titles, words })
}

async fn found(portal: &Portal, asked: &Asked, most: u64) -> Result<Vec<super::answer::Item>, Failure> {
    let (app, public, body) = (&portal.app, &portal.public, portal.body.id.as_str());
    let answer = Question { app, public, body, asked, window: (most, 0), now: portal.now }.answer().await?;
    Ok(answer.map(|a| a.items).unwrap_or_default())
}

async fn titles(portal: &Portal, asked: &Asked) -> Result<Vec<Link>, Failure> {
    let all = found(portal, asked, TITLES).await?.into_iter().map(|item| item.item);
    let open = all.filter(|item| !lists_persons(&item.kind, &item.title));
    Ok(open.map(|item| Link::new(item.title, item.path)).collect())
}

/// Words of the field that begin as typed or sound so; only those under which something is public.
async fn words(portal: &Portal, asked: &Asked) -> Result<Vec<Link>, Failure> {
    let mut out = vec![];
    for word in begun(&asked.q, &portal.app.search.sounds()) {
        let other = asked.plain(&word);
        if out.len() < WORDS && !found(portal, &other, 1).await?.is_empty() {
            out.push(Link::new(&word, other.href("/search")));
        }
    }
    Ok(out)
}

fn begun(q: &str, sounds: &Sounds) -> Vec<String> {
    let typed = super::fold::folded(q.trim());
    let starts = words::lexicon().filter(|w| w.starts_with(&typed) && *w != typed).map(str::to_owned);
    let mut all: Vec<String> = sounds.typed(&typed).into_iter().map(str::to_owned).chain(starts).collect();
    all.truncate(2 * WORDS);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_leads_to_words() {
        let mut sounds = Sounds::default();
        words::lexicon().for_each(|w| sounds.add(w));
        assert!(begun("非洲", &sounds).contains(&"非洲猪瘟".to_owned()));
        assert!(begun("fzzw", &sounds).contains(&"非洲猪瘟".to_owned()));
        assert!(begun("没有这样的开头", &sounds).is_empty());
    }
}
