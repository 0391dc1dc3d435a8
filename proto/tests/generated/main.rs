//! The generated types are those of the `.proto` files. `UPDATE_GENERATED=1` writes them anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "likewise")]

mod fields;

use std::path::Path;

const FILE: &str = "linli.v1.rs";
const FIELDS: &str = "fields.rs";

#[test]
fn the_generated_types_are_those_of_the_proto_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(root.join("linli/v1"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "proto"))
        .collect();
    files.sort();
    let descriptors = protox::compile(files, [root]).unwrap();
    let out = tempfile::tempdir().unwrap();
    prost_build::Config::new()
        // Records inside a frame or an answer are cut out of its buffer, not copied.
        .bytes(["."])
        .out_dir(out.path())
        .compile_fds(descriptors)
        .unwrap();

    let made = std::fs::read_to_string(out.path().join(FILE)).unwrap();
    check(FIELDS, &fields::of(&made));
    check(FILE, &made);
}

fn check(file: &str, made: &str) {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/generated").join(file);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(&committed, made).unwrap();
    }
    let kept = std::fs::read_to_string(&committed).unwrap_or_default();
    assert!(made == kept, "{file} is not what the .proto files give; run with UPDATE_GENERATED=1");
}
