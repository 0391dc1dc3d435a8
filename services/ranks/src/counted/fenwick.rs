//! Sums of the first so many of a row of numbers that change one by one (P. Fenwick, 1994).

/// Node `i`, counted from 1, holds the sum of as many numbers up to it as its lowest set bit says.
#[derive(Clone, Debug, Default)]
pub(super) struct Fenwick {
    nodes: Vec<usize>,
}

impl Fenwick {
    pub(super) fn over(numbers: impl Iterator<Item = usize>) -> Self {
        let mut tree = Self { nodes: numbers.collect() };
        for node in 1..=tree.nodes.len() {
            let sum = tree.node(node);
            if let Some(above) = tree.nodes.get_mut(up(node).saturating_sub(1)) {
                *above = above.saturating_add(sum);
            }
        }
        tree
    }

    /// The sum of the numbers before place `at`.
    pub(super) fn before(&self, at: usize) -> usize {
        let below = |node: &usize| Some(down(*node)).filter(|node| *node > 0);
        std::iter::successors(Some(at.min(self.nodes.len())).filter(|node| *node > 0), below)
            .fold(0, |sum: usize, node| sum.saturating_add(self.node(node)))
    }

    /// The number at a place is one more.
    pub(super) fn more(&mut self, at: usize) {
        self.change(at, |sum| sum.saturating_add(1));
    }

    /// The number at a place is one less.
    pub(super) fn fewer(&mut self, at: usize) {
        self.change(at, |sum| sum.saturating_sub(1));
    }

    /// In which of the numbers the unit lies that so many come before, and how many of its own
    /// come before it; past the end if there are fewer.
    pub(super) fn find(&self, units: usize) -> (usize, usize) {
        let (mut at, mut left) = (0_usize, units);
        let mut step = self.nodes.len().checked_ilog2().map_or(0, |bits| 1_usize << bits);
        while step > 0 {
            let next = at.saturating_add(step);
            match self.nodes.get(next.saturating_sub(1)) {
                Some(sum) if *sum <= left => {
                    at = next;
                    left = left.saturating_sub(*sum);
                }
                Some(_) | None => {}
            }
            step >>= 1;
        }
        (at, left)
    }

    pub(super) fn bytes(&self) -> usize {
        self.nodes.capacity().saturating_mul(size_of::<usize>())
    }

    fn change(&mut self, at: usize, change: impl Fn(usize) -> usize) {
        let mut node = at.saturating_add(1);
        while let Some(sum) = self.nodes.get_mut(node.saturating_sub(1)) {
            *sum = change(*sum);
            node = up(node);
        }
    }

    fn node(&self, node: usize) -> usize {
        self.nodes.get(node.saturating_sub(1)).copied().unwrap_or_default()
    }
}

const fn lowest_bit(node: usize) -> usize {
    node & node.wrapping_neg()
}

/// The next node that holds this one's numbers too.
const fn up(node: usize) -> usize {
    node.saturating_add(lowest_bit(node))
}

/// The node of the numbers before this one's.
const fn down(node: usize) -> usize {
    node.saturating_sub(lowest_bit(node))
}
