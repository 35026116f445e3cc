internal import Dispatch
internal import Synchronization

/// The end of a time limit. It is watched outside Swift's thread pool, whose threads may all be busy reading.
final class Deadline: Sendable {
  private let passed = Mutex(false)

  /// Calls `onPassed` after so many seconds; never, without a limit.
  init(after seconds: Double?, onPassed: @escaping @Sendable () -> Void) {
    guard let seconds else { return }
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) {
      self.passed.withLock { $0 = true }
      onPassed()
    }
  }

  var hasPassed: Bool { passed.withLock { $0 } }
}
