//! - The numbers of templates are below the next one, without gaps.
//! - Each document has the number of a template that is it.
//! - Those that are not retired are counted.

use crate::{Config, NextTemplateId, TemplateNumbers, Templates, TemplatesInUse};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

pub(super) fn check<T: Config>() -> Result<(), TryRuntimeError> {
	let (mut count, mut in_use) = (0u32, 0u32);
	for (id, template) in Templates::<T>::iter() {
		ensure!(id.0 < NextTemplateId::<T>::get(), "a template's number was not given away");
		let document = (template.uri_hash, template.version);
		ensure!(TemplateNumbers::<T>::contains_key(document), "a document has no number");
		count = count.saturating_add(1);
		in_use = in_use.saturating_add(u32::from(template.retired_at.is_none()));
	}
	ensure!(count == NextTemplateId::<T>::get(), "a template is missing");
	ensure!(in_use == TemplatesInUse::<T>::get(), "the templates in use are miscounted");
	for (document, id) in TemplateNumbers::<T>::iter() {
		let template = Templates::<T>::get(id).ok_or("a document's template does not exist")?;
		let is_it = document == (template.uri_hash, template.version);
		ensure!(is_it, "a document has the number of another");
	}
	Ok(())
}
