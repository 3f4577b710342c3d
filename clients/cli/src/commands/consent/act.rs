//! What can be done with consents by the patient, by a delegate, or by guardians together.

use super::{
	answer::{Approval, Denial, PreparedApproval},
	content::{Content, Prepared},
	done::Done,
};
use crate::{
	account,
	commands::{ensure_patient, Context, SignedBy},
	document::Committed,
	error::Error,
};
use hdx_primitives::{consent::ConsentAction, AccountId, ConsentId};
use hdx_sdk::chain::{ActAs, Chain, Signer, Until};

/// Who signs, for whom, and what.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Signed<T: clap::Args> {
	#[command(flatten)]
	by: SignedBy,
	/// The patient for whom the signer acts as a delegate. Left out: the signer is the patient.
	#[arg(long = "for", value_name = "PATIENT", value_parser = account::parse)]
	patient: Option<AccountId>,
	#[command(flatten)]
	what: T,
}

/// A consent.
#[derive(Clone, Copy, Debug, clap::Args)]
#[group(skip)]
pub struct Which {
	/// The consent.
	#[arg(value_name = "ID")]
	pub id: u64,
}

/// A consent, and what it says from now on.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct Amendment {
	#[command(flatten)]
	which: Which,
	#[command(flatten)]
	content: Content,
}

/// What is done.
#[derive(Clone, Debug)]
pub enum Act {
	Grant(Content),
	Amend(Amendment),
	Revoke(Which),
	StopRenewal(Which),
	Approve(Approval),
	Deny(Denial),
}

/// What is done, as far as it can be told without a node.
enum Ready {
	Grant(Prepared),
	Amend(ConsentId, Prepared),
	Approve(Box<PreparedApproval>),
	Plain(ConsentAction),
}

impl<T: clap::Args> Signed<T> {
	/// Does it in the name of the patient.
	pub async fn run(self, act: fn(T) -> Act, context: &Context) -> Result<(), Error> {
		let ready = act(self.what).prepare()?;
		let signer = self.by.signer()?;
		let acting = self.patient.map_or(ActAs::Patient, ActAs::DelegateOf);
		ready.run(&signer, &acting, context).await
	}
}

impl Act {
	/// Proposes it to the other guardians of a patient.
	pub async fn propose(
		self,
		by: &SignedBy,
		patient: AccountId,
		context: &Context,
	) -> Result<(), Error> {
		let ready = self.prepare()?;
		let signer = by.signer()?;
		ready.run(&signer, &ActAs::GuardianOf(patient), context).await
	}

	/// Reads what is needed, before anybody is asked.
	fn prepare(self) -> Result<Ready, Error> {
		Ok(match self {
			Self::Grant(content) => Ready::Grant(content.prepare()?),
			Self::Amend(amendment) => {
				Ready::Amend(ConsentId(amendment.which.id), amendment.content.prepare()?)
			},
			Self::Revoke(which) => {
				Ready::Plain(ConsentAction::Revoke { consent: ConsentId(which.id) })
			},
			Self::StopRenewal(which) => {
				Ready::Plain(ConsentAction::StopRenewal { consent: ConsentId(which.id) })
			},
			Self::Approve(approval) => Ready::Approve(Box::new(approval.prepare()?)),
			Self::Deny(denial) => Ready::Plain(denial.action()),
		})
	}
}

impl Ready {
	async fn run(self, signer: &Signer, acting: &ActAs, context: &Context) -> Result<(), Error> {
		let chain = context.connect().await?;
		let patient = match acting {
			ActAs::Patient => signer.account(),
			ActAs::DelegateOf(patient) | ActAs::GuardianOf(patient) => patient.clone(),
		};
		if !matches!(self, Self::Plain(_)) {
			ensure_patient(&chain, &patient).await?;
		}
		let warnings = self.warnings();
		let (action, committed) = self.action(&chain).await?;
		let mut done = Done::of(&action, &patient, warnings);
		let progress = context.output.progress("waiting until it is final");
		let result = chain.act(signer, acting, action, Until::Finalized).await;
		drop(progress);
		let acted = match committed {
			Some(committed) => {
				let (acted, salt_file) = committed.keep_unless_refused(result)?;
				done.keep(salt_file);
				acted
			},
			None => result?,
		};
		done.became(&acted);
		context.output.show(&done)
	}

	fn warnings(&self) -> Vec<String> {
		match self {
			Self::Grant(prepared) | Self::Amend(_, prepared) => prepared.warnings.clone(),
			Self::Approve(approval) => approval.warnings.clone(),
			Self::Plain(_) => Vec::new(),
		}
	}

	async fn action(self, chain: &Chain) -> Result<(ConsentAction, Option<Committed>), Error> {
		Ok(match self {
			Self::Grant(prepared) => {
				let (content, committed) = prepared.commit(chain).await?;
				(ConsentAction::Grant(content), Some(committed))
			},
			Self::Amend(consent, prepared) => {
				let (content, committed) = prepared.commit(chain).await?;
				(ConsentAction::Amend { consent, content }, Some(committed))
			},
			Self::Approve(approval) => {
				let asked = chain.consent_request(approval.request).await?;
				let request = approval.request;
				let (content, committed) = approval.answer(&asked)?.commit(chain).await?;
				(ConsentAction::ApproveRequest { request, content }, Some(committed))
			},
			Self::Plain(action) => (action, None),
		})
	}
}
