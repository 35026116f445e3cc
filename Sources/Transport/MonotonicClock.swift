internal import Glibc

/// The clock that load is timed by: it never jumps, and reading it costs a few nanoseconds.
enum MonotonicClock {
  /// Nanoseconds since some moment before the program began.
  static var nanoseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
