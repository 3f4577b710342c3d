//! Who acts on a chain that a test has to itself: patients by the dozen, practitioners, and physicians who are trusted
//! as far as can be.

use hdx_primitives::{
	engine::terminology::purpose, AccessRequest, AccountId, Action, Code, Commitment, ContextHash,
	InstitutionId, Milliseconds, OverrideReason, Period, Role, Target, H256,
};
use hdx_sdk::{
	chain::{
		interface::{
			self,
			runtime_types::{
				hdx_runtime::RuntimeCall, pallet_consent::pallet::Call as ConsentCall,
			},
		},
		second_key_of, AccessAnswer, Attestation, Chain, ChainError, CredentialKind, Enrolment,
		OracleTerms, ReportedStatus, Signer, StatusReport, Until,
	},
	seal::Fingerprint,
};
use sp_crypto_hashing::blake2_256;
use std::str::FromStr;
use subxt::{transactions::Payload, OnlineClient, PolkadotConfig};
use subxt_signer::{sr25519::Keypair, SecretUri};

/// NUCC taxonomy code of internal medicine physicians.
const INTERNAL_MEDICINE: &str = "http://nucc.org/provider-taxonomy|207R00000X";
/// Milliseconds of an hour.
const HOUR: u64 = 60 * 60 * 1_000;
/// Milliseconds of a day.
const DAY: u64 = 24 * HOUR;

/// A board that is trusted to attest licences, and two oracles who have to agree on them.
pub struct Trusted {
	board: Signer,
	oracles: [Signer; 2],
}

/// A physician with a licence that was checked, and a second key.
pub struct Physician {
	/// For whom.
	pub institution: InstitutionId,
	key: Signer,
	second_key: Signer,
}

impl Trusted {
	/// Registers them, as governance.
	pub async fn register(chain: &Chain, governance: &Signer) -> Self {
		let [board, first, second] = ["//Board", "//Oracle1", "//Oracle2"].map(signer);
		let kinds = vec![CredentialKind::Licence];
		let board_account = board.account();
		let registered =
			chain.register_issuer(governance, board_account, kinds, [1; 32], Until::InBlock);
		registered.await.expect("governance registers a board");
		for oracle in [&first, &second] {
			let registered =
				chain.register_oracle(governance, oracle.account(), None, Until::InBlock);
			registered.await.expect("governance registers an oracle");
		}
		let terms = OracleTerms {
			quorum: 2,
			ttl: Milliseconds(DAY),
			report_lifetime: Milliseconds(HOUR),
			max_misbehaviour: 3,
		};
		let set = chain.set_oracle_terms(governance, terms, Until::InBlock).await;
		set.expect("governance sets the terms of oracles");
		Self { board, oracles: [first, second] }
	}

	/// A new physician of the institution that `operator` operates, of the highest level of assurance.
	pub async fn physician(&self, chain: &Chain, operator: &Signer, name: &str) -> Physician {
		let institution = chain.operated_by(&operator.account()).await.expect("an operator");
		let key = practitioner(chain, operator, name).await;
		let second_key = signer(&format!("{name}//phone"));
		let second = second_key_of(&second_key);
		let registered = chain.register_second_key(&key, second, Until::InBlock).await;
		registered.expect("a practitioner registers a second key");
		let attestation = Attestation {
			kind: CredentialKind::Licence,
			commitment: Commitment(blake2_256(format!("licence of {name}").as_bytes())),
			valid: a_month(chain).await,
		};
		let attested =
			chain.attest_credential(&self.board, key.account(), attestation, Until::Finalized);
		let credential = attested.await.expect("a board attests a licence");
		for oracle in &self.oracles {
			let report = StatusReport {
				credential,
				status: ReportedStatus::Good,
				evidence: H256([7; 32]),
				checked_at: chain.now().await.expect("the chain has a time"),
			};
			let reported = chain.report_status(oracle, key.account(), report, Until::InBlock);
			reported.await.expect("an oracle reports");
		}
		Physician { institution, key, second_key }
	}
}

impl Physician {
	/// Breaks the glass about a patient who consented to nothing, and waits until that is final.
	pub async fn breaks_the_glass(
		&self,
		chain: &Chain,
		patient: AccountId,
	) -> Result<AccessAnswer, ChainError> {
		let request = AccessRequest {
			purpose: purpose::ETREAT,
			duration: Milliseconds(HOUR / 2),
			..treatment_of(self.institution, patient)
		};
		let (reason, second) = (OverrideReason::EmergencyTreatment, Some(&self.second_key));
		chain.break_glass(&self.key, request, reason, second, Until::Finalized).await
	}
}

/// Enrols a practitioner of the institution that `operator` operates, whose licence nobody attests; gives their key.
pub async fn practitioner(chain: &Chain, operator: &Signer, name: &str) -> Signer {
	let key = signer(name);
	let enrolment = Enrolment {
		practitioner: key.account(),
		roles: vec![(Role::Physician, Code::of_token(INTERNAL_MEDICINE))],
		kind: CredentialKind::Employment,
		credential: Commitment(blake2_256(format!("contract of {name}").as_bytes())),
		valid: a_month(chain).await,
		key_agreement: Fingerprint([2; 32]),
	};
	let enrolled = chain.enrol_practitioner(operator, enrolment, Until::InBlock).await;
	enrolled.expect("a hospital enrols practitioners");
	key
}

/// Sponsors patients in one transaction, and waits until it is final.
pub async fn sponsor(url: &str, operator: &Keypair, patients: &[AccountId]) {
	let calls = patients.iter().map(|patient| {
		RuntimeCall::Consent(ConsentCall::sponsor_patient { patient: patient.clone().into() })
	});
	let call = interface::transactions().utility().batch_all(calls.collect());
	signed_and_final(url, operator, &call).await;
}

/// Signs a call, and waits until it is final. It has to work.
pub async fn signed_and_final<C: Payload>(url: &str, key: &Keypair, call: &C) {
	let client = OnlineClient::<PolkadotConfig>::from_insecure_url(url).await.expect("a node");
	let mut transactions = client.at_current_block().await.expect("a final block").transactions();
	let progress = transactions.sign_and_submit_then_watch_default(call, key).await;
	let done = progress.expect("the node takes it").wait_for_finalized_success().await;
	done.unwrap_or_else(|error| panic!("{}: {error}", call.call_name()));
}

/// What a practitioner of an institution asks for: to read all that is there of a patient, for treatment.
pub fn treatment_of(institution: InstitutionId, patient: AccountId) -> AccessRequest {
	AccessRequest {
		on_behalf_of: institution,
		role: Role::Physician,
		patient,
		target: Target::WholeRecord,
		purpose: purpose::TREAT,
		action: Action::Read,
		labels: Default::default(),
		classes: Default::default(),
		context: ContextHash([0; 32]),
		duration: Milliseconds(HOUR),
	}
}

/// The key of a development path, for the SDK.
pub fn signer(path: &str) -> Signer {
	Signer::read(path).expect("a key")
}

/// The key of a development path, for what the SDK does not do.
pub fn pair(path: &str) -> Keypair {
	Keypair::from_uri(&SecretUri::from_str(path).expect("a path")).expect("a key")
}

/// The account of a key.
pub fn account(pair: &Keypair) -> AccountId {
	AccountId::new(pair.public_key().0)
}

/// From now on.
async fn a_month(chain: &Chain) -> Period {
	let now = chain.now().await.expect("the chain has a time");
	Period { start: None, end: Some(now.saturating_add(Milliseconds(30 * DAY))) }
}
