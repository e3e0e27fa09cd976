//! Tables of DOCX.

use super::{Docx, Item};
use crate::grid::{self, Placed};
use crate::xml::Xml;
use kernel::block::{Cell, MAX_COLS, clean};
use kernel::{Block, Refusal};

impl Docx<'_> {
    /// A table, and after it the pictures that stand in its cells.
    pub fn table(&mut self, xml: &mut Xml, items: &mut Vec<Item>) -> Result<(), Refusal> {
        let (depth, mut rows, mut after) = (xml.depth(), vec![], vec![]);
        self.tables += 1;
        while let Some(tag) = xml.open(depth)? {
            match tag.name() {
                "tr" => rows.push(self.row(xml, &mut after)?),
                "tblPr" | "tblGrid" | "Fallback" => xml.skip()?,
                _ => {}
            }
        }
        self.tables -= 1;
        let blocks = grid::table(String::new(), grid::joined(rows), &mut self.pieces);
        items.extend(blocks.into_iter().chain(after).map(Item::Block));
        Ok(())
    }

    fn row(&mut self, xml: &mut Xml, after: &mut Vec<Block>) -> Result<Vec<Placed>, Refusal> {
        let (depth, mut cells, mut col, mut head) = (xml.depth(), vec![], 0, false);
        while let Some(tag) = xml.open(depth)? {
            match tag.name() {
                "gridBefore" => col = tag.number("val").unwrap_or(0).min(MAX_COLS),
                "tblHeader" => head = tag.is_on(),
                "tc" => {
                    let mut placed = self.cell(xml, after)?;
                    (placed.col, placed.cell.head) = (col, head);
                    col += usize::from(placed.cell.cols);
                    cells.push(placed);
                }
                "tblPrEx" | "Fallback" => xml.skip()?,
                _ => {}
            }
        }
        Ok(cells)
    }

    /// A table inside a cell is read as the words it has.
    fn cell(&mut self, xml: &mut Xml, after: &mut Vec<Block>) -> Result<Placed, Refusal> {
        self.count()?;
        let (depth, mut cell, mut covered, mut items) = (xml.depth(), Cell::new(""), false, vec![]);
        while let Some(tag) = xml.open(depth)? {
            match tag.name() {
                "gridSpan" => cell.cols = tag.number("val").unwrap_or(1).clamp(1, MAX_COLS as u16),
                "vMerge" => covered = tag.get("val").as_deref() != Some("restart"),
                "p" => self.paragraph(xml, &mut items)?,
                "tbl" => self.table(xml, &mut items)?,
                "Fallback" | "sdtPr" => xml.skip()?,
                _ => {}
            }
        }
        let mut lines = vec![];
        for item in items {
            match item {
                Item::Para(para) => lines.extend(para.lines()),
                Item::Block(image @ Block::Image { .. }) => after.push(image),
                Item::Block(block) => {
                    let words = kernel::block::plain_text(std::slice::from_ref(&block)).replace('\t', " ");
                    lines.extend(words.lines().map(clean).filter(|line| !line.is_empty()));
                }
            }
        }
        cell.text = lines.join("\n");
        Ok(Placed { col: 0, cell, covered })
    }
}
