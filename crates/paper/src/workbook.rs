//! Tables as an XLSX workbook. Numbers are numbers, spans are merged, headings are bold; the same tables give the same
//! bytes.

use kernel::block::{Row, Slot, slots};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// A table of a workbook.
pub struct Sheet<'a> {
    /// On the tab: at most 31 characters.
    pub name: &'a str,
    pub caption: &'a str,
    pub rows: &'a [Row],
}

/// A workbook of these tables, a sheet each.
///
/// # Errors
/// Where a name is too long or doubled, or a table is too large for the format.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A file that carries the time of its making is another file every second.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(sheet.name)?;
        write(page, sheet)?;
    }
    book.save_to_buffer()
}

fn write(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let body = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let head = body.clone().set_bold();
    page.write_string_with_format(0, 0, sheet.caption, &Format::new().set_bold())?;
    let Some(grid) = slots(sheet.rows) else { return Ok(()) };
    for (r, line) in (2_u32..).zip(&grid) {
        for (c, slot) in (0_u16..).zip(line) {
            let Slot::Cell(index) = slot else { continue };
            let cell = &sheet.rows[(r - 2) as usize].cells[*index];
            let format = if cell.head { &head } else { &body };
            if cell.cols > 1 || cell.rows > 1 {
                page.merge_range(r, c, r + u32::from(cell.rows) - 1, c + cell.cols - 1, "", format)?;
            }
            match number(&cell.text) {
                Some(number) => page.write_number_with_format(r, c, number, format)?,
                None => page.write_string_with_format(r, c, &cell.text, format)?,
            };
        }
    }
    Ok(())
}

/// What is a number for a spreadsheet: digits, at most one point, no sign and no leading zero that says something.
fn number(text: &str) -> Option<f64> {
    let plain = text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let code = text.len() > 1 && text.starts_with('0') && !text.starts_with("0.");
    if plain && !code { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Block;
    use kernel::block::Cell;

    #[test]
    fn what_was_written_is_read_again_and_twice_the_same() {
        let head = |text: &str, cols| Cell { text: text.into(), head: true, cols, rows: 1 };
        let plain = |text: &str| Cell::new(text);
        let rows = vec![
            Row { cells: vec![head("信息内容", 1), head("件数", 2)] },
            Row { cells: vec![plain("鮰鱼"), plain("12"), plain("007")] },
        ];
        let sheet = || [Sheet { name: "表二", caption: "主动公开", rows: &rows }];
        let bytes = workbook(&sheet()).expect("a workbook");
        assert_eq!(bytes, workbook(&sheet()).expect("a workbook"));
        let read = crate::read("a.xlsx", &bytes).expect("our own reader reads it");
        let told: Vec<&str> = read
            .blocks
            .iter()
            .flat_map(|b| kernel::block::pieces(std::slice::from_ref(b)).map(|(.., text)| text).collect::<Vec<_>>())
            .collect();
        for word in ["信息内容", "件数", "鮰鱼", "12", "007"] {
            assert!(told.contains(&word), "{word} in {told:?}");
        }
        assert!(read.blocks.iter().any(|b| matches!(b, Block::Table { .. })));
    }

    #[test]
    fn a_code_is_no_number() {
        assert_eq!(
            [number("12"), number("0.5"), number("0"), number("007"), number("-1"), number("")],
            [Some(12.0), Some(0.5), Some(0.0), None, None, None]
        );
    }
}
