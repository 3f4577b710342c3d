//! `hdx provider`: institutions and practitioners, issuers and oracles.

mod accreditation;
pub(crate) mod agree;
mod appeal;
mod block;
mod credential;
mod done;
mod enrol;
pub(crate) mod enrol_all;
mod fhir;
mod institution;
mod issuer;
mod kinds;
mod oracle;
mod profile;
mod replacement;
mod rotate;
mod second_key;
mod status;
mod transfer;
mod validity;
mod verify;
mod view;

pub use done::Done;
pub use enrol::{read_public, RoleName};
pub use kinds::InstitutionName;
pub use profile::Profile;
pub use validity::Validity;

use super::{Context, SignedBy};
use crate::{account, error::Error, exit::Exit};
use clap::Subcommand;
use hdx_primitives::AccountId;
use hdx_sdk::chain::{AtBlock, Chain, ChainError, Signer, SuspensionReason, Until};
use kinds::ReasonName;
use view::{Changed, Everybody, Institution, InstitutionShown, Practitioner};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Provider {
	/// List institutions and practitioners.
	#[command(after_help = "\
Examples:
  hdx provider list
  hdx provider list --json")]
	List,
	/// Show a practitioner, or the institution that an account operates.
	#[command(after_help = "\
Examples:
  hdx provider show 5FHneW46…
  hdx provider show //Alice")]
	Show {
		/// The account.
		#[arg(value_parser = account::parse)]
		account: AccountId,
	},
	/// Show at which levels an account may act, and why not at the others.
	#[command(after_help = "\
Examples:
  hdx provider status //Dave --institution 1 --role physician
  hdx provider status //Dave --institution 1 --role physician --at 2027-06-30 --at-block 1200")]
	Status(status::Status),
	/// Check that a credential document is one that was attested, and whether it stands.
	#[command(after_help = "\
Example:
  hdx provider verify --document licence.pdf --salt licence.pdf.salt --issuer issuer:0

Exits with 0 where the credential stands, with 1 where it does not. The issuer is the one that the document
names: anybody who may attest can attest the same document about somebody else.")]
	Verify(verify::Verify),

	/// Show an institution, its accreditations, and whether anybody can act for it.
	#[command(after_help = "\
Example:
  hdx provider institution 1 --at-block finalized")]
	Institution(institution::Show),
	/// List who may act for an institution, a page at a time.
	#[command(after_help = "\
Examples:
  hdx provider members 1
  hdx provider members 1 --limit 1000 --after 5FHneW46… --json")]
	Members(institution::Members),
	/// Register an institution. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider register-institution --as //Ferdie --operator //Eve --kind clinic \\
    --profile organization.json")]
	RegisterInstitution(institution::Register),
	/// Suspend an institution, and with it all who act for it. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider suspend-institution --as //Ferdie 1 --reason investigation")]
	SuspendInstitution(institution::Suspend),
	/// Note that an institution has closed, so that others can take over whom it enrolled. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider close-institution --as //Ferdie 1")]
	CloseInstitution(institution::Which),
	/// End the suspension of an institution, or that it is closed. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider reinstate-institution --as //Ferdie 1")]
	ReinstateInstitution(institution::Which),
	/// Give all offices of an account whose key is lost or stolen to another account. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider replace-account --as //Ferdie --from 5FHneW46… --to 5DAAnrj7…

The operator's office, that of a trusted issuer and that of an oracle go along in one block. The old account is
never used again, and its DID is deactivated.")]
	ReplaceAccount(replacement::Replace),
	/// Accredit an institution for a scheme. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider accredit --as //Ferdie --institution 1 --scheme 'urn:iso:std:iso:15189|lab' \\
    --level 2 --valid-until 2027-12-31")]
	Accredit(accreditation::Accredit),
	/// Renew an accreditation, which brings it back into force. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider renew-accreditation --as //Ferdie --institution 1 \\
    --scheme 'urn:iso:std:iso:15189|lab' --level 2 --valid-until 2028-12-31")]
	RenewAccreditation(accreditation::Accredit),
	/// Suspend, reinstate or revoke an accreditation. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider set-accreditation --as //Ferdie --institution 1 \\
    --scheme 'urn:iso:std:iso:15189|lab' --status suspended")]
	SetAccreditation(accreditation::Set),
	/// Set which accreditation a kind of institution needs. Governance does that.
	#[command(after_help = "\
Examples:
  hdx provider require-accreditation --as //Ferdie --kind laboratory \\
    --scheme 'urn:iso:std:iso:15189|lab' --level 1
  hdx provider require-accreditation --as //Ferdie --kind laboratory --none")]
	RequireAccreditation(accreditation::Require),

	/// Enrol a practitioner at the institution that you operate.
	#[command(after_help = "\
Examples:
  hdx provider enrol --as //Bob --practitioner //Dave --role physician \\
    --taxonomy 207R00000X --credential licence.pdf --valid-until 2027-12-31 \\
    --key-agreement practitioner.xwing.pub

The credential stays with you: the chain gets a hash of it and of a new secret salt, which is
written to licence.pdf.salt. Keep both to show later what was committed to.")]
	Enrol(enrol::Enrol),
	/// Enrol all practitioners of a FHIR Bundle, and register its organisations. Run again, it goes on.
	#[command(after_help = "\
Examples:
  hdx provider enrol-all --as //Bob --practitioners staff.json --state enrolment --role physician \\
    --taxonomy 207R00000X --valid-until 2027-12-31 --dry-run
  hdx provider enrol-all --as //Bob --practitioners staff.json --organizations houses.json \\
    --institutions-as hospital --governance //Ferdie --state enrolment --role physician \\
    --taxonomy 207R00000X --valid-until 2027-12-31

Everybody gets keys and a salt in DIR, which stay there: the chain gets accounts, hashes and nothing of the
roster. A practitioner is enrolled by the institution that has their address, else by --as. Stopped at
any moment and run again with the same DIR, it enrols each once. Exit code 1: some were not enrolled; they
are listed.")]
	EnrolAll(enrol_all::EnrolAll),
	/// Render what the chain says of a practitioner or an institution as FHIR.
	#[command(after_help = "\
Examples:
  hdx provider fhir //Dave
  hdx provider fhir //Dave --verification --at-block finalized
  hdx provider fhir //Dave --practitioner --credential licence.sd-jwt --issuer did:web:board.example \\
    --issuer-key board.key.pub
  hdx provider fhir institution:1 --fhir-version R5

A practitioner is a pseudonym. Names, NPIs and licence numbers are in a view only where they come from a
credential that is given, that holds, and to which the chain has the commitment.")]
	Fhir(fhir::Fhir),
	/// Suspend a practitioner whom your institution enrolled.
	#[command(after_help = "\
Examples:
  hdx provider suspend --as //Bob //Dave --reason investigation
  hdx provider suspend --as //Ferdie //Dave --reason order --governance")]
	Suspend {
		#[command(flatten)]
		which: Which,
		/// Why.
		#[arg(long)]
		reason: ReasonName,
		/// As governance, whose suspension no institution can end.
		#[arg(long)]
		governance: bool,
	},
	/// End a suspension.
	#[command(after_help = "\
Examples:
  hdx provider reinstate --as //Bob //Dave
  hdx provider reinstate --as //Ferdie //Dave --governance")]
	Reinstate {
		#[command(flatten)]
		which: Which,
		/// As governance.
		#[arg(long)]
		governance: bool,
	},
	/// Remove a practitioner whom your institution enrolled.
	#[command(after_help = "\
Example:
  hdx provider remove --as //Bob //Dave")]
	Remove(Which),
	/// Take on a practitioner whom another institution enrolled.
	#[command(after_help = "\
Example:
  hdx provider affiliate --as //Alice //Dave")]
	Affiliate(Which),
	/// End that a practitioner acts for an institution that did not enrol them.
	#[command(after_help = "\
Examples:
  hdx provider leave --as //Dave //Dave --institution 0
  hdx provider leave --as //Alice //Dave --institution 0")]
	Leave(transfer::Leave),
	/// Let another institution answer for a practitioner.
	#[command(subcommand)]
	Transfer(transfer::Transfer),
	/// Take over a practitioner whose institution has closed.
	#[command(after_help = "\
Example:
  hdx provider take-over --as //Alice //Dave --agreement agreement.json --credential contract.pdf \\
    --valid-until 2027-12-31

The practitioner signs agreement.json with `hdx provider agree take-over`. The attestations of the institution of
before end.")]
	TakeOver(replacement::TakeOver),
	/// Sign, on one's own device, what somebody else will send.
	#[command(subcommand)]
	Agree(agree::Agree),
	/// Let a practitioner go on under another account.
	#[command(after_help = "\
Examples:
  hdx provider rotate --as dave.key 5FHneW46… --new new.key --key-agreement new.xwing.pub \\
    --second-key phone.key
  hdx provider rotate --as //Bob //Dave --agreement agreement.json

Signed by the practitioner, or by the operator of the institution that enrolled them. The new account agrees with its
key, or by what it signed with `hdx provider agree rotate`. The old key can do nothing any more, its account is
never enrolled again, and its DID is deactivated.")]
	Rotate(rotate::Rotate),
	/// Appeal against your own suspension, or your institution's.
	#[command(after_help = "\
Example:
  hdx provider appeal --as //Dave --statement statement.pdf

The statement stays with you: the chain gets a hash of it and of a new secret salt, which is written
to statement.pdf.salt.")]
	Appeal(appeal::Appeal),
	/// List the open appeals.
	#[command(after_help = "\
Example:
  hdx provider appeals --json")]
	Appeals,
	/// Withdraw an appeal that you filed.
	#[command(after_help = "\
Example:
  hdx provider withdraw-appeal --as //Dave 3")]
	WithdrawAppeal(appeal::Withdraw),
	/// Answer an appeal. Governance does that.
	#[command(after_help = "\
Example:
  hdx provider decide-appeal --as //Ferdie 3 --outcome upheld")]
	DecideAppeal(appeal::Decide),

	/// Attest a credential, as a trusted issuer.
	#[command(after_help = "\
Example:
  hdx provider attest --as //MedicalBoard //Dave --kind licence --credential licence.pdf \\
    --valid-until 2027-12-31

The credential stays with you: the chain gets a hash of it and of a new secret salt, which is
written to licence.pdf.salt. Give both to the practitioner.")]
	Attest(credential::Attest),
	/// Renew a credential that you issued.
	#[command(after_help = "\
Example:
  hdx provider renew-credential --as //MedicalBoard //Dave --id 3 --credential licence-2028.pdf \\
    --valid-until 2028-12-31")]
	RenewCredential(credential::Renew),
	/// Suspend a credential that you issued.
	#[command(after_help = "\
Example:
  hdx provider suspend-credential --as //MedicalBoard //Dave --id 3")]
	SuspendCredential(credential::Which),
	/// End the suspension of a credential that you issued.
	#[command(after_help = "\
Example:
  hdx provider reinstate-credential --as //MedicalBoard //Dave --id 3")]
	ReinstateCredential(credential::Which),
	/// Revoke a credential that you issued, for good.
	#[command(after_help = "\
Example:
  hdx provider revoke-credential --as //Bob //Dave --id 2")]
	RevokeCredential(credential::Which),
	/// The key of your other device, which signs what needs the highest assurance.
	#[command(subcommand)]
	SecondKey(second_key::SecondKey),
	/// Whom the chain trusts to attest credentials.
	#[command(subcommand)]
	Issuer(issuer::Issuer),
	/// Who reads issuers' status lists.
	#[command(subcommand)]
	Oracle(oracle::Oracle),
}

