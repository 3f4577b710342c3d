//! `hdx access prove-emergency` and `break-glass-by-proof`: a clinician proves, and the institution's operator signs.
//!
//! What goes from one to the other names neither the clinician nor the licence.

use super::{
	emergency::{Asked, Read},
	request::answered,
};
use crate::{
	account,
	commands::{
		licence::{self, ClinicianSecret, HeldLicence},
		provider::{read_public, Done},
		shielded::{
			append, element,
			proving::{Key, Proving},
		},
		zk::random,
		Context, SignedBy,
	},
	error::Error,
	exit::Exit,
	files::{self, NewFile},
	shielded_error::ShieldedError,
};
use codec::{DecodeAll, Encode};
use hdx_primitives::{
	emergency_operation, AccessRequest, AccountId, EmergencyProof, OverrideReason, H256,
};
use hdx_sdk::chain::{AtBlock, Chain, ChainError, Until};
use hdx_zk_circuits::{
	auditor::AuditorKey,
	circuits::{BreakGlass, Emergency, EmergencyTerms},
	field::to_bytes,
	note::HeldCredential,
	Asked as AskedFor,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What a file with a proof says that it is.
const FORMAT: &str = "hdx/emergency-proof/1";
/// Largest file with a proof, in bytes.
const MAX_FILE_BYTES: u64 = 64 * 1024;
/// Milliseconds of a day.
const DAY: u64 = 86_400_000;

/// What is asked, for whose signature, and with what it is proven.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Prove {
	/// The account that operates the institution, and will sign.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	operator: AccountId,
	#[command(flatten)]
	asked: Asked,
	#[command(flatten)]
	proving: Proving,
	/// Your licence, as its issuer gave it to you.
	#[arg(long, value_name = "FILE")]
	licence: PathBuf,
	/// Your secret.
	#[arg(long, value_name = "FILE")]
	secret: PathBuf,
	/// The public encryption key that custodians are to wrap for. Draw it for this emergency alone: hdx key generate
	/// --encryption.
	#[arg(long, value_name = "PUBLIC-KEY-FILE")]
	to: PathBuf,
	/// Which of the day's slots is used up, from zero. Each counts once.
	#[arg(long, value_name = "N", default_value_t = 0)]
	slot: u8,
	/// Where to write what the operator signs. It counts for two minutes.
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// What was proven, and by whom it is signed.
#[derive(Debug, clap::Args)]
pub struct ByProof {
	#[command(flatten)]
	by: SignedBy,
	/// What the clinician proved.
	#[arg(value_name = "FILE")]
	file: PathBuf,
}

/// What the operator sends.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Proven {
	request: AccessRequest,
	reason: OverrideReason,
	emergency: EmergencyProof,
}

/// It as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
	format: String,
	/// The genesis of the chain.
	genesis: String,
	/// The account that has to sign, as bytes.
	operator: String,
	/// Request, reason and proof, SCALE-encoded.
	call: String,
}

fn shown_account(account: &AccountId) -> String {
	let bytes: &[u8; 32] = account.as_ref();
	element::shown(bytes)
}

impl Written {
	fn of(proven: &Proven, genesis: String, operator: &AccountId) -> Self {
		let Proven { request, reason, emergency } = proven;
		let call = format!("0x{}", hex::encode((request, reason, emergency).encode()));
		Self { format: FORMAT.to_owned(), genesis, operator: shown_account(operator), call }
	}

	fn text(&self) -> Result<String, Error> {
		let text = serde_json::to_string_pretty(self);
		text.map(|text| format!("{text}\n"))
			.map_err(|error| Error::System(std::io::Error::other(error)))
	}

	fn read(path: &Path) -> Result<Self, Error> {
		Self::parse(&files::read_text(path, MAX_FILE_BYTES)?, path)
	}

	fn parse(text: &str, path: &Path) -> Result<Self, Error> {
		let written: Self =
			serde_json::from_str(text).map_err(|error| malformed(path, &error.to_string()))?;
		if written.format != FORMAT {
			return Err(malformed(path, &format!("it says that it is `{}`", written.format)));
		}
		Ok(written)
	}

	/// What is sent, if it is for this chain and this signer.
	fn proven(&self, path: &Path, genesis: &str, signer: &AccountId) -> Result<Proven, Error> {
		let path_shown = path.display();
		if self.genesis != genesis {
			return Err(Error::Usage(format!(
				"`{path_shown}` is for the chain with genesis {}, and this is the one with {genesis}",
				self.genesis
			)));
		}
		let found = shown_account(signer);
		if self.operator != found {
			return Err(Error::Usage(format!(
				"`{path_shown}` is for the signature of {}, and --as is {found}",
				self.operator
			)));
		}
		self.sent(path)
	}

