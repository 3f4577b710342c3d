//! `hdx zk verify`.

use super::{circuit, key::Key};
use crate::{
	commands::{bounded, provider::Done, Context},
	error::Error,
	files, hex32,
	zk_error::ZkError,
};
use hdx_primitives::{Proof, ProofRefusal, PublicInput, H256, MAX_PUBLIC_INPUTS, PROOF_BYTES};
use hdx_sdk::chain::AtBlock;
use hdx_zk_circuits::AnyCircuit;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Largest file that is read as a proof, in bytes.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// What to verify, and under which key.
#[derive(Debug, clap::Args)]
pub struct Verify {
	/// The circuit.
	#[arg(long, value_name = "CIRCUIT", value_parser = circuit::known)]
	circuit: AnyCircuit,
	/// The verifying key. Needs no node.
	#[arg(
		long,
		value_name = "FILE",
		required_unless_present = "on_chain",
		conflicts_with = "on_chain"
	)]
	key: Option<PathBuf>,
	/// The digest of the key, as its makers published it: any other key is refused.
	// The chain has the key itself. Not `requires`: clap lets that pass where another option stands in its way.
	#[arg(long, value_name = "0xHASH", conflicts_with = "on_chain", value_parser = digest)]
	digest: Option<H256>,
	/// Ask the chain whether it would accept the proof now.
	#[arg(long, requires = "version")]
	on_chain: bool,
	/// The version that the chain is asked about.
	#[arg(long, value_name = "N", requires = "on_chain")]
	version: Option<u32>,
	/// The proof.
	#[arg(long, value_name = "FILE")]
	proof: PathBuf,
	/// A public input; given once for each, in their order.
	#[arg(long = "input", value_name = "0xBYTES", value_parser = input)]
	inputs: Vec<PublicInput>,
}

/// Reads `0x` with 64 hexadecimal digits.
fn input(text: &str) -> Result<PublicInput, String> {
	hex32::read(text)
		.ok_or_else(|| format!("`{text}` is no input: give 0x with 64 hexadecimal digits"))
}

/// Reads the same.
fn digest(text: &str) -> Result<H256, String> {
	input(text).map(H256).map_err(|_| {
		format!(
			"`{text}` is no digest: give 0x with 64 hexadecimal digits, as `hdx zk list` shows it"
		)
	})
}

fn read_proof(path: &Path) -> Result<[u8; PROOF_BYTES], Error> {
	let bytes = files::read(path, MAX_FILE_BYTES)?;
	let found = bytes.len();
	bytes.try_into().map_err(|_| Error::Malformed {
		path: path.to_owned(),
		expected: "a proof",
		detail: format!("it has {found} bytes, and a proof {PROOF_BYTES}"),
	})
}

/// Verifies: fails where the proof is not believed.
pub async fn run(options: Verify, context: &Context) -> Result<(), Error> {
	let proof = read_proof(&options.proof)?;
	match options.version {
		Some(version) if options.on_chain => on_chain(options, version, proof, context).await,
		_ => here(&options, &proof, context),
	}
}

fn here(options: &Verify, proof: &[u8; PROOF_BYTES], context: &Context) -> Result<(), Error> {
	let Verify { circuit, inputs, .. } = options;
	let Some(path) = &options.key else {
		return Err(Error::Usage("give the verifying key with --key, or --on-chain".to_owned()));
	};
	let key = Key::read(path, *circuit)?;
	if let Some(digest) = options.digest {
		key.ensure_is(digest)?;
	}
	circuit
		.verify(&key.bytes, inputs, proof)
		.map_err(|error| ZkError::disbelieved(error, path.clone(), circuit.name()))?;
	let warning = key.warning().map(|warning| format!("\nNote: {warning}.")).unwrap_or_default();
	context.output.show(&Done::new(
		format!(
			"the proof of {circuit} holds under the key 0x{}{warning}",
			hex::encode(key.digest)
		),
		json!({
			"circuit": circuit.name(),
			"holds": true,
			"key": format!("0x{}", hex::encode(key.digest)),
			"warning": key.warning(),
		}),
	))
}

async fn on_chain(
	options: Verify,
	version: u32,
	proof: [u8; PROOF_BYTES],
	context: &Context,
) -> Result<(), Error> {
	let inputs = bounded(options.inputs, "--input", MAX_PUBLIC_INPUTS)?;
	let version = circuit::version(options.circuit, version);
	let chain = context.connect().await?;
	// The chain tells whether the key's statement is proven. Which statement that is, this program knows.
	let registered = chain.circuit(version, AtBlock::Best).await;
	if registered.is_ok_and(|found| found.relation.0 != options.circuit.relation()) {
		return Err(ZkError::refused(ProofRefusal::WrongRelation).into());
	}
	let verdict = chain.check_proof(version, Proof(proof), inputs, AtBlock::Best).await?;
	verdict.map_err(ZkError::refused)?;
	context.output.show(&Done::new(
		format!("the chain would accept the proof under {}", circuit::shown(version)),
		json!({
			"circuit": options.circuit.name(),
			"version": version.version,
			"holds": true,
		}),
	))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		verify: Verify,
	}

	fn parse(more: &str) -> Result<Verify, String> {
		let line = ["hdx", "--circuit", "consent_grant", "--proof", "p"].into_iter();
		let line = line.chain(more.split_whitespace());
		Line::try_parse_from(line).map(|line| line.verify).map_err(|error| error.to_string())
	}

	#[test]
	fn a_proof_is_verified_here_or_on_the_chain() {
		assert_eq!(parse("--key k").unwrap().key, Some("k".into()));
		let asked = parse("--on-chain --version 2").unwrap();
		assert_eq!((asked.on_chain, asked.version), (true, Some(2)));
		for line in ["", "--on-chain", "--version 1", "--key k --on-chain --version 1"] {
			assert!(parse(line).is_err(), "{line}");
		}
	}

	#[test]
	fn a_digest_is_of_a_key_in_a_file() {
		let given = format!("0x{}", "0a".repeat(32));
		assert_eq!(
			parse(&format!("--key k --digest {given}")).unwrap().digest,
			Some(H256([10; 32]))
		);
		assert!(parse(&format!("--on-chain --version 1 --digest {given}")).is_err());
		assert!(parse("--key k --digest 0x0a").unwrap_err().contains("64 hexadecimal digits"));
	}

	#[test]
	fn an_input_has_64_digits() {
		let one = format!("0x01{}", "00".repeat(31));
		let given = parse(&format!("--key k --input {one} --input {one}")).unwrap();
		assert_eq!(given.inputs.len(), 2);
		assert_eq!(given.inputs.first().and_then(|input| input.first()), Some(&1));
		for text in ["", "1", "0x01", &one[2..]] {
			assert!(input(text).unwrap_err().contains("64 hexadecimal digits"), "{text}");
		}
	}

	#[test]
	fn a_proof_has_384_bytes() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("proof");
		std::fs::write(&file, [0; 383]).unwrap();
		let error = read_proof(&file).unwrap_err().to_string();
		assert!(error.contains("383 bytes"), "{error}");
		std::fs::write(&file, [0; PROOF_BYTES]).unwrap();
		assert_eq!(read_proof(&file).unwrap(), [0; PROOF_BYTES]);
	}
}
