//! Which characters go with which: the levels of the pairs that a character makes with each of the commoner ones, side
//! by side in memory. What is asked for once is kept: a text asks for the same few hundred again and again.

use super::grams::{NUMBER, RARE, Symbol, WORD, pair_level, weight, weight_of};
use super::sound::Other;
use std::sync::{LazyLock, OnceLock};

/// About the fifteen hundred commonest.
const COMMON_WEIGHT: f32 = 12.0;
/// Rarer characters are in no row.
pub(super) const MET_WEIGHT: f32 = 6.0;
const FIRST_HAN: usize = 0x3400;
const HAN: usize = 0x9fff - FIRST_HAN + 1;

/// An answer for each symbol of a text, found when it is first asked for.
pub(super) struct Kept<T>(Vec<OnceLock<Box<[T]>>>);

impl<T> Kept<T> {
    pub fn new() -> Kept<T> {
        Kept((0..HAN + 3).map(|_| OnceLock::new()).collect())
    }

    pub fn of(&self, c: Symbol, find: impl FnOnce() -> Box<[T]>) -> &[T] {
        let slot = match c {
            NUMBER => HAN,
            WORD => HAN + 1,
            c => usize::from(c).checked_sub(FIRST_HAN).filter(|n| *n < HAN).unwrap_or(HAN + 2),
        };
        self.0[slot].get_or_init(find)
    }
}

struct Met {
    /// The commonest first.
    symbols: Box<[Symbol]>,
    common: usize,
    /// The place of each symbol in that order; `u16::MAX` where it is too rare.
    order: Box<[u16]>,
}

static MET: LazyLock<Met> = LazyLock::new(|| {
    let han = (FIRST_HAN..FIRST_HAN + HAN).map(|c| c as Symbol);
    let mut symbols: Vec<Symbol> = han.filter(|&c| weight(&[c]).is_some_and(|w| w > MET_WEIGHT)).collect();
    symbols.sort_by(|a, b| weight_of(*b).total_cmp(&weight_of(*a)));
    let mut order = vec![u16::MAX; 1 << 16];
    symbols.iter().enumerate().for_each(|(n, &c)| order[usize::from(c)] = n as u16);
    let common = symbols.partition_point(|&c| weight_of(c) > COMMON_WEIGHT);
    Met { symbols: symbols.into(), common, order: order.into() }
});

/// What may stand between two symbols.
#[derive(Clone, Copy)]
pub(super) struct Between {
    before: Symbol,
    after: Symbol,
    left: &'static [u8],
    right: &'static [u8],
}

impl Between {
    pub fn new(before: Symbol, after: Symbol) -> Between {
        static AFTER: LazyLock<Kept<u8>> = LazyLock::new(Kept::new);
        static BEFORE: LazyLock<Kept<u8>> = LazyLock::new(Kept::new);
        let row = |find: &dyn Fn(Symbol) -> u8| MET.symbols.iter().map(|&c| find(c)).collect();
        let left = AFTER.of(before, || row(&|c| pair_level(before, c)));
        let right = BEFORE.of(after, || row(&|c| pair_level(c, after)));
        Between { before, after, left, right }
    }

    /// The levels of the pairs that a character would make with its neighbours.
    pub fn pair(&self, c: &Other) -> [u8; 2] {
        match (self.left.get(usize::from(c.order)), self.right.get(usize::from(c.order))) {
            (Some(left), Some(right)) => [*left, *right],
            _ => [pair_level(self.before, c.symbol), pair_level(c.symbol, self.after)],
        }
    }

    /// The common characters that are known beside both neighbours.
    pub fn common(self) -> impl Iterator<Item = (Symbol, [u8; 2])> {
        let pairs = self.left.iter().zip(self.right).zip(&MET.symbols).take(MET.common);
        pairs.filter(|((l, r), _)| **l != RARE && **r != RARE).map(|((l, r), c)| (*c, [*l, *r]))
    }
}

/// The place of a symbol in the rows; beyond them where it is too rare.
pub(super) fn order(c: Symbol) -> u16 {
    MET.order[usize::from(c)]
}
