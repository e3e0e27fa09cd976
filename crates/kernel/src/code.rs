use std::fmt;

/// Crockford's base 32: no I, L, O or U, which are read as 1, 1, 0 and V.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A tracking code (查询码): 12 random letters, 60 bits, shown in groups of four (`7K4M-2XQ9-R3TW`).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Code(String);

impl Code {
    /// Takes the low 60 bits of what a random source gave.
    pub fn from_random(bits: u64) -> Code {
        Code((0..12).map(|i| char::from(LETTERS[(bits >> (5 * i) & 31) as usize])).collect())
    }

    /// Reads what a person copied from paper: any case, spaces and hyphens anywhere, O for 0, I and L for 1.
    pub fn parse(text: &str) -> Option<Code> {
        let mut letters = String::new();
        for c in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－' | '—')) {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                'U' => 'V',
                c => c,
            };
            letters.push(LETTERS.contains(&u8::try_from(c).ok()?).then_some(c)?);
        }
        (letters.len() == 12).then_some(Code(letters))
    }

    /// Without hyphens, for keys and addresses.
    pub fn plain(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

/// Never printed whole by accident: who has the code is its holder.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Code({}…)", &self.0[..2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = Code::from_random(0x0123_4567_89ab_cdef);
        let shown = code.to_string();
        assert_eq!(Code::parse(&shown), Some(code.clone()));
        assert_eq!(Code::parse(&format!(" {} ", shown.to_lowercase().replace('0', "o").replace('1', "l"))), Some(code));
        assert_eq!(Code::parse("7K4M-2XQ9-R3T"), None);
        assert_eq!(Code::parse("7K4M-2XQ9-R3T!"), None);
        assert_eq!(Code::parse("查询码"), None);
    }
}
