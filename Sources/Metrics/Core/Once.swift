internal import Synchronization

/// A value that is computed when it is first asked for, and shared by all copies of what holds it.
final class Once<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  func callAsFunction(_ compute: () -> Value) -> Value {
    value.withLock { known in
      if let known { return known }
      let computed = compute()
      known = computed
      return computed
    }
  }
}
