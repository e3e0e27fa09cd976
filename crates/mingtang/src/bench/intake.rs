//! Intake: papers of every format and of several sizes, read by a process of their own as uploads are; beside what
//! merely unpacks and parses them.

use super::Asked;
use super::figure::{Bound, Figures, Row};
use super::papers;
use crate::clock::Stopwatch;
use crate::fail::Fail;
use app::reader::COMMAND;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// The row's name.
pub const NAME: &str = "INTAKE";
/// The sizes of the files, in MB.
const SIZES: [usize; 2] = [1, 8];
const MB: f64 = 1_048_576.0;

/// What parses the container and its XML and keeps nothing, from the standard library of Python.
const PARSE: &str = "import sys,io,zipfile,xml.etree.ElementTree as e\n\
    z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))\n\
    for n in z.namelist():\n  if n.endswith('.xml'): e.fromstring(z.read(n))\n";

/// One round of one file.
struct Measured {
    /// From the start of the process to the first byte of its answer.
    ms: f64,
    /// The most memory that it held, in MB.
    peak: f64,
    /// How long the answer is, in bytes.
    answer: usize,
}

pub fn measure(asked: &Asked, seed: u64, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    for size in SIZES {
        for (ending, make) in papers::FORMATS {
            let bytes = make(seed, size << 20);
            let megabytes = bytes.len() as f64 / MB;
            let (mut ms, mut peaks, mut theirs) = (vec![], vec![], vec![]);
            for _ in 0..asked.rounds {
                let one = read(ending, &bytes)?;
                if one.answer < bytes.len() / 50 {
                    return Err(Fail::fault(format!(
                        "{ending} of {megabytes:.1} MB: an answer of {} bytes",
                        one.answer
                    )));
                }
                ms.push(one.ms / megabytes);
                peaks.push(one.peak);
                theirs.extend(peer(ending, &bytes)?.map(|ms| ms / megabytes));
            }
            let name = if *ending == "pdf" { "pdftotext" } else { "python zipfile + ElementTree" };
            let row = |what: &str, unit, ours| {
                let what = format!("{ending} of {megabytes:.1} MB, {what}");
                Figures { name: NAME, what, records: 1, unit, ours }
            };
            let time = row("read apart, a MB", "ms", ms);
            rows.push(match theirs.len() {
                n if n == asked.rounds as usize => time.under(name, &theirs, Bound::Unbound),
                _ => time.alone(Bound::Unbound, Some(format!("none: {name} is not installed"))),
            });
            rows.push(row("highest memory (RSS)", "MB", peaks).alone(Bound::Unbound, None));
        }
    }
    notes.push("INTAKE: the time includes the start of the reading process; the peer's includes its own".into());
    Ok(())
}

/// Reads as the app does. The process has ended its work when the first byte of its answer comes, and cannot end before
/// the rest was taken, because the answer is longer than a pipe holds.
fn read(ending: &str, bytes: &[u8]) -> Result<Measured, Fail> {
    let watch = Stopwatch::start();
    let program = std::env::current_exe()?;
    let mut child = Command::new(program).arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().ok_or_else(|| Fail::fault("no pipe"))?;
    let mut output = child.stdout.take().ok_or_else(|| Fail::fault("no pipe"))?;
    let (name, pid) = (format!("bench.{ending}\n"), child.id());
    let measured = std::thread::scope(|threads| {
        threads.spawn(move || input.write_all(name.as_bytes()).and_then(|()| input.write_all(bytes)));
        let mut answer = vec![0];
        output.read_exact(&mut answer)?;
        let ms = watch.seconds() * 1000.0;
        let peak = peak(pid)?;
        output.read_to_end(&mut answer)?;
        Ok::<Measured, Fail>(Measured { ms, peak, answer: answer.len() })
    });
    child.wait()?;
    measured
}

/// The most memory that a process has held, in MB.
fn peak(pid: u32) -> Result<f64, Fail> {
    let status = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
    kb.map(|kb| kb / 1024.0).ok_or_else(|| Fail::fault("an unreadable /proc/PID/status"))
}

/// How long the peer takes, in ms; `None` where it is not installed.
fn peer(ending: &str, bytes: &[u8]) -> Result<Option<f64>, Fail> {
    let mut command = match ending {
        "pdf" => Command::new("pdftotext"),
        _ => Command::new("python3"),
    };
    match ending {
        "pdf" => command.args(["-", "-"]),
        _ => command.args(["-c", PARSE]),
    };
    let watch = Stopwatch::start();
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let Ok(mut child) = spawned else { return Ok(None) };
    if let Some(mut input) = child.stdin.take() {
        input.write_all(bytes)?;
    }
    let ended = child.wait()?;
    Ok(ended.success().then(|| watch.seconds() * 1000.0))
}
