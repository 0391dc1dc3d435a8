//! What is deployed: the compose file against its schema, and image, compose file and binary
//! against each other.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here has found something"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser as _;
use linli::cli::Cli;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn read(place: &str) -> String {
    fs::read_to_string(root().join(place)).unwrap()
}

fn compose() -> Value {
    let mut yaml: serde_yaml_ng::Value =
        serde_yaml_ng::from_str(&read("docker-compose.yml")).unwrap();
    yaml.apply_merge().unwrap();
    serde_json::to_value(yaml).unwrap()
}

/// The words of a `command:`, which ours always says as a list.
fn words(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

/// Services that run our image.
fn our_services(compose: &Value) -> BTreeMap<String, Value> {
    let services = compose["services"].as_object().unwrap().clone();
    services.into_iter().filter(|(_, service)| service["image"] == "linli:0.1.0").collect()
}

#[test]
fn the_compose_file_follows_the_compose_schema() {
    // The schema of the Compose specification as docker-compose 1.29 shipped it (Apache-2.0).
    let schema: Value = serde_json::from_str(include_str!("data/compose-spec.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let compose = compose();
    let mistakes: Vec<String> =
        validator.iter_errors(&compose).map(|mistake| mistake.to_string()).collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    let mut wrong = compose;
    wrong["services"]["gateway"]["portz"] = Value::from("8080");
    assert!(!validator.is_valid(&wrong), "the schema should refuse what it doesn't know");
}

#[test]
fn compose_says_what_the_binary_understands() {
    let compose = compose();
    let services = our_services(&compose);
    assert_eq!(
        services.keys().collect::<Vec<_>>(),
        ["gateway", "ledger", "migrate", "projector", "vault-key"]
    );
    for (name, service) in &services {
        let environment = service["environment"].as_object().unwrap();
        let mut line = vec!["linli".to_owned()];
        line.extend(words(&service["command"]));
        // What the environment says must be something the command line could say as well.
        for (variable, value) in environment {
            let flag = match variable.as_str() {
                "LINLI_DATABASE_URL" => "--database-url",
                "LINLI_DISTRICT" => "--district",
                "LINLI_LOG" => "--log",
                "LINLI_NATS_URL" if name == "migrate" => continue,
                "LINLI_NATS_URL" => "--nats-url",
                other => panic!("{name} sets {other}, which the binary doesn't read"),
            };
            line.extend([flag.to_owned(), value.as_str().unwrap().to_owned()]);
        }
        let parsed = Cli::try_parse_from(&line);
        assert!(parsed.is_ok(), "{name}: {line:?}: {}", parsed.err().unwrap());
        if let Some(check) = service.get("healthcheck") {
            let check = words(&check["test"]);
            assert_eq!(check.first().map(String::as_str), Some("CMD"));
            assert!(Cli::try_parse_from(&check[1..]).is_ok(), "{name}: {check:?}");
        }
    }
}

#[test]
fn every_file_that_compose_mounts_is_there() {
    for (name, service) in compose()["services"].as_object().unwrap() {
        let volumes = service.get("volumes").and_then(Value::as_array);
        for volume in volumes.into_iter().flatten() {
            let (from, _) = volume.as_str().unwrap().split_once(':').unwrap();
            if from.starts_with("./") {
                assert!(root().join(from).exists(), "{name} mounts {from}");
            }
        }
    }
}

#[test]
fn the_image_runs_the_binary_as_compose_expects() {
    let dockerfile = read("deploy/Dockerfile");
    let line =
        |start: &str| dockerfile.lines().rfind(|line| line.starts_with(start)).unwrap_or_default();
    assert_eq!(line("ENTRYPOINT"), r#"ENTRYPOINT ["linli"]"#);
    assert!(
        line("USER").split_whitespace().nth(1).is_some_and(|user| user != "root" && user != "0")
    );
    let command: Vec<String> =
        serde_json::from_str(line("CMD").trim_start_matches("CMD ")).unwrap();
    let mut words = vec!["linli".to_owned()];
    words.extend(command);
    words.extend(["--database-url".to_owned(), "postgresql://linli@postgres/linli".to_owned()]);
    assert!(Cli::try_parse_from(&words).is_ok(), "{words:?}");
    assert_eq!(compose()["x-linli"]["build"]["dockerfile"], "deploy/Dockerfile");
    let toolchain = dockerfile.lines().find(|line| line.starts_with("FROM rust:")).unwrap();
    let needed = read("Cargo.toml");
    let needed = needed.lines().find(|line| line.starts_with("rust-version")).unwrap();
    let version = |text: &str| -> Vec<u32> {
        let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        digits.take(2).map(|part| part.parse().unwrap()).collect()
    };
    assert!(version(toolchain) >= version(needed), "{toolchain} is older than {needed}");
}
