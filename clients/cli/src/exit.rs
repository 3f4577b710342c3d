//! Exit codes. They are documented in `hdx --help` and do not change.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
	/// It was done.
	Done,
	/// It was refused, or failed.
	Refused,
	/// It could not be understood.
	Usage,
	/// No node answered, or one of another chain.
	NoNode,
}

impl Exit {
	/// The number that the shell sees.
	pub fn code(self) -> u8 {
		match self {
			Self::Done => 0,
			Self::Refused => 1,
			Self::Usage => 2,
			Self::NoNode => 3,
		}
	}
}

impl From<Exit> for ExitCode {
	fn from(exit: Exit) -> Self {
		exit.code().into()
	}
}
