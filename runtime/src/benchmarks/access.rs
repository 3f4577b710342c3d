//! The people whom access is decided about: the dearest decision there is, and the one that is usual.

use super::guardians;
use crate::{Audit, Consent, ProviderRegistry, Runtime, RuntimeOrigin, System};
use alloc::vec::Vec;
use frame_benchmarking::account;
use frame_support::{
	traits::{Get, Hooks},
	BoundedVec,
};
use hdx_primitives::{
	engine::{
		terminology::purpose, Actor, Algorithm, DataMeaning, DataReference, Policy, Provision,
		Rule, Rules, Values, MAX_OBLIGATIONS, MAX_PROVISIONS, MAX_VALUES,
	},
	second_factor_payload, AccountId, Action, Code, Commitment, InstitutionId, Milliseconds,
	Period, Role, SecondFactor, TemplateId, H256,
};
use pallet_consent::{ConsentTerms, FrequencyLimit, SignedDocument};
use pallet_provider_registry::{
	CredentialKind, InstitutionKind, OracleTerms, ReportedStatus, Requirement, RoleAssignment,
	SecondKey,
};
use pallet_record_access::benchmarking::{BenchmarkHelper, Scene, Size, Withheld, LAST};
use sp_core::sr25519;
use sp_runtime::{
	app_crypto::{sr25519::AppPublic, RuntimeAppPublic},
	MultiSignature,
};

/// When decisions are made.
const NOW: Milliseconds = Milliseconds(1_000_000);
/// What institutions have to be accredited by.
const SCHEME: Code = Code([9; 16]);
/// The kinds of institutions.
const KINDS: [InstitutionKind; 8] = [
	InstitutionKind::Hospital,
	InstitutionKind::Clinic,
	InstitutionKind::Laboratory,
	InstitutionKind::Pharmacy,
	InstitutionKind::Insurer,
	InstitutionKind::Research,
	InstitutionKind::EthicsBoard,
	InstitutionKind::Authority,
];
/// What issuers are called.
const ISSUER: &str = "issuer";
/// What practitioners are, as consents name it.
const TAXONOMY: Code = Code([7; 16]);
/// How many of the codes of an attribute that a provision withholds are its own.
const OWN: usize = 5;
/// The place of the last value of an attribute.
const LAST_PLACE: usize = MAX_VALUES as usize - 1;
/// What consents were signed on.
const DOCUMENT_HASH: [u8; 32] = [3; 32];

/// The people whom access is decided about.
pub struct AccessSetup;

impl BenchmarkHelper for AccessSetup {
	fn guardian_of(patient: &AccountId, purposes: &[Code]) -> AccountId {
		guardians::guardian_of(patient, purposes)
	}

	fn opt_out(patient: &AccountId) {
		Consent::set_emergency_override(RuntimeOrigin::signed(patient.clone()), false)
			.expect("the patient may");
	}

	fn confirm(practitioner: &AccountId, operation: H256) -> SecondFactor {
		let SecondKey::Sr25519(key) =
			pallet_provider_registry::SecondKeys::<Runtime>::get(practitioner)
				.expect("the scene registered one")
		else {
			unreachable!("the scene registered an Sr25519 key")
		};
		let valid_until = Milliseconds(pallet_timestamp::Now::<Runtime>::get() + 1);
		let payload = second_factor_payload(
			&System::block_hash(0),
			practitioner,
			pallet_provider_registry::SecondFactorCount::<Runtime>::get(practitioner),
			operation,
			valid_until,
		);
		let signature = AppPublic::from(sr25519::Public::from_raw(key))
			.sign(&payload)
			.expect("the keystore made the key");
		let signature = MultiSignature::Sr25519(signature.into_inner());
		SecondFactor { signature, valid_until }
	}

	fn set_scene(size: Size) -> Scene {
		pallet_timestamp::Now::<Runtime>::put(NOW.0);
		let (custodian, institution) = hospital("custodian", 0);
		let (receiver, received_by) = institution_of("receiver", 0, InstitutionKind::Clinic);
		Consent::publish_template(RuntimeOrigin::root(), DOCUMENT_HASH, 1).expect("governance may");
		if let Size::Largest { .. } = size {
			require_accreditation();
			accredit(institution);
			accredit(received_by);
			register_oracle();
			// So that each consent is looked at, and not only the last one.
			let rules = Rules { algorithm: Algorithm::DenyOverrides, ..Rules::default() };
			pallet_consent::DecisionRules::<Runtime>::put(rules);
		}
		let people = Scene {
			reviewer: officer(&receiver, &custodian, size),
			receiver,
			received_by,
			practitioner: custodian.clone(),
			patient: custodian.clone(),
			custodian,
			on_behalf_of: institution,
			role: Role::Physician,
			purpose: purpose::TREAT,
		};
		Self::add_pair(&people, size, 0)
	}