/// A practitioner, and who signs.
#[derive(Debug, clap::Args)]
pub struct Which {
	#[command(flatten)]
	by: SignedBy,
	/// The practitioner's account.
	#[arg(value_parser = account::parse)]
	account: AccountId,
}

/// Does it.
pub async fn run(command: Provider, context: &Context) -> Result<Exit, Error> {
	use credential::Change as CredentialChange;
	match command {
		Provider::List => list(context).await?,
		Provider::Show { account } => show(&account, context).await?,
		Provider::Status(options) => status::run(options, context).await?,
		Provider::Verify(options) => return verify::run(options, context).await,
		Provider::Institution(options) => institution::show(options, context).await?,
		Provider::Members(options) => institution::members(options, context).await?,
		Provider::RegisterInstitution(options) => institution::register(options, context).await?,
		Provider::SuspendInstitution(options) => institution::suspend(options, context).await?,
		Provider::CloseInstitution(options) => institution::close(options, context).await?,
		Provider::ReinstateInstitution(options) => institution::reinstate(options, context).await?,
		Provider::ReplaceAccount(options) => replacement::replace(options, context).await?,
		Provider::TakeOver(options) => replacement::take_over(options, context).await?,
		Provider::Agree(command) => agree::run(command, context).await?,
		Provider::Accredit(options) => accreditation::accredit(options, false, context).await?,
		Provider::RenewAccreditation(options) => {
			accreditation::accredit(options, true, context).await?
		},
		Provider::SetAccreditation(options) => accreditation::set(options, context).await?,
		Provider::RequireAccreditation(options) => accreditation::require(options, context).await?,
		Provider::Enrol(options) => enrol::run(options, context).await?,
		Provider::EnrolAll(options) => return enrol_all::run(options, context).await,
		Provider::Fhir(options) => fhir::run(options, context).await?,
		Provider::Suspend { which, reason, governance } => {
			change(which, Change::Status { suspended: Some(reason.into()), governance }, context)
				.await?
		},
		Provider::Reinstate { which, governance } => {
			change(which, Change::Status { suspended: None, governance }, context).await?
		},
		Provider::Remove(which) => change(which, Change::Remove, context).await?,
		Provider::Affiliate(which) => change(which, Change::Affiliate, context).await?,
		Provider::Leave(options) => transfer::leave(options, context).await?,
		Provider::Transfer(command) => transfer::run(command, context).await?,
		Provider::Rotate(options) => rotate::run(options, context).await?,
		Provider::Appeal(options) => appeal::appeal(options, context).await?,
		Provider::Appeals => appeal::list(context).await?,
		Provider::WithdrawAppeal(options) => appeal::withdraw(options, context).await?,
		Provider::DecideAppeal(options) => appeal::decide(options, context).await?,
		Provider::Attest(options) => credential::attest(options, context).await?,
		Provider::RenewCredential(options) => credential::renew(options, context).await?,
		Provider::SuspendCredential(which) => {
			credential::change(which, CredentialChange::Suspend, context).await?
		},
		Provider::ReinstateCredential(which) => {
			credential::change(which, CredentialChange::Reinstate, context).await?
		},
		Provider::RevokeCredential(which) => {
			credential::change(which, CredentialChange::Revoke, context).await?
		},
		Provider::SecondKey(command) => second_key::run(command, context).await?,
		Provider::Issuer(command) => issuer::run(command, context).await?,
		Provider::Oracle(command) => oracle::run(command, context).await?,
	}
	Ok(Exit::Done)
}

