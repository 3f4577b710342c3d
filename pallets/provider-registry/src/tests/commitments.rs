//! Commitments: nobody takes another one's, and none is attested again.

use crate::{
	mock::*, CredentialIssuer, CredentialKind, Error, PractitionerStatus, ReportedStatus,
	SpentCommitments,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AccountId, Commitment, CredentialId, DenialReason, Period, Role};
use proptest::{collection::vec, prelude::*};
use sp_runtime::DispatchResult;
use std::collections::BTreeMap;

const LICENCE: CredentialKind = CredentialKind::Licence;
const CERTIFICATE: CredentialKind = CredentialKind::BoardCertification;
const BY_BOARD: CredentialIssuer = CredentialIssuer::Issuer(BOARD);
const BY_CLINIC: CredentialIssuer = CredentialIssuer::Institution(CLINIC);

/// The commitment of the document that the board is about to attest.
const SEEN: Commitment = Commitment([66; 32]);

fn attest(who: AccountId, kind: CredentialKind, commitment: Commitment) -> DispatchResult {
	ProviderRegistry::attest_credential(signed(board()), who, kind, commitment, current())
}

fn renew(id: CredentialId, commitment: Commitment, valid: Period) -> DispatchResult {
	ProviderRegistry::renew_credential(signed(board()), dana(), id, commitment, valid)
}

/// The clinic enrols somebody with this commitment.
fn enrol_with(who: AccountId, commitment: Commitment) -> DispatchResult {
	ProviderRegistry::enrol_practitioner(
		signed(clinic_operator()),
		who,
		roles(&[Role::Nurse]),
		LICENCE,
		commitment,
		current(),
		[8; 32],
	)
}

fn scene(body: impl FnOnce()) {
	test(|| {
		register_board();
		enrol_dana();
		body();
	});
}

#[test]
fn whoever_sees_a_commitment_on_its_way_takes_it_from_nobody() {
	scene(|| {
		assert_ok!(enrol_with(account(2), SEEN));
		assert_ok!(attest(dana(), LICENCE, SEEN));
		let by_board = ProviderRegistry::verify(SEEN, BY_BOARD).unwrap();
		assert_eq!((by_board.practitioner, by_board.credential.kind), (dana(), LICENCE));
		let by_clinic = ProviderRegistry::verify(SEEN, BY_CLINIC).unwrap();
		assert_eq!(by_clinic.practitioner, account(2));
		assert_eq!(ProviderRegistry::attested_with(SEEN).len(), 2);
	});
}

#[test]
fn whoever_sees_a_commitment_on_chain_changes_nothing_of_what_it_finds() {
	scene(|| {
		assert_ok!(attest(dana(), LICENCE, SEEN));
		let before = ProviderRegistry::verify(SEEN, BY_BOARD);
		assert_ok!(enrol_with(account(2), SEEN));
		assert_ok!(ProviderRegistry::remove_practitioner(signed(clinic_operator()), account(2)));
		assert_eq!(ProviderRegistry::verify(SEEN, BY_BOARD), before);
		assert_eq!(ProviderRegistry::attested_with(SEEN), [before.unwrap()]);
	});
}

#[test]
fn an_issuer_attests_a_commitment_in_one_credential() {
	scene(|| {
		assert_ok!(attest(dana(), LICENCE, SEEN));
		let certificate = crate::NextCredentialId::<Test>::get();
		assert_noop!(attest(dana(), CERTIFICATE, SEEN), Error::<Test>::CommitmentInUse);
		assert_ok!(enrol_with(account(2), SEEN));
		assert_noop!(attest(account(2), LICENCE, SEEN), Error::<Test>::CommitmentInUse);
		assert_noop!(enrol_with(account(3), SEEN), Error::<Test>::CommitmentInUse);
		let certificate = CredentialId(certificate.0 + 1);
		assert_ok!(attest(dana(), CERTIFICATE, fresh_commitment()));
		assert_noop!(renew(certificate, SEEN, current()), Error::<Test>::CommitmentInUse);
	});
}

