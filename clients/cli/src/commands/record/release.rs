//! `hdx record release`.

use super::{
	recipient::{drawn_for, recipient, Recipient},
	view::ShownSection,
};
use crate::{
	commands::{access::state, provider::read_public, Context, SignedBy},
	custody::Custody,
	disclosure::Disclosure,
	error::Error,
	files::NewFile,
	output::{block, count},
};
use hdx_primitives::{GrantId, InstitutionId, RecordId, Target};
use hdx_sdk::{
	chain::{AtBlock, Chain, GrantView, RecordView, Signer, Until},
	seal::{self, Bindings, EncryptionPublicKey, Fingerprint, GrantPackage, Manifest, SectionId},
};
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// What is released, under which grant, for whose key.
#[derive(Debug, clap::Args)]
pub struct Release {
	#[command(flatten)]
	by: SignedBy,
	/// The grant.
	#[arg(long, value_name = "ID")]
	grant: u64,
	/// The record.
	#[arg(long, value_name = "ID")]
	record: u64,
	/// The data directory that the record was sealed with.
	#[arg(long, value_name = "DIR")]
	data: PathBuf,
	/// The grantee's public encryption key. Left out: the one in force in the grantee's DID. Of an emergency by proof, the
	/// key that was drawn for it.
	#[arg(long, value_name = "PUBLIC-KEY-FILE")]
	to: Option<PathBuf>,
	/// Where to write the package.
	#[arg(long, value_name = "PACKAGE")]
	out: PathBuf,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Released {
	package: PathBuf,
	grant: u64,
	record: u64,
	grantee: String,
	/// To which key.
	fingerprint: Fingerprint,
	/// Its URL, where it is one of the grantee's DID.
	#[serde(skip_serializing_if = "Option::is_none")]
	key: Option<String>,
	released: Vec<ShownSection>,
	withheld: usize,
	entry: u64,
	/// What opens the commitment on chain to the list of sections.
	disclosure: PathBuf,
}

impl fmt::Display for Released {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let released =
			format!("{}, {} withheld", count(self.released.len(), "section"), self.withheld);
		let key = match &self.key {
			Some(url) => url.clone(),
			None => self.fingerprint.to_string(),
		};
		let fields: [(&str, &dyn fmt::Display); 7] = [
			("grant", &self.grant),
			("record", &self.record),
			("grantee", &self.grantee),
			("key", &key),
			("released", &released),
			("log", &format!("entry {}", self.entry)),
			("disclosure", &self.disclosure.display()),
		];
		block(f, self.package.display(), &fields)?;
		self.released.iter().try_for_each(|section| writeln!(f, "  {section}"))
	}
}

/// What is about to be released.
pub struct Prepared {
	/// The grant.
	pub grant: GrantView,
	/// The record.
	pub record: RecordView,
	/// The sections that the grant permits.
	pub permitted: Vec<SectionId>,
	/// How many it does not.
	pub withheld: usize,
	/// To whose key.
	pub recipient: Recipient,
	/// Their keys, wrapped.
	pub package: GrantPackage,
}

/// Who releases, and from where.
pub struct Releasing<'a> {
	/// The chain.
	pub chain: &'a Chain,
	/// The institution that the signer operates.
	pub institution: InstitutionId,
	/// The data directory.
	pub custody: &'a Custody,
}

/// Releases: wrap, record the disclosure, and hand over last.
pub async fn run(options: Release, context: &Context) -> Result<(), Error> {
	let operator = options.by.signer()?;
	let given = options.to.as_deref().map(read_public).transpose()?;
	let custody = Custody::existing(&options.data)?;
	// Made now: that nothing can be written there must not turn out after the disclosure.
	let out = NewFile::create(&options.out)?;

	let chain = context.connect().await?;
	let institution = chain.operated_by(&operator.account()).await?;
	let releasing = Releasing { chain: &chain, institution, custody: &custody };
	let (grant, record) = (GrantId(options.grant), RecordId(options.record));
	let prepared = releasing.prepare(grant, record, given).await?;

	let (entry, disclosure) =
		record_disclosure(&chain, &operator, &custody, &prepared, context).await?;
	let package_file = hand_over(&prepared.package, out)
		.map_err(|error| Error::NotHandedOver { entry, source: Box::new(error) })?;
	let sections = prepared.package.sections();
	let released: Vec<ShownSection> =
		sections.iter().map(|section| (&section.entry).into()).collect();
	context.output.show(&Released {
		package: package_file,
		grant: grant.0,
		record: record.0,
		grantee: prepared.grant.grantee.to_string(),
		fingerprint: prepared.recipient.key.fingerprint(),
		key: prepared.recipient.url,
		withheld: prepared.withheld,
		released,
		entry,
		disclosure,
	})
}

