//! The sentences of a statement, as an enumeration that knows all of its own.

macro_rules! groups {
	(
		$(#[$about:meta])*
		pub enum $name:ident {
			$($(#[$says:meta])* $group:ident,)+
		}
	) => {
		$(#[$about])*
		#[derive(Clone, Copy, PartialEq, Eq, Debug)]
		pub enum $name {
			$($(#[$says])* $group,)+
		}

		impl $name {
			/// All sentences.
			pub const ALL: &'static [Self] = &[$(Self::$group),+];
		}
	};
}

pub(crate) use groups;
