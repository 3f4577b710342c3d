//! What governance publishes, retires and sets.

use crate::{
	Config, DecisionRules, DocumentTemplate, Error, Event, NextTemplateId, Pallet, TemplateNumbers,
	Templates, TemplatesInUse,
};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{
	engine::Rules, AuditAction, AuditEvent, AuditSink, Milliseconds, Subject, TemplateId,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_publish_template(uri_hash: [u8; 32], version: u32) -> DispatchResult {
		let template = Self::add_template(uri_hash, version, Self::now())?;
		T::Audit::record(AuditEvent {
			subject: Subject::Template(template),
			..AuditEvent::new(AuditAction::TemplatePublished)
		});
		Self::deposit_event(Event::TemplatePublished { template, uri_hash, version });
		Ok(())
	}

	/// Stores a template under the next number.
	pub(crate) fn add_template(
		uri_hash: [u8; 32],
		version: u32,
		published_at: Milliseconds,
	) -> Result<TemplateId, Error<T>> {
		let document = (uri_hash, version);
		ensure!(
			!TemplateNumbers::<T>::contains_key(document),
			Error::<T>::TemplateAlreadyPublished
		);
		let in_use = TemplatesInUse::<T>::get();
		ensure!(in_use < T::MaxTemplates::get(), Error::<T>::TooManyTemplates);
		let number = NextTemplateId::<T>::get();
		let next = number.checked_add(1).ok_or(Error::<T>::NoNumberLeft)?;
		let template = TemplateId(number);

		NextTemplateId::<T>::put(next);
		TemplatesInUse::<T>::put(in_use.saturating_add(1));
		TemplateNumbers::<T>::insert(document, template);
		let stored = DocumentTemplate { uri_hash, version, published_at, retired_at: None };
		Templates::<T>::insert(template, stored);
		Ok(template)
	}

	pub(crate) fn do_retire_template(template: TemplateId) -> DispatchResult {
		let mut stored = Templates::<T>::get(template).ok_or(Error::<T>::TemplateUnknown)?;
		ensure!(stored.retired_at.is_none(), Error::<T>::TemplateAlreadyRetired);

		stored.retired_at = Some(Self::now());
		Templates::<T>::insert(template, stored);
		TemplatesInUse::<T>::mutate(|in_use| *in_use = in_use.saturating_sub(1));
		T::Audit::record(AuditEvent {
			subject: Subject::Template(template),
			..AuditEvent::new(AuditAction::TemplateRetired)
		});
		Self::deposit_event(Event::TemplateRetired { template });
		Ok(())
	}

	/// Refuses a template that nobody can sign now.
	pub(crate) fn check_template(template: TemplateId) -> Result<(), Error<T>> {
		let template = Templates::<T>::get(template).ok_or(Error::<T>::TemplateUnknown)?;
		ensure!(template.retired_at.is_none(), Error::<T>::TemplateIsRetired);
		Ok(())
	}

	pub(crate) fn do_set_decision_rules(rules: Rules) -> DispatchResult {
		DecisionRules::<T>::put(rules);
		T::Audit::record(AuditEvent {
			algorithm: Some(rules.algorithm),
			..AuditEvent::new(AuditAction::DecisionRulesChanged)
		});
		Self::deposit_event(Event::DecisionRulesChanged { rules });
		Ok(())
	}
}
