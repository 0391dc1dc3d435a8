//! Load and comparison benches.
fn main() {}
