//! What only a node can say: which runtime it brings, and which first state a runtime makes.

use crate::{chain_spec_error::ChainSpecError, error::Error, files};
use serde_json::Value;
use std::{
	env,
	ffi::OsStr,
	path::{Path, PathBuf},
	process::Command,
};

/// The node.
const NODE: &str = "hdx-node";
/// Largest runtime, in bytes.
const MAX_RUNTIME_BYTES: u64 = 64 * 1024 * 1024;
/// What WebAssembly begins with.
const WASM: &[u8] = b"\0asm";
/// What compressed WebAssembly begins with (sp-maybe-compressed-blob).
const COMPRESSED: &[u8] = &[82, 188, 83, 118, 70, 219, 142, 5];
/// Most characters that an error repeats of what a node said.
const MAX_SHOWN: usize = 600;

/// A program that knows runtimes.
#[derive(Debug)]
pub struct Node(PathBuf);

impl Node {
	/// The one that is named; or the one beside this program; or the one that the system finds.
	pub fn find(named: Option<&Path>) -> Self {
		if let Some(named) = named {
			return Self(named.to_owned());
		}
		let beside = env::current_exe().ok().map(|program| program.with_file_name(NODE));
		Self(beside.filter(|path| path.is_file()).unwrap_or_else(|| NODE.into()))
	}

	/// The code of its runtime: `0x…`.
	pub fn code(&self) -> Result<String, Error> {
		let spec = self.export(OsStr::new("local"), false)?;
		let spec: Value = serde_json::from_slice(&spec).map_err(|_| self.no_spec())?;
		let code = spec.pointer("/genesis/runtimeGenesis/code").and_then(Value::as_str);
		Ok(code.ok_or_else(|| self.no_spec())?.to_owned())
	}

	/// A specification with the first state itself, in the place of how to make it.
	pub fn raw(&self, plain: &Value) -> Result<Vec<u8>, Error> {
		let directory = tempfile::tempdir().map_err(Error::System)?;
		let file = directory.path().join("plain.json");
		std::fs::write(&file, plain.to_string())
			.map_err(|source| Error::Unwritable { path: file.clone(), source })?;
		self.export(file.as_os_str(), true)
	}

	fn export(&self, chain: &OsStr, raw: bool) -> Result<Vec<u8>, Error> {
		let mut command = Command::new(&self.0);
		command.arg("export-chain-spec").arg("--chain").arg(chain).env_remove("RUST_LOG");
		if raw {
			command.arg("--raw");
		}
		let output = command
			.output()
			.map_err(|source| ChainSpecError::NoNode { node: self.0.clone(), source })?;
		if !output.status.success() {
			let said = shortened(&String::from_utf8_lossy(&output.stderr));
			return Err(ChainSpecError::NodeRefuses { node: self.0.clone(), said }.into());
		}
		Ok(output.stdout)
	}

	fn no_spec(&self) -> ChainSpecError {
		let said = "it exports something else than a chain specification".to_owned();
		ChainSpecError::NodeRefuses { node: self.0.clone(), said }
	}
}

/// The code of a runtime in a file: `0x…`.
pub fn code_in(path: &Path) -> Result<String, Error> {
	let code = files::read(path, MAX_RUNTIME_BYTES)?;
	if !code.starts_with(WASM) && !code.starts_with(COMPRESSED) {
		return Err(ChainSpecError::NotARuntime { path: path.to_owned() }.into());
	}
	Ok(format!("0x{}", hex::encode(code)))
}

/// What a program said, in one line: its end, where the reason is.
fn shortened(said: &str) -> String {
	let lines: Vec<_> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
	let text = lines.join(" ");
	let surplus = text.chars().count().saturating_sub(MAX_SHOWN);
	text.chars().skip(surplus).collect()
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn fails_when_there_is_no_node() {
		let error = Node::find(Some(Path::new("/nothing/here"))).code().unwrap_err();
		assert!(matches!(&error, Error::ChainSpec(ChainSpecError::NoNode { .. })), "{error}");
		assert!(error.to_string().contains("/nothing/here"), "{error}");
		assert!(error.help().is_some_and(|help| help.contains("--node")));
	}

	#[cfg(unix)]
	#[test]
	fn fails_when_the_node_refuses_or_says_something_else() {
		let error = Node::find(Some(Path::new("/bin/false"))).code().unwrap_err();
		assert!(matches!(error, Error::ChainSpec(ChainSpecError::NodeRefuses { .. })));
		let error = Node::find(Some(Path::new("/bin/echo"))).code().unwrap_err();
		assert!(matches!(error, Error::ChainSpec(ChainSpecError::NodeRefuses { .. })));
	}

	#[test]
	fn a_runtime_is_webassembly() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("runtime.wasm");
		for begin in [WASM, COMPRESSED] {
			std::fs::write(&file, [begin, b"code"].concat()).unwrap();
			let expected = format!("0x{}", hex::encode([begin, b"code"].concat()));
			assert_eq!(code_in(&file).unwrap(), expected);
		}
		std::fs::write(&file, "{}").unwrap();
		let error = code_in(&file).unwrap_err();
		assert!(matches!(error, Error::ChainSpec(ChainSpecError::NotARuntime { .. })));
	}

	#[test]
	fn what_a_node_says_is_told_in_one_line_with_its_end() {
		assert_eq!(shortened("a\n\n  b \n"), "a b");
		let long = shortened(&format!("{} the reason", "x".repeat(2_000)));
		assert!(long.ends_with("the reason") && long.chars().count() == MAX_SHOWN);
	}
}
