//! How a domain type lies in a message: one trait, and three tables that implement it.
//!
//! A table names both sides and takes both apart completely, so that neither a field nor a variant
//! can be added on one side alone.

use prost::Message;

use crate::malformed::{Flaw, Malformed};

/// A domain type with its form on the wire.
pub(crate) trait Wire: Sized {
    /// A generated message, the number of an enum, or a scalar.
    type Form;

    fn to_wire(&self) -> Self::Form;

    fn from_wire(form: Self::Form) -> Result<Self, Malformed>;
}

/// A field that holds a message which has to be there. (Protobuf lets every message be absent.)
pub(crate) mod need {
    use super::{Flaw, Malformed, Wire};

    #[allow(clippy::unnecessary_wraps, reason = "this is the field's type")]
    pub(crate) fn put<T: Wire>(value: &T) -> Option<T::Form> {
        Some(value.to_wire())
    }

    pub(crate) fn take<T: Wire>(field: &str, form: Option<T::Form>) -> Result<T, Malformed> {
        let form = form.ok_or_else(|| Malformed::new(field, Flaw::Missing))?;
        T::from_wire(form).map_err(|malformed| malformed.within(field))
    }
}

/// A field that holds a message which is absent as long as it says nothing new: forms that were
/// written before there was such a field read as its default, and defaults are written as they were.
pub(crate) mod usual {
    use super::{Malformed, Wire};

    pub(crate) fn put<T: Wire + Default + PartialEq>(value: &T) -> Option<T::Form> {
        (*value != T::default()).then(|| value.to_wire())
    }

    pub(crate) fn take<T: Wire + Default>(
        field: &str,
        form: Option<T::Form>,
    ) -> Result<T, Malformed> {
        let value = form.map(T::from_wire).transpose();
        Ok(value.map_err(|malformed| malformed.within(field))?.unwrap_or_default())
    }
}

/// Any other field: a scalar, an enum, something optional, a list.
pub(crate) mod plain {
    use super::{Malformed, Wire};

    pub(crate) fn put<T: Wire>(value: &T) -> T::Form {
        value.to_wire()
    }

    pub(crate) fn take<T: Wire>(field: &str, form: T::Form) -> Result<T, Malformed> {
        T::from_wire(form).map_err(|malformed| malformed.within(field))
    }
}

/// Reads a whole message and translates it.
pub(crate) fn read<T: Wire<Form: Message + Default>>(
    what: &str,
    bytes: &[u8],
) -> Result<T, Malformed> {
    let form =
        T::Form::decode(bytes).map_err(|fault| Malformed::new(what, Flaw::Unreadable(fault)))?;
    T::from_wire(form)
}

/// A struct and its message: `field_on_the_wire: need|usual|plain(field_of_the_domain)`.
macro_rules! message {
    ($domain:ty = $form:ty { $($name:ident: $how:ident($field:ident)),+ $(,)? }) => {
        impl crate::translate::Wire for $domain {
            type Form = $form;

            fn to_wire(&self) -> $form {
                type Form = $form;
                let Self { $($field),+ } = self;
                Form { $($name: crate::translate::$how::put($field)),+ }
            }

            fn from_wire(form: $form) -> Result<Self, crate::Malformed> {
                type Form = $form;
                let Form { $($name),+ } = form;
                Ok(Self { $($field: crate::translate::$how::take(stringify!($name), $name)?),+ })
            }
        }
    };
}

/// An enum without figures and its enum on the wire, whose zero is never written and never read.
macro_rules! plain_enum {
    ($domain:ty = $form:ty { $($variant:ident),+ $(,)? }) => {
        impl crate::translate::Wire for $domain {
            type Form = i32;

            fn to_wire(&self) -> i32 {
                type Form = $form;
                i32::from(match self { $(Self::$variant => Form::$variant),+ })
            }

            fn from_wire(form: i32) -> Result<Self, crate::Malformed> {
                type Form = $form;
                match Form::try_from(form) {
                    $(Ok(Form::$variant) => Ok(Self::$variant),)+
                    Ok(Form::Unspecified) | Err(_) => Err(crate::Flaw::UnknownValue(form).into()),
                }
            }
        }
    };
}