	/// What is sent, for whichever chain and signer.
	fn sent(&self, path: &Path) -> Result<Proven, Error> {
		let digits = self.call.strip_prefix("0x").unwrap_or(&self.call);
		let bytes = hex::decode(digits).map_err(|error| malformed(path, &error.to_string()))?;
		type Parts = (AccessRequest, OverrideReason, EmergencyProof);
		let (request, reason, emergency) =
			Parts::decode_all(&mut &*bytes).map_err(|error| malformed(path, &error.to_string()))?;
		Ok(Proven { request, reason, emergency })
	}
}

fn malformed(path: &Path, detail: &str) -> Error {
	Error::Malformed {
		path: path.to_owned(),
		expected: "the proof of an emergency",
		detail: detail.to_owned(),
	}
}

/// Reads anything as a proof of an emergency. What is read is written, and read again by its signer.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let Ok(text) = std::str::from_utf8(bytes) else { return };
	let path = Path::new("proven");
	let Ok(written) = Written::parse(text, path) else { return };
	let Ok(proven) = written.sent(path) else { return };
	let operator = AccountId::new([3; 32]);
	let text = Written::of(&proven, written.genesis.clone(), &operator).text();
	let again = text.and_then(|text| Written::parse(&text, path));
	let again = again.and_then(|again| again.proven(path, &written.genesis, &operator));
	assert_eq!(again.ok(), Some(proven));
}

/// What a clinician proves with.
struct Clinician {
	key: Key<BreakGlass>,
	held: HeldLicence,
	secret: ClinicianSecret,
	slot: u8,
}

impl Clinician {
	/// Proves that somebody who is licensed asks for this, by this operator's signature.
	async fn prove(
		&self,
		chain: &Chain,
		operator: &AccountId,
		asked: H256,
		recipient: H256,
		context: &Context,
	) -> Result<EmergencyProof, Error> {
		let Self { key, held, secret, slot } = self;
		let progress = context.output.progress("reading the tree of licences");
		// One block, so that all of it is of the same moment.
		let found = chain.block_time(AtBlock::Best).await?;
		let block = AtBlock::Hash(found.hash);
		let limit = chain.emergency_terms(block).await?.proofs_a_day;
		if *slot >= limit {
			let (slot, limit) = (u32::from(*slot), u32::from(limit));
			return Err(ShieldedError::NoSlot { slot, limit }.into());
		}
		let in_office = chain.identity_auditor(block).await?;
		let (number, auditor) = in_office
			.ok_or_else(|| ChainError::NotFound { what: "an auditor in office".to_owned() })?;
		let auditor = AuditorKey::from_bytes(&auditor.key)
			.map_err(|error| ChainError::Transport(format!("the auditor's key: {error}")))?;
		let leaves = licence::leaves_at(chain, block).await?;
		drop(progress);
		let index = licence::place_of(&leaves, held)?;
		let tree = licence::tree_of(&leaves).ok_or_else(licence::no_tree)?;

		let _progress = context.output.progress("proving");
		let now = found.time;
		let day = now.0.checked_div(DAY).and_then(|day| u32::try_from(day).ok());
		let terms = EmergencyTerms::new(now.0, day.unwrap_or_default(), limit)
			.map_err(|error| ChainError::Transport(error.to_string()))?;
		let emergency = Emergency {
			credential_root: tree.root(),
			auditor,
			terms,
			context: key.context_for(
				chain.genesis(),
				operator,
				&AskedFor::Emergency { request: asked.0 },
			),
		};
		let credential = HeldCredential {
			credential: held.credential(),
			index,
			path: tree.path(index),
			secret: secret.secret(),
		};
		let (public, witness) = emergency.by(credential, *slot, &mut random::generator()?);
		let proof = key.prove(&public, &witness)?;
		Ok(EmergencyProof {
			root: to_bytes(&public.credential_root),
			auditor: number,
			now,
			nullifier: to_bytes(&public.nullifier),
			identity: public.ciphertext.to_bytes(),
			recipient,
			version: key.version(),
			proof,
		})
	}
}

