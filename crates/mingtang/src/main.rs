//! The program. Everything it does stands in the library beside it, so that tests and benchmarks can use it too.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    mingtang::run()
}
