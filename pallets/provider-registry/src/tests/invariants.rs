//! The check of the stored state finds what it should find.

use crate::{mock::*, *};
use hdx_primitives::{
	AppealId, Code, Commitment, CredentialId, InstitutionId, IssuerId, Milliseconds, Role,
};

/// Breaks a sound state and expects this finding.
fn finds(finding: &'static str, break_it: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		enrol_dana();
		assert_eq!(ProviderRegistry::do_try_state(), Ok(()));
		break_it();
		assert_eq!(ProviderRegistry::do_try_state(), Err(finding.into()));
	});
}

fn change_dana(change: impl FnOnce(&mut PractitionerOf<Test>)) {
	Practitioners::<Test>::mutate(dana(), |stored| change(stored.as_mut().unwrap()));
}

#[test]
fn broken_institutions_are_found() {
	finds("an institution has an id that was not given out", || {
		NextInstitutionId::<Test>::put(InstitutionId(1))
	});
	finds("an institution is missing", || NextInstitutionId::<Test>::put(InstitutionId(3)));
	finds("an institution is not found by its operator", || {
		InstitutionByOperator::<Test>::remove(hospital_operator())
	});
	finds("an operator has no institution", || {
		InstitutionByOperator::<Test>::insert(stranger(), HOSPITAL)
	});
	finds("an operator is a practitioner", || {
		Practitioners::<Test>::insert(clinic_operator(), practitioner(&dana()))
	});
	finds("an operator lost the account", || {
		System::dec_sufficients(&hospital_operator());
	});
}

#[test]
fn broken_practitioners_are_found() {
	finds("a practitioner's first affiliation is not the enrolling institution", || {
		change_dana(|stored| stored.affiliations = vec![CLINIC, HOSPITAL].try_into().unwrap())
	});
	finds("a practitioner is affiliated twice to one institution", || {
		change_dana(|stored| stored.affiliations.try_push(HOSPITAL).unwrap())
	});
	finds("a practitioner is affiliated to an institution that does not exist", || {
		change_dana(|stored| stored.affiliations.try_push(NOBODY).unwrap());
		Members::<Test>::insert(NOBODY, dana(), ());
	});
	finds("a practitioner has no role", || change_dana(|stored| stored.roles = roles(&[])));
	finds("a practitioner holds a role twice", || {
		change_dana(|stored| stored.roles = roles(&[Role::Nurse, Role::Nurse]))
	});
	finds("a credential's issuer does not exist", || {
		change_dana(|stored| stored.credentials[0].issuer = CredentialIssuer::Institution(NOBODY))
	});
	finds("a credential ends before it starts", || {
		change_dana(|stored| stored.credentials[0].valid = from_until(2, 1))
	});
	finds("a practitioner lost the account", || {
		System::dec_sufficients(&dana());
	});
}

#[test]
fn wrong_counts_are_found() {
	finds("an institution's count of practitioners is wrong", || {
		PractitionerCount::<Test>::insert(HOSPITAL, 2)
	});
	finds("an institution's practitioners are not counted", || {
		PractitionerCount::<Test>::remove(HOSPITAL)
	});
}

#[test]
fn holds_without_suspension_are_found() {
	finds("somebody held is neither a suspended practitioner nor a removed one", || {
		GovernanceHolds::<Test>::insert(dana(), ())
	});
	finds("somebody held is neither a suspended practitioner nor a removed one", || {
		GovernanceHolds::<Test>::insert(stranger(), ())
	});
}

#[test]
fn institutions_without_practitioners_are_sound() {
	test(|| assert!(Institutions::<Test>::contains_key(HOSPITAL)));
}

/// Breaks the sound state of a chain with a verified practitioner, issuers and oracles.
fn finds_of_verified(finding: &'static str, break_it: impl FnOnce(CredentialId)) {
	new_test_ext().execute_with(|| {
		let licence = verify_dana();
		assert_eq!(ProviderRegistry::do_try_state(), Ok(()));
		break_it(licence);
		assert_eq!(ProviderRegistry::do_try_state(), Err(finding.into()));
	});
}

