//! The metadata that clients are generated from is that of the runtime.

#![allow(clippy::unwrap_used)]

use codec::Decode;
use hdx_tests::{binaries, node, rpc};
use subxt::{metadata::Metadata, rpcs::rpc_params};

/// The version of the metadata format that the SDK reads.
const FORMAT: u32 = 15;
/// Where the SDK has it.
const ARTIFACT: &str = "clients/sdk/artifacts/hdx.scale";

/// The metadata that a node serves.
async fn served() -> Vec<u8> {
	let node = node::shared();
	let format = format!("0x{}", hex::encode(FORMAT.to_le_bytes()));
	let params = rpc_params!["Metadata_metadata_at_version", format];
	let answer: String = node.rpc().await.ask("state_call", params).await;
	let metadata = Option::<Vec<u8>>::decode(&mut &*rpc::bytes(&answer)).unwrap();
	metadata.expect("the runtime writes this format")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sdk_has_the_metadata_of_the_runtime() {
	let path = binaries::project().join(ARTIFACT);
	let ours = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
	let theirs = served().await;
	assert!(
		ours == theirs,
		"`{ARTIFACT}` ({} bytes) is not the metadata of the runtime ({} bytes).\n\
		 Renew it with: scripts/metadata.sh",
		ours.len(),
		theirs.len(),
	);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pallets_have_the_names_that_tools_show() {
	let metadata = Metadata::decode_from(&served().await).unwrap();
	let names: Vec<_> = metadata.pallets().map(|pallet| pallet.name().to_owned()).collect();
	for name in ["Consent", "ProviderRegistry", "RecordAccess", "Audit"] {
		assert!(names.iter().any(|one| one == name), "{name} is not among {names:?}");
	}
}
