//! Nobody is verified without an issuer's attestation in force and a check inside its time to live,
//! whatever is called in whatever order.
//!
//! The reference knows only which calls succeeded, and when. It never looks at what is stored.

use crate::{mock::*, *};
use frame_support::traits::UnfilteredDispatchable;
use hdx_primitives::{AssuranceLevel, Commitment, CredentialId, IssuerId, Milliseconds, Period};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::BTreeSet;

/// Something that happens. Credentials are named by their number, most of which exist.
#[derive(Clone, Debug)]
enum Step {
	Attest { issuer: u8, kind: CredentialKind, lasts: u64 },
	Renew { issuer: u8, credential: u64, lasts: u64 },
	SuspendCredential { issuer: u8, credential: u64 },
	ReinstateCredential { issuer: u8, credential: u64 },
	RevokeCredential { issuer: u8, credential: u64 },
	TrustForLicences { issuer: u8, trusted: bool },
	IssuerStatus { issuer: u8, active: bool },
	Report { oracle: u8, credential: u64, status: ReportedStatus, age: u64 },
	OracleStatus { oracle: u8, active: bool },
	Ttl(u64),
	Hospital { active: bool },
	Dana { active: bool },
	Remove,
	Enrol,
	Key,
	Wait(u64),
}

fn steps() -> impl Strategy<Value = Step> {
	let issuer = || 0u8..2;
	let credential = || 0u64..6;
	let active = || any::<bool>();
	let lasts = || prop_oneof![Just(1u64), 1..TTL.0, Just(u64::MAX / 2)];
	let kind = select(vec![
		CredentialKind::Licence,
		CredentialKind::Licence,
		CredentialKind::BoardCertification,
	]);
	let status = prop_oneof![
		5 => Just(ReportedStatus::Good),
		1 => Just(ReportedStatus::Suspended),
		1 => Just(ReportedStatus::Revoked),
	];
	prop_oneof![
		3 => (issuer(), kind, lasts())
			.prop_map(|(issuer, kind, lasts)| Step::Attest { issuer, kind, lasts }),
		1 => (issuer(), credential(), lasts())
			.prop_map(|(issuer, credential, lasts)| Step::Renew { issuer, credential, lasts }),
		1 => (issuer(), credential())
			.prop_map(|(issuer, credential)| Step::SuspendCredential { issuer, credential }),
		1 => (issuer(), credential())
			.prop_map(|(issuer, credential)| Step::ReinstateCredential { issuer, credential }),
		1 => (issuer(), credential())
			.prop_map(|(issuer, credential)| Step::RevokeCredential { issuer, credential }),
		1 => (issuer(), active())
			.prop_map(|(issuer, trusted)| Step::TrustForLicences { issuer, trusted }),
		1 => (issuer(), active())
			.prop_map(|(issuer, active)| Step::IssuerStatus { issuer, active }),
		12 => (0u8..3, credential(), status, 0..LIFETIME.0).prop_map(
			|(oracle, credential, status, age)| Step::Report { oracle, credential, status, age }
		),
		1 => (0u8..3, active())
			.prop_map(|(oracle, active)| Step::OracleStatus { oracle, active }),
		1 => (1..TTL.0).prop_map(Step::Ttl),
		1 => active().prop_map(|active| Step::Hospital { active }),
		1 => active().prop_map(|active| Step::Dana { active }),
		1 => Just(Step::Remove),
		2 => Just(Step::Enrol),
		2 => Just(Step::Key),
		5 => (0..TTL.0).prop_map(Step::Wait),
	]
}

/// An issuer's attestation, as the reference remembers it.
struct Attested {
	id: u64,
	issuer: u8,
	is_licence: bool,
	at: u64,
	end: u64,
	suspended: bool,
	revoked: bool,
}

/// What the successful calls add up to.
struct Reference {
	attested: Vec<Attested>,
	/// Of each issuer: whether it is active, and trusted for licences.
	issuers: [(bool, bool); 2],
	/// Who said of which credential that it is good, and when they looked.
	good: Vec<(u8, u64, u64)>,
	ttl: u64,
	hospital: bool,
	dana: bool,
	enrolled: bool,
	key: bool,
}