	fn consent(scene: &Scene, provisions: u32, withheld: Withheld) {
		let often = FrequencyLimit { accesses: u32::MAX, per: Milliseconds(u64::MAX) };
		let terms = ConsentTerms { frequency: Some(often), ..Default::default() };
		let mut policy = permit(scene.on_behalf_of, 1, 0);
		for index in 1..provisions {
			let provision = withholding(index, withheld);
			policy.provisions.try_push(provision).expect("there is room");
		}
		consent(&scene.patient, policy, terms);
	}

	fn add_pair(scene: &Scene, size: Size, number: u32) -> Scene {
		let practitioner: AccountId = account("practitioner", number, 0);
		let patient: AccountId = account("patient", number, 0);
		let custodian = RuntimeOrigin::signed(scene.custodian.clone());
		Consent::sponsor_patient(custodian.clone(), patient.clone()).expect("the patient is new");
		match size {
			Size::Largest { consents, credentials } => {
				// The home is another institution than the one acted for, of another kind.
				let (actor, on_behalf_of, home) = match number {
					0 => (scene.custodian.clone(), scene.on_behalf_of, scene.receiver.clone()),
					_ => others(number),
				};
				let home = RuntimeOrigin::signed(home);
				enrol(home.clone(), practitioner.clone(), number);
				ProviderRegistry::add_affiliation(
					RuntimeOrigin::signed(actor),
					practitioner.clone(),
				)
				.expect("there is room");
				verify(home, &practitioner, number, credentials);
				// Each use is counted.
				let often = FrequencyLimit { accesses: u32::MAX, per: Milliseconds(u64::MAX) };
				let terms = ConsentTerms { frequency: Some(often), ..Default::default() };
				for _ in 0..consents {
					let policy = permit(on_behalf_of, MAX_PROVISIONS, MAX_VALUES);
					consent(&patient, policy, terms);
				}
				Scene { practitioner, patient, on_behalf_of, ..scene.clone() }
			},
			Size::Usual(provisions) => {
				enrol(custodian, practitioner.clone(), number);
				let policy = permit(scene.on_behalf_of, provisions, 1);
				consent(&patient, policy, ConsentTerms::default());
				Scene { practitioner, patient, ..scene.clone() }
			},
		}
	}
}

/// Has the first block begin. Scenes are set before it otherwise, and what is measured would seal the log of what they
/// recorded: no call of a block does that for the block before.
fn first_block() {
	if System::block_number() == 0 {
		Audit::on_finalize(0);
		System::set_block_number(1);
	}
}

/// A hospital, and who operates it.
pub(super) fn hospital(name: &'static str, number: u32) -> (AccountId, InstitutionId) {
	institution_of(name, number, InstitutionKind::Hospital)
}

/// An institution of this kind, and who operates it.
fn institution_of(
	name: &'static str,
	number: u32,
	kind: InstitutionKind,
) -> (AccountId, InstitutionId) {
	first_block();
	let operator: AccountId = account(name, number, 0);
	let id = pallet_provider_registry::NextInstitutionId::<Runtime>::get();
	ProviderRegistry::register_institution(RuntimeOrigin::root(), operator.clone(), kind, [0; 32])
		.expect("the operator is new");
	(operator, id)
}

/// The institution for which the practitioner of this number acts, with its operator, and the operator of their home: of no
/// other practitioner, so that in a batch nothing of them was looked up before. There are but eight kinds of institutions,
/// which is what pairs do have in common.
fn others(number: u32) -> (AccountId, InstitutionId, AccountId) {
	let kind = |offset: u32| KINDS[(2 * number + offset) as usize % KINDS.len()];
	let (actor, on_behalf_of) = institution_of("acted for", number, kind(0));
	let (home, enrolling) = institution_of("home", number, kind(1));
	accredit(on_behalf_of);
	accredit(enrolling);
	(actor, on_behalf_of, home)
}

/// Has institutions of each kind need an accreditation.
fn require_accreditation() {
	for kind in KINDS {
		let requirement = Some(Requirement { scheme: SCHEME, level: 1 });
		ProviderRegistry::require_accreditation(RuntimeOrigin::root(), kind, requirement)
			.expect("governance may");
	}
}

/// Gives an institution as many accreditations as it can have, the last of which it needs.
fn accredit(institution: InstitutionId) {
	let most = <Runtime as pallet_provider_registry::Config>::MaxAccreditations::get();
	let others = (1..most).map(|index| Code([100 + index as u8; 16]));
	for scheme in others.chain([SCHEME]) {
		let root = RuntimeOrigin::root();
		ProviderRegistry::accredit(root, institution, scheme, 1, Period::default())
			.expect("there is room");
	}
}

