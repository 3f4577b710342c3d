//! Who answers for whose transactions, and which go through all the same.

use super::{
	calls,
	chambers::{carries_out, governs},
	proxies, ParametersOrigin,
};
use crate::{Audit, Consent, RecordAccess, Runtime, RuntimeCall, Timestamp, ValidatorSet};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{ConstU32, Get},
	weights::Weight,
};
use hdx_primitives::{AccountId, InstitutionId, RepresentativeDirectory};
use pallet_audit::{Entries, OpenReviews, Reviews};
use pallet_consent::{Consents, ConsentsOf, DelegatesOf, EmergencyOptOuts, Patients, Proposals};
use pallet_did::{Documents, Keys};
use pallet_provider_registry::{
	Appellant, InstitutionByOperator, Institutions, IssuerByAccount, Issuers, OpenAppeals, Oracles,
	PractitionerStatus, Practitioners, Retired, Retirement, SecondKeys, Transfers,
};
use pallet_quota::{CallClassifier, Limits, Nested, SponsorDirectory};
use pallet_record_access::{EmergencyOverrides, GrantStatus, Grants, Records};

frame_support::parameter_types! {
	/// An institution's bucket. The largest hospitals write some tens of entries a second. By what was measured, 100 calls
	/// a second that do nothing take a tenth of the blocks, and as many requests for access about half.
	pub const InstitutionDefault: Limits = Limits { capacity: 2_000, refill: 100 };
	/// A signer's own bucket: all the consents that a patient can have, revoked at once.
	pub const OwnBucket: Limits = Limits { capacity: 32, refill: 1 };
	/// An institution's bucket for emergencies: more than happens in any hour of the largest hospital.
	pub const EmergencyBucket: Limits = Limits { capacity: 64, refill: 2 };
}

impl pallet_quota::Config for Runtime {
	type GovernanceOrigin = ParametersOrigin;
	type Sponsors = Registries;
	type Calls = Calls;
	type Audit = Audit;
	type Timestamp = Timestamp;
	type DefaultLimits = InstitutionDefault;
	type ProtectedLimits = OwnBucket;
	type EmergencyLimits = EmergencyBucket;
	type MaxDepth = ConstU32<8>;
	type MaxSweep = ConstU32<64>;
	type WeightInfo = crate::weights::pallet_quota::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::QuotaSetup;
}

/// The registries of providers and patients, as the quota sees them.
pub struct Registries;

impl SponsorDirectory for Registries {
	/// In this order: the institution that the account operates, the one that runs it as an oracle,
	/// those for which it may practise, the one that sponsored it as a patient. A suspended practitioner
	/// may practise for none, and so spends no unit of those who do. At most as many as a
	/// practitioner's affiliations, and three.
	///
	/// Trusted issuers, and oracles that no institution runs, have none; what they are there for is
	/// protected.
	fn sponsors(who: &AccountId) -> Vec<InstitutionId> {
		let operated = InstitutionByOperator::<Runtime>::get(who);
		let running = Oracles::<Runtime>::get(who).and_then(|oracle| oracle.institution);
		let affiliations = Practitioners::<Runtime>::get(who)
			.filter(|practitioner| practitioner.status == PractitionerStatus::Active)
			.map(|practitioner| practitioner.affiliations);
		let sponsored = Patients::<Runtime>::get(who).map(|patient| patient.sponsor);
		operated
			.into_iter()
			.chain(running)
			.chain(affiliations.into_iter().flatten())
			.chain(sponsored)
			.collect()
	}

	fn most_sponsors() -> u32 {
		let affiliations: u32 =
			<Runtime as pallet_provider_registry::Config>::MaxAffiliations::get();
		affiliations.saturating_add(3)
	}

	/// The home of a suspended practitioner, or the one that a practitioner had when they went on under
	/// another account. What they, or a thief with the old key, ask is refused and logged, and costs
	/// neither the home's own bucket nor anybody else's a unit.
	fn retired_from(who: &AccountId) -> Option<InstitutionId> {
		let suspended = Practitioners::<Runtime>::get(who)
			.filter(|practitioner| practitioner.status != PractitionerStatus::Active);
		if let Some(practitioner) = suspended {
			return Some(practitioner.enrolled_by);
		}
		match Retired::<Runtime>::get(who) {
			Some(Retirement::Rotated { home, .. }) => Some(home),
			Some(Retirement::Removed | Retirement::Replaced { .. }) | None => None,
		}
	}

	fn exists(institution: InstitutionId) -> bool {
		Institutions::<Runtime>::contains_key(institution)
	}
}

/// The runtime's calls, as the quota sees them.
pub struct Calls;

