//! The metadata that clients are generated from is that of the runtime.

use codec::Decode;
use hdx_tests::{binaries, node, rpc};
use subxt::{metadata::Metadata, rpcs::rpc_params};

/// Where the SDK has the metadata.
const ARTIFACT: &str = "clients/sdk/artifacts/hdx.scale";

/// Pallets under the names that pages and outside tools have for them.
const PALLETS: [&str; 11] = [
	"Consent",
	"ProviderRegistry",
	"RecordAccess",
	"Audit",
	"Groth16Verifier",
	"ShieldedConsent",
	"Did",
	"ValidatorSet",
	"Quota",
	"RankedCollective",
	"RankedPolls",
];

/// The metadata that the SDK has.
pub fn ours() -> Vec<u8> {
	let path = binaries::project().join(ARTIFACT);
	std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The metadata that a node serves, in the format of ours.
async fn served() -> Vec<u8> {
	let node = node::shared();
	// After the four letters that all metadata begins with.
	let format = u32::from(ours()[4]);
	let format = format!("0x{}", hex::encode(format.to_le_bytes()));
	let params = rpc_params!["Metadata_metadata_at_version", format];
	let answer: String = node.rpc().await.ask("state_call", params).await;
	let metadata = Option::<Vec<u8>>::decode(&mut &*rpc::bytes(&answer)).unwrap();
	metadata.expect("the runtime writes this format")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sdk_has_the_metadata_of_the_runtime() {
	let ours = ours();
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
	for name in PALLETS {
		assert!(names.iter().any(|one| one == name), "{name} is not among {names:?}");
	}
}