fn change_licence(change: impl FnOnce(&mut Credential)) {
	change_dana(|stored| change(stored.credentials.iter_mut().last().unwrap()));
}

#[test]
fn broken_issuers_and_accreditations_are_found() {
	let change = |change: fn(&mut Issuer)| {
		Issuers::<Test>::mutate(BOARD, |stored| change(stored.as_mut().unwrap()))
	};
	finds_of_verified("an issuer has an id that was not given out", |_| {
		NextIssuerId::<Test>::put(IssuerId(0))
	});
	finds_of_verified("an issuer is missing", |_| NextIssuerId::<Test>::put(IssuerId(2)));
	finds_of_verified("an issuer is not found by its account", |_| {
		IssuerByAccount::<Test>::remove(board())
	});
	finds_of_verified("an account has no issuer", |_| {
		IssuerByAccount::<Test>::insert(stranger(), BOARD)
	});
	finds_of_verified("an issuer is trusted twice for one kind", |_| {
		change(|issuer| issuer.kinds = kinds(&[CredentialKind::Licence, CredentialKind::Licence]))
	});
	finds_of_verified("an issuer lost the account", |_| {
		System::dec_sufficients(&board());
	});
	finds_of_verified("an issuer is a practitioner", |_| {
		Practitioners::<Test>::insert(board(), practitioner(&dana()))
	});
	let accreditation = |start, end| Accreditation {
		scheme: Code([1; 16]),
		level: 1,
		valid: from_until(start, end),
		status: AccreditationStatus::InForce,
		accredited_at: NOW,
	};
	let accredit = |institution, all: Vec<Accreditation>| {
		Accreditations::<Test>::insert(institution, AccreditationsOf::<Test>::truncate_from(all))
	};
	finds_of_verified("an institution that does not exist is accredited", |_| {
		accredit(NOBODY, vec![accreditation(1, 2)])
	});
	finds_of_verified("an institution is accredited twice for one scheme", |_| {
		accredit(CLINIC, vec![accreditation(1, 2), accreditation(1, 2)])
	});
	finds_of_verified("an accreditation ends before it starts", |_| {
		accredit(CLINIC, vec![accreditation(2, 1)])
	});
	finds("an appeal has a number that was not given out", || {
		open_appeal(Appellant::Practitioner(dana()));
		NextAppealId::<Test>::kill();
	});
	finds("an appeal is not found by who filed it", || {
		open_appeal(Appellant::Practitioner(dana()));
		OpenAppeals::<Test>::remove(Appellant::Practitioner(dana()));
	});
	for appellant in [Appellant::Practitioner(stranger()), Appellant::Institution(CLINIC)] {
		finds("somebody appeals who is no practitioner, or not suspended", || {
			open_appeal(appellant)
		});
	}
	finds("somebody has an open appeal that does not exist", || {
		OpenAppeals::<Test>::insert(Appellant::Practitioner(dana()), AppealId(0))
	});
}

fn open_appeal(appellant: Appellant) {
	OpenAppeals::<Test>::insert(&appellant, AppealId(0));
	let appeal = Appeal { appellant, statement: Commitment([0; 32]), filed_at: NOW };
	Appeals::<Test>::insert(AppealId(0), appeal);
	NextAppealId::<Test>::put(AppealId(1));
}

#[test]
fn broken_members_and_transfers_are_found() {
	finds("a practitioner is not among the members of an institution", || {
		Members::<Test>::remove(HOSPITAL, dana())
	});
	finds("a member is not affiliated", || Members::<Test>::insert(CLINIC, dana(), ()));
	let offer =
		|from, to| Transfers::<Test>::insert(dana(), TransferOffer { from, to, offered_at: NOW });
	finds("a transfer is offered by an institution that is not home", || offer(CLINIC, HOSPITAL));
	finds("a transfer is offered to home", || offer(HOSPITAL, HOSPITAL));
}

