use futures::TryStreamExt;
use linli_log::Frame;
use linli_log::reader::{PAGE_BYTES_MAX, PAGE_FRAMES_MAX, RECORDS_MAX};

use super::support::{Frames, Log, record};

#[tokio::test]
async fn an_empty_log() {
    let log = Log::create().await;
    let reader = log.reader();
    assert_eq!(reader.head(&log.district).await.unwrap(), None);
    assert_eq!(reader.frames_after(&log.district, 0).await.unwrap(), []);
    assert_eq!(reader.records(&log.district, 0, u64::MAX).await.unwrap(), []);
    assert_eq!(reader.stream(&log.district, 0).try_collect::<Vec<_>>().await.unwrap(), []);
}

#[tokio::test]
async fn pages_have_the_frames_in_order_and_end() {
    let log = Log::create().await;
    let (reader, writer) = (log.reader(), log.writer().await);
    let mut frames = Frames::default();
    let made: Vec<Frame> = (0..600).map(|_| frames.next(2)).collect();
    for append in made.iter().map(|frame| writer.append(frame)).collect::<Vec<_>>() {
        append.await.unwrap();
    }
    let page = reader.frames_after(&log.district, 0).await.unwrap();
    assert_eq!(page, made[..PAGE_FRAMES_MAX]);
    // A position inside a frame gives that frame.
    for position in [2, 3] {
        assert_eq!(reader.frames_after(&log.district, position).await.unwrap()[0], made[1]);
    }
    assert_eq!(reader.frames_after(&log.district, 1200).await.unwrap(), []);
    assert_eq!(reader.frames_after(&log.district, u64::MAX).await.unwrap(), []);
    let all: Vec<Frame> = reader.stream(&log.district, 2).try_collect().await.unwrap();
    assert_eq!(all, made[1..]);
    let head = reader.head(&log.district).await.unwrap().unwrap();
    assert_eq!((head.last, head.root), (1200, made[599].root));
    assert_eq!(reader.frame_end(&log.district, 1200).await.unwrap(), Some(head));
    assert_eq!(reader.frame_end(&log.district, 1199).await.unwrap(), None);

    let records = reader.records(&log.district, 1150, u64::MAX).await.unwrap();
    let expected: Vec<_> = (1150..=1200).map(|at| (at, record(0, at, 40).into())).collect();
    assert_eq!(records, expected);
    assert_eq!(reader.records(&log.district, 7, 7).await.unwrap(), [(7, record(0, 7, 40).into())]);
    assert_eq!(reader.records(&log.district, 7, 6).await.unwrap(), []);
    assert_eq!(reader.records(&log.district, 0, u64::MAX).await.unwrap().len(), RECORDS_MAX);
}

#[tokio::test]
async fn pages_are_bounded_in_bytes_too() {
    let log = Log::create().await;
    let (reader, writer) = (log.reader(), log.writer().await);
    let mut frames = Frames::default();
    for _ in 0..20 {
        writer.append(&frames.next_of(10, 50_000)).await.unwrap();
    }
    let page = reader.frames_after(&log.district, 0).await.unwrap();
    let bytes: usize = page.iter().map(|frame| frame.body.len()).sum();
    assert!(bytes <= PAGE_BYTES_MAX && bytes > PAGE_BYTES_MAX - 600_000, "{bytes}");
    let all: Vec<Frame> = reader.stream(&log.district, 0).try_collect().await.unwrap();
    assert_eq!(all.len(), 20);
    assert!(all.windows(2).all(|pair| pair[0].last + 1 == pair[1].first));
}
