internal import CCurl

/// One libcurl multi handle: the transfers under way and the connections kept open between them.
///
// Safe because `wakeUp` is documented as callable from any thread, every other call is made by the transfer loop's
// thread only, and the handle is freed when the last reference to this object goes, after that thread has ended.
final class CurlMulti: @unchecked Sendable {
  private let pointer: UnsafeMutableRawPointer

  /// `curl_global_init` once per process; libcurl counts and never frees it.
  private static let isReady: Bool = ccurl_global_init() == CURLE_OK

  /// Nil when libcurl cannot start or is out of memory.
  init?() {
    guard Self.isReady, let pointer = curl_multi_init() else { return nil }
    self.pointer = pointer
  }

  deinit { curl_multi_cleanup(pointer) }

  /// Ends the current or the next `wait`. Any thread.
  func wakeUp() { curl_multi_wakeup(pointer) }

  func add(_ easy: CurlEasy) -> CURLMcode { curl_multi_add_handle(pointer, easy.pointer) }

  func remove(_ easy: CurlEasy) { curl_multi_remove_handle(pointer, easy.pointer) }

  /// Moves every transfer as far as it goes without waiting.
  func perform() -> CURLMcode {
    var running: Int32 = 0
    return curl_multi_perform(pointer, &running)
  }

  /// Waits for the network, a timeout of libcurl's own, or `wakeUp`.
  func wait() -> CURLMcode { curl_multi_poll(pointer, nil, 0, 60_000, nil) }

  /// The handle and the result of one finished transfer, or nil when there is none left to report.
  func nextFinished() -> (easy: CurlEasy.ID, code: CURLcode)? {
    var remaining: Int32 = 0
    while let message = curl_multi_info_read(pointer, &remaining)?.pointee {
      if message.msg == CURLMSG_DONE, let easy = message.easy_handle { return (CurlEasy.ID(easy), message.data.result) }
    }
    return nil
  }
}
