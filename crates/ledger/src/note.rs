//! Signed notes (C2SP signed-note): a text and signatures below it.

use crate::{Error, VerifierKey, text};
use std::fmt;

/// A reader need not take more: a checkpoint with many large signatures is far smaller.
const BYTES_MAX: usize = 1_000_000;
const SIGNATURES_MAX: usize = 100;

/// A signature line: whose key, and the bytes. Nothing is said yet about whether it is right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    pub name: String,
    /// With the name, it tells which key and algorithm.
    pub id: u32,
    pub bytes: Vec<u8>,
}

/// A text and its signatures, unverified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

/// A right signature by a known key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signed<'a> {
    pub key: &'a VerifierKey,
    /// Of a witness's cosignature: when it saw this tree, in seconds since 1970.
    pub time: Option<u64>,
}

impl Note {
    /// The text ends with a newline and holds no other control characters.
    pub(crate) fn new(text: String, signatures: Vec<Signature>) -> Note {
        Note { text, signatures }
    }

    /// Reads a note of at most 1,000,000 bytes and 100 signatures; whatever is read is written again to the byte.
    ///
    /// # Errors
    /// [`Error::Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<Note, Error> {
        let fault = |fault| Error::malformed("signed note", fault);
        if bytes.len() > BYTES_MAX {
            return Err(fault("it is too long"));
        }
        let all = std::str::from_utf8(bytes).map_err(|_| fault("it is not UTF-8"))?;
        if all.contains(|c: char| c < ' ' && c != '\n') {
            return Err(fault("it has a control character"));
        }
        // The last empty line divides text and signatures.
        let blank = all.rfind("\n\n").ok_or_else(|| fault("it has no signatures"))?;
        let (text, lines) = (&all[..=blank], &all[blank + 2..]);
        let lines = lines.strip_suffix('\n').ok_or_else(|| fault("it does not end with a newline"))?;
        let signatures: Vec<Signature> = lines
            .split('\n')
            .take(SIGNATURES_MAX + 1)
            .map(|line| Signature::parse(line).ok_or_else(|| fault("a line is no signature")))
            .collect::<Result<_, _>>()?;
        if signatures.len() > SIGNATURES_MAX {
            return Err(fault("it has too many signatures"));
        }
        Ok(Note { text: text.to_owned(), signatures })
    }

    /// What is signed. Do not use it before [`Note::verify`].
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The known keys that have signed. Signatures by other keys are ignored, as signed-note demands.
    ///
    /// # Errors
    /// [`Error::BadSignature`] if one signature by a known key is wrong, [`Error::Unsigned`] if there is none.
    pub fn verify<'a>(&self, keys: &'a [VerifierKey]) -> Result<Vec<Signed<'a>>, Error> {
        let mut signed = Vec::new();
        for signature in &self.signatures {
            if let Some(key) = keys.iter().find(|key| signature.is_by(key)) {
                let wrong = || Error::BadSignature(signature.name.clone());
                signed.push(key.verify(&self.text, &signature.bytes).ok_or_else(wrong)?);
            }
        }
        if signed.is_empty() { Err(Error::Unsigned) } else { Ok(signed) }
    }

    /// The same note with the lines added that witnesses answer to a checkpoint (C2SP tlog-witness). Lines by keys that
    /// are not known here are left out, and so are those by keys that have signed already.
    ///
    /// # Errors
    /// [`Error::Malformed`] if they are no signature lines, [`Error::BadSignature`] if one by a known key is wrong,
    /// [`Error::Unsigned`] if none is by a known key.
    pub fn cosigned(&self, lines: &str, witnesses: &[VerifierKey]) -> Result<Note, Error> {
        let answer = Note::parse(format!("{}\n{lines}", self.text).as_bytes())?;
        if answer.text != self.text {
            return Err(Error::malformed("list of cosignatures", "it has more than signature lines"));
        }
        answer.verify(witnesses)?;
        let mut note = self.clone();
        for signature in answer.signatures {
            let same = |s: &Signature| (&s.name, s.id) == (&signature.name, signature.id);
            let known = witnesses.iter().any(|key| signature.is_by(key));
            if known && !note.signatures.iter().any(same) {
                note.signatures.push(signature);
            }
        }
        Ok(note)
    }
}

impl Signature {
    fn is_by(&self, key: &VerifierKey) -> bool {
        key.name() == self.name && key.id() == self.id
    }

    fn parse(line: &str) -> Option<Signature> {
        let (name, signature) = line.strip_prefix("— ")?.split_once(' ')?;
        let bytes = text::read_base64(signature)?;
        let (id, bytes) = bytes.split_first_chunk()?;
        let is_signature = text::is_name(name) && !bytes.is_empty();
        let (name, bytes) = (name.to_owned(), bytes.to_owned());
        is_signature.then(|| Signature { name, id: u32::from_be_bytes(*id), bytes })
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let bytes = [&self.id.to_be_bytes()[..], &self.bytes].concat();
        write!(f, "— {} {}", self.name, text::base64(&bytes))
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|s| writeln!(f, "{s}"))
    }
}
