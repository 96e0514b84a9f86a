//! A connection whose other side must take what it asked for: one that reads so slowly that it only holds a place is closed.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// What must go out while there is something to send, and in which time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    pub(crate) bytes: usize,
    pub(crate) time: Duration,
}

/// A connection with a limit on how slowly it may be read.
pub(crate) struct Patient<S> {
    inner: S,
    pace: Pace,
    /// Runs from when the other side first made us wait, or last took what the pace asks for.
    clock: Option<Pin<Box<Sleep>>>,
    taken: usize,
}

impl<S> Patient<S> {
    pub(crate) fn new(inner: S, pace: Pace) -> Self {
        Self { inner, pace, clock: None, taken: 0 }
    }

    fn waited(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let time = self.pace.time;
        let clock = self.clock.get_or_insert_with(|| Box::pin(tokio::time::sleep(time)));
        match clock.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }

    fn took(&mut self, n: usize) {
        self.taken += n;
        if self.taken >= self.pace.bytes
            && let Some(clock) = &mut self.clock
        {
            self.taken = 0;
            clock.as_mut().reset(Instant::now() + self.pace.time);
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.inner).poll_write(context, bytes) {
            Poll::Ready(done) => {
                if let Ok(n) = done {
                    self.took(n);
                }
                Poll::Ready(done)
            }
            Poll::Pending => self.waited(context),
        }
    }

    /// Comes when all that there was to send has been handed over.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        (self.clock, self.taken) = (None, 0);
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    const PACE: Pace = Pace { bytes: 512, time: Duration::from_millis(200) };

    fn run<T>(it: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(it)
    }

    #[test]
    fn who_does_not_read_is_left() {
        run(async {
            let (ours, _theirs) = tokio::io::duplex(64);
            let began = std::time::Instant::now();
            let error = Patient::new(ours, PACE).write_all(&[7; 4096]).await.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::TimedOut);
            assert!(began.elapsed() < Duration::from_secs(5));
        });
    }

    #[test]
    fn who_reads_a_byte_now_and_then_is_left() {
        run(async {
            let (ours, mut theirs) = tokio::io::duplex(64);
            let drip = async move {
                let mut byte = [0];
                while theirs.read(&mut byte).await.is_ok_and(|n| n > 0) {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            let mut it = Patient::new(ours, PACE);
            let (done, ()) = tokio::join!(
                async {
                    let done = it.write_all(&[7; 65_536]).await;
                    drop(it);
                    done
                },
                drip
            );
            assert_eq!(done.unwrap_err().kind(), io::ErrorKind::TimedOut);
        });
    }

    #[test]
    fn who_reads_slowly_but_steadily_gets_all() {
        run(async {
            let (ours, mut theirs) = tokio::io::duplex(1024);
            let reader = async move {
                let (mut buffer, mut all) = ([0; 1024], 0);
                loop {
                    match theirs.read(&mut buffer).await.unwrap() {
                        0 => return all,
                        n => all += n,
                    }
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            let mut it = Patient::new(ours, PACE);
            let ((), all) = tokio::join!(
                async {
                    it.write_all(&[7; 30_000]).await.unwrap();
                    it.flush().await.unwrap();
                    drop(it);
                },
                reader
            );
            assert_eq!(all, 30_000);
        });
    }
}
