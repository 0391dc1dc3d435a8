//! The auditor: replays a district's log from nothing and says whether all of it is true, and
//! whether what the read models show is what the log tells.
//!
//! It trusts nobody. Of the writer it uses what a reader of the log can: the frames. Of the core
//! it uses the fold and the rules, and beside them it keeps [books](Rule) of its own that share no
//! code with either. It only reads; it needs no right to write anything.
//!
//! It is *not* a repair tool: it says what is wrong and where, never makes it right. It does not
//! read signed checkpoints, tiles or the JetStream stream yet, so a log that was cut off at its end
//! together with everything that spoke of it, or written anew from some position with every law
//! kept, is beyond what it can see.

mod books;
mod chain;
mod error;
mod export;
mod finding;
mod progress;
mod projection;
mod report;
mod sample;
mod verify;

pub use books::Rule;
pub use error::AuditError;
pub use export::{ExportError, ExportSettings, Exported, Form, export};
pub use finding::{FINDINGS_SHOWN_MAX, Finding, Findings, Kind, Place};
pub use progress::Progress;
pub use projection::{Shown, Verdict};
pub use report::{Counts, EXIT_FAULT, EXIT_FOUND_WRONG, EXIT_TRUE, Report, exit_code};
pub use sample::{Again, Resampled, SampleError, SampleSettings, sample};
pub use verify::{VerifySettings, verify};
