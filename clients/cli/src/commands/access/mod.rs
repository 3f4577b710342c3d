//! `hdx access`: asking for records.

mod by_proof;
mod emergency;
pub(crate) mod emergency_proof;
mod level;
mod request;
mod view;

pub use view::state;

use super::{record::open, Context, SignedBy};
use crate::{error::Error, exit::Exit};
use clap::Subcommand;
use hdx_primitives::GrantId;
use hdx_sdk::chain::Until;
use view::{Revoked, Shown};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Access {
	/// Ask for access. Exits with 0 when granted, with 1 when denied.
	#[command(after_help = "\
Examples:
  hdx access request --as //Dave --patient //Charlie --record 0 --on-behalf-of 1 \\
    --role physician --purpose TREAT --action read
  hdx access request --as dave.key --patient 5FHneW46… --whole-record --on-behalf-of 1 \\
    --role physician --purpose TREAT --action read --class Observation --duration 30m --json
  hdx access request --as //Dave --second-key phone.key --patient //Charlie --whole-record \\
    --on-behalf-of 1 --role physician --purpose ETREAT --action read

The chain decides in the block that takes the request, and logs it either way. The answer is shown
once the block is final. A context (an encounter, a claim) goes on chain as a salted hash; keep the
salt that is shown to prove later which context it was.")]
	Request(Box<request::Request>),
	/// Ask for access with the proof of a consent that nobody sees, for a quarter of an hour at most. Exits with 0 when
	/// granted, with 1 when denied.
	#[command(after_help = "\
Example:
  hdx access request-by-proof --as dave.key --patient 5FHneW46… --record 3 --class Observation --on-behalf-of 1 \\
    --role physician --purpose TREAT --action read --consent consent-for-doctor.json --provider provider.json \\
    --subject subject-3.json --proving-key consent_access.pk --version 1 --revoked-by 1

The proof counts where no visible consent of the patient says anything. It is for reading one class of one record, and
opens nothing that carries a sensitivity label. The chain learns neither which consent it is nor what else that covers.
Where a delegate gave the consent, give the proving key of delegated_access and its version: the call says that much.")]
	RequestByProof(Box<by_proof::ByProof>),
	/// Ask for access in an emergency, whatever the patient's consents say. Never silent: the patient is told,
	/// and somebody else reviews it. Exits with 0 when granted, with 1 when denied.
	#[command(after_help = "\
Examples:
  hdx access break-glass --as //Dave --second-key phone.key --patient //Charlie --whole-record \\
    --on-behalf-of 1 --role emergency --reason emergency-treatment
  hdx access break-glass --as dave.key --second-key phone.key --patient 5FHneW46… --record 3 \\
    --on-behalf-of 1 --role physician --reason incompetency --duration 30m --context 'encounter 7'")]
	BreakGlass(Box<emergency::BreakGlass>),
	/// Prove, for an emergency, that you are a licensed clinician, without saying which one. Your institution's operator
	/// signs it.
	#[command(after_help = "\
Example:
  hdx key generate --out emergency.xwing --encryption
  hdx access prove-emergency --operator 5FHneW46… --patient 5DAAnrj7… --whole-record --on-behalf-of 1 \\
    --role emergency --reason emergency-treatment --licence licence-7.json --secret clinician.json \\
    --to emergency.xwing.pub --proving-key break_glass.pk --version 1 --out emergency.json

The file names neither you nor your licence: the auditor alone can read it. It counts for two minutes. Each day has so many
slots (hdx access emergency-terms), and each counts once. Draw a key for each emergency, and open with it what custodians
release: hdx record release --to emergency.xwing.pub, hdx record open --key emergency.xwing.")]
	ProveEmergency(Box<emergency_proof::Prove>),
	/// Break the glass for a clinician of your institution who proved: as its operator. Exits with 0 when granted, with 1
	/// when denied.
	#[command(after_help = "\
Example:
  hdx access break-glass-by-proof emergency.json --as operator.key

You answer for that it is one of those who act for your institution, in that role. The log names you. An auditor of the
institution who never had a licence in the tree reviews it.")]
	BreakGlassByProof(emergency_proof::ByProof),
	/// Close the review of a break-glass. Its user cannot.
	#[command(after_help = "\
Example:
  hdx access review --as //Bob 7 --outcome justified --finding review-7.pdf")]
	Review(emergency::Review),
	/// List break-glasses: those that an institution still has to review, or all about a patient.
	#[command(after_help = "\
Examples:
  hdx access reviews --institution 1
  hdx access reviews --patient //Charlie --json")]
	Reviews(emergency::Reviews),
	/// Show the terms of breaking the glass, or set them. Governance does the latter.
	#[command(after_help = "\
Examples:
  hdx access emergency-terms
  hdx access emergency-terms --as //Ferdie --max-duration 2h --uses 16 --review-within 3d --max-overdue 2
  hdx access emergency-terms --as //Ferdie --max-duration 2h --uses 16 --review-within 3d --max-overdue 2 --proofs-a-day 5")]
	EmergencyTerms(emergency::Terms),
	/// Show a grant: what it is for, until when, and how often it can still be used.
	#[command(
		visible_alias = "grant",
		after_help = "\
Examples:
  hdx access show 0 --json
  hdx access grant 0"
	)]
	Show {
		/// The grant.
		#[arg(value_name = "GRANT")]
		grant: u64,
	},
	/// Use a grant: open what was released to you under it. `hdx record open` is the same.
	#[command(after_help = "\
