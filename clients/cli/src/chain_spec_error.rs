//! What can be wrong with the specification of a chain.

use std::{io, path::PathBuf};

/// Why there is no specification.
#[derive(Debug, thiserror::Error)]
pub enum ChainSpecError {
	/// The consortium's file has faults.
	#[error("`{}` has {}; the first: {first}", .path.display(), crate::output::count(*.count, "fault"))]
	Faults {
		/// The file.
		path: PathBuf,
		/// How many.
		count: usize,
		/// The first one.
		first: String,
	},
	/// There is no node to ask.
	#[error("`{}` cannot be started: {source}", .node.display())]
	NoNode {
		/// The program.
		node: PathBuf,
		/// What the system said.
		source: io::Error,
	},
	/// The node, or its runtime, does not take it.
	#[error("`{}` makes no specification of it: {said}", .node.display())]
	NodeRefuses {
		/// The program.
		node: PathBuf,
		/// What it said.
		said: String,
	},
	/// The file holds no runtime.
	#[error("`{}` is no runtime: it is not WebAssembly", .path.display())]
	NotARuntime {
		/// The file.
		path: PathBuf,
	},
	/// Not a specification, or one that no node of this project makes.
	#[error("it is no chain specification: {0}")]
	NotASpec(String),
	/// Others may use the keystore.
	#[error("others may use the keystore `{}` (mode {mode:03o})", .path.display())]
	KeystoreExposed {
		/// The directory.
		path: PathBuf,
		/// Its permissions.
		mode: u32,
	},
	/// The keys in the keystore have signed for a chain.
	#[error("`{}` has the keys of a chain that was started with them", .path.display())]
	KeystoreOfAChain {
		/// The directory.
		path: PathBuf,
	},
	/// Everybody has the key of the owner.
	#[error("{name} is an account of development chains, whose private key everybody knows")]
	DevelopmentOwner {
		/// What it is called.
		name: String,
	},
}

impl ChainSpecError {
	/// What kind of error it is, for programs.
	pub fn code(&self) -> &'static str {
		match self {
			Self::Faults { .. } => "faults",
			Self::NoNode { .. } => "no-node-program",
			Self::NodeRefuses { .. } => "node-refuses",
			Self::NotARuntime { .. } => "not-a-runtime",
			Self::NotASpec(_) => "malformed",
			Self::KeystoreExposed { .. } => "keystore-exposed",
			Self::KeystoreOfAChain { .. } => "keystore-of-a-chain",
			Self::DevelopmentOwner { .. } => "development-key",
		}
	}

	/// What to do.
	pub fn advice(&self) -> &'static str {
		match self {
			Self::Faults { .. } => "`hdx chain-spec check` tells all of them, with what to do",
			Self::NoNode { .. } => "name the node's program: --node PATH/hdx-node",
			Self::NodeRefuses { .. } => {
				"take hdx and hdx-node of one release; with --runtime, a runtime of that release"
			},
			Self::NotARuntime { .. } => {
				"give the .wasm file that the build leaves in target/release/wbuild/hdx-runtime"
			},
			Self::NotASpec(_) => "`hdx chain-spec build` writes one",
			Self::KeystoreExposed { .. } => {
				"run `chmod 700` on it, and make new keys if others had a look"
			},
			Self::KeystoreOfAChain { .. } => {
				"name another directory, and start the node of the new chain with that: its keys are for one chain alone"
			},
			Self::DevelopmentOwner { .. } => "make an account for the validator: hdx key generate",
		}
	}
}

#[cfg(test)]
mod tests {
	use super::ChainSpecError;
	use std::io;

	#[test]
	fn every_error_says_what_to_do() {
		let errors = [
			ChainSpecError::Faults { path: "f".into(), count: 2, first: "line 1: x".into() },
			ChainSpecError::NoNode { node: "n".into(), source: io::ErrorKind::NotFound.into() },
			ChainSpecError::NodeRefuses { node: "n".into(), said: "no".into() },
			ChainSpecError::NotARuntime { path: "f".into() },
			ChainSpecError::NotASpec("it has no `id`".into()),
			ChainSpecError::KeystoreExposed { path: "d".into(), mode: 0o755 },
			ChainSpecError::KeystoreOfAChain { path: "d".into() },
			ChainSpecError::DevelopmentOwner { name: "//Alice".into() },
		];
		for error in errors {
			assert!(!error.advice().is_empty() && !error.code().is_empty(), "{error}");
		}
	}
}