impl CallClassifier<RuntimeCall> for Calls {
	fn nested(call: &RuntimeCall) -> Nested<'_, RuntimeCall> {
		calls::nested(call)
	}

	/// All but what is sent most, and is none of what is below whoever sends it.
	fn is_looked_up(call: &RuntimeCall) -> bool {
		use pallet_record_access::Call as Access;
		!matches!(
			call,
			RuntimeCall::System(_)
				| RuntimeCall::Utility(_)
				| RuntimeCall::Balances(_)
				| RuntimeCall::ShieldedConsent(_)
				| RuntimeCall::Study(_)
				| RuntimeCall::Consent(pallet_consent::Call::grant { .. })
				| RuntimeCall::RecordAccess(
					Access::register_record { .. }
						| Access::request_access { .. }
						| Access::request_access_by_proof { .. }
						| Access::record_disclosures { .. }
				)
		)
	}

	fn is_as_signer(carrier: &RuntimeCall) -> bool {
		calls::is_as_signer(carrier)
	}

	/// Any of:
	/// - a patient takes back what others may do: revokes an active consent of their own, or a grant that
	///   was issued about them, stops a renewal, takes a delegate's mandate away, objects to what their guardians agreed on, or opts
	///   out of emergency override. Only where there is something to take back, and by whom it
	///   concerns: so one consent protects one revocation, and patients without end are no way
	///   around the bucket of who sponsored them;
	/// - somebody ends a key of their own DID, removes a controller from it, or deactivates it: what
	///   was stolen must stop working whatever the institution has spent. Each undoes something that
	///   the institution's bucket paid for;
	/// - a patient, or a guardian, has an entry about the patient reviewed, or goes on with the review:
	///   the institution that they complain about is often the one that answers for them. Each entry
	///   that it paid for can be reviewed once;
	/// - a patient, or a guardian, restricts disclosures further, disputes a record, or asks for its erasure:
	///   each restriction can be narrowed a few times, and each answer of a custodian makes room for one
	///   dispute or request more. Lifting a
	///   restriction, which makes room again, is paid for;
	/// - a suspended practitioner appeals, who has no open appeal, or a practitioner withdraws their
	///   own: nobody pays for anything else that a suspended one does, and least of all can those who
	///   suspended them keep them from being heard. They also leave an institution that took them on, and
	///   withdraw the offer of a transfer: each undoes something that an institution paid for;
	/// - a validator sets its keys, unless it changed them lately: its account has no institution that pays;
	/// - a trusted issuer, or an oracle that no institution runs, does what it is there for: nobody
	///   else answers for them, and a revocation must not wait; what an issuer does about the hashes of its licences among
	///   it;
	/// - a member of a chamber votes, proposes, or carries out what both chambers agreed on: nobody who holds a bucket
	///   keeps anybody from deciding.
	fn is_protected(who: &AccountId, leaf: &RuntimeCall) -> bool {
		match leaf {
			RuntimeCall::Consent(call) => takes_back(who, call),
			RuntimeCall::Did(call) => takes_back_from_own_did(who, call),
			RuntimeCall::ProviderRegistry(call) => {
				attests(who, call) || is_heard(who, call) || takes_leave(who, call)
			},
			RuntimeCall::ShieldedLicence(call) => hides_licences(who, call),
			RuntimeCall::Audit(call) => has_reviewed(who, call),
			RuntimeCall::RecordAccess(call) => objects(who, call),
			RuntimeCall::Session(pallet_session::Call::set_keys { .. }) => {
				ValidatorSet::may_change_keys(who)
			},
			other => governs(who, other),
		}
	}

	/// A request for access, with a proof or without, or for breaking the glass: it is decided, and logged, whoever
	/// asks.
	fn is_attempt(leaf: &RuntimeCall) -> bool {
		use pallet_record_access::Call;
		matches!(
			leaf,
			RuntimeCall::RecordAccess(
				Call::request_access { .. }
					| Call::request_access_by_proof { .. }
					| Call::break_glass { .. }
					| Call::break_glass_by_proof { .. }
			)
		)
	}

	/// Any of:
	/// - somebody breaks the glass for an institution for which they may act in that role, and brings
	///   the second key's signature. Whether it holds, and how sure the chain is of them, is decided
	///   when the call runs;
	/// - the operator of an institution breaks it for a clinician, with a proof, whether it holds or not;
	/// - the custodian of a record discloses it under a broken glass: whoever lies unconscious must not wait
	///   because somebody spent the custodian's bucket.
	fn emergency(who: &AccountId, call: &RuntimeCall) -> Option<InstitutionId> {
		use pallet_record_access::Call;
		let RuntimeCall::RecordAccess(call) = call else { return None };
		match call {
			Call::break_glass { request, second_factor: Some(_), .. } => {
				let institution = request.on_behalf_of;
				let practitioner = Practitioners::<Runtime>::get(who)?;
				let may_act = practitioner.status == PractitionerStatus::Active
					&& practitioner.affiliations.contains(&institution)
					&& practitioner.roles.iter().any(|held| held.role == request.role)
					&& SecondKeys::<Runtime>::contains_key(who);
				may_act.then_some(institution)
			},
			Call::break_glass_by_proof { request, .. } => {
				let operated = InstitutionByOperator::<Runtime>::get(who)?;
				(operated == request.on_behalf_of).then_some(operated)
			},
			Call::record_disclosure { grant, record, .. } => {
				let institution = InstitutionByOperator::<Runtime>::get(who)?;
				let keeps_it = Records::<Runtime>::get(record)?.custodian == institution;
				let is_emergency = EmergencyOverrides::<Runtime>::contains_key(grant);
				(keeps_it && is_emergency).then_some(institution)
			},
			_ => None,
		}
	}

	fn on_behalf_of(leaf: &RuntimeCall) -> Option<InstitutionId> {
		match leaf {
			RuntimeCall::RecordAccess(
				pallet_record_access::Call::request_access { request, .. }
				| pallet_record_access::Call::request_access_by_proof { request, .. }
				| pallet_record_access::Call::break_glass { request, .. }
				| pallet_record_access::Call::break_glass_by_proof { request, .. },
			) => Some(request.on_behalf_of),
			_ => None,
		}
	}

	/// A unit for the call, and one for each whole KiB of it: blocks keep every byte for ever, whatever a call does.
	///
	/// A batch of disclosures decides a grant for each pair that it names, which is most of what a single
	/// disclosure does; the entry in the log, which all nodes keep for years, it has once. So eight pairs
	/// cost a unit. A proof takes four times as long to verify as a request takes to decide, whether it holds or not.
	/// What is appended with one stays in the state for ever, and there is room for 67 million: one second's units each. A
	/// practitioner's tag stays for ever as well, and so does an attestation. What counts a participant of a study stays too,
	/// but there is one for each attested patient.
	///
	/// A call that weighs what its caller states costs what it states, whether it does that much or is refused: what is
	/// refused gives nothing back of the block. A multisig operation that is opened, a proxy that is named and an announcement
	/// cost more than a call, as they stay until somebody takes them away.
	fn units(leaf: &RuntimeCall) -> u32 {
		use pallet_record_access::Call as Access;
		use pallet_shielded_consent::Call as Shielded;
		use pallet_shielded_licence::Call as Licence;
		use pallet_study::Call as Study;
		let work = match leaf {
			RuntimeCall::ShieldedConsent(
				Shielded::append { .. } | Shielded::register_tag { .. },
			)
			| RuntimeCall::Study(Study::attest { .. }) => 100,
			// Ten hashes. What stays for ever is a place for each licence, and a leaf a day of each at most: so it grows with
			// the licences that were attested, each of which was paid for.
			RuntimeCall::ShieldedLicence(
				Licence::enter_licence { .. } | Licence::remove_licence { .. },
			) => 2,
			RuntimeCall::ShieldedConsent(Shielded::revoke { .. })
			| RuntimeCall::Study(Study::enrol { .. })
			| RuntimeCall::RecordAccess(
				Access::request_access_by_proof { .. } | Access::break_glass_by_proof { .. },
			) => 4,
			RuntimeCall::RecordAccess(Access::record_disclosures { uses, .. }) => {
				u32::try_from(uses.len().div_ceil(8)).unwrap_or(u32::MAX)
			},
			other if states_its_weight(other) => {
				units_of_weight(other.get_dispatch_info().call_weight).max(1)
			},
			other => proxies::units(other, units_of_weight).max(1),
		};
		let bytes = u32::try_from(leaf.encoded_size() / 1_024).unwrap_or(u32::MAX);
		work.saturating_add(bytes)
	}

	/// What it is stated to weigh, where that is stated, and what a multisig leaves behind. A unit more for each whole KiB that it has beside what it carries.
	fn units_of_carrier(carrier: &RuntimeCall) -> u32 {
		let stated = match carrier {
			RuntimeCall::Utility(pallet_utility::Call::with_weight { weight, .. })
			| RuntimeCall::Sudo(pallet_sudo::Call::sudo_unchecked_weight { weight, .. }) => {
				units_of_weight(*weight)
			},
			other => proxies::units(other, units_of_weight),
		};
		stated.saturating_add(calls::own_kib(carrier))
	}

	/// A member of a chamber carries out what both have agreed on.
	fn is_covered(who: &AccountId, carrier: &RuntimeCall) -> bool {
		carries_out(who, carrier)
	}

	/// The sudo key, which the `dev` preset alone has.
	fn is_exempt(who: &AccountId) -> bool {
		pallet_sudo::Key::<Runtime>::get().as_ref() == Some(who)
	}
}

