//! The editor's note (编者注) of a demo record, composed in the notation of texts. It stands outside the body.

use super::data::{EditorNote, LawNote, RecordFile};

/// Empty where there is nothing to say.
pub fn of(record: &RecordFile) -> String {
    let mut parts = vec![];
    let mut add = |part: String| {
        if !part.is_empty() {
            parts.push(part);
        }
    };
    add(record.editor_note_intro.clone());
    add(lines(&record.editor_notes, slip));
    if !record.law_notes.is_empty() {
        add(format!("以下规定后来有变化：\n\n{}", lines(&record.law_notes, change)));
    }
    add(printed(record));
    add(record.issued_note.clone());
    parts.join("\n\n")
}

fn lines<T>(all: &[T], line: fn(&T) -> String) -> String {
    all.iter().map(|one| format!("- {}", line(one))).collect::<Vec<_>>().join("\n")
}

fn slip(note: &EditorNote) -> String {
    let (verb, sure) = match note.sureness.as_str() {
        "high" => ("应为", "把握高"),
        "medium" => ("当为", "把握中"),
        _ => ("疑为", "把握低"),
    };
    let EditorNote { at, printed, read, note, .. } = note;
    let instead = if read.is_empty() { String::new() } else { format!("{verb}“{read}”") };
    format!("{at}：“{printed}”{instead}（{sure}）。{note}")
}

fn change(note: &LawNote) -> String {
    format!("{}：原文“{}”。{}", note.at, note.quote, note.note)
}

/// What the old page printed above and below the body.
fn printed(record: &RecordFile) -> String {
    let part = |place: &str, text: &str| (!text.is_empty()).then(|| format!("{place}印有“{text}”。"));
    let parts = [part("发布时的页面，正文上方", &record.printed_header), part("正文下方", &record.printed_footer)];
    parts.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(read: &str, sureness: &str) -> EditorNote {
        let text = |t: &str| t.to_owned();
        EditorNote {
            at: text("一"),
            printed: text("甲"),
            read: text(read),
            sureness: text(sureness),
            note: text("说明。"),
        }
    }

    #[test]
    fn a_slip_says_how_sure_the_editor_is() {
        for (read, sureness, says) in [
            ("乙", "high", "一：“甲”应为“乙”（把握高）。说明。"),
            ("乙", "medium", "一：“甲”当为“乙”（把握中）。说明。"),
            ("乙", "low", "一：“甲”疑为“乙”（把握低）。说明。"),
            ("", "high", "一：“甲”（把握高）。说明。"),
        ] {
            assert_eq!(slip(&note(read, sureness)), says);
        }
    }

    #[test]
    fn a_record_without_notes_has_none() {
        assert_eq!(of(&RecordFile::default()), "");
        let one = RecordFile { editor_notes: vec![note("乙", "low"), note("丙", "low")], ..RecordFile::default() };
        assert_eq!(kernel::notation::parse(&of(&one)).len(), 1, "one list");
    }
}
