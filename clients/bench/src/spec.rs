//! The chains that are measured: the presets of the node, with the sudo key of `dev` and with accounts that have
//! something to transfer.
//!
//! The preset `local` has no sudo key, and without one nobody alone can widen the quota of an institution, which
//! bounds what one of them may send far below what the chain can take.

use crate::error::BenchError;
use hdx_primitives::AccountId;
use serde_json::{json, Value};
use std::{
	ffi::OsStr,
	fs,
	path::{Path, PathBuf},
	process::Command,
};

/// What each account has to transfer.
const BALANCE: u64 = 1 << 40;

/// Writes the specification of a chain of 1 or 4 validators into a directory, with its first state in it.
pub fn write(
	node: &Path,
	validators: usize,
	rich: &[AccountId],
	directory: &Path,
) -> Result<PathBuf, BenchError> {
	let development = read(&export(node, OsStr::new("dev"), false)?)?;
	let chain = match validators {
		1 => development.clone(),
		_ => read(&export(node, OsStr::new("local"), false)?)?,
	};
	let text = changed(chain, &development, rich)?.to_string();
	let plain = directory.join("chain.json");
	write_file(&plain, text.as_bytes())?;
	// Else each node computes the first state anew.
	let raw = directory.join("chain.raw.json");
	write_file(&raw, &export(node, plain.as_os_str(), true)?)?;
	Ok(raw)
}

fn write_file(path: &Path, content: &[u8]) -> Result<(), BenchError> {
	fs::write(path, content)
		.map_err(|error| BenchError::File { path: path.to_owned(), reason: error.to_string() })
}

/// What the node says a chain is.
fn export(node: &Path, chain: &OsStr, raw: bool) -> Result<Vec<u8>, BenchError> {
	let mut command = Command::new(node);
	command.arg("export-chain-spec").arg("--chain").arg(chain);
	if raw {
		command.arg("--raw");
	}
	let file = |reason: String| BenchError::File { path: node.to_owned(), reason };
	let output = command.output().map_err(|error| file(format!("it does not start: {error}")))?;
	if !output.status.success() {
		let said = String::from_utf8_lossy(&output.stderr);
		return Err(file(format!("it exports no specification: {said}")));
	}
	Ok(output.stdout)
}

fn read(text: &[u8]) -> Result<Value, BenchError> {
	serde_json::from_slice(text).map_err(BenchError::failed("a chain's specification"))
}

/// Where a specification says what the chain begins with.
const PATCH: &str = "/genesis/runtimeGenesis/patch";

/// The chain with the sudo key and the balances of the development chain, and with these accounts.
fn changed(mut chain: Value, development: &Value, rich: &[AccountId]) -> Result<Value, BenchError> {
	let missing = || BenchError::because("a chain's specification", "it has no genesis patch");
	let find = |path: &str| development.pointer(&format!("{PATCH}/{path}")).cloned();
	let sudo = find("sudo").ok_or_else(missing)?;
	let balances = find("balances/balances").ok_or_else(missing)?;
	let mut balances = balances.as_array().cloned().ok_or_else(missing)?;
	balances.extend(rich.iter().map(|account| json!([account.to_string(), BALANCE])));
	let patch = chain.pointer_mut(PATCH).and_then(Value::as_object_mut).ok_or_else(missing)?;
	patch.insert("sudo".to_owned(), sudo);
	patch.insert("balances".to_owned(), json!({ "balances": balances }));
	Ok(chain)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;

	fn spec(sudo: Value, balances: Value) -> Value {
		let patch = json!({ "sudo": { "key": sudo }, "balances": balances, "session": 7 });
		json!({ "id": "x", "genesis": { "runtimeGenesis": { "code": "0x", "patch": patch } } })
	}

	#[test]
	fn a_chain_gets_the_sudo_key_and_accounts_and_keeps_the_rest() {
		let development = spec(json!("5Ferdie"), json!({ "balances": [["5Ferdie", 1]] }));
		let local = spec(Value::Null, json!({ "balances": [] }));
		let account = AccountId::new([1; 32]);
		let changed = changed(local, &development, std::slice::from_ref(&account)).unwrap();
		let patch = &changed["genesis"]["runtimeGenesis"]["patch"];
		assert_eq!(patch["sudo"]["key"], "5Ferdie");
		let expected = json!([["5Ferdie", 1], [account.to_string(), BALANCE]]);
		assert_eq!(patch["balances"]["balances"], expected);
		assert_eq!((&patch["session"], &changed["id"]), (&json!(7), &json!("x")));
	}

	#[test]
	fn what_is_no_specification_is_refused() {
		let whole = spec(json!("5Ferdie"), json!({ "balances": [] }));
		assert!(changed(json!({}), &whole, &[]).is_err());
		assert!(changed(whole, &json!({}), &[]).is_err());
	}
}