/// What a unit stands for, in picoseconds: somewhat more than what a request for access is charged, its transaction included.
const UNIT: u64 = 2_500_000_000;

/// What a unit stands for of the other dimension of a weight: as large a share of a block. No call here weighs that much by it,
/// unless its caller states so, and a block that is full by one dimension takes nothing more.
const UNIT_OF_PROOF: u64 = u64::MAX / 400;

/// The units that so much time costs, or such a proof, whichever are more.
fn units_of_weight(weight: Weight) -> u32 {
	let of_time = weight.ref_time().div_ceil(UNIT);
	let of_proof = weight.proof_size().checked_div(UNIT_OF_PROOF).unwrap_or_default();
	u32::try_from(of_time.max(of_proof)).unwrap_or(u32::MAX)
}

/// Whether what a call is declared to weigh is paid for in full: a number among its arguments says it, which costs its
/// caller nothing, or it is a heavy one that is refused to almost everybody, and gives nothing back then.
fn states_its_weight(leaf: &RuntimeCall) -> bool {
	use pallet_provider_registry::Call as Registry;
	use pallet_ranked_collective::Call as Collective;
	let is_remark = matches!(
		leaf,
		RuntimeCall::System(
			frame_system::Call::remark { .. } | frame_system::Call::remark_with_event { .. }
		)
	);
	!is_remark
		&& matches!(
			leaf,
			RuntimeCall::RankedCollective(
				Collective::cleanup_poll { .. } | Collective::remove_member { .. }
			) | RuntimeCall::PatientCollective(
				Collective::cleanup_poll { .. } | Collective::remove_member { .. }
			) | RuntimeCall::Whitelist(pallet_whitelist::Call::dispatch_whitelisted_call { .. })
				| RuntimeCall::System(_)
				| RuntimeCall::MultiBlockMigrations(_)
				| RuntimeCall::Grandpa(_)
				| RuntimeCall::Origins(_)
				| RuntimeCall::Audit(pallet_audit::Call::release_hold { .. })
				| RuntimeCall::Preimage(pallet_preimage::Call::ensure_updated { .. })
				| RuntimeCall::ProviderRegistry(
					Registry::set_institution_status { .. }
						| Registry::decide_appeal { .. }
						| Registry::replace_account { .. }
						| Registry::accredit { .. }
						| Registry::renew_accreditation { .. }
						| Registry::set_accreditation_status { .. },
				)
		)
}

