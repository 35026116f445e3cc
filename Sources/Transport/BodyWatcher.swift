/// Sees the body of each reply on one connection of a load while it comes: the whole of it is not kept. It stays on the
/// thread of the load.
package protocol BodyWatcher: AnyObject {
  /// Another reply begins.
  func begin()
  /// Its header fields, where they are kept: of HTTP/2. Those of an interim reply come before.
  func take(head: HTTPHeaders)
  /// The next piece of its body, and when it came, in nanoseconds by the monotonic clock.
  func take(_ piece: [UInt8], at time: Int64)
  /// What was seen of the reply.
  var sight: BodySight { get }
}

extension BodyWatcher {
  package func take(head: HTTPHeaders) {}
}

/// What a watcher saw of one body.
package struct BodySight: Sendable, Equatable {
  /// When the first piece with something in it came; nil when none did.
  package var firstContent: Int64?
  /// Why it is no good answer, whatever its status says; nil when nothing speaks against it.
  package var flaw: String?

  package var isGood: Bool { flaw == nil }

  package init(firstContent: Int64?, flaw: String? = nil) {
    self.firstContent = firstContent
    self.flaw = flaw
  }
}
