//! What nodes of all tests start from, so that each start does not compile the runtime twice, which
//! takes some ten seconds of a processor each time: once for the first block, once to run.

use crate::binaries;
use serde_json::Value;
use std::{
	fs,
	path::{Path, PathBuf},
	process::Command,
	sync::Mutex,
	time::SystemTime,
};

/// Where compiled runtimes are kept.
pub fn compiled_runtimes() -> PathBuf {
	beside_node("compiled-runtimes")
}

/// The specification of a chain of this node, with its first state in it instead of how to make that.
pub fn spec(chain: &str) -> PathBuf {
	kept(chain, || export(&["--raw", "--chain", chain]))
}

/// The same for a chain that starts with something else: `changes` are laid over the genesis configuration, and `name`
/// tells it from others.
pub fn changed_spec(chain: &str, name: &str, changes: &Value) -> PathBuf {
	kept(name, || {
		let plain = export(&["--chain", chain]);
		let mut plain: Value = serde_json::from_slice(&plain).expect("a specification");
		lay_over(&mut plain["genesis"]["runtimeGenesis"]["patch"], changes);
		let file = beside_node("test-chains").join(format!("{name}.{}.plain", std::process::id()));
		fs::write(&file, plain.to_string()).expect("a file");
		let raw = export(&["--raw", "--chain", file.to_str().expect("a readable path")]);
		fs::remove_file(file).expect("the file is there");
		raw
	})
}

/// The same for a chain whose first state has other values than any configuration gives it: what is stored under each key.
pub fn altered_spec(chain: &str, name: &str, values: &[(Vec<u8>, Vec<u8>)]) -> PathBuf {
	kept(name, || altered(chain, values).to_string().into_bytes())
}

/// The same for a chain that is none for development: its nodes look whether their database and their keys are of it.
pub fn live_spec(chain: &str, name: &str, values: &[(Vec<u8>, Vec<u8>)]) -> PathBuf {
	kept(name, || {
		let mut raw = altered(chain, values);
		raw["chainType"] = "Live".into();
		raw.to_string().into_bytes()
	})
}

/// The specification of a chain with other values in its first state.
fn altered(chain: &str, values: &[(Vec<u8>, Vec<u8>)]) -> Value {
	let raw = export(&["--raw", "--chain", chain]);
	let mut raw: Value = serde_json::from_slice(&raw).expect("a specification");
	let digits = |bytes: &[u8]| format!("0x{}", hex::encode(bytes));
	for (key, value) in values {
		raw["genesis"]["raw"]["top"][digits(key)] = digits(value).into();
	}
	raw
}

/// Puts what `changes` has into a configuration, and leaves the rest of it as it is.
fn lay_over(configuration: &mut Value, changes: &Value) {
	match changes {
		Value::Object(changes) => {
			for (name, change) in changes {
				lay_over(&mut configuration[name], change);
			}
		},
		other => *configuration = other.clone(),
	}
}

/// A specification that is made once for each node that was built.
fn kept(name: &str, make: impl FnOnce() -> Vec<u8>) -> PathBuf {
	static WRITING: Mutex<()> = Mutex::new(());

	let file = beside_node("test-chains").join(format!("{name}.json"));
	// Whoever panicked with the lock left nothing half-written: files appear at once.
	let _alone = WRITING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
	if changed(&file) <= changed(&binaries::node()) {
		fs::create_dir_all(file.parent().expect("it is in a directory")).expect("a directory");
		let mine = file.with_extension(std::process::id().to_string());
		fs::write(&mine, make()).expect("a file");
		fs::rename(&mine, &file).expect("a file of that name");
	}
	file
}

/// What the node exports with these arguments.
fn export(arguments: &[&str]) -> Vec<u8> {
	let mut node = Command::new(binaries::node());
	let export = node.arg("export-chain-spec").args(arguments).output();
	let export = export.expect("the node starts");
	let error = String::from_utf8_lossy(&export.stderr);
	assert!(export.status.success(), "no specification with {arguments:?}: {error}");
	export.stdout
}

/// When a file was changed; the beginning of time where there is none.
fn changed(file: &Path) -> SystemTime {
	fs::metadata(file).and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}

fn beside_node(name: &str) -> PathBuf {
	binaries::node().with_file_name(name)
}

#[cfg(test)]
mod tests {
	use super::lay_over;
	use serde_json::json;

	#[test]
	fn changes_leave_the_rest_as_it_is() {
		let mut configuration = json!({ "a": { "b": 1, "c": [1, 2] }, "d": 3 });
		lay_over(&mut configuration, &json!({ "a": { "c": [9], "e": 5 }, "f": { "g": 1 } }));
		let expected = json!({ "a": { "b": 1, "c": [9], "e": 5 }, "d": 3, "f": { "g": 1 } });
		assert_eq!(configuration, expected);
	}
}
