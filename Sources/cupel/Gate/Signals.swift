internal import Glibc
internal import Synchronization
internal import Verdict

/// SIGINT, SIGTERM and SIGHUP (a terminal that closed) as something that a run reacts to in order.
///
/// The handler does the one thing that a handler may: it writes the signal's number into a pipe, which a thread of its
/// own reads. Child processes do not inherit handlers. A process has one set of signals, so there is one of these.
final class Signals: Sendable {
  static let shared = Signals()
  private static let watched: [(number: Int32, interruption: RunResult.Interruption)] = [
    (SIGINT, .interrupt), (SIGTERM, .terminate), (SIGHUP, .terminate),
  ]

  private struct State {
    var received: RunResult.Interruption?
    var onFirst: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  private init() {}

  /// The first signal that came while a run was on.
  var interruption: RunResult.Interruption? { state.withLock { $0.received } }

  /// Begins to watch. A SIGHUP that is ignored (`nohup`) stays ignored.
  static func watch() {
    guard signalPipe.isOpen else { return }
    for (number, _) in watched where number != SIGHUP || !isIgnored(number) {
      signal(number) { number in
        let code = errno
        var byte = UInt8(truncatingIfNeeded: number)
        // Safe because: `write` is allowed in a signal handler, and the byte outlives the call.
        _ = write(signalPipe.input, &byte, 1)
        errno = code
      }
    }
    var thread = pthread_t()
    // Safe because: the thread gets no argument and returns none.
    pthread_create(&thread, nil, { _ in Signals.shared.takeForEver() }, nil)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    // SIG_IGN is the address 1.
    return action.__sigaction_handler.sa_handler.map { unsafeBitCast($0, to: Int.self) } == 1
  }

  /// Says what the first signal does from now on; before that a signal ends the process as it always does.
  func onFirst(_ action: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      state.onFirst = action
      return state.received != nil
    }
    if isLate { action() }
  }

  private func takeForEver() -> Never {
    while true {
      var number: UInt8 = 0
      // Safe because: one byte is read into one byte.
      if read(signalPipe.output, &number, 1) == 1 { take(Int32(number)) }
    }
  }

  private func take(_ number: Int32) {
    let interruption = Self.watched.first { $0.number == number }?.interruption
    let (isFirst, action) = state.withLock { state in
      defer { state.received = state.received ?? interruption }
      return (state.received == nil, state.onFirst)
    }
    guard let action else {
      // Nothing is running yet that would have to be put in order.
      signal(number, SIG_DFL)
      kill(getpid(), number)
      return
    }
    if isFirst { action() }
  }
}

/// The way from the signal handler to the thread that takes the signals.
private struct SignalPipe: Sendable {
  let output: Int32
  let input: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    output = ends[0]
    input = ends[1]
  }

  var isOpen: Bool { input >= 0 }
}

private let signalPipe = SignalPipe()