#[test]
fn what_was_revoked_is_never_attested_as_if_it_were_new() {
	scene(|| {
		let id = crate::NextCredentialId::<Test>::get();
		assert_ok!(attest(dana(), LICENCE, SEEN));
		assert_ok!(ProviderRegistry::revoke_credential(signed(board()), dana(), id));
		assert_noop!(attest(dana(), LICENCE, SEEN), Error::<Test>::CommitmentInUse);
		assert_eq!(
			ProviderRegistry::verify(SEEN, BY_BOARD).unwrap().standing,
			Err(DenialReason::CredentialRevoked)
		);
		// Others fill the list, and the revoked one gives way.
		assert_ok!(attest(dana(), CERTIFICATE, fresh_commitment()));
		attest_dana_elsewhere();
		assert_eq!(ProviderRegistry::verify(SEEN, BY_BOARD), None);
		assert!(SpentCommitments::<Test>::contains_key(SEEN, BY_BOARD));
		assert_noop!(attest(dana(), LICENCE, SEEN), Error::<Test>::CommitmentSpent);
		assert_ok!(enrol(clinic_operator(), account(2), &[Role::Nurse], current()));
		assert_noop!(attest(account(2), LICENCE, SEEN), Error::<Test>::CommitmentSpent);
	});
}

#[test]
fn what_has_expired_or_was_found_revoked_is_not_renewed_with_the_same_document() {
	scene(|| {
		let id = crate::NextCredentialId::<Test>::get();
		assert_ok!(attest(dana(), LICENCE, SEEN));
		assert_ok!(renew(id, SEEN, from_until(NOW.0, NOW.0 + 2 * HOUR)));
		register_oracles();
		agree(id, ReportedStatus::Revoked);
		let later = || from_until(NOW.0, NOW.0 + 4 * HOUR);
		assert_noop!(renew(id, SEEN, later()), Error::<Test>::CommitmentSpent);
		assert_ok!(renew(id, Commitment([67; 32]), from_until(NOW.0, NOW.0 + 2 * HOUR)));
		wait(2 * HOUR);
		assert_noop!(renew(id, Commitment([67; 32]), later()), Error::<Test>::CommitmentSpent);
		assert_noop!(renew(id, SEEN, later()), Error::<Test>::CommitmentSpent);
		assert_ok!(renew(id, Commitment([68; 32]), later()));
	});
}

#[test]
fn what_was_renewed_away_is_never_attested_again() {
	scene(|| {
		let id = crate::NextCredentialId::<Test>::get();
		assert_ok!(attest(dana(), LICENCE, SEEN));
		assert_ok!(renew(id, Commitment([67; 32]), current()));
		assert_noop!(renew(id, SEEN, current()), Error::<Test>::CommitmentSpent);
		assert_noop!(attest(dana(), CERTIFICATE, SEEN), Error::<Test>::CommitmentSpent);
	});
}

#[test]
fn whoever_was_removed_comes_back_by_a_document_salted_anew() {
	scene(|| {
		assert_ok!(enrol_with(account(2), SEEN));
		let remove =
			|| ProviderRegistry::remove_practitioner(signed(clinic_operator()), account(2));
		assert_ok!(remove());
		assert_noop!(enrol_with(account(2), SEEN), Error::<Test>::CommitmentSpent);
		assert_ok!(enrol_with(account(2), Commitment([67; 32])));
		assert_eq!(practitioner(&account(2)).status, PractitionerStatus::Active);
	});
}

/// Something that an issuer does, of two.
#[derive(Clone, Debug)]
enum Step {
	Attest { issuer: u8, who: u8, certificate: bool, salt: u8, lasts: u64 },
	Renew { issuer: u8, who: u8, credential: u64, salt: u8, lasts: u64 },
	Revoke { issuer: u8, who: u8, credential: u64 },
	ComeBack { who: u8 },
	Wait(u64),
}

