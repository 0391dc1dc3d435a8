//! The `linli` binary: see the library for what it does.

use std::process::ExitCode;

/// Requests, records and rows are many small pieces that one thread makes and another frees, which
/// is what this allocator is good at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    linli::main()
}
