//! How a domain type lies in a message: one trait, and three tables that implement it.
//!
//! A table names both sides and takes both apart completely, so that neither a field nor a variant
//! can be added on one side alone.

use prost::Message;

use crate::canonical::{Detour, Field, Input, Value};
use crate::malformed::{Flaw, Malformed};

/// A domain type with its form on the wire.
pub(crate) trait Wire: Sized {
    /// A generated message, the number of an enum, or a scalar.
    type Form;

    fn to_wire(&self) -> Self::Form;

    fn from_wire(form: Self::Form) -> Result<Self, Malformed>;

    /// The value of these canonical bytes, without its form: what is read so, [`to_wire`] writes as
    /// it was. A type without a short way has none.
    ///
    /// [`to_wire`]: Self::to_wire
    fn read(_: Value<'_>) -> Result<Self, Detour> {
        Err(Detour)
    }

    /// The field of a message that holds such a value; absent if that is the default of its form.
    #[inline]
    fn read_field(input: &mut Input<'_>, field: Field) -> Result<Self, Detour> {
        match input.take(field)? {
            Some(value) if value.is_default() => Err(Detour),
            Some(value) => Self::read(value),
            None => Self::read(field.default()),
        }
    }
}

/// A field that holds a message which has to be there. (Protobuf lets every message be absent.)
pub(crate) mod need {
    use super::{Detour, Field, Flaw, Input, Malformed, Wire};

    #[allow(clippy::unnecessary_wraps, reason = "this is the field's type")]
    pub(crate) fn put<T: Wire>(value: &T) -> Option<T::Form> {
        Some(value.to_wire())
    }

    pub(crate) fn take<T: Wire>(field: &str, form: Option<T::Form>) -> Result<T, Malformed> {
        let form = form.ok_or_else(|| Malformed::new(field, Flaw::Missing))?;
        T::from_wire(form).map_err(|malformed| malformed.within(field))
    }

    #[inline]
    pub(crate) fn read<T: Wire>(input: &mut Input<'_>, field: Field) -> Result<T, Detour> {
        T::read(input.take(field)?.ok_or(Detour)?)
    }
}

/// A field that holds a message which is absent as long as it says nothing new: forms that were
/// written before there was such a field read as its default, and defaults are written as they were.
pub(crate) mod usual {
    use super::{Detour, Field, Input, Malformed, Wire};

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

    #[inline]
    pub(crate) fn read<T: Wire + Default + PartialEq>(
        input: &mut Input<'_>,
        field: Field,
    ) -> Result<T, Detour> {
        let Some(value) = input.take(field)? else { return Ok(T::default()) };
        let value = T::read(value)?;
        if value == T::default() { Err(Detour) } else { Ok(value) }
    }
}

/// Any other field: a scalar, an enum, something optional, a list.
pub(crate) mod plain {
    use super::{Detour, Field, Input, Malformed, Wire};

    pub(crate) fn put<T: Wire>(value: &T) -> T::Form {
        value.to_wire()
    }

    pub(crate) fn take<T: Wire>(field: &str, form: T::Form) -> Result<T, Malformed> {
        T::from_wire(form).map_err(|malformed| malformed.within(field))
    }

    #[inline]
    pub(crate) fn read<T: Wire>(input: &mut Input<'_>, field: Field) -> Result<T, Detour> {
        T::read_field(input, field)
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

/// Reads fields in the short way, into variables of the domain's names, from a message that has to
/// end with them. They are in the order of their numbers.
macro_rules! read_fields {
    ($value:expr, $form:ty { $($name:ident: $how:ident($field:ident)),+ }) => {
        const {
            crate::canonical::ascending::<$form>(&[$(stringify!($name)),+]);
        }
        let mut input = crate::canonical::Value::message($value)?;
        $(let $field = crate::translate::$how::read(
            &mut input,
            const { crate::canonical::field::<$form>(stringify!($name)) },
        )?;)+
        input.end()?;
    };
}

/// A type around another, which lies as that does.
macro_rules! newtype {
    ($domain:ident = $inner:ty) => {
        impl crate::translate::Wire for $domain {
            type Form = <$inner as crate::translate::Wire>::Form;

            fn to_wire(&self) -> Self::Form {
                crate::translate::Wire::to_wire(&self.0)
            }

            fn from_wire(form: Self::Form) -> Result<Self, crate::Malformed> {
                crate::translate::Wire::from_wire(form).map(Self)
            }

            fn read(value: crate::canonical::Value<'_>) -> Result<Self, crate::canonical::Detour> {
                crate::translate::Wire::read(value).map(Self)
            }
        }
    };
}

/// A struct and its message: `field_on_the_wire: need|usual|plain(field_of_the_domain)`, in the order
/// of their numbers.
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

            fn read(
                value: crate::canonical::Value<'_>,
            ) -> Result<Self, crate::canonical::Detour> {
                read_fields!(value, $form { $($name: $how($field)),+ });
                Ok(Self { $($field),+ })
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

            fn read(
                value: crate::canonical::Value<'_>,
            ) -> Result<Self, crate::canonical::Detour> {
                type Form = $form;
                match Form::try_from(value.number::<i32>()?) {
                    $(Ok(Form::$variant) => Ok(Self::$variant),)+
                    Ok(Form::Unspecified) | Err(_) => Err(crate::canonical::Detour),
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

            fn read(
                value: crate::canonical::Value<'_>,
            ) -> Result<Self, crate::canonical::Detour> {
                let mut input = value.message()?;
                $($(if let Some(inner) = variant!(input, $kind, $empty) {
                    inner.message()?.end()?;
                    input.end()?;
                    return Ok(Self::$empty);
                })+)?
                $($(if let Some(inner) = variant!(input, $kind, $one) {
                    input.end()?;
                    return Ok(Self::$one(crate::translate::Wire::read(inner)?));
                })+)?
                $($(if let Some(inner) = variant!(input, $kind, $other) {
                    input.end()?;
                    return Ok(Self::$own(crate::translate::Wire::read(inner)?));
                })+)?
                $($(if let Some(inner) = variant!(input, $kind, $many) {
                    input.end()?;
                    read_fields!(inner, $inner { $($name: $how($field)),+ });
                    return Ok(Self::$many { $($field),+ });
                })+)?
                Err(crate::canonical::Detour)
            }
        }
    };
}

/// What a variant of a oneof holds, if it is the one that is there.
macro_rules! variant {
    ($input:ident, $kind:ty, $variant:ident) => {
        $input.take(const { crate::canonical::field::<$kind>(stringify!($variant)) })?
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

    #[inline]
    fn read_field(input: &mut Input<'_>, field: Field) -> Result<Self, Detour> {
        input.take(field)?.map(T::read).transpose()
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

    fn read(value: Value<'_>) -> Result<Self, Detour> {
        T::read(value).map(Self::new)
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

    #[inline]
    fn read_field(input: &mut Input<'_>, field: Field) -> Result<Self, Detour> {
        let mut all = Self::new();
        input.each(field, |value| {
            all.push(T::read(value)?);
            Ok(())
        })?;
        Ok(all)
    }
}
