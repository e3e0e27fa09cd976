//! Pages about the platform: written texts, with the body's own addresses and numbers added.

use crate::App;
use crate::body::Profile;
use crate::edge::{Failure, html};
use crate::portal::Portal;
use crate::record::show;
use crate::ui::{Fact, Frame, Html};
use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use kernel::{Block, notation};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/about", get(about))
        .route("/accessibility", get(accessibility))
        .route("/help", get(help))
        .route("/privacy", get(privacy))
}

#[derive(Template)]
#[template(path = "home/page.html")]
struct Page {
    frame: Frame,
    text: Html,
    contact: Vec<Fact>,
}

async fn about(portal: Portal) -> Result<Response, Failure> {
    page(&portal, include_str!("pages/about.txt"))
}

async fn accessibility(portal: Portal) -> Result<Response, Failure> {
    page(&portal, include_str!("pages/accessibility.txt"))
}

async fn help(portal: Portal) -> Result<Response, Failure> {
    page(&portal, include_str!("pages/help.txt"))
}

async fn privacy(portal: Portal) -> Result<Response, Failure> {
    page(&portal, include_str!("pages/privacy.txt"))
}

fn page(portal: &Portal, text: &str) -> Result<Response, Failure> {
    let (title, blocks) = titled(text);
    let frame = portal.frame(&title).under("", &[]).meta("ColumnName", title).meta("ColumnType", "概况信息");
    html(&Page { frame, text: show::blocks(&blocks, ""), contact: contact(&portal.body.profile, &portal.body.name) })
}

/// The first heading is the title; the others move up to stand right below it, as `h2`.
fn titled(text: &str) -> (String, Vec<Block>) {
    let mut blocks = notation::parse(text).into_iter().peekable();
    let title = match blocks.next_if(|b| matches!(b, Block::Heading { level: 1, .. })) {
        Some(Block::Heading { text, .. }) => text,
        _ => String::new(),
    };
    (title, blocks.map(raised).collect())
}

fn raised(block: Block) -> Block {
    match block {
        Block::Heading { level, text } => Block::Heading { level: level.saturating_sub(2), text },
        block => block,
    }
}

/// What the body says of how to reach it; empty lines are left out by the page.
fn contact(profile: &Profile, name: &str) -> Vec<Fact> {
    let p = profile;
    let line = |name: &'static str, value: &String| Fact::text(name, value.clone());
    let all = [
        Fact::text("主办", name),
        line("工作机构", &p.office),
        line("地址", &p.address),
        line("邮政编码", &p.post_code),
        line("办公时间", &p.hours),
        line("电话", &p.phone),
        line("传真", &p.fax),
        line("电子邮箱", &p.email),
        line("查阅点", &p.reading_point),
    ];
    all.into_iter().filter(|fact| !fact.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_title_and_no_number_of_a_body() {
        for text in [
            include_str!("pages/about.txt"),
            include_str!("pages/accessibility.txt"),
            include_str!("pages/help.txt"),
            include_str!("pages/privacy.txt"),
        ] {
            let (title, blocks) = titled(text);
            assert!(!title.is_empty() && blocks.len() > 5);
            assert!(kernel::block::validate(&notation::parse(text)).is_empty(), "{title}");
            assert!(!["0731", "示例", "株洲", "@", "演示"].iter().any(|word| text.contains(word)), "{title}");
            assert!(!blocks.iter().any(|b| matches!(b, Block::Heading { level, .. } if *level > 0)), "{title}");
        }
    }

    #[test]
    fn a_body_is_reached_by_what_it_has() {
        let profile = Profile { phone: "1".into(), office: "办公室".into(), ..Profile::default() };
        let names: Vec<_> = contact(&profile, "局").into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["主办", "工作机构", "电话"]);
    }
}
