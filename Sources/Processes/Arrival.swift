internal import Synchronization

/// A value that arrives once, for any number of tasks that wait for it.
final class Arrival<Value: Sendable>: Sendable {
  private struct State {
    var value: Value?
    var nextWaiter = 0
    var waiters: [Int: CheckedContinuation<Value?, Never>] = [:]
    /// Waiters that were cancelled before they began to wait.
    var cancelled: Set<Int> = []
  }

  private let state = Mutex(State())

  /// What has arrived so far.
  var value: Value? { state.withLock(\.value) }

  /// Brings the value. Only the first one counts.
  func fulfil(_ value: Value) {
    let waiters = state.withLock { state in
      guard state.value == nil else { return [Int: CheckedContinuation<Value?, Never>]() }
      state.value = value
      defer { state.waiters = [:] }
      return state.waiters
    }
    for waiter in waiters.values { waiter.resume(returning: value) }
  }

  /// The value as soon as it is there, or nil as soon as the waiting task is cancelled.
  func wait() async -> Value? {
    let waiter = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer: Value?? = state.withLock { state in
          if let value = state.value { return .some(value) }
          if state.cancelled.remove(waiter) != nil { return .some(nil) }
          state.waiters[waiter] = continuation
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let continuation = state.withLock { state in
        let continuation = state.waiters.removeValue(forKey: waiter)
        if continuation == nil && state.value == nil { state.cancelled.insert(waiter) }
        return continuation
      }
      continuation?.resume(returning: nil)
    }
  }

  /// The value as soon as it is there, cancelled or not.
  func waitRegardless() async -> Value {
    await withCheckedContinuation { (continuation: CheckedContinuation<Value, Never>) in
      Task.detached {
        // A task of its own is never cancelled, so the value is there when it goes on.
        if let value = await self.wait() { continuation.resume(returning: value) }
      }
    }
  }
}
