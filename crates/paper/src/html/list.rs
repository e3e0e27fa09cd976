use kernel::Block;

/// A list and the lists in it, whose items run on in reading order.
#[derive(Default)]
pub struct List {
    /// The next number of each open list; `None` where it has bullets.
    levels: Vec<Option<u32>>,
    items: Vec<(Option<u32>, String)>,
    /// Images that stood in items.
    pub after: Vec<Block>,
}

impl List {
    /// A list opens, numbered from `start` or with bullets.
    pub fn open(&mut self, start: Option<u32>) {
        self.levels.push(start);
    }

    /// A list closes. Says whether it was the outermost.
    pub fn close(&mut self) -> bool {
        self.levels.pop();
        self.levels.is_empty()
    }

    /// The number of the next item, `value` if it has its own.
    pub fn number(&mut self, value: Option<&str>) -> Option<u32> {
        let next = self.levels.last_mut()?.as_mut()?;
        let number = value.and_then(|value| value.trim().parse().ok()).unwrap_or(*next);
        *next = number.saturating_add(1);
        Some(number)
    }

    pub fn item(&mut self, number: Option<u32>) {
        self.items.push((number, String::new()));
    }

    /// Words of the last item; a further paragraph of it follows after a space.
    pub fn text(&mut self, text: &str) {
        match self.items.last_mut() {
            None => self.items.push((None, text.to_owned())),
            Some((_, item)) if item.is_empty() => item.push_str(text),
            Some((_, item)) => item.extend([" ", text]),
        }
    }

    /// One list, or paragraphs with their numbers where a list would show other ones.
    pub fn blocks(mut self) -> Vec<Block> {
        self.items.retain(|(_, item)| !item.is_empty());
        let bullets = self.items.iter().all(|(number, _)| number.is_none());
        let counts = self.items.len() > 1 && self.items.iter().zip(1..).all(|((number, _), n)| *number == Some(n));
        let mut blocks: Vec<Block> = if self.items.is_empty() {
            Vec::new()
        } else if bullets || counts {
            vec![Block::List { ordered: counts, items: self.items.into_iter().map(|(_, item)| item).collect() }]
        } else {
            let text = |(number, item)| match number {
                Some(number) => format!("{number}. {item}"),
                None => item,
            };
            self.items.into_iter().map(|item: (Option<u32>, String)| Block::Paragraph { text: text(item) }).collect()
        };
        blocks.append(&mut self.after);
        blocks
    }
}
