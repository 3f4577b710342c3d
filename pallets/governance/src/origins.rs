//! What a chamber decided, as the calls see it.

use crate::Origin;
use frame_support::traits::{EnsureOrigin, OriginTrait};

/// Makes types that ask for one origin and no other.
macro_rules! ensure_origins {
	($($(#[$documentation:meta])* $name:ident,)+) => {
		$(
			$(#[$documentation])*
			pub struct $name;

			impl<O: OriginTrait + From<Origin>> EnsureOrigin<O> for $name
			where
				for<'a> &'a O::PalletsOrigin: TryInto<&'a Origin>,
			{
				type Success = ();

				fn try_origin(origin: O) -> Result<Self::Success, O> {
					// Looked at by itself, so that nothing borrows what is given back.
					let is_it = {
						let found: Result<&Origin, _> = origin.caller().try_into();
						matches!(found, Ok(Origin::$name))
					};
					if is_it {
						Ok(())
					} else {
						Err(origin)
					}
				}

				#[cfg(feature = "runtime-benchmarks")]
				fn try_successful_origin() -> Result<O, ()> {
					Ok(O::from(Origin::$name))
				}
			}
		)+
	};
}

ensure_origins! {
	/// Asks for [`Origin::Membership`].
	Membership,
	/// Asks for [`Origin::Parameters`].
	Parameters,
	/// Asks for [`Origin::Validators`].
	Validators,
	/// Asks for [`Origin::Circuits`].
	Circuits,
	/// Asks for [`Origin::WhitelistedCaller`].
	WhitelistedCaller,
	/// Asks for [`Origin::Emergency`].
	Emergency,
	/// Asks for [`Origin::PatientsRights`].
	PatientsRights,
	/// Asks for [`Origin::Representation`].
	Representation,
}
