//! `hdx record release-many`: releases under many grants, which the chain is told of in batches.

mod batch;
pub(crate) mod list;
mod packages;
mod summary;

use super::release::Releasing;
use crate::{
	commands::{provider::read_public, Context, SignedBy},
	custody::Custody,
	error::Error,
	exit::Exit,
};
use batch::Item;
use hdx_primitives::{engine::terminology::purpose, GrantId};
use hdx_sdk::{
	chain::{AtBlock, Chain, ChainError, Signer, Until},
	seal::EncryptionPublicKey,
};
use list::Release;
use packages::{Batch, Packages, Taken};
use std::{collections::BTreeMap, fs, path::PathBuf};
use summary::{Refused, Summary};

/// What is released, and where to.
#[derive(Debug, clap::Args)]
pub struct ReleaseMany {
	#[command(flatten)]
	by: SignedBy,
	/// A JSON object a line: {"grant":7,"record":0}, and "to", a public encryption key file, where the key
	/// of the grantee's DID is not to be taken.
	#[arg(value_name = "LIST")]
	list: PathBuf,
	/// The data directory that the records were sealed with.
	#[arg(long, value_name = "DIR")]
	data: PathBuf,
	/// Where to write the packages, grant-N-record-N.json each. What is there already is not released
	/// again.
	#[arg(long, value_name = "DIR")]
	out: PathBuf,
}

/// What every step needs.
struct Run<'a> {
	chain: &'a Chain,
	operator: &'a Signer,
	releasing: Releasing<'a>,
	/// The public keys that the list names.
	keys: BTreeMap<PathBuf, EncryptionPublicKey>,
	packages: Packages<'a>,
	context: &'a Context,
}

/// Releases.
pub async fn run(options: ReleaseMany, context: &Context) -> Result<Exit, Error> {
	// Whatever can be wrong here is found before the node is asked.
	let releases = list::read(&options.list)?;
	let keys = public_keys(&releases)?;
	let operator = options.by.signer()?;
	let custody = Custody::existing(&options.data)?;
	fs::create_dir_all(&options.out)
		.map_err(|source| Error::Unwritable { path: options.out.clone(), source })?;

	let chain = context.connect().await?;
	let institution = chain.operated_by(&operator.account()).await?;
	let run = Run {
		chain: &chain,
		operator: &operator,
		releasing: Releasing { chain: &chain, institution, custody: &custody },
		keys,
		packages: Packages { directory: &options.out, custody: &custody },
		context,
	};
	let mut summary = Summary::default();
	let (releases, there): (Vec<_>, Vec<_>) =
		releases.into_iter().partition(|one| !run.packages.path(one).exists());
	summary.already = there.len();
	let ended = run.release_all(releases, &mut summary).await;
	// What was done is said in any case.
	context.output.show(&summary)?;
	ended?;
	Ok(if summary.refused.is_empty() { Exit::Done } else { Exit::Refused })
}

fn public_keys(releases: &[Release]) -> Result<BTreeMap<PathBuf, EncryptionPublicKey>, Error> {
	let mut keys = BTreeMap::new();
	for path in releases.iter().filter_map(|one| one.to.as_ref()) {
		if !keys.contains_key(path) {
			keys.insert(path.clone(), read_public(path)?);
		}
	}
	Ok(keys)
}

