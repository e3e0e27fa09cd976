//! Where a record stands: from a place of the floor to names and addresses. Pure.

use crate::floor::EVERYWHERE;
use crate::record::rules::column_name;
use crate::ui::Link;
use law::Law;
use std::collections::BTreeSet;

/// The way down to a place, from its section: `results/policies` is 结果公开, 政策文件.
pub fn steps(law: &Law, place: &str) -> Vec<Link> {
    let at = |path: &str| Some(Link::new(name_of(law, path)?, format!("/{path}")));
    let ends = place.match_indices('/').map(|(i, _)| i).chain([place.len()]);
    ends.filter_map(|end| at(&place[..end])).collect()
}

/// The statutory part has two places of its own that list nothing themselves.
fn name_of<'a>(law: &'a Law, place: &str) -> Option<&'a str> {
    match place {
        "disclosure" => Some("政府信息公开"),
        "disclosure/catalogue" => Some("法定主动公开内容"),
        place => column_name(law, place),
    }
}

/// The page tags ColumnName and ColumnType of a place.
pub fn tags(law: &Law, place: &str) -> (String, String) {
    match law.column(place) {
        Some(column) => (column.name.clone(), column.kind.clone()),
        None => (name(law, place), "信息公开目录".into()),
    }
}

/// The name of a place: a column, a statutory part, a class, or everything.
pub fn name(law: &Law, place: &str) -> String {
    steps(law, place).pop().map_or_else(|| "全部公开信息".into(), |step| step.label)
}

/// Whether records can be listed there at all.
pub fn is_known(law: &Law, place: &str) -> bool {
    place == EVERYWHERE || column_name(law, place).is_some()
}

/// Where the images of a version's text are found.
pub fn files_at(path: &str, version: i64) -> String {
    format!("{path}/v/{version}/files")
}

/// A path for a link: everything but letters, digits, `-_.~` and `/` percent-encoded.
pub fn encoded(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

/// Where a record is listed. A column lists what its sub-columns hold.
pub fn places(column: &str, also: &[String], class: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::from([EVERYWHERE.to_owned()]);
    for path in std::iter::once(column).chain(also.iter().map(String::as_str)) {
        let mut path = path;
        while !path.is_empty() && path != "disclosure" {
            all.insert(path.to_owned());
            path = path.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    if !class.is_empty() {
        all.insert(format!("disclosure/catalogue/{class}"));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASS: &str = "政府信息公开 /disclosure, 法定主动公开内容 /disclosure/catalogue, \
        其他法定公开信息 /disclosure/catalogue/other";

    #[test]
    fn the_way_down_to_a_place() {
        for (place, wanted) in [
            ("results/policies", "结果公开 /results, 政策文件 /results/policies"),
            ("management/internal/personnel", "管理公开 /management, 人事信息 /management/internal/personnel"),
            ("disclosure/guide", "政府信息公开 /disclosure, 政府信息公开指南 /disclosure/guide"),
            ("disclosure/catalogue/other", CLASS),
            ("all", ""),
            ("no/such", ""),
        ] {
            let way: Vec<String> =
                steps(Law::built_in(), place).into_iter().map(|s| format!("{} {}", s.label, s.href)).collect();
            assert_eq!(way.join(", "), wanted, "{place}");
        }
    }

    #[test]
    fn only_known_places_list_records() {
        for place in ["all", "results", "results/policies", "disclosure/rules", "disclosure/catalogue/other"] {
            assert!(is_known(Law::built_in(), place), "{place}");
        }
        for place in ["", "disclosure", "disclosure/catalogue/x", "management/internal", "x' OR 1=1"] {
            assert!(!is_known(Law::built_in(), place), "{place}");
        }
    }

    #[test]
    fn a_file_name_survives_in_an_address() {
        assert_eq!(
            encoded("/records/zz/2026-00001/v/1/files/0/表 1#%.pdf"),
            "/records/zz/2026-00001/v/1/files/0/%E8%A1%A8%201%23%25.pdf"
        );
    }

    #[test]
    fn a_record_is_listed_in_its_columns_and_above_them() {
        let also = ["decisions/legality-review".to_owned()];
        let all: Vec<String> = places("management/internal/personnel", &also, "recruitment").into_iter().collect();
        let wanted = [
            "all",
            "decisions",
            "decisions/legality-review",
            "disclosure/catalogue/recruitment",
            "management",
            "management/internal",
            "management/internal/personnel",
        ];
        assert_eq!(all, wanted);
        assert_eq!(places("disclosure/guide", &[], "").into_iter().collect::<Vec<_>>(), ["all", "disclosure/guide"]);
    }
}