/// Proves, as the clinician.
pub async fn prove(options: Prove, context: &Context) -> Result<(), Error> {
	let Prove { operator, asked, proving, licence, secret, to, slot, out } = options;
	let Read { request, reason, context_salt } = asked.read()?;
	let clinician = Clinician {
		key: proving.read::<BreakGlass>()?,
		held: HeldLicence::read(&licence)?,
		secret: ClinicianSecret::read(&secret)?,
		slot,
	};
	if clinician.held.holder != clinician.secret.key() {
		return Err(Error::Usage(format!(
			"`{}` is for another secret than `{}`",
			licence.display(),
			secret.display()
		)));
	}
	let recipient = H256(read_public(&to)?.fingerprint().0);
	// Made now: that nothing can be written there must not turn out when the two minutes run.
	let mut out = NewFile::create(&out)?;
	let chain = context.connect().await?;
	clinician.held.ensure_for(&append::genesis(&chain))?;
	clinician.key.ensure_believed_by(&chain).await?;
	let bound = emergency_operation(&request, reason, recipient);
	let emergency = clinician.prove(&chain, &operator, bound, recipient, context).await?;
	let proven = Proven { request, reason, emergency };
	let written = Written::of(&proven, append::genesis(&chain), &operator);
	out.write(written.text()?.as_bytes())?;
	let file = out.keep();
	context.output.show(&Done::new(
		format!(
			"proven; {operator} signs {} within two minutes: hdx access break-glass-by-proof",
			file.display()
		),
		json!({
			"file": file,
			"operator": operator.to_string(),
			"slot": slot,
			"auditor": proven.emergency.auditor,
			"contextSalt": context_salt,
		}),
	))
}

/// Signs and sends, as the operator.
pub async fn run(options: ByProof, context: &Context) -> Result<Exit, Error> {
	let operator = options.by.signer()?;
	let written = Written::read(&options.file)?;
	let chain = context.connect().await?;
	let genesis = append::genesis(&chain);
	let Proven { request, reason, emergency } =
		written.proven(&options.file, &genesis, &operator.account())?;
	let progress = context.output.progress("waiting until it is final");
	let answer =
		chain.break_glass_by_proof(&operator, request, reason, emergency, Until::Finalized).await?;
	drop(progress);
	answered(answer, None, context)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::{
		engine::terminology::purpose, Action, ContextHash, InstitutionId, Milliseconds, Proof,
		Role, Target, PROOF_BYTES, SEALED_IDENTITY_BYTES,
	};
	use std::fs;

	const GENESIS: &str = "0x07";

	fn operator() -> AccountId {
		AccountId::new([3; 32])
	}

	fn proven() -> Proven {
		Proven {
			request: AccessRequest {
				on_behalf_of: InstitutionId(1),
				role: Role::Emergency,
				patient: AccountId::new([2; 32]),
				target: Target::WholeRecord,
				purpose: purpose::ETREAT,
				action: Action::Read,
				labels: Default::default(),
				classes: Default::default(),
				context: ContextHash([0; 32]),
				duration: Milliseconds(9),
			},
			reason: OverrideReason::EmergencyTreatment,
			emergency: EmergencyProof {
				root: [1; 32],
				auditor: 2,
				now: Milliseconds(3),
				nullifier: [4; 32],
				identity: [5; SEALED_IDENTITY_BYTES],
				recipient: H256([6; 32]),
				version: 7,
				proof: Proof([8; PROOF_BYTES]),
			},
		}
	}

	#[test]
	fn what_was_proven_is_read_as_it_was_written_by_its_signer_alone() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("proven");
		let written = Written::of(&proven(), GENESIS.to_owned(), &operator());
		fs::write(&file, serde_json::to_string(&written).unwrap()).unwrap();
		let read = Written::read(&file).unwrap();
		assert_eq!(read.proven(&file, GENESIS, &operator()).unwrap(), proven());
		let other = AccountId::new([4; 32]);
		let error = read.proven(&file, GENESIS, &other).unwrap_err();
		assert_eq!(error.code(), "usage", "{error}");
		assert!(read.proven(&file, "0x08", &operator()).is_err());
	}

	#[test]
	fn a_file_fails_when_it_is_no_proof_of_an_emergency() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("proven");
		let written = Written::of(&proven(), GENESIS.to_owned(), &operator());
		let text = serde_json::to_string(&written).unwrap();
		for changed in [String::new(), text.replace(FORMAT, "hdx/other/1")] {
			fs::write(&file, changed).unwrap();
			assert!(matches!(Written::read(&file), Err(Error::Malformed { .. })));
		}
		for call in ["0x0", "0x00", "zz"] {
			let cut = Written { call: call.to_owned(), ..Written::read_text(&text) };
			let refused = cut.proven(&file, GENESIS, &operator());
			assert!(matches!(refused, Err(Error::Malformed { .. })), "{call}");
		}
	}

	impl Written {
		fn read_text(text: &str) -> Self {
			serde_json::from_str(text).unwrap()
		}
	}
}
