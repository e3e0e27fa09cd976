use super::Block;

/// The same texts as [`super::pieces`] gives for one block, in the same order, to be changed.
impl Block {
    pub fn texts_mut(&mut self) -> Vec<(Option<(usize, usize)>, &mut String)> {
        match self {
            Block::Heading { text, .. }
            | Block::Paragraph { text }
            | Block::Signature { text }
            | Block::Date { text }
            | Block::Note { text } => vec![(None, text)],
            Block::Image { alt, caption, .. } => {
                [caption, alt].into_iter().filter(|s| !s.is_empty()).map(|s| (None, s)).collect()
            }
            Block::List { items, .. } => items.iter_mut().enumerate().map(|(i, s)| (Some((i, 0)), s)).collect(),
            Block::Table { caption, rows } => {
                let head = (!caption.is_empty()).then_some((None, caption));
                let cells = rows.iter_mut().enumerate().flat_map(|(r, row)| {
                    row.cells.iter_mut().enumerate().map(move |(c, cell)| (Some((r, c)), &mut cell.text))
                });
                head.into_iter().chain(cells).collect()
            }
        }
    }
}
