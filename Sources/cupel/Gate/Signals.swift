internal import Dispatch
internal import Glibc
internal import Synchronization
internal import Verdict

/// Turns SIGINT and SIGTERM (and SIGHUP, a terminal that closed, as SIGTERM) into a value that the run reads when it winds down.
///
/// Child processes do not inherit the dispositions: they are started with the default ones.
final class Signals: Sendable {
  private let received = Mutex<RunResult.Interruption?>(nil)
  // Safe because: the sources are made once, before they are resumed, and never changed.
  private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

  /// Calls `onSignal` at the first signal; later ones change nothing, the run is winding down already.
  init(onSignal: @escaping @Sendable () -> Void) {
    let signals: [(Int32, RunResult.Interruption)] = [
      (SIGINT, .interrupt), (SIGTERM, .terminate), (SIGHUP, .terminate),
    ]
    sources = signals.map { number, interruption in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { [weak self] in
        let isFirst = self?.received.withLock { first in
          defer { first = first ?? interruption }
          return first == nil
        }
        if isFirst == true { onSignal() }
      }
      return source
    }
    for source in sources { source.resume() }
  }

  var interruption: RunResult.Interruption? { received.withLock { $0 } }
}
