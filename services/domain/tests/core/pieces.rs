//! A state in pieces.

use linli_domain::{Assembly, Piece, State, Unassembled};

use crate::world::World;

/// Written in pieces of so many bytes, each read by itself.
pub fn pieces(state: &State, bytes_min: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let written: std::io::Result<()> = state.write_pieces(bytes_min, |bytes| {
        pieces.push(Piece::read(&bytes)?);
        Ok(())
    });
    written.unwrap();
    pieces
}

pub fn assemble(pieces: impl IntoIterator<Item = Piece>) -> Result<State, Unassembled> {
    let mut assembly = Assembly::default();
    pieces.into_iter().try_for_each(|piece| assembly.put(piece))?;
    assembly.finish()
}

#[test]
fn a_state_comes_back_from_its_pieces_in_any_order_but_never_from_fewer_or_more() {
    let world = World::new();
    let state = &world.state;
    for bytes_min in [1, 200, 100_000] {
        let whole = pieces(state, bytes_min);
        assert_eq!(assemble(whole.clone()).as_ref(), Ok(state));
        let (first, rest) = whole.split_first().unwrap();
        let backwards = [first].into_iter().chain(rest.iter().rev()).cloned();
        assert_eq!(assemble(backwards).as_ref(), Ok(state));
        for missing in 0..whole.len() {
            let mut some = whole.clone();
            some.remove(missing);
            assert!(assemble(some).is_err(), "without piece {missing} of {}", whole.len());
        }
        assert_eq!(
            assemble([whole.clone(), vec![first.clone()]].concat()),
            Err(Unassembled::First)
        );
    }
    assert_eq!(assemble(pieces(&State::default(), 100)), Ok(State::default()));
    assert_eq!(assemble([]), Err(Unassembled::First));
}

#[test]
fn writing_ends_when_nobody_takes_it() {
    let mut left = 3;
    let stopped = World::new().state.write_pieces(1, |_| {
        left -= 1;
        if left > 0 { Ok(()) } else { Err(std::io::Error::other("enough")) }
    });
    assert_eq!(stopped.unwrap_err().to_string(), "enough");
    assert_eq!(left, 0);
}

#[test]
fn other_bytes_are_no_piece() {
    for bytes in [&b""[..], b"\x63", b"\x04\xff\xff\xff\xff", b"\x01\x00\x00\x00\x00\x00"] {
        assert!(Piece::read(bytes).is_err(), "{bytes:?}");
    }
}