impl Releasing<'_> {
	/// Wraps what a grant permits of a record, after checking what the chain would refuse.
	pub async fn prepare(
		&self,
		grant: GrantId,
		record: RecordId,
		given: Option<EncryptionPublicKey>,
	) -> Result<Prepared, Error> {
		let Self { chain, custody, .. } = self;
		let grant = chain.finalized_grant(grant).await?;
		let uses_left = chain.uses_left(grant.id, self.institution, AtBlock::Best).await?;
		let grant = GrantView { uses_left, ..grant };
		let record = chain.record(record).await?;
		self.check(&grant, &record).await?;
		let recipient = match chain.emergency_evidence(grant.id, AtBlock::Best).await? {
			Some(evidence) => drawn_for(grant.id, &evidence, given)?,
			None => recipient(chain, &grant.grantee, given).await?,
		};
		let keys = custody.keys(record.id, &record.manifest)?;
		let manifest = Manifest::fetch(&custody.blocks()?, &keys).await?;
		let permitted =
			seal::permitted(&manifest, &grant.obligations, &grant.labels, &grant.classes);
		if permitted.is_empty() {
			return Err(Error::NothingPermitted { grant: grant.id.0, record: record.id.0 });
		}
		let bindings = bindings(chain, &grant, &record);
		let package = seal::wrap(&manifest, &keys, &permitted, &recipient.key, &bindings)?;
		let withheld = manifest.sections().len().saturating_sub(permitted.len());
		Ok(Prepared { grant, record, permitted, withheld, recipient, package })
	}

	async fn check(&self, grant: &GrantView, record: &RecordView) -> Result<(), Error> {
		covers(grant, record)?;
		let state = state(grant, self.chain.now().await?);
		if state != "live" {
			return Err(Error::GrantDead { grant: grant.id.0, reason: format!("it is {state}") });
		}
		if self.institution != record.custodian {
			return Err(Error::NotTheCustodian {
				record: record.id.0,
				custodian: record.custodian.0,
				operated: self.institution.0,
			});
		}
		Ok(())
	}
}

/// Fails when a grant is about something else than the record.
pub fn covers(grant: &GrantView, record: &RecordView) -> Result<(), Error> {
	let covered = match grant.target {
		Target::Record(covered) => covered == record.id,
		Target::WholeRecord => true,
	};
	if covered && grant.patient == record.patient {
		return Ok(());
	}
	Err(Error::NotCovered { grant: grant.id.0, record: record.id.0 })
}

/// What a release is bound to, as the chain has it.
pub fn bindings(chain: &Chain, grant: &GrantView, record: &RecordView) -> Bindings {
	Bindings {
		genesis: chain.genesis(),
		record: record.id,
		grant: grant.id,
		consent: grant.basis.map(|basis| basis.consent),
		grantee: grant.grantee.clone(),
		epoch: record.epoch,
	}
}

/// The chain decides the grant again, and logs what is released.
async fn record_disclosure(
	chain: &Chain,
	operator: &Signer,
	custody: &Custody,
	prepared: &Prepared,
	context: &Context,
) -> Result<(u64, PathBuf), Error> {
	let (grant, record) = (prepared.grant.id, prepared.record.id);
	let disclosure = Disclosure::new(grant, record, &prepared.permitted)?;
	let file = custody.keep_disclosure(&disclosure)?;
	let count = u32::try_from(prepared.permitted.len()).unwrap_or(u32::MAX);
	let until = Until::Finalized;
	let progress = context.output.progress("waiting until the disclosure is final");
	let commitment = disclosure.commitment();
	let result = chain.record_disclosure(operator, grant, record, count, commitment, until).await;
	drop(progress);
	let (entry, file) = file.keep_unless_refused(result)?;
	Ok((entry.0, file))
}

/// Writes a package into a file that was made for it.
pub fn hand_over(package: &GrantPackage, mut out: NewFile) -> Result<PathBuf, Error> {
	let mut text = serde_json::to_vec_pretty(package)
		.map_err(|error| Error::System(std::io::Error::other(error)))?;
	text.push(b'\n');
	out.write(&text)?;
	Ok(out.keep())
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::made_up::{grant, record};
	use hdx_primitives::Milliseconds;

	#[test]
	fn a_grant_covers_its_record_or_all_of_its_patient() {
		assert!(covers(&grant(1, Target::Record(RecordId(3))), &record(1)).is_ok());
		assert!(covers(&grant(1, Target::WholeRecord), &record(1)).is_ok());
	}

	#[test]
	fn covers_fails_when_record_or_patient_is_another() {
		assert!(covers(&grant(1, Target::Record(RecordId(4))), &record(1)).is_err());
		assert!(covers(&grant(1, Target::WholeRecord), &record(2)).is_err());
	}

	#[test]
	fn a_grant_that_ended_is_not_live() {
		let live = grant(1, Target::WholeRecord);
		assert_eq!(state(&live, Milliseconds(9)), "live");
		assert_eq!(state(&live, Milliseconds(10)), "expired");
		let revoked = GrantView { revoked: true, ..live.clone() };
		assert_eq!(state(&revoked, Milliseconds(9)), "revoked");
		let used = GrantView { uses_left: 0, ..live };
		assert_eq!(state(&used, Milliseconds(9)), "used up");
	}
}
