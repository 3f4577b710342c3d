//! Whatever is called in whatever order: versions follow each other, none comes back, and a grant is as good
//! for bringing data in as one to read is for being shown it.

use crate::{
	mock::*, Error, GrantStatus, Grants, NewManifest, NextGrantId, NextRecordId, Records,
	RetiredRecords,
};
use hdx_primitives::{
	engine::{Basis, ConsentId, Obligations, Outcome},
	AccessRequest, AccountId, Action, AssuranceLevel, AuditAction, Commitment, DenialReason,
	GrantId, InstitutionId, Milliseconds, RecordId, Role, Target,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use sp_runtime::{DispatchResult, StateVersion};
use std::collections::{BTreeMap, BTreeSet};

fn root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

/// Something that changes what a grant is worth.
#[derive(Clone, Debug)]
enum Change {
	Standing(Option<DenialReason>),
	Consent(Outcome, Obligations),
	Rebase(u32),
	Frequency(Option<u32>),
	Matrix(bool),
	Revoke,
	Wait(u64),
	Use { sections: u32 },
}

fn changes() -> impl Strategy<Value = Change> {
	let reasons = vec![
		DenialReason::PractitionerSuspended,
		DenialReason::InstitutionSuspended,
		DenialReason::CredentialExpired,
	];
	let outcome = prop_oneof![4 => Just(Outcome::Permit), 1 => Just(Outcome::Deny), 1 => Just(Outcome::NoConsent)];
	let obligations = prop_oneof![3 => Just(Obligations::default()), 1 => Just(redact(1))];
	prop_oneof![
		1 => option::of(select(reasons)).prop_map(Change::Standing),
		1 => (outcome, obligations).prop_map(|(outcome, what)| Change::Consent(outcome, what)),
		1 => select(vec![1, 2, CURRENT_VERSION + 1]).prop_map(Change::Rebase),
		1 => option::of(0u32..4).prop_map(Change::Frequency),
		1 => prop_oneof![3 => Just(true), 1 => Just(false)].prop_map(Change::Matrix),
		1 => Just(Change::Revoke),
		1 => (0..HOUR.0 / 2).prop_map(Change::Wait),
		9 => (0u32..13).prop_map(|sections| Change::Use { sections }),
	]
}

/// What is left in the world in which the grant is for this action.
#[derive(PartialEq, Debug)]
struct Left {
	outcomes: Vec<DispatchResult>,
	uses_left: u32,
	status: GrantStatus,
	consent_uses: Option<u32>,
	bases: Vec<Option<Basis>>,
}

/// Takes the steps with a grant for this action, which is used for what it is there for.
fn live(action: Action, steps: &[Change]) -> Left {
	genesis().execute_with(|| {
		let record = registered(PATIENT);
		let target = Target::Record(record);
		let grant = granted(AccessRequest { action, target, ..request() });
		let (mut outcomes, mut bases) = (Vec::new(), Vec::new());
		let mut now = START;
		for (number, step) in steps.iter().enumerate() {
			match step.clone() {
				Change::Standing(Some(reason)) => refuse_standing(reason),
				Change::Standing(None) => set_standing(AssuranceLevel::Enrolled),
				Change::Consent(outcome, obligations) => answer(PATIENT, outcome, obligations),
				Change::Rebase(version) => {
					rebase(PATIENT, Basis { consent: ConsentId(9), version })
				},
				Change::Frequency(left) => UsesLeft::set(left),
				Change::Matrix(permits) => RecordAccess::set_role_permissions(
					RuntimeOrigin::root(),
					Role::Physician,
					request().purpose,
					if permits { vec![action] } else { vec![] }.try_into().unwrap(),
				)
				.unwrap(),
				Change::Revoke => {
					let _ = RecordAccess::revoke_grant(RuntimeOrigin::signed(PATIENT), grant);
				},
				Change::Wait(time) => {
					now = now.saturating_add(Milliseconds(time));
					set_time(now);
				},
				Change::Use { sections } => {
					let state = root();
					let outcome = use_once(action, grant, record, sections, number as u8);
					match outcome {
						Ok(()) => bases.push(last_entry().basis),
						Err(_) => assert_eq!(root(), state),
					}
					outcomes.push(outcome);
				},
			}
		}
		#[cfg(feature = "try-runtime")]
		RecordAccess::check_invariants().unwrap();
		let stored = Grants::<Test>::get(grant).unwrap();
		Left {
			outcomes,
			uses_left: stored.uses_left,
			status: stored.status,
			consent_uses: UsesLeft::get(),
			bases,
		}
	})
}

fn use_once(
	action: Action,
	grant: GrantId,
	record: RecordId,
	sections: u32,
	salt: u8,
) -> DispatchResult {
	let custodian = RuntimeOrigin::signed(CUSTODIAN);
	match action {
		Action::Read | Action::Disclose => {
			plain(RecordAccess::record_disclosure(custodian, grant, record, sections, DISCLOSURE))
		},
		Action::Write | Action::Append => {
			// As a disclosure is: none, or up to as many sections as the record has, or too many.
			let sections = match sections {
				1..=10 => 10,
				0 => 0,
				_ => MAX_SECTIONS + 1,
			};
			let new = NewManifest { manifest: Commitment([100 + salt; 32]), sections, epoch: 0 };
			RecordAccess::update_record(custodian, record, version_now(record), new, Some(grant))
		},
	}
}

/// What happens to records.
#[derive(Clone, Debug)]
enum Step {
	Register { manifest: u8 },
	Update { who: AccountId, record: u64, new: (u8, u32, u32), under: Option<u64> },
	Ask { action: Action },
	Retire { who: AccountId, record: u64 },
	Reinstate { who: AccountId, record: u64 },
	Erase { record: u64 },
	Offer { record: u64 },
	Accept { record: u64, anew: Option<(u8, u32, u32)> },
}

fn who() -> impl Strategy<Value = AccountId> {
	select(vec![CUSTODIAN, CUSTODIAN, CUSTODIAN, CLINIC_OPERATOR, PATIENT])
}

fn manifests() -> impl Strategy<Value = (u8, u32, u32)> {
	(0u8..20, prop_oneof![6 => 1u32..6, 1 => Just(0), 1 => Just(MAX_SECTIONS + 1)], 0u32..4)
}

fn steps() -> impl Strategy<Value = Step> {
	let under = option::weighted(0.4, 0u64..4);
	prop_oneof![
		3 => (0u8..20).prop_map(|manifest| Step::Register { manifest }),
		9 => (who(), 0u64..4, manifests(), under)
			.prop_map(|(who, record, new, under)| Step::Update { who, record, new, under }),
		3 => select(vec![Action::Read, Action::Write, Action::Append, Action::Append])
			.prop_map(|action| Step::Ask { action }),
		1 => (who(), 0u64..4).prop_map(|(who, record)| Step::Retire { who, record }),
		2 => (who(), 0u64..4).prop_map(|(who, record)| Step::Reinstate { who, record }),
		1 => (0u64..4).prop_map(|record| Step::Erase { record }),
		1 => (0u64..4).prop_map(|record| Step::Offer { record }),
		2 => (0u64..4, option::of(manifests()))
			.prop_map(|(record, anew)| Step::Accept { record, anew }),
	]
}

/// A record as it should be.
#[derive(Clone, Debug)]
struct Modelled {
	custodian: InstitutionId,
	manifest: u8,
	sections: u32,
	epoch: u32,
	version: u32,
	is_retired: bool,
	is_offered: bool,
}

/// The records, the manifests that are gone, and the grants as they should be, kept beside.
#[derive(Default)]
struct Model {
	records: BTreeMap<u64, Modelled>,
	registered: u64,
	gone: BTreeSet<u8>,
	/// With how often each institution used them.
	grants: Vec<(Action, BTreeMap<InstitutionId, u32>)>,
}

impl Model {
	/// Takes the step, and says whether it should succeed.
	fn expect(&mut self, step: &Step) -> bool {
		match step {
			Step::Register { manifest } => {
				let is_sound = !self.gone.contains(manifest);
				if is_sound {
					let stored = Modelled {
						custodian: HOSPITAL,
						manifest: *manifest,
						sections: 3,
						epoch: 1,
						version: 1,
						is_retired: false,
						is_offered: false,
					};
					self.records.insert(self.registered, stored);
					self.registered += 1;
				}
				is_sound
			},
			Step::Ask { action } => {
				self.grants.push((*action, BTreeMap::new()));
				true
			},
			Step::Update { who, record, new, under } => self.update(who, *record, *new, *under),
			Step::Retire { who, record } => self.set_retired(who, *record, true),
			Step::Reinstate { who, record } => self.set_retired(who, *record, false),
			Step::Erase { record } => {
				let Some(stored) = self.kept_by(&CUSTODIAN, *record) else { return false };
				self.gone.insert(stored.manifest);
				self.records.remove(record);
				true
			},
			Step::Offer { record } => {
				let Some(stored) = self.kept_by(&CUSTODIAN, *record) else { return false };
				let is_sound = !stored.is_offered;
				self.records.get_mut(record).unwrap().is_offered = true;
				is_sound
			},
			Step::Accept { record, anew } => {
				let Some(stored) = self.records.get(record).cloned() else { return false };
				let is_new = |new| self.is_new(&stored, new) && new.2 > stored.epoch;
				if !stored.is_offered || !anew.is_none_or(is_new) {
					return false;
				}
				if let Some(new) = anew {
					self.put(*record, *new);
				}
				let stored = self.records.get_mut(record).unwrap();
				(stored.custodian, stored.is_offered) = (CLINIC, false);
				true
			},
		}
	}

	fn update(
		&mut self,
		who: &AccountId,
		record: u64,
		new: (u8, u32, u32),
		under: Option<u64>,
	) -> bool {
		let Some(stored) = self.kept_by(who, record) else { return false };
		if stored.is_retired || stored.is_offered {
			return false;
		}
		if !self.is_new(&stored, new) || new.2 < stored.epoch {
			return false;
		}
		if let Some(grant) = under {
			let Some((action, uses)) = self.grants.get_mut(grant as usize) else { return false };
			let fits = match action {
				Action::Read | Action::Disclose => false,
				Action::Write => true,
				Action::Append => new.1 >= stored.sections,
			};
			let used = uses.entry(stored.custodian).or_default();
			if !fits || *used == MAX_USES {
				return false;
			}
			*used += 1;
		}
		self.put(record, new);
		true
	}

	fn set_retired(&mut self, who: &AccountId, record: u64, is_retired: bool) -> bool {
		let Some(stored) = self.kept_by(who, record) else { return false };
		self.records.get_mut(&record).unwrap().is_retired = is_retired;
		stored.is_retired != is_retired
	}

	fn kept_by(&self, who: &AccountId, record: u64) -> Option<Modelled> {
		let operated = match who {
			who if *who == CUSTODIAN => HOSPITAL,
			who if *who == CLINIC_OPERATOR => CLINIC,
			_ => return None,
		};
		self.records.get(&record).filter(|stored| stored.custodian == operated).cloned()
	}

	fn is_new(&self, stored: &Modelled, (manifest, sections, _): (u8, u32, u32)) -> bool {
		(1..=MAX_SECTIONS).contains(&sections)
			&& manifest != stored.manifest
			&& !self.gone.contains(&manifest)
	}

	fn put(&mut self, record: u64, (manifest, sections, epoch): (u8, u32, u32)) {
		let stored = self.records.get_mut(&record).unwrap();
		self.gone.insert(stored.manifest);
		(stored.manifest, stored.sections, stored.epoch) = (manifest, sections, epoch);
		stored.version += 1;
	}
}

fn new((manifest, sections, epoch): (u8, u32, u32)) -> NewManifest {
	NewManifest { manifest: Commitment([manifest; 32]), sections, epoch }
}

fn take(step: Step) -> DispatchResult {
	let custodian = RuntimeOrigin::signed(CUSTODIAN);
	match step {
		Step::Register { manifest } => {
			let manifest = Commitment([manifest; 32]);
			RecordAccess::register_record(custodian, PATIENT, manifest, 3, 1)
		},
		Step::Update { who, record, new: version, under } => RecordAccess::update_record(
			RuntimeOrigin::signed(who),
			RecordId(record),
			version_now(RecordId(record)),
			new(version),
			under.map(GrantId),
		),
		Step::Ask { action } => plain(RecordAccess::request_access(
			RuntimeOrigin::signed(PHYSICIAN),
			AccessRequest { action, ..request() },
			None,
		)),
		Step::Retire { who, record } => {
			RecordAccess::retire_record(RuntimeOrigin::signed(who), RecordId(record))
		},
		Step::Reinstate { who, record } => {
			RecordAccess::reinstate_record(RuntimeOrigin::signed(who), RecordId(record))
		},
		Step::Erase { record } => {
			RecordAccess::record_erasure(custodian, RecordId(record), Commitment([255; 32]))
		},
		Step::Offer { record } => RecordAccess::offer_custody(custodian, RecordId(record), CLINIC),
		Step::Accept { record, anew } => RecordAccess::accept_custody(
			RuntimeOrigin::signed(CLINIC_OPERATOR),
			RecordId(record),
			version_now(RecordId(record)),
			anew.map(new),
		),
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

	/// Standing, matrix, consent, its terms, obligations, uses, end and revocation do to a version what they
	/// do to a disclosure, and a version does to grant and consent what a disclosure does.
	#[test]
	fn a_version_under_a_grant_is_decided_and_counted_as_a_disclosure_is(
		taken in vec(changes(), 1..40),
		bringing in select(vec![Action::Write, Action::Append]),
	) {
		prop_assert_eq!(live(bringing, &taken), live(Action::Read, &taken));
	}

	/// Versions are counted, what was superseded or erased does not come back, what is out of use gets no
	/// version, nobody but the custodian changes anything; and what is refused changes nothing.
	#[test]
	fn versions_follow_each_other_and_none_comes_back(taken in vec(steps(), 1..60)) {
		genesis().execute_with(|| {
			let mut model = Model::default();
			for step in taken {
				let (entries, state) = (log().len(), root());
				let expected = model.expect(&step);
				let outcome = take(step.clone());
				prop_assert_eq!(outcome.is_ok(), expected, "{:?}: {:?}", step, outcome);
				prop_assert_eq!(log().len(), entries + usize::from(expected));
				if !expected {
					prop_assert_eq!(root(), state);
				}
				for id in 0..model.registered {
					let stored = Records::<Test>::get(RecordId(id));
					let modelled = model.records.get(&id);
					prop_assert_eq!(stored.is_some(), modelled.is_some());
					let version = RecordAccess::record_version(RecordId(id));
					prop_assert_eq!(version, modelled.map(|it| it.version));
					let (Some(stored), Some(modelled)) = (stored, modelled) else { continue };
					let holds = NewManifest {
						manifest: stored.manifest, sections: stored.sections, epoch: stored.epoch,
					};
					let expected = (modelled.manifest, modelled.sections, modelled.epoch);
					prop_assert_eq!(holds, new(expected));
					prop_assert_eq!(stored.custodian, modelled.custodian);
					let is_retired = RetiredRecords::<Test>::contains_key(RecordId(id));
					prop_assert_eq!(is_retired, modelled.is_retired);
				}
				for (number, (_, uses)) in model.grants.iter().enumerate() {
					let grant = GrantId(number as u64);
					for custodian in [HOSPITAL, CLINIC] {
						let used = uses.get(&custodian).copied().unwrap_or_default();
						let left = RecordAccess::uses_left(grant, custodian);
						prop_assert_eq!(left, Some(MAX_USES - used));
					}
				}
				#[cfg(feature = "try-runtime")]
				prop_assert_eq!(RecordAccess::check_invariants(), Ok(()));
			}
			prop_assert_eq!(NextRecordId::<Test>::get(), RecordId(model.registered));
			prop_assert_eq!(NextGrantId::<Test>::get(), GrantId(model.grants.len() as u64));
			Ok(())
		})?;
	}

	/// Exactly as many versions are taken in as there are uses, and each is in the log.
	#[test]
	fn as_many_versions_are_taken_in_as_there_are_uses(attempts in 0u8..12) {
		genesis().execute_with(|| {
			let record = registered(PATIENT);
			let grant = granted(AccessRequest { action: Action::Append, ..request() });
			for salt in 0..attempts {
				let outcome = use_once(Action::Append, grant, record, 10, salt);
				let expected = if u32::from(salt) < MAX_USES {
					Ok(())
				} else {
					Err(Error::<Test>::GrantUsedUp.into())
				};
				prop_assert_eq!(outcome, expected);
			}
			let taken = u32::from(attempts).min(MAX_USES);
			prop_assert_eq!(RecordAccess::record_version(record), Some(1 + taken));
			let logged = log().iter().filter(|it| it.action == AuditAction::RecordUpdated).count();
			prop_assert_eq!(logged, taken as usize);
			Ok(())
		})?;
	}
}
