//! Whatever comes in: no panic, spans on character boundaries, the same findings twice, no number in a finding.

use proptest::prelude::*;
use scan::{Part, Piece, Place, Settings, persons, scan};

/// Characters that the rules care about, thickly strewn.
fn text() -> impl Strategy<Value = String> {
    let crumb = prop_oneof![
        4 => "[0-9０-９xX×〇零一二 　\u{200b}\n\r·–-]{1,9}",
        2 => prop::sample::select(vec![
            "机密", "绝　密", "秘密★", "★20年", "密级：", "身份证号", "430203", "19070315", "0022", "13973312345", "〔2017〕5号",
            "株办发", "依申请公开", "此件", "内部资料", "“", "（", "）", "，", "元", "例如：\n", "\u{fe0f}", "🌟",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(crumb, 0..14).prop_map(|crumbs| crumbs.concat())
}

fn place() -> impl Strategy<Value = Place> {
    let name = std::sync::Arc::<str>::from("名单.xlsx");
    prop_oneof![
        Just(Place::Title),
        Just(Place::Field("文号")),
        (0..3usize).prop_map(Place::body),
        (0..3usize, 0..3usize, 0..3usize).prop_map(|(b, r, c)| Place::body_cell(b, r, c)),
        Just(Place::Attachment { name: name.clone(), part: Part::Header }),
        Just(Place::Attachment { name: name.clone(), part: Part::Name }),
        (0..3usize).prop_map({
            let name = name.clone();
            move |section| Place::Attachment { name: name.clone(), part: Part::Text { section, block: 0, cell: None } }
        }),
        Just(Place::Property { file: Some(name), name: "密级".into() }),
    ]
}

/// The check character of GB 11643, computed apart from the scanner: weights are powers of two modulo 11.
fn with_check(first: &str) -> String {
    let sum: u32 = first.bytes().enumerate().map(|(n, d)| u32::from(d - b'0') * (2u32.pow(17 - n as u32) % 11)).sum();
    let check = (12 - sum % 11) % 11;
    format!("{first}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_well_made_number_is_found_however_it_is_cut(
        province in prop::sample::select(vec![11, 15, 22, 33, 37, 43, 46, 52, 65, 71, 82, 91u32]),
        region in 0..10_000u32,
        year in 1900..2017u32, month in 1..13u32, day in 1..29u32, serial in 0..1000u32,
        cuts in prop::collection::btree_set(1..18usize, 0..4),
        cut in prop::sample::select(vec![" ", "　", "-", "－", "\u{200b}"]),
        wide in any::<bool>(),
    ) {
        let number = with_check(&format!("{province}{region:04}{year}{month:02}{day:02}{serial:03}"));
        let mut text = String::from("户主");
        let start = text.len();
        for (n, c) in number.chars().enumerate() {
            text.push_str(if cuts.contains(&n) { cut } else { "" });
            text.push(if wide { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c });
        }
        let end = text.len();
        text.push_str("，男");
        let found = persons(&[Piece::new(Place::body(0), &text)], &Settings::default());
        prop_assert_eq!(found.len(), 1, "{}", text);
        prop_assert_eq!(&found[0].span, &(start..end));
    }

    #[test]
    fn any_input(parts in prop::collection::vec((place(), text()), 0..5)) {
        let pieces: Vec<Piece> = parts.iter().map(|(place, text)| Piece::new(place.clone(), text)).collect();
        let found = scan(&pieces);
        prop_assert_eq!(&found, &scan(&pieces));
        for f in &found {
            let spots = f.rest.iter().map(|s| (&s.place, &s.span)).chain([(&f.place, &f.span)]);
            for (place, span) in spots {
                prop_assert!(!span.is_empty());
                prop_assert!(parts.iter().any(|(p, t)| p == place && t.get(span.clone()).is_some()));
            }
            let digits = f.excerpt.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
            let personal = f.rule.id().starts_with("person.");
            prop_assert!(!personal || digits <= Some(4), "{}", f.excerpt);
        }
    }
}
