internal import CCurl

/// What wakes a load at the moment a request is due.
final class LoadTimer {
  let descriptor: Int32

  /// Throws when the process has no descriptor left.
  init() throws(TransportError) {
    descriptor = ccurl_timer_open()
    guard descriptor >= 0 else { throw .unavailable(reason: "there is no timer to be had") }
  }

  deinit { ccurl_timer_close(descriptor) }
}
