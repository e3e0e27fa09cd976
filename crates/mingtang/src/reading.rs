//! `mingtang read-paper` and `mingtang copy-paper`: read or copy one file and end. They are started by the program
//! itself, for every upload, so that no file can take more memory or time than this process may have, and none can
//! bring down the one that serves.

use crate::fail::Fail;
use std::io::{BufRead, Read, Write};

/// Address space, in bytes: the largest file, its parts, and what they become.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;
/// CPU time, in seconds.
#[cfg(unix)]
const SECONDS: u64 = 30;

/// Reads a name, a line end and the file from standard input; for a copy a line with the order stands before the file.
/// Writes the answer of [`paper::wire`].
pub fn run(copies: bool) -> Result<(), Fail> {
    #[cfg(unix)]
    limit()?;
    // What a reader stumbles over belongs to the file, and may be secret.
    std::panic::set_hook(Box::new(|_| {}));
    let (mut input, mut name, mut order, mut bytes) = (std::io::stdin().lock(), String::new(), String::new(), vec![]);
    input.read_line(&mut name)?;
    if copies {
        input.read_line(&mut order)?;
    }
    input.take(paper::MAX_INPUT as u64 + 1).read_to_end(&mut bytes)?;
    let name = name.trim_end();
    let answer =
        if copies { paper::wire::answer_copy(name, &order, &bytes) } else { paper::wire::answer(name, &bytes) };
    std::io::stdout().write_all(&answer)?;
    Ok(())
}

/// Nothing here is asked for twice: what cannot be limited is not read.
#[cfg(unix)]
fn limit() -> Result<(), Fail> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let all = [(Resource::As, MEMORY), (Resource::Cpu, SECONDS), (Resource::Core, 0), (Resource::Fsize, 0)];
    for (what, most) in all {
        setrlimit(what, Rlimit { current: Some(most), maximum: Some(most) }).map_err(Fail::fault)?;
    }
    Ok(())
}
