//! `hdx provider enrol-all`: a whole roster, from where an earlier run stopped.

mod batches;
pub(crate) mod directory;
mod institutions;
mod lookup;
mod practitioners;
pub(crate) mod roster;
mod summary;

use super::{
	enrol::RoleName,
	kinds::{InstitutionName, KindName},
	validity::Validity,
};
use crate::{
	account, codes,
	commands::{Context, SignedBy},
	error::Error,
	exit::Exit,
	output::Output,
	time,
};
use directory::{Directory, Progress};
use hdx_fhir::institution::InstitutionKind;
use hdx_primitives::{Code, Milliseconds, Period, Role};
use hdx_sdk::chain::{Chain, CredentialKind, Signer};
use institutions::Place;
use roster::Roster;
use std::{
	path::{Path, PathBuf},
	time::{Duration, Instant},
};
use summary::{Summary, Tally};

/// A roster, and what is said of everybody in it.
#[derive(Debug, clap::Args)]
pub struct EnrolAll {
	#[command(flatten)]
	by: SignedBy,
	/// A FHIR Bundle of Practitioners.
	#[arg(long, value_name = "BUNDLE")]
	practitioners: PathBuf,
	/// A FHIR Bundle of Organizations. They are registered first, and enrol those at their address.
	#[arg(long, value_name = "BUNDLE", requires_all = ["institutions_as", "governance"])]
	organizations: Option<PathBuf>,
	/// What an organisation is that only says that it provides care.
	#[arg(long, value_name = "KIND", requires = "organizations")]
	institutions_as: Option<InstitutionName>,
	/// The key that registers institutions: that of governance.
	#[arg(long, value_name = "KEY", requires = "organizations")]
	governance: Option<String>,
	/// Where the keys, the documents and the progress are kept. Give the same again to go on.
	#[arg(long, value_name = "DIR")]
	state: PathBuf,
	/// A role that all of them hold; may be repeated.
	#[arg(long = "role", value_name = "ROLE", required = true)]
	roles: Vec<RoleName>,
	/// The specialty in which the roles are held: an NUCC code, or system|code.
	#[arg(long, value_name = "CODE", value_parser = codes::taxonomy)]
	taxonomy: Code,
	/// What the credentials attest.
	#[arg(long, value_name = "KIND", default_value = "licence")]
	kind: KindName,
	#[command(flatten)]
	valid: Validity,
	/// Take numbers that are called NPI and are none, as synthetic rosters have them.
	#[arg(long)]
	accept_invalid_npi: bool,
	/// How long to wait for a chain that takes nothing, as when a quota is spent.
	#[arg(long, value_name = "DURATION", default_value = "5m", value_parser = time::duration)]
	patience: Milliseconds,
	/// Say what would be done, and do nothing.
	#[arg(long)]
	dry_run: bool,
}

/// What every practitioner is attested.
#[derive(Clone, Debug)]
struct Attested {
	roles: Vec<(Role, Code)>,
	kind: CredentialKind,
	valid: Period,
}

/// Who registers institutions, and as what.
struct Governing {
	signer: Signer,
	provider: InstitutionKind,
}

/// What every step needs.
struct Run<'a> {
	chain: Chain,
	output: Output,
	signer: Signer,
	roster: &'a Roster,
	root: &'a Path,
	patience: Duration,
}

/// Enrols.
pub async fn run(options: EnrolAll, context: &Context) -> Result<Exit, Error> {
	let since = Instant::now();
	// Whatever can be wrong here is found before the node is asked.
	let attested = Attested {
		roles: super::enrol::roles(&options.roles, options.taxonomy),
		kind: options.kind.into(),
		valid: options.valid.period()?,
	};
	let roster = Roster::read(
		&options.practitioners,
		options.organizations.as_deref(),
		options.accept_invalid_npi,
	)?;
	let signer = options.by.signer()?;
	let governing = match (&options.governance, options.institutions_as) {
		(Some(key), Some(kind)) => {
			Some(Governing { signer: account::signer(key)?, provider: stated(kind) })
		},
		_ => None,
	};

	let chain = context.connect().await?;
	let genesis = chain.genesis();
	let run = Run {
		chain,
		output: context.output,
		signer,
		roster: &roster,
		root: &options.state,
		patience: Duration::from_millis(options.patience.0),
	};
	let mut summary = Summary {
		dry_run: options.dry_run,
		state: options.state.clone(),
		institutions: Tally::default(),
		practitioners: Tally::default(),
		by_signer: 0,
		invalid_npis: roster.invalid_npis,
		forgotten: 0,
		milliseconds: 0,
		failures: Vec::new(),
	};
	if options.dry_run {
		Progress::read(&options.state, run.chain.url(), &genesis)?;
		look(&run, governing.as_ref(), &mut summary).await?;
	} else {
		let opened = Directory::open(&options.state, run.chain.url(), &genesis)?;
		enrol(&run, governing.as_ref(), &attested, opened, &mut summary).await?;
	}
	summary.milliseconds = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
	context.output.show(&summary)?;
	Ok(if summary.failures.is_empty() { Exit::Done } else { Exit::Refused })
}

async fn enrol(
	run: &Run<'_>,
	governing: Option<&Governing>,
	attested: &Attested,
	opened: (Directory, Progress),
	summary: &mut Summary,
) -> Result<(), Error> {
	let (directory, mut progress) = opened;
	let places: Vec<Place> = match governing {
		None => Vec::new(),
		Some(governing) => {
			institutions::register(run, governing, &directory, &mut progress, summary).await?
		},
	};
	practitioners::enrol(run, attested, &places, &directory, &mut progress, summary).await
}

async fn look(
	run: &Run<'_>,
	governing: Option<&Governing>,
	summary: &mut Summary,
) -> Result<(), Error> {
	if let Some(governing) = governing {
		institutions::look(run, governing, summary).await?;
	}
	practitioners::look(run, summary).await
}

fn stated(name: InstitutionName) -> InstitutionKind {
	match name {
		InstitutionName::Hospital => InstitutionKind::Hospital,
		InstitutionName::Clinic => InstitutionKind::Clinic,
		InstitutionName::Laboratory => InstitutionKind::Laboratory,
		InstitutionName::Pharmacy => InstitutionKind::Pharmacy,
		InstitutionName::Insurer => InstitutionKind::Insurer,
		InstitutionName::Research => InstitutionKind::Research,
		InstitutionName::EthicsBoard => InstitutionKind::EthicsBoard,
		InstitutionName::Authority => InstitutionKind::Authority,
	}
}
