/// Whether a server has ended a connection of HTTP/2 in good order (GOAWAY without an error), as libcurl's log has it.
///
// Safe because the memory is freed with this object, which everybody holds who has libcurl write to it.
final class Farewell {
  /// What becomes 1.
  let pointer: UnsafeMutablePointer<Int32>

  init() {
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: 0)
  }

  deinit { pointer.deallocate() }

  var wasSaid: Bool { pointer.pointee != 0 }
}
