//! Consents that nobody sees: appended with a proof each, asked for access under with another, revoked with a third.
//!
//! The secrets and the keys are made of fixed seeds, as on no chain that anybody uses: whoever knows them proves what is
//! false. What proving and verifying cost is the same.

mod access;
mod append;
mod given;
mod revoke;
mod snapshot;

use self::given::{Class, People};
use crate::{error::BenchError, load::Wanted, proving::Key, scene::Scene, throughput::Throughput};
use hdx_zk_circuits::circuits::{ConsentAccess, ConsentGrant, ConsentRevoke};

/// What is said while it takes long.
pub type Progress<'a> = &'a dyn Fn(&str);

/// What became of the three loads.
#[derive(Clone, Debug)]
pub struct Shielded {
	/// The consents that were appended.
	pub appended: (Wanted, Throughput),
	/// The requests for access, one under each of them.
	pub accessed: (Wanted, Throughput),
	/// The revocations.
	pub revoked: (Wanted, Throughput),
}

impl Shielded {
	/// Appends so many consents, asks for access under each of them, and revokes all of them.
	pub async fn run(
		scene: &Scene,
		count: usize,
		progress: Progress<'_>,
	) -> Result<Self, BenchError> {
		progress("keys of the circuits");
		let grant_key = Key::<ConsentGrant>::make()?;
		let access_key = Key::<ConsentAccess>::make()?;
		let revoke_key = Key::<ConsentRevoke>::make()?;
		let circuits = [grant_key.registered(), access_key.registered(), revoke_key.registered()];
		crate::proving::activate(&scene.chain, &circuits).await?;

		progress("tags of practitioners and records");
		let class = Class::observations(&scene.chain).await?;
		let people = People::of(&scene.cast.hidden, &scene.cast.practitioners, &scene.records)?;
		people.register(scene).await?;
		let given = people.give(class, count)?;

		let (appended, places) = append::run(scene, &grant_key, &given, progress).await?;
		let accessed = access::run(scene, &access_key, class, &given, &places, progress).await?;
		let revoked = revoke::run(scene, &revoke_key, &given, &places, progress).await?;
		Ok(Self {
			appended: (append::WANTED, appended),
			accessed: (access::WANTED, accessed),
			revoked: (revoke::WANTED, revoked),
		})
	}
}
