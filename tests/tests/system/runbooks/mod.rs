//! The runbooks of docs/operate, followed: their commands are read from the pages and run as they stand there, by operators of
//! a chain that was started by the same pages, and what a page promises is looked at.
//!
//! [`register`] has each block of every page, with the tests that run it or why none does. A block that is not there fails,
//! and so does one that a test ought to run and has left out ([`Book::was_followed`]).

mod backup;
mod emergency;
mod encryption;
mod hospitals;
mod joining;
mod keys;
mod leaving;
mod register;
mod upgrade;

use hdx_tests::runbook::Runbook;
use register::{How, BLOCKS};
use std::ops::Deref;

/// A page that a test follows.
pub struct Book {
	test: &'static str,
	page: &'static str,
	runbook: Runbook,
}

impl Book {
	/// Opens a page, for the test of this module.
	pub fn open(module: &'static str, page: &'static str) -> Self {
		let test = module.rsplit("::").next().unwrap();
		Self { test, page, runbook: Runbook::open(page) }
	}

	/// Fails unless the test took each command of the page that it is registered to run.
	pub fn was_followed(self) {
		let is_ours = |how: &How| matches!(how, How::Run(tests) if tests.contains(&self.test));
		let ours = BLOCKS.iter().filter(|block| block.page == self.page && is_ours(&block.how));
		let beginnings: Vec<_> = ours.map(|block| block.beginning).collect();
		assert!(
			!beginnings.is_empty(),
			"{} is registered to run nothing of {}",
			self.test,
			self.page
		);
		let left = beginnings.into_iter().flat_map(|beginning| self.runbook.left_of(beginning));
		let left: Vec<_> = left.collect();
		assert!(left.is_empty(), "{} has not run, of {}: {left:#?}", self.test, self.page);
	}
}

impl Deref for Book {
	type Target = Runbook;

	fn deref(&self) -> &Runbook {
		&self.runbook
	}
}