impl Reference {
	/// Whether the rules let Dana be verified at `now`.
	fn may_be_verified(&self, now: u64) -> bool {
		self.hospital
			&& self.dana
			&& self.enrolled
			&& self.key
			&& self.attested.iter().any(|held| {
				let (active, trusted) = self.issuers[usize::from(held.issuer)];
				let oracles: BTreeSet<u8> = self
					.good
					.iter()
					.filter(|(_, id, at)| *id == held.id && *at >= held.at && now < at + self.ttl)
					.map(|(oracle, ..)| *oracle)
					.collect();
				held.is_licence
					&& active && trusted
					&& !held.suspended
					&& !held.revoked
					&& now < held.end
					&& oracles.len() >= 2
			})
	}
}

fn account_of(issuer: u8) -> hdx_primitives::AccountId {
	account(110 + issuer)
}

/// A call's origin, as a transaction or governance gives it, and the call.
fn call_of(step: &Step, now: u64) -> Option<(RuntimeOrigin, Call<Test>)> {
	let root = RuntimeOrigin::root;
	let practitioner = dana();
	let until =
		|lasts: u64| Period { start: None, end: Some(Milliseconds(now.saturating_add(lasts))) };
	let registration = |active| match active {
		true => RegistrationStatus::Active,
		false => RegistrationStatus::Suspended(REASON),
	};
	let id = |credential: &u64| CredentialId(*credential);
	Some(match step {
		Step::Attest { issuer, kind, lasts } => (
			signed(account_of(*issuer)),
			Call::attest_credential {
				practitioner,
				kind: *kind,
				commitment: unique(),
				valid: until(*lasts),
			},
		),
		Step::Renew { issuer, credential, lasts } => (
			signed(account_of(*issuer)),
			Call::renew_credential {
				practitioner,
				credential: id(credential),
				commitment: unique(),
				valid: until(*lasts),
			},
		),
		Step::SuspendCredential { issuer, credential } => (
			signed(account_of(*issuer)),
			Call::suspend_credential { practitioner, credential: id(credential) },
		),
		Step::ReinstateCredential { issuer, credential } => (
			signed(account_of(*issuer)),
			Call::reinstate_credential { practitioner, credential: id(credential) },
		),
		Step::RevokeCredential { issuer, credential } => (
			signed(account_of(*issuer)),
			Call::revoke_credential { practitioner, credential: id(credential) },
		),
		Step::TrustForLicences { issuer, trusted } => {
			let mut trusted_for = vec![CredentialKind::BoardCertification];
			trusted_for.extend(trusted.then_some(CredentialKind::Licence));
			let issuer = IssuerId((*issuer).into());
			(root(), Call::set_issuer_kinds { issuer, kinds: kinds(&trusted_for) })
		},
		Step::IssuerStatus { issuer, active } => {
			let issuer = IssuerId((*issuer).into());
			(root(), Call::set_issuer_status { issuer, status: registration(*active) })
		},
		Step::Report { oracle: number, credential, status, age } => (
			signed(oracle(*number)),
			Call::report_status {
				practitioner,
				credential: id(credential),
				status: *status,
				evidence: EVIDENCE,
				checked_at: Milliseconds(now - age),
			},
		),
		Step::OracleStatus { oracle: number, active } => {
			let account = oracle(*number);
			(root(), Call::set_oracle_status { account, status: registration(*active) })
		},
		Step::Ttl(ttl) => {
			let terms = OracleTerms { ttl: Milliseconds(*ttl), ..TERMS };
			(root(), Call::set_oracle_terms { terms })
		},
		Step::Hospital { active } => {
			let status = match active {
				true => InstitutionStatus::Active,
				false => InstitutionStatus::Suspended(REASON),
			};
			(root(), Call::set_institution_status { institution: HOSPITAL, status })
		},
		Step::Dana { active } => {
			let status = match active {
				true => PractitionerStatus::Active,
				false => PractitionerStatus::Suspended(REASON),
			};
			(root(), Call::set_practitioner_status { practitioner, status })
		},
		Step::Remove => (signed(hospital_operator()), Call::remove_practitioner { practitioner }),
		Step::Enrol => (
			signed(hospital_operator()),
			Call::enrol_practitioner {
				practitioner,
				roles: roles(&[hdx_primitives::Role::Physician]),
				credential_kind: CredentialKind::Employment,
				credential_commitment: unique(),
				credential_valid: Period::default(),
				key_agreement: [8; 32],
			},
		),
		Step::Key => (signed(dana()), Call::register_second_key { key: second_key(&device()) }),
		Step::Wait(_) => return None,
	})
}