#[test]
fn broken_credentials_are_found() {
	finds("a practitioner has no credential", || {
		change_dana(|stored| stored.credentials = Default::default())
	});
	finds("a credential has an id that was not given out", || {
		NextCredentialId::<Test>::put(CredentialId(0))
	});
	finds("a credential is not found by its commitment", || {
		change_dana(|stored| stored.credentials[0].commitment = Commitment([200; 32]))
	});
	finds("a commitment is not a credential's", || {
		let issuer = CredentialIssuer::Institution(HOSPITAL);
		CredentialsByCommitment::<Test>::insert(Commitment([200; 32]), issuer, (dana(), FIRST))
	});
	finds("a commitment is attested again", || {
		let held = credential(&dana());
		SpentCommitments::<Test>::insert(held.commitment, held.issuer, ())
	});
	let finding = |status| Some(Finding { status, at: NOW, evidence: EVIDENCE });
	finds_of_verified("a finding says that nothing is wrong", |_| {
		change_licence(|held| held.finding = finding(ReportedStatus::Good))
	});
	finds_of_verified("a credential was found good and not good", |_| {
		change_licence(|held| held.finding = finding(ReportedStatus::Revoked))
	});
	finds_of_verified("a credential was checked before it was attested", |_| {
		change_licence(|held| held.attested_at = Milliseconds(NOW.0 + 1))
	});
}

#[test]
fn broken_oracles_are_found() {
	finds_of_verified("an oracle is a practitioner", |_| {
		Oracles::<Test>::insert(dana(), Oracles::<Test>::get(oracle(0)).unwrap())
	});
	finds_of_verified("an oracle is an issuer", |_| {
		Oracles::<Test>::insert(board(), Oracles::<Test>::get(oracle(0)).unwrap())
	});
	finds_of_verified("an oracle lost the account", |_| {
		System::dec_sufficients(&oracle(0));
	});
	finds_of_verified("the count of oracles is wrong", |_| OracleCount::<Test>::put(2));
	finds_of_verified("a quorum cannot be reached, or needs nobody", |_| {
		OracleTermsInForce::<Test>::put(OracleTerms { quorum: 0, ..TERMS })
	});
	finds_of_verified("a report is about no credential", |licence| {
		Reports::<Test>::insert(CredentialId(99), Reports::<Test>::get(licence))
	});
	finds_of_verified("an oracle has two reports on a credential", |licence| {
		let first = Reports::<Test>::get(licence)[0].clone();
		Reports::<Test>::mutate(licence, |reports| reports.try_push(first).unwrap())
	});
}

#[test]
fn broken_accounts_are_found() {
	finds("somebody has a second key who is no practitioner", || {
		SecondKeys::<Test>::insert(stranger(), second_key(&device()))
	});
	finds("a second key is the account's own key", || {
		SecondKeys::<Test>::insert(dana(), SecondKey::Ed25519(dana().into()))
	});
	finds("somebody was recovered who is no practitioner", || {
		Recoveries::<Test>::insert(stranger(), NOW)
	});
	finds("a recovery is of a time to come", || {
		Recoveries::<Test>::insert(dana(), Milliseconds(NOW.0 + 1))
	});
	finds("a rotated practitioner is not found by an account of theirs", || {
		FirstAccounts::<Test>::insert(dana(), stranger())
	});
	finds("an account is retired and in use", || {
		Retired::<Test>::insert(dana(), Retirement::Removed)
	});
	finds("a retired account ceased, so its nonce would start again", || {
		Retired::<Test>::insert(stranger(), Retirement::Removed)
	});
	finds("an account was rotated to itself", || {
		System::inc_sufficients(&stranger());
		Retired::<Test>::insert(stranger(), Retirement::Rotated { to: stranger(), home: HOSPITAL })
	});
	finds("an account that was given up holds an office", || {
		Retired::<Test>::insert(clinic_operator(), Retirement::Replaced { to: stranger() })
	});
	finds("nobody answers for an account that was rotated away", || {
		System::inc_sufficients(&stranger());
		Retired::<Test>::insert(stranger(), Retirement::Rotated { to: dana(), home: NOBODY })
	});
}
