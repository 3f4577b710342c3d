//! Pages whose commands are run: the fenced blocks as they stand there, so that a page cannot say something else than what
//! was run. A test takes blocks or lines of them, puts what it has in the place of the page's examples ([`Script::with`]), and
//! has a [`machine`](crate::machine) run it. What it has not taken, [`Runbook::left_of`] tells.

use crate::binaries;
use std::{cell::RefCell, collections::BTreeSet, fs};

/// What a block begins and ends with.
const FENCE: &str = "```";
/// What is behind the first fence where the block may have commands. Others say which kind of data they have.
const LANGUAGES: [&str; 3] = ["", "console", "sh"];

/// A fenced block that may have commands.
#[derive(PartialEq, Eq, Debug)]
pub struct Block {
	/// The line of the page on which it begins, from 1.
	pub line: usize,
	/// What is in it, without the indentation of a list around it.
	pub text: String,
}

impl Block {
	/// Its command lines. What goes on in the next line is one, and comments are none.
	pub fn commands(&self) -> Vec<String> {
		let joined = self.text.replace("\\\n", " ");
		let lines = joined.lines().map(str::trim);
		lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
	}
}

/// The blocks of a page that may have commands, in their order.
pub fn blocks(page: &str) -> Vec<Block> {
	let mut found = Vec::new();
	let mut lines = (1_usize..).zip(page.lines());
	while let Some((number, line)) = lines.next() {
		let Some(language) = line.trim_start().strip_prefix(FENCE) else { continue };
		let indentation = line.len() - line.trim_start().len();
		let inside = lines.by_ref().map(|(_, line)| line).take_while(|line| line.trim() != FENCE);
		let inside: Vec<_> = inside.map(|line| without(line, indentation)).collect();
		if LANGUAGES.contains(&language.trim()) {
			found.push(Block { line: number, text: inside.join("\n") });
		}
	}
	found
}

/// A line without so many blanks before it, or without all that it has.
fn without(line: &str, indentation: usize) -> &str {
	let blanks = line.len() - line.trim_start().len();
	&line[blanks.min(indentation)..]
}

/// A page, and which of its commands were taken.
pub struct Runbook {
	page: String,
	blocks: Vec<Block>,
	/// By the number of the block, and of the command in it.
	taken: RefCell<BTreeSet<(usize, usize)>>,
}

impl Runbook {
	/// Reads a page, by its path in the project.
	pub fn open(page: &str) -> Self {
		let file = binaries::project().join(page);
		let text =
			fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
		Self { page: page.to_owned(), blocks: blocks(&text), taken: RefCell::default() }
	}

	/// Its blocks.
	pub fn blocks(&self) -> &[Block] {
		&self.blocks
	}

	/// All commands of the block that begins like this.
	///
	/// # Panics
	///
	/// Where there is no such block, or more than one.
	pub fn block(&self, beginning: &str) -> Script {
		let number = self.number_of(beginning);
		let commands = self.blocks[number].commands();
		let all = (0..commands.len()).map(|command| (number, command));
		self.taken.borrow_mut().extend(all);
		self.script(commands.join("\n"))
	}

	/// The one command that begins like this.
	///
	/// # Panics
	///
	/// Where the page has no such command, or more than one.
	pub fn line(&self, beginning: &str) -> Script {
		let mut found = Vec::new();
		for (number, block) in self.blocks.iter().enumerate() {
			for (place, command) in block.commands().into_iter().enumerate() {
				if command.starts_with(beginning) {
					found.push(((number, place), command));
				}
			}
		}
		assert_eq!(found.len(), 1, "commands of {} that begin with `{beginning}`", self.page);
		let (place, command) = found.remove(0);
		self.taken.borrow_mut().insert(place);
		self.script(command)
	}

	/// The commands of the block that begins like this which were not taken.
	///
	/// # Panics
	///
	/// Where there is no such block, or more than one.
	pub fn left_of(&self, beginning: &str) -> Vec<String> {
		let number = self.number_of(beginning);
		let taken = self.taken.borrow();
		let commands = self.blocks[number].commands().into_iter().enumerate();
		let left = commands.filter(|(place, _)| !taken.contains(&(number, *place)));
		left.map(|(_, command)| command).collect()
	}

	fn number_of(&self, beginning: &str) -> usize {
		let blocks = self.blocks.iter().enumerate();
		let found: Vec<_> = blocks.filter(|(_, block)| block.text.starts_with(beginning)).collect();
		assert_eq!(found.len(), 1, "blocks of {} that begin with `{beginning}`", self.page);
		found[0].0
	}

	fn script(&self, text: String) -> Script {
		Script { page: self.page.clone(), text }
	}
}

/// Commands of a page.
#[derive(Clone, Debug)]
pub struct Script {
	page: String,
	text: String,
}

impl Script {
	/// Puts something in the place of an example that the page gives.
	///
	/// # Panics
	///
	/// Where the page gives no such example.
	pub fn with(mut self, example: &str, value: &str) -> Self {
		assert!(self.text.contains(example), "{}: no `{example}` in: {}", self.page, self.text);
		self.text = self.text.replace(example, value);
		self
	}

	/// The page.
	pub fn page(&self) -> &str {
		&self.page
	}

	/// The commands, a line each.
	pub fn text(&self) -> &str {
		&self.text
	}
}

#[cfg(test)]
mod tests {
	use super::{blocks, Block, Runbook};
	use std::cell::RefCell;

	const PAGE: &str =
		"# A page\n\n```\none --option\n# a comment\n```\n\n1. In a list:\n\n   ```sh\n   \
		two \\\n     --more\n\n   three\n   ```\n\n```json\n{}\n```\n";

	fn page() -> Runbook {
		Runbook { page: "A page".into(), blocks: blocks(PAGE), taken: RefCell::default() }
	}

	#[test]
	fn blocks_are_what_stands_between_fences_and_is_no_data() {
		let found = blocks(PAGE);
		let first = Block { line: 3, text: "one --option\n# a comment".into() };
		let second = Block { line: 10, text: "two \\\n  --more\n\nthree".into() };
		assert_eq!(found, [first, second]);
		assert_eq!(found[0].commands(), ["one --option"]);
		assert_eq!(found[1].commands(), ["two    --more", "three"]);
	}

	#[test]
	fn what_was_not_taken_is_left() {
		let page = page();
		assert_eq!(page.line("thr").text(), "three");
		assert_eq!(page.left_of("two"), ["two    --more"]);
		assert_eq!(page.left_of("one"), ["one --option"]);
		assert_eq!(page.block("two").text(), "two    --more\nthree");
		assert!(page.left_of("two").is_empty());
	}

	#[test]
	fn an_example_is_replaced_wherever_it_stands() {
		assert_eq!(page().block("two").with("t", "T").text(), "Two    --more\nThree");
	}

	#[test]
	#[should_panic = "no `--another`"]
	fn an_example_that_the_page_does_not_give_fails() {
		page().line("one").with("--another", "");
	}

	#[test]
	#[should_panic = "commands of A page"]
	fn a_command_that_the_page_does_not_have_fails() {
		page().line("four");
	}
}