fn steps() -> impl Strategy<Value = Step> {
	let (issuer, who, salt, credential) = (|| 0u8..2, || 1u8..3, || 0u8..6, || 0u64..8);
	let lasts = || prop_oneof![Just(1u64), Just(HOUR)];
	prop_oneof![
		6 => (issuer(), who(), any::<bool>(), salt(), lasts()).prop_map(
			|(issuer, who, certificate, salt, lasts)| {
				Step::Attest { issuer, who, certificate, salt, lasts }
			}
		),
		6 => (issuer(), who(), credential(), salt(), lasts()).prop_map(
			|(issuer, who, credential, salt, lasts)| {
				Step::Renew { issuer, who, credential, salt, lasts }
			}
		),
		2 => (issuer(), who(), credential())
			.prop_map(|(issuer, who, credential)| Step::Revoke { issuer, who, credential }),
		1 => who().prop_map(|who| Step::ComeBack { who }),
		2 => (0u64..3).prop_map(Step::Wait),
	]
}

fn issuer_account(index: u8) -> AccountId {
	if index == 0 {
		board()
	} else {
		other_board()
	}
}

/// Attestations of this commitment that last so long.
fn from_now(lasts: u64) -> Period {
	let now = ProviderRegistry::now().0;
	from_until(now, now + lasts)
}

fn enrol_one(who: u8) {
	assert_ok!(enrol(hospital_operator(), account(who), &[Role::Nurse], Period::default()));
}

fn run(call: impl FnOnce() -> DispatchResult) -> bool {
	frame_support::storage::with_storage_layer(call).is_ok()
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

	/// An issuer's commitment is of one credential for ever, and does not come back when that has
	/// another one. The reference knows only which calls succeeded.
	#[test]
	fn a_commitment_is_of_one_credential_for_ever(steps in vec(steps(), 1..60)) {
		new_test_ext().execute_with(|| {
			let both = || kinds(&[LICENCE, CERTIFICATE]);
			for index in 0..2 {
				let account = issuer_account(index);
				let root = RuntimeOrigin::root();
				assert_ok!(ProviderRegistry::register_issuer(root, account, both(), [0; 32]));
			}
			(1..3).for_each(enrol_one);
			// Of which credential an issuer's commitment is or was, and which one that has last.
			let mut ever = BTreeMap::<(u8, u8), CredentialId>::new();
			let mut last = BTreeMap::<CredentialId, u8>::new();
			for step in steps {
				match step {
					Step::Attest { issuer, who, certificate, salt, lasts } => {
						let id = crate::NextCredentialId::<Test>::get();
						let kind = if certificate { CERTIFICATE } else { LICENCE };
						let attested = run(|| ProviderRegistry::attest_credential(
							signed(issuer_account(issuer)),
							account(who),
							kind,
							Commitment([salt; 32]),
							from_now(lasts),
						));
						if attested {
							prop_assert_eq!(ever.insert((issuer, salt), id), None);
							last.insert(id, salt);
						}
					},
					Step::Renew { issuer, who, credential, salt, lasts } => {
						let id = CredentialId(credential);
						let renewed = run(|| ProviderRegistry::renew_credential(
							signed(issuer_account(issuer)),
							account(who),
							id,
							Commitment([salt; 32]),
							from_now(lasts),
						));
						if renewed {
							let before = ever.insert((issuer, salt), id);
							let kept = last.insert(id, salt) == Some(salt);
							prop_assert_eq!(before, kept.then_some(id));
						}
					},
					Step::Revoke { issuer, who, credential } => {
						run(|| ProviderRegistry::revoke_credential(
							signed(issuer_account(issuer)),
							account(who),
							CredentialId(credential),
						));
					},
					Step::ComeBack { who } => {
						let operator = signed(hospital_operator());
						assert_ok!(ProviderRegistry::remove_practitioner(operator, account(who)));
						enrol_one(who);
					},
					Step::Wait(time) => wait(time),
				}
				for ((issuer, salt), id) in &ever {
					let by = CredentialIssuer::Issuer(hdx_primitives::IssuerId((*issuer).into()));
					let found = ProviderRegistry::verify(Commitment([*salt; 32]), by);
					let is_told_right = found.is_none_or(|view| {
						view.credential.id == *id && last.get(id) == Some(salt)
					});
					prop_assert!(is_told_right);
				}
				prop_assert_eq!(ProviderRegistry::do_try_state(), Ok(()));
			}
			Ok(())
		})?;
	}
}