impl Run<'_> {
	async fn release_all(
		&self,
		releases: Vec<Release>,
		summary: &mut Summary,
	) -> Result<(), Error> {
		let bar = self.context.output.bar("releasing", releases.len());
		for batch in batch::cut(releases) {
			let length = batch.len();
			let mut items = self.prepare_all(batch, summary).await?;
			while !items.is_empty() {
				match self.report(items).await? {
					Reported::Taken(taken) => {
						self.packages.hand_over_all(taken, summary);
						break;
					},
					Reported::Refused { rest, refused } => {
						summary.refused.extend(refused);
						items = rest;
					},
				}
			}
			bar.advance(length);
		}
		Ok(())
	}

	/// What the chain would not refuse, wrapped; the others are noted.
	async fn prepare_all(
		&self,
		batch: Vec<Release>,
		summary: &mut Summary,
	) -> Result<Vec<Item>, Error> {
		let mut items = Vec::with_capacity(batch.len());
		let mut uses: BTreeMap<GrantId, u32> = BTreeMap::new();
		for release in batch {
			let used = uses.entry(release.grant).or_default();
			match self.prepare(release.clone(), *used).await {
				Ok(item) => {
					*used = used.saturating_add(1);
					items.push(item);
				},
				Err(error) if is_about_one(&error) => {
					summary.refused.push(Refused::new(&release, &error));
				},
				Err(error) => return Err(error),
			}
		}
		Ok(items)
	}

	/// Wraps what is released, if the chain would take it after so many uses of the grant.
	async fn prepare(&self, release: Release, used: u32) -> Result<Item, Error> {
		let given = release.to.as_ref().and_then(|path| self.keys.get(path)).cloned();
		let prepared = self.releasing.prepare(release.grant, release.record, given).await?;
		let grant = release.grant;
		let dead = |reason| Error::GrantDead { grant: grant.0, reason };
		if prepared.grant.purpose == purpose::BTG {
			return Err(dead("what was released by breaking the glass is told by itself".into()));
		}
		if prepared.grant.uses_left <= used {
			return Err(dead("it is used up by the lines before".to_owned()));
		}
		let now = self.chain.now().await?;
		let institution = self.releasing.institution;
		let standing = self.chain.check_grant(grant, institution, now, AtBlock::Best).await?;
		standing.map_err(|refusal| dead(format!("{refusal:?}")))?;
		Ok(Item { release, prepared })
	}

	/// Tells the chain, which takes all or none.
	async fn report(&self, items: Vec<Item>) -> Result<Reported, Error> {
		let custody = self.releasing.custody;
		let at = self.chain.now().await?;
		let (report, disclosures) =
			batch::report(&items, self.releasing.institution, at, self.chain.genesis())?;
		// Made now: that something cannot be written must not turn out after the disclosure.
		let mut files = Vec::with_capacity(items.len());
		for (item, disclosure) in items.iter().zip(&disclosures) {
			let package = self.packages.new_part(&item.release)?;
			files.push((package, custody.keep_disclosure(disclosure)?));
		}
		let done = self.chain.record_disclosures(self.operator, &report, Until::Finalized).await;
		match done {
			Ok((batch, entry)) => {
				let released = items.into_iter().zip(disclosures).zip(files);
				let released = released.map(|((item, disclosure), (package, kept))| {
					kept.keep();
					Taken { item, disclosure, package }
				});
				Ok(Reported::Taken(Batch { batch, entry, released: released.collect() }))
			},
			Err(ChainError::RefusedItem { position, pallet, error, docs, call }) => {
				let pair = report.uses.get(usize::from(position));
				let pair = pair.map(|used| (used.grant, used.record));
				let (refused, rest): (Vec<_>, Vec<_>) = items
					.into_iter()
					.partition(|one| Some((one.release.grant, one.release.record)) == pair);
				let why = ChainError::Refused { call, pallet, error, docs };
				// A place that is none: to go on would be to ask the same again.
				if refused.is_empty() {
					return Err(why.into());
				}
				let why = Error::from(why);
				let refused = refused.iter().map(|one| Refused::new(&one.release, &why));
				Ok(Reported::Refused { refused: refused.collect(), rest })
			},
			Err(error) if error.is_refusal() => Err(error.into()),
			Err(error) => {
				// They open what the chain may have taken.
				for (_, kept) in files {
					kept.keep();
				}
				let kept = custody.root().to_owned();
				Err(Error::Unclear { kept, error: Box::new(error) })
			},
		}
	}
}

/// What became of a report.
enum Reported {
	/// The chain took it.
	Taken(Batch),
	/// Nothing was taken, because of some.
	Refused { refused: Vec<Refused>, rest: Vec<Item> },
}

/// Whether an error is about one release, so that the others can go on.
fn is_about_one(error: &Error) -> bool {
	match error {
		Error::GrantDead { .. }
		| Error::DrawnKeyNeeded { .. }
		| Error::NotCovered { .. }
		| Error::NotTheCustodian { .. }
		| Error::NothingPermitted { .. }
		| Error::NoRecordKeys { .. }
		| Error::KeyEnded { .. }
		| Error::KeyNotListed { .. }
		| Error::NoKeyOfGrantee { .. }
		| Error::Key(_)
		| Error::Store(_)
		| Error::Wrap(_) => true,
		Error::Chain(error) => matches!(error, ChainError::NotFound { .. }),
		_ => false,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn one_that_cannot_be_released_does_not_stop_the_others_and_a_broken_connection_does() {
		let unknown = ChainError::NotFound { what: "grant 3".to_owned() };
		assert!(is_about_one(&unknown.into()));
		assert!(is_about_one(&Error::NotCovered { grant: 1, record: 2 }));
		assert!(!is_about_one(&ChainError::Transport("gone".to_owned()).into()));
		assert!(!is_about_one(&Error::Exists { path: "package.json".into() }));
	}
}
