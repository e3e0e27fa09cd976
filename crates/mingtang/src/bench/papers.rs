//! Papers to be read, of about a size: official text from a seed, as office programs save it.

use super::words::{self, Dice};
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Makes a file of about so many bytes.
type Make = fn(u64, usize) -> Vec<u8>;

/// Endings, and what makes their files.
pub const FORMATS: &[(&str, Make)] = &[("docx", docx), ("xlsx", xlsx), ("ofd", ofd), ("pdf", pdf)];

/// Paragraphs that together come to so many bytes in UTF-8.
fn paragraphs(seed: u64, bytes: usize) -> Vec<String> {
    let (mut all, mut sum) = (vec![], 0);
    for n in 0.. {
        let dice = &mut Dice::of(seed, n);
        let text: String = (0..3).map(|_| words::sentence(dice)).collect();
        sum += text.len();
        all.push(text);
        if sum >= bytes {
            break;
        }
    }
    all
}

/// A container whose parts are stored as they are, so that its size is that of its words.
fn pack(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        let written = zip.start_file(name.as_str(), options).map(|()| zip.write_all(text.as_bytes()));
        debug_assert!(matches!(written, Ok(Ok(()))), "memory takes all");
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn docx(seed: u64, bytes: usize) -> Vec<u8> {
    let mut body = String::from("<w:document><w:body>");
    for text in paragraphs(seed, bytes * 4 / 5) {
        let _ = write!(body, "<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    }
    pack(&[("word/document.xml".into(), body + "</w:body></w:document>")])
}

fn xlsx(seed: u64, bytes: usize) -> Vec<u8> {
    let mut dice = Dice::of(seed, 0);
    let mut sheet = String::from("<worksheet><sheetData>");
    for row in 1.. {
        let _ = write!(sheet, "<row r=\"{row}\">");
        for col in ["A", "B", "C", "D", "E", "F", "G", "H"] {
            let _ = write!(sheet, "<c r=\"{col}{row}\"><v>{}.{:02}</v></c>", dice.below(1_000_000), dice.below(100));
        }
        sheet.push_str("</row>");
        if sheet.len() > bytes {
            break;
        }
    }
    let workbook = "<workbook><sheets><sheet name=\"Sheet1\" r:id=\"r1\"/></sheets></workbook>";
    let relations = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    pack(&[
        ("xl/workbook.xml".into(), workbook.into()),
        ("xl/_rels/workbook.xml.rels".into(), relations.into()),
        ("xl/worksheets/sheet1.xml".into(), sheet + "</sheetData></worksheet>"),
    ])
}

/// Lines of 28 letters, thirty to a page.
fn pages(seed: u64, bytes: usize) -> Vec<Vec<String>> {
    let text = paragraphs(seed, bytes).concat();
    let letters: Vec<char> = text.chars().collect();
    let lines: Vec<String> = letters.chunks(28).map(|line| line.iter().collect()).collect();
    lines.chunks(30).map(<[String]>::to_vec).collect()
}

fn ofd(seed: u64, bytes: usize) -> Vec<u8> {
    let pages = pages(seed, bytes / 3);
    let mut list = String::new();
    let mut parts =
        vec![("OFD.xml".to_owned(), "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>".to_owned())];
    for (n, lines) in pages.iter().enumerate() {
        let mut page = String::from("<Page><Content><Layer>");
        for (row, line) in lines.iter().enumerate() {
            let y = 20 + row * 8;
            let _ = write!(
                page,
                "<TextObject Boundary=\"25 {y} 160 6\" Size=\"5\"><TextCode X=\"0\" Y=\"5\" DeltaX=\"g 27 5\">{line}\
                 </TextCode></TextObject>"
            );
        }
        let _ = write!(list, "<Page ID=\"{n}\" BaseLoc=\"Pages/Page_{n}/Content.xml\"/>");
        parts.push((format!("Doc_0/Pages/Page_{n}/Content.xml"), page + "</Layer></Content></Page>"));
    }
    parts.push(("Doc_0/Document.xml".into(), format!("<Document><Pages>{list}</Pages></Document>")));
    pack(&parts)
}

/// A PDF as the simplest programs write it: streams as they are, a predefined Chinese font.
fn pdf(seed: u64, bytes: usize) -> Vec<u8> {
    let pages = pages(seed, bytes / 2);
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>".into(),
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)\
         /Supplement 2>>>>"
            .into(),
    ];
    let mut kids = String::new();
    for lines in &pages {
        let mut content = String::from("BT /F1 16 Tf 28 TL 60 780 Td\n");
        for line in lines {
            let hex: String = line.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            let _ = writeln!(content, "<{hex}> Tj T*");
        }
        content.push_str("ET");
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
        let at = objects.len();
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {at} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        ));
        let _ = write!(kids, "{} 0 R ", at + 1);
    }
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len());
    let (mut file, mut table) = (String::from("%PDF-1.5\n"), String::new());
    for (n, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let (start, count) = (file.len(), objects.len() + 1);
    let _ = write!(
        file,
        "xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<</Size {count}/Root 1 0 R>>\n\
        startxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_can_be_read_and_has_its_size() {
        for (ending, make) in FORMATS {
            let bytes = make(1, 60_000);
            assert!((40_000..120_000).contains(&bytes.len()), "{ending}: {}", bytes.len());
            let read =
                paper::read(&format!("a.{ending}"), &bytes).unwrap_or_else(|why| panic!("{ending}: {}", why.says));
            let words: usize = read.words.iter().map(|w| w.text.len()).sum();
            assert!(words > bytes.len() / 8, "{ending}: {words} of {}", bytes.len());
        }
    }
}