/// An enum with figures and the `oneof kind` of its message. Variants come in four sorts: `empty`,
/// `one` value under the same name, one value under a `named` name, and `many` fields with a
/// message of their own.
macro_rules! choice {
    ($domain:ty = $form:ty, $kind:ty {
        $(empty { $($empty:ident),+ $(,)? })?
        $(one { $($one:ident),+ $(,)? })?
        $(named { $($own:ident as $other:ident),+ $(,)? })?
        $(many { $(
            $many:ident = $inner:ty { $($name:ident: $how:ident($field:ident)),+ $(,)? }
        ),+ $(,)? })?
    }) => {
        impl crate::translate::Wire for $domain {
            type Form = $form;

            fn to_wire(&self) -> $form {
                type Form = $form;
                type Kind = $kind;
                let kind = match self {
                    $($(Self::$empty => Kind::$empty(()),)+)?
                    $($(Self::$one(value) => Kind::$one(crate::translate::Wire::to_wire(value)),)+)?
                    $($(Self::$own(value) => Kind::$other(crate::translate::Wire::to_wire(value)),)+)?
                    $($(Self::$many { $($field),+ } => {
                        type Inner = $inner;
                        Kind::$many(Inner { $($name: crate::translate::$how::put($field)),+ })
                    })+)?
                };
                Form { kind: Some(kind) }
            }

            fn from_wire(form: $form) -> Result<Self, crate::Malformed> {
                type Kind = $kind;
                let kind = crate::translate::present("kind", form.kind)?;
                match kind {
                    $($(Kind::$empty(()) => Ok(Self::$empty),)+)?
                    $($(Kind::$one(value) => {
                        crate::translate::plain::take(stringify!($one), value).map(Self::$one)
                    })+)?
                    $($(Kind::$other(value) => {
                        crate::translate::plain::take(stringify!($other), value).map(Self::$own)
                    })+)?
                    $($(Kind::$many(inner) => {
                        type Inner = $inner;
                        let Inner { $($name),+ } = inner;
                        let read = || Ok(Self::$many {
                            $($field: crate::translate::$how::take(stringify!($name), $name)?),+
                        });
                        read().map_err(|malformed: crate::Malformed| malformed.within(stringify!($many)))
                    })+)?
                }
            }
        }
    };
}

/// What has to be there.
pub(crate) fn present<T>(field: &str, form: Option<T>) -> Result<T, Malformed> {
    form.ok_or_else(|| Malformed::new(field, Flaw::Missing))
}

impl<T: Wire> Wire for Option<T> {
    type Form = Option<T::Form>;

    fn to_wire(&self) -> Self::Form {
        self.as_ref().map(T::to_wire)
    }

    fn from_wire(form: Self::Form) -> Result<Self, Malformed> {
        form.map(T::from_wire).transpose()
    }
}

impl<T: Wire> Wire for Box<T> {
    type Form = T::Form;

    fn to_wire(&self) -> Self::Form {
        T::to_wire(self)
    }

    fn from_wire(form: Self::Form) -> Result<Self, Malformed> {
        T::from_wire(form).map(Self::new)
    }
}

impl<T: Wire> Wire for Vec<T> {
    type Form = Vec<T::Form>;

    fn to_wire(&self) -> Self::Form {
        self.iter().map(T::to_wire).collect()
    }

    fn from_wire(form: Self::Form) -> Result<Self, Malformed> {
        let indexed = form.into_iter().enumerate();
        indexed
            .map(|(at, one)| {
                T::from_wire(one).map_err(|malformed| malformed.within(&format!("[{at}]")))
            })
            .collect()
    }
}