/// A privacy officer of one institution whose home is another, and who has as many credentials as a practitioner of this size.
fn officer(home: &AccountId, operator: &AccountId, size: Size) -> AccountId {
	// The number of no practitioner, as none has its credentials.
	const NUMBER: u32 = u32::MAX;
	let officer: AccountId = account("officer", 0, 0);
	let home = RuntimeOrigin::signed(home.clone());
	enrol_as(Role::Auditor, home.clone(), officer.clone(), NUMBER);
	ProviderRegistry::add_affiliation(RuntimeOrigin::signed(operator.clone()), officer.clone())
		.expect("there is room");
	if let Size::Largest { credentials, .. } = size {
		verify(home, &officer, NUMBER, credentials);
	}
	officer
}

/// The operator enrols a physician, the one of this number.
pub(super) fn enrol(operator: RuntimeOrigin, practitioner: AccountId, number: u32) {
	enrol_as(Role::Physician, operator, practitioner, number);
}

fn enrol_as(role: Role, operator: RuntimeOrigin, practitioner: AccountId, number: u32) {
	ProviderRegistry::enrol_practitioner(
		operator,
		practitioner,
		BoundedVec::truncate_from(alloc::vec![RoleAssignment { role, taxonomy: TAXONOMY }]),
		CredentialKind::Licence,
		commitment(number, 0),
		Period::default(),
		[2; 32],
	)
	.expect("the practitioner is new");
}

/// The commitment to a credential of the practitioner of this number, like no other.
fn commitment(practitioner: u32, credential: u32) -> Commitment {
	let mut bytes = [1; 32];
	bytes[..4].copy_from_slice(&practitioner.to_le_bytes());
	bytes[4..8].copy_from_slice(&credential.to_le_bytes());
	Commitment(bytes)
}

fn oracle() -> AccountId {
	account("oracle", 0, 0)
}

/// Registers who checks licences. What was checked stays so for as long as any benchmark moves the clock.
fn register_oracle() {
	let root = RuntimeOrigin::root;
	ProviderRegistry::register_oracle(root(), oracle(), None).expect("is new");
	let day = Milliseconds(24 * 60 * 60 * 1_000);
	let year = Milliseconds(365 * day.0);
	let terms = OracleTerms { quorum: 1, ttl: year, report_lifetime: day, max_misbehaviour: 1 };
	ProviderRegistry::set_oracle_terms(root(), terms).expect("the terms are sound");
}

/// Registers one issuer for each of so many credentials of the practitioner of this number, but for the home's own: none attests
/// the same twice, and none attests anything of anybody else.
fn register_issuers(number: u32, credentials: u32) -> Vec<(u32, AccountId)> {
	let kinds = BoundedVec::truncate_from(alloc::vec![CredentialKind::Licence]);
	let most = <Runtime as pallet_provider_registry::Config>::MaxCredentials::get();
	let register = |index: u32| {
		// Each operates an institution too, which is then asked whether it is active.
		let place = number.wrapping_mul(most).wrapping_add(index);
		let (issuer, _) = hospital(ISSUER, place);
		let root = RuntimeOrigin::root();
		ProviderRegistry::register_issuer(root, issuer.clone(), kinds.clone(), [0; 32])
			.expect("is new");
		(index, issuer)
	};
	(1..credentials).map(register).collect()
}

/// Lets the practitioner reach the highest level: so many credentials, with the home's own; all others are licences, of
/// which the last one is checked. And a second key. All but the last are revoked, so that each is looked at whenever any may do.
fn verify(home: RuntimeOrigin, practitioner: &AccountId, number: u32, credentials: u32) {
	let mut last = Commitment([0; 32]);
	let mut by = alloc::vec![home];
	for (index, issuer) in register_issuers(number, credentials) {
		last = commitment(number, index);
		by.push(RuntimeOrigin::signed(issuer.clone()));
		ProviderRegistry::attest_credential(
			RuntimeOrigin::signed(issuer),
			practitioner.clone(),
			CredentialKind::Licence,
			last,
			Period::default(),
		)
		.expect("there is room");
	}
	let [attested] = &ProviderRegistry::attested_with(last)[..] else {
		unreachable!("one issuer attested it")
	};
	ProviderRegistry::report_status(
		RuntimeOrigin::signed(oracle()),
		practitioner.clone(),
		attested.credential.id,
		ReportedStatus::Good,
		H256::zero(),
		NOW,
	)
	.expect("the oracle may");
	let held = pallet_provider_registry::Practitioners::<Runtime>::get(practitioner)
		.expect("the home enrolled them")
		.credentials;
	for (credential, issuer) in held.iter().zip(by).take(held.len() - 1) {
		ProviderRegistry::revoke_credential(issuer, practitioner.clone(), credential.id)
			.expect("it is the issuer's own");
	}
	let key = AppPublic::generate_pair(None).into_inner();
	ProviderRegistry::register_second_key(
		RuntimeOrigin::signed(practitioner.clone()),
		SecondKey::Sr25519(key.0),
	)
	.expect("there is none yet");
}