async fn list(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let progress = context.output.progress("reading the registry");
	let institutions = chain.institutions().await?;
	let practitioners = chain.practitioners().await?;
	drop(progress);
	context.output.show(&Everybody {
		institutions: institutions.into_iter().map(Institution::from).collect(),
		practitioners: practitioners.into_iter().map(Practitioner::from).collect(),
	})
}

async fn show(account: &AccountId, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	if let Some(found) = block::optional(chain.practitioner(account).await)? {
		return context.output.show(&Practitioner::from(found));
	}
	match block::optional(chain.operated_by(account).await)? {
		Some(operated) => {
			let found = chain.institution(operated, AtBlock::Best).await?;
			context.output.show(&InstitutionShown::from(found))
		},
		None => Err(Error::Chain(ChainError::NotFound {
			what: format!("practitioner or operator {account}"),
		})),
	}
}

/// What is done to a practitioner.
#[derive(Clone, Copy)]
enum Change {
	Status { suspended: Option<SuspensionReason>, governance: bool },
	Remove,
	Affiliate,
}

impl Change {
	async fn submit(
		self,
		chain: &Chain,
		signer: &Signer,
		account: AccountId,
	) -> Result<(), ChainError> {
		let until = Until::Finalized;
		match self {
			Self::Status { suspended, governance: true } => {
				chain.govern_practitioner_suspended(signer, account, suspended, until).await
			},
			Self::Status { suspended, governance: false } => {
				chain.set_practitioner_suspended(signer, account, suspended, until).await
			},
			Self::Remove => chain.remove_practitioner(signer, account, until).await,
			Self::Affiliate => chain.add_affiliation(signer, account, until).await,
		}
	}

	/// What holds afterwards.
	fn result(self) -> &'static str {
		match self {
			Self::Status { suspended: Some(_), .. } => "suspended",
			Self::Status { suspended: None, .. } => "reinstated",
			Self::Remove => "removed",
			Self::Affiliate => "affiliated",
		}
	}
}

async fn change(which: Which, change: Change, context: &Context) -> Result<(), Error> {
	let signer = which.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	change.submit(&chain, &signer, which.account.clone()).await?;
	drop(progress);
	context.output.show(&Changed { practitioner: which.account.to_string(), now: change.result() })
}