Examples:
  hdx access redeem package.json --key practitioner.xwing --data /var/lib/hdx
  hdx access redeem package.json --key practitioner.xwing --data /var/lib/hdx --out opened/

The custodian releases with `hdx record release`, which takes one of the grant's uses.")]
	Redeem(open::Open),
	/// Set how sure the chain must be of who does something for a purpose. Governance does that.
	#[command(after_help = "\
Examples:
  hdx access require-level --as //Ferdie --purpose TREAT --action read --level attested
  hdx access require-level --as //Ferdie --purpose TREAT --action read --level shipped")]
	RequireLevel(level::RequireLevel),
	/// Withdraw a grant, for ever. What was released stays released.
	#[command(after_help = "\
Example:
  hdx access revoke --as //Charlie 0")]
	Revoke {
		#[command(flatten)]
		by: SignedBy,
		/// The grant.
		#[arg(value_name = "GRANT")]
		grant: u64,
	},
}

/// Does it.
pub async fn run(command: Access, context: &Context) -> Result<Exit, Error> {
	match command {
		Access::Request(options) => return request::run(*options, context).await,
		Access::RequestByProof(options) => return by_proof::run(*options, context).await,
		Access::BreakGlass(options) => return emergency::break_glass(*options, context).await,
		Access::ProveEmergency(options) => emergency_proof::prove(*options, context).await?,
		Access::BreakGlassByProof(options) => return emergency_proof::run(options, context).await,
		Access::Review(options) => emergency::review(options, context).await?,
		Access::Reviews(options) => emergency::reviews(options, context).await?,
		Access::EmergencyTerms(options) => emergency::terms(options, context).await?,
		Access::Show { grant } => {
			let chain = context.connect().await?;
			let now = chain.now().await?;
			let found = chain.finalized_grant(GrantId(grant)).await?;
			context.output.show(&Shown::new(&found, now))?;
		},
		Access::Redeem(options) => open::run(options, context).await?,
		Access::RequireLevel(options) => level::run(options, context).await?,
		Access::Revoke { by, grant } => {
			let signer = by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			chain.revoke_grant(&signer, GrantId(grant), Until::Finalized).await?;
			drop(progress);
			context.output.show(&Revoked { grant })?;
		},
	}
	Ok(Exit::Done)
}
