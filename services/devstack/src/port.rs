//! Ports on the loopback address.

use std::net::{Ipv4Addr, TcpListener};

use crate::error::Error;

/// A port that was free a moment ago. Somebody else may take it first; whoever uses it tries again then.
pub(crate) fn free() -> Result<u16, Error> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(Error::io("find a free port"))
}
