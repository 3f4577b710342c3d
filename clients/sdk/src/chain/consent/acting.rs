//! What can be done with consents in person, as a delegate, or as one of the guardians.

use super::super::{interface, submit::Included, Chain, ChainError, Signer, Until};
use hdx_primitives::{
	consent::{ConsentAction, ConsentContent, GuardianAction},
	AccountId, ConsentId, Milliseconds, ProposalId,
};

/// As what somebody signs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ActAs {
	/// The patient in person.
	Patient,
	/// A delegate of this patient.
	DelegateOf(AccountId),
	/// A guardian of this patient, who proposes it to the others.
	GuardianOf(AccountId),
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Acted {
	/// The consent that was granted or amended, and its version.
	pub consent: Option<(ConsentId, u32)>,
	/// The proposal that guardians have to agree on.
	pub proposal: Option<ProposalId>,
	/// From when on the proposal can be carried out: enough guardians agreed.
	pub ready_at: Option<Milliseconds>,
	/// Whether it is done. A proposal may still be waiting.
	pub is_done: bool,
}

impl Chain {
	/// Does something with the consents of a patient.
	///
	/// # Errors
	///
	/// Any [`ChainError`]; refusals are those of the pallet's call: `Consent::grant` and its like
	/// for patients, `act_as_delegate`, `propose_as_guardian`.
	pub async fn act(
		&self,
		signer: &Signer,
		acting: &ActAs,
		action: ConsentAction,
		until: Until,
	) -> Result<Acted, ChainError> {
		let calls = interface::transactions().consent();
		match acting {
			ActAs::Patient => self.act_in_person(signer, action, until).await,
			ActAs::DelegateOf(patient) => {
				let call = calls.act_as_delegate(patient.clone().into(), action.into());
				let included =
					self.submit("Consent::act_as_delegate", &call, signer, until).await?;
				Acted::of(&included)
			},
			ActAs::GuardianOf(patient) => {
				let action = GuardianAction::Consent(action);
				self.propose(signer, patient.clone(), action, until).await
			},
		}
	}

	async fn act_in_person(
		&self,
		patient: &Signer,
		action: ConsentAction,
		until: Until,
	) -> Result<Acted, ChainError> {
		let calls = interface::transactions().consent();
		let included = match action {
			ConsentAction::Grant(ConsentContent { policy, document, terms }) => {
				let call = calls.grant(policy.into(), document.into(), terms.into());
				self.submit("Consent::grant", &call, patient, until).await?
			},
			ConsentAction::Amend { consent, content } => {
				let ConsentContent { policy, document, terms } = content;
				let call =
					calls.amend(consent.into(), policy.into(), document.into(), terms.into());
				self.submit("Consent::amend", &call, patient, until).await?
			},
			ConsentAction::Revoke { consent } => {
				let call = calls.revoke(consent.into());
				self.submit("Consent::revoke", &call, patient, until).await?
			},
			ConsentAction::StopRenewal { consent } => {
				let call = calls.stop_renewal(consent.into());
				self.submit("Consent::stop_renewal", &call, patient, until).await?
			},
			ConsentAction::ApproveRequest { request, content } => {
				let ConsentContent { policy, document, terms } = content;
				let call = calls.approve_request(
					request.into(),
					policy.into(),
					document.into(),
					terms.into(),
				);
				self.submit("Consent::approve_request", &call, patient, until).await?
			},
			ConsentAction::DenyRequest { request, reason } => {
				let call = calls.deny_request(request.into(), reason.map(Into::into));
				self.submit("Consent::deny_request", &call, patient, until).await?
			},
		};
		Acted::of(&included)
	}
}

impl Acted {
	/// What the events of a transaction tell.
	pub(super) fn of(included: &Included) -> Result<Self, ChainError> {
		use interface::consent::events::{
			ConsentAmended, ConsentGranted, ProposalAgreed, ProposalExecuted, ProposalMade,
		};
		let granted = included.find::<ConsentGranted>()?;
		let amended = included.find::<ConsentAmended>()?;
		let made = included.find::<ProposalMade>()?;
		let agreed = included.find::<ProposalAgreed>()?;
		let executed = included.find::<ProposalExecuted>()?;
		let is_proposal = made.is_some() || agreed.is_some();
		Ok(Self {
			consent: granted
				.map(|event| (event.consent.0, event.version))
				.or_else(|| amended.map(|event| (event.consent.0, event.version))),
			proposal: made.map(|event| event.proposal.0),
			ready_at: agreed.map(|event| event.ready_at.0),
			is_done: executed.is_some() || !is_proposal,
		})
	}
}
