//! One program to a data folder: a file lock, which the system forgets when its owner dies.

use crate::fail::Fail;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

/// Held as long as it lives.
pub struct Lock {
    _file: File,
}

/// Takes the data folder, or says who has it.
pub fn take(data: &Path) -> Result<Lock, Fail> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(data.join("lock"))?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0)?;
            file.rewind()?;
            write!(file, "{}", std::process::id())?;
            Ok(Lock { _file: file })
        }
        Err(TryLockError::WouldBlock) => {
            let mut owner = String::new();
            file.read_to_string(&mut owner)?;
            let data = data.display();
            Err(Fail::no(format!(
                "数据目录 {data} 正在被另一个 mingtang 使用（进程号 {owner}）。请先停下它，或换一个数据目录。"
            )))
        }
        Err(TryLockError::Error(e)) => Err(Fail::fault(e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_one_is_told_who_has_it() {
        let data = tempfile::tempdir().expect("a folder");
        let first = take(data.path()).expect("free");
        let says = take(data.path()).err().expect("taken").to_string();
        assert!(says.contains(&std::process::id().to_string()), "{says}");
        drop(first);
        take(data.path()).expect("free again");
    }
}
