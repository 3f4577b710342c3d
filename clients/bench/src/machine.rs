//! On what was measured.

use serde::Serialize;
use std::fs;

/// The machine. Fields that this system does not tell are `unknown` or 0.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Machine {
	/// The processor, as the system names it.
	pub cpu: String,
	/// How many threads run at once.
	pub cores: usize,
	/// Memory, in MiB.
	pub memory_mib: u64,
	/// The system.
	pub system: String,
}

impl Machine {
	/// This one.
	pub fn here() -> Self {
		let read = |path| fs::read_to_string(path).unwrap_or_default();
		Self {
			cpu: cpu(&read("/proc/cpuinfo")),
			cores: std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
			memory_mib: memory_mib(&read("/proc/meminfo")),
			system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
		}
	}
}

/// The value of the first line `key : value` with this key.
fn field<'a>(text: &'a str, key: &str) -> Option<&'a str> {
	text.lines().find_map(|line| {
		let (found, value) = line.split_once(':')?;
		(found.trim() == key).then(|| value.trim())
	})
}

fn cpu(cpuinfo: &str) -> String {
	field(cpuinfo, "model name").unwrap_or("unknown").to_owned()
}

fn memory_mib(meminfo: &str) -> u64 {
	let value = field(meminfo, "MemTotal").and_then(|value| value.split(' ').next());
	value.and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() / 1_024
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_the_system_says_is_read_and_nothing_is_made_up() {
		assert_eq!(cpu("processor\t: 0\nmodel name\t: Fast CPU\nmodel name\t: Other"), "Fast CPU");
		assert_eq!(memory_mib("MemTotal:       24117248 kB\nMemFree: 1 kB\n"), 23_552);
		assert_eq!((cpu("").as_str(), memory_mib("MemTotal: lots")), ("unknown", 0));
	}
}