/// A commitment that differs from all others, renewals included.
fn unique() -> Commitment {
	let mut bytes = [1; 32];
	bytes[..8].copy_from_slice(&(log().len() as u64).to_le_bytes());
	Commitment(bytes)
}

/// Writes a success into the reference. `next` is the number that a new credential got.
fn note(reference: &mut Reference, step: &Step, now: u64, next: u64) {
	let mut each = |credential: u64, change: &dyn Fn(&mut Attested)| {
		reference.attested.iter_mut().filter(|held| held.id == credential).for_each(change);
	};
	match *step {
		Step::Attest { issuer, kind, lasts } => reference.attested.push(Attested {
			id: next,
			issuer,
			is_licence: kind == CredentialKind::Licence,
			at: now,
			end: now.saturating_add(lasts),
			suspended: false,
			revoked: false,
		}),
		Step::Renew { credential, lasts, .. } => each(credential, &|held| {
			held.at = now;
			held.end = now.saturating_add(lasts);
		}),
		Step::SuspendCredential { credential, .. } => {
			each(credential, &|held| held.suspended = true)
		},
		Step::ReinstateCredential { credential, .. } => {
			each(credential, &|held| held.suspended = false)
		},
		Step::RevokeCredential { credential, .. } => each(credential, &|held| held.revoked = true),
		Step::TrustForLicences { issuer, trusted } => {
			reference.issuers[usize::from(issuer)].1 = trusted
		},
		Step::IssuerStatus { issuer, active } => reference.issuers[usize::from(issuer)].0 = active,
		Step::Report { oracle, credential, status: ReportedStatus::Good, age } => {
			reference.good.push((oracle, credential, now - age))
		},
		Step::Ttl(ttl) => reference.ttl = ttl,
		Step::Hospital { active } => reference.hospital = active,
		Step::Dana { active } => reference.dana = active,
		Step::Remove => {
			reference.attested.clear();
			reference.enrolled = false;
			reference.key = false;
		},
		Step::Enrol => {
			reference.enrolled = true;
			reference.dana = true;
		},
		Step::Key => reference.key = true,
		Step::Report { .. } | Step::OracleStatus { .. } | Step::Wait(_) => {},
	}
}

fn is_verified() -> bool {
	stands(&dana(), AssuranceLevel::Verified).is_ok()
}

/// Dana is verified, by the board; there is a second issuer.
fn start() -> Reference {
	let licence = verify_dana();
	frame_support::assert_ok!(ProviderRegistry::register_issuer(
		RuntimeOrigin::root(),
		account_of(1),
		kinds(&[CredentialKind::BoardCertification, CredentialKind::Licence]),
		[0; 32]
	));
	let held = Attested {
		id: licence.0,
		issuer: 0,
		is_licence: true,
		at: NOW.0,
		end: current().end.unwrap().0,
		suspended: false,
		revoked: false,
	};
	Reference {
		attested: vec![held],
		issuers: [(true, true); 2],
		good: vec![(0, licence.0, NOW.0), (1, licence.0, NOW.0)],
		ttl: TTL.0,
		hospital: true,
		dana: true,
		enrolled: true,
		key: true,
	}
}

#[test]
fn the_reference_lets_dana_be_verified_at_the_start() {
	test(|| {
		let reference = start();
		assert!(is_verified() && reference.may_be_verified(NOW.0));
		assert!(!reference.may_be_verified(NOW.0 + TTL.0));
	});
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

	#[test]
	fn nobody_is_verified_without_an_attestation_in_force_and_a_fresh_check(
		steps in vec(steps(), 1..60),
	) {
		new_test_ext().execute_with(|| {
			let mut reference = start();
			for step in steps {
				let now = ProviderRegistry::now().0;
				if let Step::Wait(time) = step {
					wait(time);
				}
				if let Some((origin, call)) = call_of(&step, now) {
					let next = NextCredentialId::<Test>::get().0;
					let done = frame_support::storage::with_storage_layer(|| {
						call.dispatch_bypass_filter(origin)
					});
					if done.is_ok() {
						note(&mut reference, &step, now, next);
					}
				}
				let now = ProviderRegistry::now().0;
				prop_assert!(!is_verified() || reference.may_be_verified(now), "{:?}", step);
				prop_assert_eq!(ProviderRegistry::do_try_state(), Ok(()));
			}
			Ok(())
		})?;
	}
}
