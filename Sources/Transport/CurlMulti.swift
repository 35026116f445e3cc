internal import CCurl

/// One libcurl multi handle: the transfers under way and the connections kept open between them.
///
// Safe because `wakeUp` is documented as callable from any thread, every other call is made by the transfer loop's
// thread only, and the handle is freed when the last reference to this object goes, after that thread has ended.
final class CurlMulti: @unchecked Sendable {
  private let pointer: UnsafeMutableRawPointer

  /// Loads libcurl where nothing has needed it before.
  init() throws(TransportError) {
    if let problem = ccurl_load() { throw .unavailable(reason: String(cString: problem)) }
    guard let pointer = ccurl_multi_init() else { throw .unavailable(reason: "libcurl is out of memory") }
    self.pointer = pointer
  }

  deinit { ccurl_multi_cleanup(pointer) }

  /// Ends the current or the next `wait`. Any thread.
  func wakeUp() { ccurl_multi_wakeup(pointer) }

  func add(_ easy: CurlEasy) -> CURLMcode { ccurl_multi_add_handle(pointer, easy.pointer) }

  func remove(_ easy: CurlEasy) { ccurl_multi_remove_handle(pointer, easy.pointer) }

  /// Moves every transfer as far as it goes without waiting.
  func perform() -> CURLMcode {
    var running: Int32 = 0
    return ccurl_multi_perform(pointer, &running)
  }

  /// Waits for the network, a timeout of libcurl's own, or `wakeUp`.
  func wait() -> CURLMcode { ccurl_multi_poll(pointer, 60_000) }

  /// Waits like ``wait()``, but no longer than until a moment of the monotonic clock, in nanoseconds.
  func wait(until moment: Int64, timer: LoadTimer) -> CURLMcode {
    ccurl_multi_poll_until(pointer, timer.descriptor, moment)
  }

  /// Keeps so many idle connections, where libcurl would go by the transfers of the moment.
  func keepConnections(_ count: Int) { ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, count) }

  /// The handle and the result of one finished transfer, or nil when there is none left to report.
  func nextFinished() -> (easy: CurlEasy.ID, code: CURLcode)? {
    var remaining: Int32 = 0
    while let message = ccurl_multi_info_read(pointer, &remaining)?.pointee {
      if message.msg == CURLMSG_DONE, let easy = message.easy_handle { return (CurlEasy.ID(easy), message.data.result) }
    }
    return nil
  }
}
