//! The `linli` binary once more, under a name that the tests of this package can start and kill:
//! Cargo tells a test where the binaries of its own package are, and no others.

use std::process::ExitCode;

fn main() -> ExitCode {
    linli::main()
}
