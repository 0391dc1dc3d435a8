//! What is printed.

use comfy_table::Table;
use linli_simulation::plant::Plant;
use linli_simulation::run::Outcome;
use linli_simulation::sometimes::{Path, Sometimes};
use linli_simulation::swarm::Found;
use serde_json::{Value, json};

/// One seed, for people.
pub(crate) fn one(outcome: &Outcome, plant: Option<Plant>, with_steps: bool) {
    if with_steps || outcome.violation.is_some() {
        outcome.trace.kept().for_each(|note| println!("{note}"));
    }
    let Outcome { seed, records, trace, .. } = outcome;
    let (steps, hash) = (trace.steps(), trace.hash());
    println!("seed {seed}: {records} records, {steps} notes, trace {hash:016x}");
    violation(outcome, plant);
}

/// Many seeds, for people.
pub(crate) fn many(found: &Found, plant: Option<Plant>) {
    println!("{}", table(&found.sometimes));
    for path in found.sometimes.never() {
        println!("never: {} ({})", path.words(), path.name());
    }
    let Found { seeds, records, seconds, .. } = found;
    println!("{seeds} seeds, {records} records, {seconds} s");
    match &found.first {
        None => println!("nothing was found"),
        Some(outcome) => {
            outcome.trace.kept().for_each(|note| println!("{note}"));
            violation(outcome, plant);
        }
    }
}

fn violation(outcome: &Outcome, plant: Option<Plant>) {
    let Some(found) = &outcome.violation else { return };
    let seed = outcome.seed;
    println!("seed {seed}: {found}");
    let planted = plant.map(|plant| format!(" --plant {}", plant.name())).unwrap_or_default();
    println!("again: cargo run --release -p linli-simulation -- --seed {seed} --trace{planted}");
}

fn table(sometimes: &Sometimes) -> Table {
    let mut table = Table::new();
    table.set_header(["path", "times"]);
    for path in Path::ALL {
        table.add_row([path.words().to_owned(), sometimes.count(*path).to_string()]);
    }
    table
}

/// One seed, for machines.
pub(crate) fn one_as_json(outcome: &Outcome) -> Value {
    let violation = outcome.violation.as_ref();
    json!({
        "seed": outcome.seed,
        "records": outcome.records,
        "trace": format!("{:016x}", outcome.trace.hash()),
        "checker": violation.map(|violation| violation.checker.name()),
        "found": violation.map(|violation| violation.found.clone()),
        "paths": paths(&outcome.sometimes),
    })
}

/// Many seeds, for machines.
pub(crate) fn many_as_json(found: &Found) -> Value {
    json!({
        "seeds": found.seeds,
        "records": found.records,
        "seconds": found.seconds,
        "first": found.first.as_deref().map(one_as_json),
        "never": found.sometimes.never().map(Path::name).collect::<Vec<_>>(),
        "paths": paths(&found.sometimes),
    })
}

fn paths(sometimes: &Sometimes) -> Value {
    Path::ALL.iter().map(|path| (path.name().to_owned(), json!(sometimes.count(*path)))).collect()
}
