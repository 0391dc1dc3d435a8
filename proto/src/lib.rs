//! What is on disk and on the wire, and the one translation between that and the domain's types.
//!
//! The `.proto` files under `linli/v1` are the definition; [`wire`] is generated from them and
//! committed, and a test holds the two together. A module a noun says how each domain type lies in
//! its message. Every table names every field and every variant, so a new one does not compile
//! until it has a place on the wire. [`lift`] is the one place where older forms of a record become
//! today's.
//!
//! - The log: [`encode_record`], [`decode_record`], and [`decode_record_strict`] for the auditor.
//! - Between processes: [`wire::Request`] and [`wire::Reply`] with [`encode`] and [`decode`];
//!   [`envelope_to_wire`], [`accepted_to_wire`] and their inverses for what lies inside.
//! - Alone: commands, refusals and rule sets.
//!
//! What is *not* here: the body of a frame is cut and joined by `linli-log`, which knows bytes
//! alone; the state's snapshot is the domain's own; JSON is the gateway's. Nothing here decides or
//! checks a rule: what decodes is well formed, not right.

mod canonical;
#[macro_use]
mod translate;

mod decimal;
mod id;
mod quantity;
mod text;
mod time;

mod allowance;
mod area;
mod estate;
mod household;
mod officer;
mod operator;
mod resident;
mod station;
mod supplier;
mod team;

mod activity;

mod pool;
mod posting;
mod wallet;

mod time_bank;

mod award;
mod conduct;
mod contribution;
mod evidence;
mod inspection;
mod notice;
mod rules;

mod booking;
mod item;
mod queue;
mod redemption;
mod resource;
mod statement;
mod voucher;

mod aid;
mod hazard;
mod honour;
mod mediation;
mod order;
mod whistle;

mod command;
mod event;
mod refusal;

mod port;
mod record;

pub mod lift;
mod malformed;

/// The generated types.
pub mod wire {
    #![allow(missing_docs, reason = "the generator leaves oneofs undescribed; the files are not")]
    #![allow(unreachable_pub, reason = "generated")]
    #![allow(clippy::doc_markdown, reason = "generated from the comments of the files")]
    #![allow(
        clippy::large_enum_variant,
        reason = "a oneof lives from its bytes to its domain value"
    )]

    include!("generated/linli.v1.rs");

    // The fields' numbers, by their names here.
    include!("generated/fields.rs");
}

pub use command::{command_from_wire, command_to_wire, decode_command, encode_command};
pub use malformed::{Flaw, Malformed};
pub use port::{
    Enveloped, accepted_from_wire, accepted_to_wire, decode, encode, envelope_from_wire,
    envelope_to_wire,
};
pub use record::{
    decode_origin, decode_record, decode_record_strict, encode_record, encode_record_into,
};
pub use refusal::{decode_refusal, encode_refusal, refusal_from_wire, refusal_to_wire};
pub use rules::{decode_rules, encode_rules};
