//! `hdx record`: sealing, registering, releasing and opening; passing on, restricting, disputing, erasing.

mod custody;
mod dispute;
mod erase;
pub mod open;
mod recipient;
mod release;
pub(crate) mod release_many;
mod restrict;
mod seal;
mod version;
mod view;

use super::{ensure_patient, Context};
use crate::{account, error::Error, exit::Exit};
use clap::Subcommand;
use hdx_primitives::{AccountId, RecordId};
use hdx_sdk::chain::AtBlock;
use view::{Listed, Shown, ShownTombstone};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Record {
	/// Seal a Bundle, store it, and register it.
	#[command(after_help = "\
Example:
  hdx record seal --as //Alice --patient //Charlie --bundle patient.json --data /var/lib/hdx

The Bundle is FHIR R4 in JSON, of one patient. It is split by resource type and security label, and
each part is sealed under a key of its own. The record is registered last, when every part is stored
and was read back; whatever fails before that leaves nothing on chain.

The data directory then holds the ciphertext and the record's keys. Back the keys up: whoever loses
them has lost the record.")]
	Seal(seal::Seal),
	/// Show what the chain has of a record.
	#[command(after_help = "\
Example:
  hdx record show 0 --json")]
	Show {
		/// The record.
		#[arg(value_name = "ID")]
		id: u64,
	},
	/// List the records of a patient.
	#[command(after_help = "\
Example:
  hdx record list //Charlie")]
	List {
		/// The patient's account.
		#[arg(value_parser = account::parse)]
		patient: AccountId,
	},
	/// Release to a grantee what a grant permits.
	#[command(after_help = "\
Examples:
  hdx record release --as //Alice --grant 0 --record 0 --data /var/lib/hdx --out package.json
  hdx record release --as //Alice --grant 0 --record 0 --data /var/lib/hdx \\
    --to practitioner.xwing.pub --out package.json

Reads the grant from a finalized block, takes the X-Wing key in force from the grantee's DID, wraps
the keys of exactly the sections that the grant permits, records the disclosure on chain, and then
writes the package. A key that is given with --to must be in force in the grantee's DID or, where that
never listed an X-Wing key, be the one that the registry has. The grantee also needs the ciphertext
(DIR/blocks).")]
	Release(release::Release),
	/// Release to many grantees, and log it in batches.
	#[command(after_help = "\
Example:
  hdx record release-many --as //Alice night.jsonl --data /var/lib/hdx --out packages

night.jsonl has a line for each: {\"grant\":7,\"record\":0}

Does for each line what `hdx record release` does, but the chain gets one root for up to 128 pairs of grant and record
instead of an entry each. Lines that the chain refuses are left out and named, with exit code 1; the others go through.
Run it again after an interruption: what has its package is not released again. What opens a disclosure and proves that
its batch holds it is kept in the data directory (disclosure-*.json): give it to patients who ask, and check it with
`hdx audit check-disclosure`.")]
	ReleaseMany(release_many::ReleaseMany),
	/// Open what was released to you.
	#[command(after_help = "\
Examples:
  hdx record open package.json --key practitioner.xwing --data /var/lib/hdx
  hdx record open package.json --key practitioner.xwing --data /var/lib/hdx --out opened/

Everything is checked against the commitment on chain first. Without --out nothing is written: the
sections are opened, verified and listed. With --out each becomes a FHIR Bundle in that directory.")]
	Open(open::Open),
	/// Seal a new version of a record, and register it in the place of the one before.
	#[command(after_help = "\
Examples:
  hdx record update --as //Alice 0 --bundle patient.json --data /var/lib/hdx
  hdx record update --as //Alice 0 --bundle patient.json --data /var/lib/hdx --under 7

The Bundle is all that the new version holds. With --under it is what somebody brought under a grant to write or to append:
the grant is decided again, and one of its uses taken. The keys of the version before are kept, as record-N-version-N-*.keys,
and go with the record when that is erased. Packages of the version before do not open any more: release again.")]
	Update(version::Update),
	/// Take a record out of use: nobody is granted it or shown it any more.
	#[command(after_help = "\
Example:
  hdx record retire --as //Alice 0")]
	Retire(custody::Which),
	/// Take a retired record into use again.
	#[command(after_help = "\
Example:
  hdx record reinstate --as //Alice 0")]
	Reinstate(custody::Which),
	/// Offer a record to another institution, which keeps it from then on if it accepts.
	#[command(after_help = "\
Example:
  hdx record offer --as //Alice 0 --to 1

Hand over the data directory (ciphertext and keys) by a safe way first.")]
	Offer(custody::Offer),
	/// Withdraw the offer of a record, or decline it.
	#[command(after_help = "\
Example:
  hdx record withdraw-offer --as //Bob 0")]
	WithdrawOffer(custody::Which),
	/// Take over a record that was offered, with its sealed sections and keys in hand.
	#[command(after_help = "\
Examples:
  hdx record accept --as //Bob 0
  hdx record accept --as //Bob 0 --data handed-over --reseal

With --data it is checked first that everything opens. With --reseal the sections are sealed under new keys, and the keys
that were handed over are destroyed here: copies that the custodian of before has kept open what they opened, and nothing
that comes later. Packages that were released before do not fit the new seals; release again.")]
	Accept(custody::Accept),
	/// Restrict disclosures beyond what consents say (45 CFR 164.522(a)).
	#[command(after_help = "\
Examples:
  hdx record restrict --as //Charlie --not-for HPAYMT
  hdx record restrict --as //Charlie --record 0 --only-for TREAT
  hdx record restrict --as guardian.key --patient //Charlie --nothing

Emergencies are not restricted, unless the patient opted out: hdx consent --help.")]
	Restrict(restrict::Restrict),
	/// Lift a restriction.
	#[command(after_help = "\
Example:
  hdx record lift-restriction --as //Charlie --record 0")]
	LiftRestriction(restrict::Whose),
	/// List what a patient restricts.
	#[command(after_help = "\
Example:
  hdx record restrictions //Charlie")]
	Restrictions {
		/// The patient's account.
		#[arg(value_parser = account::parse)]
		patient: AccountId,
	},
	/// Say that a record is wrong (45 CFR 164.526; GDPR article 16).
	#[command(after_help = "\
Example:
  hdx record dispute --as //Charlie 0 --statement wrong.pdf

The statement goes to the custodian by other means; the chain gets a hash of it and of a new secret salt, which is
written to wrong.pdf.salt.")]
	Dispute(dispute::Dispute),
	/// Answer the dispute of a record that your institution keeps.
	#[command(after_help = "\
Example:
  hdx record answer-dispute --as //Alice 0 --outcome accepted --statement amended.pdf")]
	AnswerDispute(dispute::Answer),
	/// Ask the custodian of a record to erase it (GDPR article 17).
	#[command(after_help = "\
Example:
  hdx record request-erasure --as //Charlie 0")]
	RequestErasure(custody::Which),
	/// Say why a record that your institution keeps is not erased.
	#[command(after_help = "\
Example:
  hdx record refuse-erasure --as //Alice 0 --exemption legal-obligation --statement law.pdf")]
	RefuseErasure(erase::Refuse),
	/// List what an institution was asked to erase.
	#[command(after_help = "\
Example:
  hdx record erasures --institution 0")]
	Erasures {
		/// The institution, by its number.
		#[arg(long, value_name = "N")]
		institution: u32,
	},
	/// Destroy the keys and salts of a record, and have the chain record it. There is no way back.
	#[command(after_help = "\
Example:
  hdx record erase --as //Alice 0 --data /var/lib/hdx --receipt erased.pdf

The keys are taken away first, so that nothing is released any more; if the chain refuses (a legal hold, another
custodian) they are put back. Backups of the data directory are yours to destroy: say so in the receipt.")]
	Erase(erase::Erase),
}

/// Does it.
pub async fn run(command: Record, context: &Context) -> Result<Exit, Error> {
	match command {
		Record::Seal(options) => seal::run(options, context).await?,
		Record::Show { id } => {
			let chain = context.connect().await?;
			let id = RecordId(id);
			match chain.tombstone(id, AtBlock::Best).await? {
				Some(tombstone) => context.output.show(&ShownTombstone::new(id, &tombstone))?,
				None => {
					let found = chain.record(id).await?;
					context.output.show(&Shown::with_what_is_open(&found, &chain).await?)?;
				},
			}
		},
		Record::List { patient } => {
			let chain = context.connect().await?;
			ensure_patient(&chain, &patient).await?;
			let mut records = Vec::new();
			for id in chain.records_of(&patient).await? {
				records.push(Shown::from(&chain.record(id).await?));
			}
			context.output.show(&Listed { patient: patient.to_string(), records })?;
		},
		Record::Release(options) => release::run(options, context).await?,
		Record::ReleaseMany(options) => return release_many::run(options, context).await,
		Record::Open(options) => open::run(options, context).await?,
		Record::Update(options) => version::update(options, context).await?,
		Record::Retire(which) => version::retire(which, context).await?,
		Record::Reinstate(which) => version::reinstate(which, context).await?,
		Record::Offer(options) => custody::offer(options, context).await?,
		Record::WithdrawOffer(which) => custody::withdraw(which, context).await?,
		Record::Accept(options) => custody::accept(options, context).await?,
		Record::Restrict(options) => restrict::restrict(options, context).await?,
		Record::LiftRestriction(whose) => restrict::lift(whose, context).await?,
		Record::Restrictions { patient } => restrict::list(patient, context).await?,
		Record::Dispute(options) => dispute::dispute(options, context).await?,
		Record::AnswerDispute(options) => dispute::answer(options, context).await?,
		Record::RequestErasure(which) => erase::request(which, context).await?,
		Record::RefuseErasure(options) => erase::refuse(options, context).await?,
		Record::Erasures { institution } => erase::list(institution, context).await?,
		Record::Erase(options) => erase::erase(options, context).await?,
	}
	Ok(Exit::Done)
}
