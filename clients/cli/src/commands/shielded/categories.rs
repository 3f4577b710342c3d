//! `hdx shielded categories` and `append-category`.

use crate::{
	codes,
	commands::{provider::Done, Context, SignedBy},
	error::Error,
};
use hdx_primitives::Code;
use hdx_sdk::chain::{AtBlock, Until};
use serde::Serialize;
use serde_json::json;
use std::fmt;

/// Which class.
#[derive(Debug, clap::Args)]
pub struct AppendCategory {
	#[command(flatten)]
	by: SignedBy,
	/// The resource type.
	#[arg(value_name = "TYPE", value_parser = codes::class)]
	class: Code,
}

/// A class, and the category that stands for it.
#[derive(Serialize)]
struct Category {
	category: usize,
	class: String,
	/// The class, for people.
	#[serde(skip)]
	symbol: String,
}

/// What there is.
#[derive(Serialize)]
struct Listed {
	categories: Vec<Category>,
}

impl Listed {
	fn of(classes: &[Code]) -> Self {
		let categories = classes.iter().enumerate().map(|(category, class)| Category {
			category,
			class: codes::token_of(class),
			symbol: codes::symbol(class),
		});
		Self { categories: categories.collect() }
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		for Category { category, symbol, .. } in &self.categories {
			writeln!(f, "{category:>2}  {symbol}")?;
		}
		write!(f, "{} in all", self.categories.len())
	}
}

/// Lists which category stands for which class.
pub async fn list(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let classes = chain.shielded_categories(AtBlock::Best).await?;
	context.output.show(&Listed::of(&classes))
}

/// Gives a class the next category.
pub async fn append(options: AppendCategory, context: &Context) -> Result<(), Error> {
	let governance = options.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let place = chain.append_category(&governance, options.class, Until::Finalized).await?;
	drop(progress);
	let class = codes::token_of(&options.class);
	context.output.show(&Done::new(
		format!("category {place} stands for {}, for ever", codes::symbol(&options.class)),
		json!({ "category": place, "class": class }),
	))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

	use super::*;
	use hdx_sdk::bundle::class_code;

	#[test]
	fn classes_are_shown_with_their_categories() {
		let listed = Listed::of(&["Patient", "Observation"].map(class_code));
		let value = serde_json::to_value(&listed).unwrap();
		let token = "http://hl7.org/fhir/resource-types|Observation";
		assert_eq!(value["categories"][1], json!({ "category": 1, "class": token }));
		assert!(listed.to_string().contains(" 1  Observation"), "{listed}");
	}
}
