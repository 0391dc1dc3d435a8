//! The machine that figures were measured on.

use std::fs;

/// Cores, processor and memory in a line; what can't be found out is left out.
pub(crate) fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let processor =
        field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let memory = field("/proc/meminfo", "MemTotal").and_then(|text| {
        let kib: u64 = text.trim_end_matches(" kB").parse().ok()?;
        Some(format!(", {} GiB", kib.div_ceil(1024 * 1024)))
    });
    format!("{cores} cores, {processor}{}", memory.unwrap_or_default())
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}
