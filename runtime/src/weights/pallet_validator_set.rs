use core::marker::PhantomData;
use frame_support::weights::Weight;
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_validator_set::WeightInfo for WeightInfo<T> {
	fn add_validator() -> Weight {
		Weight::from_parts(1_000_000_000, 0)
	}
	fn remove_validator() -> Weight {
		Weight::from_parts(1_000_000_000, 0)
	}
	fn set_terms() -> Weight {
		Weight::from_parts(1_000_000_000, 0)
	}
}
#[cfg(feature = "std")]
pub const MEASURED: &str = "nowhere";
#[cfg(feature = "std")]
pub fn figures<T: frame_system::Config>() -> alloc::vec::Vec<super::Figure> {
	alloc::vec![]
}
