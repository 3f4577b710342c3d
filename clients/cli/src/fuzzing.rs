//! What reads the files that people give, for the fuzzer: one function for each kind of file, which takes any bytes as
//! one. They are refused or read, and what is read and can be written is written, and read again as it was.
//!
//! Nothing here opens a file or asks a node.

pub use crate::{
	commands::{
		access::emergency_proof::fuzz as emergency_proof,
		audit::forensic::fuzz as forensic_bundle,
		chain_spec::show::fuzz as chain_spec,
		consent::document::fuzz as dictionary,
		did::key_spec::fuzz as public_key,
		gov::what::fuzz as call,
		key::fuzz as key,
		provider::{
			agree::fuzz as agreement,
			enrol_all::{directory::fuzz as enrolment, roster::fuzz as roster},
		},
		record::{open::fuzz as package, release_many::list::fuzz as releases},
		zk::audit_open::fuzz as evidence,
	},
	consortium::fuzz as consortium,
	disclosure::{fuzz as disclosure, fuzz_accounted as accounted},
	document::fuzz as document,
};

use crate::commands::{
	licence::{clinician, held},
	shielded::{
		kept, provider,
		secret_file::{Kind, SecretFile},
		subject, wallet,
	},
	study::attestation,
	zk::auditor,
};
use std::path::Path;
use zeroize::Zeroizing;

/// Reads anything as a file with a secret, as what it says that it is.
pub fn secret_file(bytes: &[u8]) {
	let text = Zeroizing::new(bytes.to_vec());
	let Ok(file) = SecretFile::parse(Path::new("secret"), text) else { return };
	match file.kind() {
		Kind::Wallet => wallet::fuzz(&file),
		Kind::Provider => provider::fuzz(&file),
		Kind::Note | Kind::Delegation => kept::fuzz(&file),
		Kind::Subject => subject::fuzz(&file),
		Kind::Clinician => clinician::fuzz(&file),
		Kind::Licence => held::fuzz(&file),
		Kind::Auditor => auditor::fuzz(&file),
		Kind::Attestation => attestation::fuzz(&file),
	}
}
