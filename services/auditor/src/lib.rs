//! The auditor: replays a district's log from nothing and says whether all of it is true, and
//! whether what the read models show is what the log tells.
//!
//! It trusts nobody. Of the writer it uses what a reader of the log can: the frames. Of the core
//! it uses the fold and the rules, and beside them it keeps [books](Rule) of its own that share no
//! code with either. It only reads; it needs no right to write anything, but for files without a name
//! in the system's temporary folder, which take what must be remembered for good.
//!
//! It is *not* a repair tool: it says what is wrong and where, never makes it right. A log that was
//! cut off at its end together with everything that spoke of it, or written anew from some position
//! with every law kept and signed anew by the log's own key, is beyond what it can see: witnesses
//! see that.

mod books;
mod chain;
mod error;
mod export;
mod finding;
mod progress;
mod projection;
mod reconcile;
mod replay;
mod report;
mod runs;
mod sample;
mod shard;
mod source;
mod tile_export;
mod trust;
mod verify;

pub use books::{Papers, Rule};
pub use error::AuditError;
pub use export::{ExportError, ExportSettings, Exported, Form, export};
pub use finding::{FINDINGS_SHOWN_MAX, Finding, Findings, Kind, Place};
pub use progress::Progress;
pub use projection::{Shown, Verdict};
pub use reconcile::{Carried, Copy, ReconcileSettings, Reconciled, reconcile};
pub use replay::{Compared, Difference, DigestAt, Version, compare, digest};
pub use report::{Counts, EXIT_FAULT, EXIT_FOUND_WRONG, EXIT_TRUE, Report, exit_code};
pub use sample::{Again, Resampled, SampleError, SampleSettings, sample};
pub use shard::{Shard, ShardSettings, shard};
pub use source::{FetchError, Server, Source, TilesAt};
pub use tile_export::{TileExportError, TileExportSettings, TilesExported, export_tiles};
pub use trust::{InvalidKeyRing, KeyRing, Trust};
pub use verify::{Keep, Unresumable, VerifySettings, verify};