/// The patient consents.
fn consent(patient: &AccountId, policy: Policy, terms: ConsentTerms) {
	let template = TemplateId(pallet_consent::NextTemplateId::<Runtime>::get() - 1);
	Consent::grant(
		RuntimeOrigin::signed(patient.clone()),
		policy,
		SignedDocument { template, commitment: Commitment([4; 32]) },
		terms,
	)
	.expect("the patient may");
}

/// Permits the institution what it asks for, after every exception was looked at. `provisions`: how many
/// there are, the first being the permit. Each of the others names so many values of everything: it is
/// about the purposes and actions that are asked for, and about other people.
fn permit(institution: InstitutionId, provisions: u32, values: u32) -> Policy {
	let mut root = Provision::new(0, Rule::Permit);
	root.actors = BoundedVec::truncate_from(alloc::vec![Actor::Organisation(institution)]);
	let mut policy = alloc::vec![root];
	policy.extend((1..provisions).map(|index| exception(index, values)));
	Policy { categories: BoundedVec::default(), provisions: BoundedVec::truncate_from(policy) }
}

/// The exception of this index.
fn exception(index: u32, values: u32) -> Provision {
	let code = move |attribute: u8, value: u32| {
		let mut bytes = [attribute; 16];
		bytes[..4].copy_from_slice(&index.to_le_bytes());
		bytes[4..8].copy_from_slice(&value.to_le_bytes());
		Code(bytes)
	};
	let codes = |attribute: u8| (0..values).map(|value| code(attribute, value)).collect::<Vec<_>>();
	// What is asked for comes last, so that all others are compared with it first.
	let ending_with = |attribute: u8, asked: &[Code]| {
		let others =
			codes(attribute).into_iter().take((values as usize).saturating_sub(asked.len()));
		Values::truncate_from(others.chain(asked.iter().copied()).collect())
	};
	let actor = |value: u32| {
		let mut bytes = [1; 32];
		bytes[..16].copy_from_slice(&code(0, value).0);
		Actor::Account(bytes)
	};
	let data =
		|value: u32| DataReference { meaning: DataMeaning::Related, reference: code(6, value) };
	Provision {
		period: Period { start: None, end: Some(Milliseconds(u64::MAX)) },
		data_period: Period { start: Some(Milliseconds(0)), end: None },
		actors: Values::truncate_from((0..values).map(actor).collect()),
		purposes: ending_with(1, &[purpose::BTG, purpose::TREAT]),
		actions: ending_with(2, &[Action::Append.code(), Action::Read.code()]),
		labels: Values::truncate_from(codes(3)),
		classes: Values::truncate_from(codes(4)),
		codes: Values::truncate_from(codes(5)),
		data: Values::truncate_from((0..values).map(data).collect()),
		..Provision::new(0, Rule::Deny)
	}
}

/// An exception of this index that is about whoever asks, which is found out by the last value of each attribute, and about a
/// part of the data.
fn withholding(index: u32, withheld: Withheld) -> Provision {
	let other = exception(index, MAX_VALUES);
	let mut actors: Vec<Actor> = other.actors.iter().copied().take(LAST_PLACE).collect();
	actors.push(Actor::Role(TAXONOMY));
	// Some codes are this provision's, and the others are those of all: so that all provisions together have as many as an
	// answer can hold, each as many as another.
	let shared = exception(0, MAX_VALUES);
	let own_and_shared = |own: &[Code], shared: &[Code]| {
		own.iter().take(OWN).chain(shared.iter().skip(OWN)).copied().collect::<Vec<_>>()
	};
	let ending_with_asked = |own: &[Code], shared: &[Code]| {
		let mut codes = own_and_shared(own, shared);
		codes.truncate(LAST_PLACE);
		codes.push(LAST);
		Values::truncate_from(codes)
	};
	let about = Provision {
		actors: Values::truncate_from(actors),
		labels: ending_with_asked(&other.labels, &shared.labels),
		classes: ending_with_asked(&other.classes, &shared.classes),
		..other.clone()
	};
	match withheld {
		Withheld::Codes => {
			let codes = own_and_shared(&other.codes, &shared.codes);
			Provision { codes: Values::truncate_from(codes), ..about }
		},
		// A provision that withholds codes withholds no references. The first ones name as many as an answer can hold, and the
		// others those that come last among them.
		Withheld::References => {
			let data = exception(index.min(MAX_OBLIGATIONS), MAX_VALUES).data;
			Provision { codes: Values::default(), data, ..about }
		},
	}
}