/// Whether an active trusted issuer says something about its credentials, or an active independent
/// oracle reports.
fn attests(who: &AccountId, call: &pallet_provider_registry::Call<Runtime>) -> bool {
	use pallet_provider_registry::Call;
	match call {
		Call::attest_credential { .. }
		| Call::renew_credential { .. }
		| Call::suspend_credential { .. }
		| Call::reinstate_credential { .. }
		| Call::revoke_credential { .. } => is_independent_issuer(who),
		Call::report_status { .. } => Oracles::<Runtime>::get(who)
			.is_some_and(|oracle| oracle.institution.is_none() && oracle.status.is_active()),
		_ => false,
	}
}

/// Whether an account is that of an active trusted issuer, and of no hospital: one that is an issuer too pays as a
/// hospital.
fn is_independent_issuer(who: &AccountId) -> bool {
	let issuer = IssuerByAccount::<Runtime>::get(who).and_then(Issuers::<Runtime>::get);
	issuer.is_some_and(|issuer| issuer.status.is_active())
		&& !InstitutionByOperator::<Runtime>::contains_key(who)
}

/// Whether an active trusted issuer enters or removes the hash of a licence.
fn hides_licences(who: &AccountId, call: &pallet_shielded_licence::Call<Runtime>) -> bool {
	use pallet_shielded_licence::Call;
	matches!(call, Call::enter_licence { .. } | Call::remove_licence { .. })
		&& is_independent_issuer(who)
}

/// Whether the call would begin or go on with the review of an entry, by whom it concerns.
fn has_reviewed(who: &AccountId, call: &pallet_audit::Call<Runtime>) -> bool {
	use pallet_audit::Call;
	let (Call::request_review { entry, .. }
	| Call::escalate_review { entry }
	| Call::withdraw_review { entry }) = call
	else {
		return false;
	};
	let Some(event) = Entries::<Runtime>::get(entry).map(|stored| stored.event) else {
		return false;
	};
	let Some(patient) = event.patient else { return false };
	let concerns = who == &patient || Consent::is_guardian(who, &patient, event.purpose);
	let review = Reviews::<Runtime>::get(entry);
	concerns
		&& match call {
			Call::request_review { .. } => {
				let most = <Runtime as pallet_audit::Config>::MaxOpenReviews::get();
				review.is_none() && OpenReviews::<Runtime>::get(&patient) < most
			},
			_ => review.is_some_and(|review| review.is_open()),
		}
}

/// Whether the call would take back a grant, restrict disclosures further, dispute a record or ask for its
/// erasure, by whom it concerns.
fn objects(who: &AccountId, call: &pallet_record_access::Call<Runtime>) -> bool {
	use pallet_record_access::Call;
	match call {
		Call::restrict { patient, record, terms } => {
			RecordAccess::only_restricts(who, patient, *record, terms)
		},
		Call::revoke_grant { grant } => Grants::<Runtime>::get(grant)
			.is_some_and(|grant| grant.patient == *who && grant.status == GrantStatus::Active),
		Call::dispute_record { record, .. } => RecordAccess::may_dispute(who, *record),
		Call::request_erasure { record } => RecordAccess::may_request_erasure(who, *record),
		_ => false,
	}
}

/// Whether a suspended practitioner appeals, or a practitioner withdraws their own appeal.
fn is_heard(who: &AccountId, call: &pallet_provider_registry::Call<Runtime>) -> bool {
	use pallet_provider_registry::Call;
	let open = || OpenAppeals::<Runtime>::get(Appellant::Practitioner(who.clone()));
	match call {
		Call::appeal { .. } => {
			let stored = Practitioners::<Runtime>::get(who);
			stored.is_some_and(|it| it.status != PractitionerStatus::Active) && open().is_none()
		},
		Call::withdraw_appeal { appeal } => open() == Some(*appeal),
		_ => false,
	}
}

/// Whether a practitioner leaves an institution, or withdraws the offer of a transfer.
fn takes_leave(who: &AccountId, call: &pallet_provider_registry::Call<Runtime>) -> bool {
	use pallet_provider_registry::Call;
	match call {
		Call::leave { practitioner, institution } if practitioner == who => {
			Practitioners::<Runtime>::get(who).is_some_and(|stored| {
				stored.enrolled_by != *institution && stored.affiliations.contains(institution)
			})
		},
		Call::withdraw_transfer { practitioner } => {
			practitioner == who && Transfers::<Runtime>::contains_key(who)
		},
		_ => false,
	}
}

/// Whether the call would take back something that others may do about this patient.
fn takes_back(who: &AccountId, call: &pallet_consent::Call<Runtime>) -> bool {
	use pallet_consent::Call;
	match call {
		Call::revoke { consent } => ConsentsOf::<Runtime>::get(who).contains(consent),
		Call::stop_renewal { consent } => Consents::<Runtime>::get(consent).is_some_and(|record| {
			record.patient == *who
				&& record.terms.renewal.is_some()
				&& record.renewal_stopped_at.is_none()
		}),
		Call::revoke_delegate { delegate } => DelegatesOf::<Runtime>::get(who)
			.iter()
			.any(|delegation| delegation.delegate == *delegate),
		Call::object_to_proposal { proposal } => {
			Proposals::<Runtime>::get(proposal).is_some_and(|proposal| proposal.patient == *who)
		},
		Call::set_emergency_override { allowed: false } => {
			Patients::<Runtime>::contains_key(who)
				&& !EmergencyOptOuts::<Runtime>::contains_key(who)
		},
		_ => false,
	}
}

/// Whether the call would take back something that others may do by this account's DID.
fn takes_back_from_own_did(who: &AccountId, call: &pallet_did::Call<Runtime>) -> bool {
	use pallet_did::Call;
	let (Call::end_key { subject, expected_version, .. }
	| Call::remove_controller { subject, expected_version, .. }
	| Call::deactivate { subject, expected_version }) = call
	else {
		return false;
	};
	if subject != who {
		return false;
	}
	let Some(document) = Documents::<Runtime>::get(who) else { return false };
	let is_applicable = document.is_active() && document.version == *expected_version;
	is_applicable
		&& match call {
			Call::end_key { key, .. } => {
				Keys::<Runtime>::get(who, key).is_some_and(|key| key.valid_until.is_none())
			},
			Call::remove_controller { controller, .. } => document.controllers.contains(controller),
			_ => true,
		}
}
