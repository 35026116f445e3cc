internal import Dispatch

/// Sends many requests as a plan says, and measures each: one thread, one multi handle, connections that are kept.
package enum LoadGenerator {
  /// So many bytes of a reply's body are kept until the next reply.
  static let keptBytes = 2048

  /// Runs a load to its end and hands the pacing back with what it took. Cancelling the task ends it at once.
  ///
  /// - Parameters:
  ///   - requests: at least one.
  ///   - connections: the most that are open at once, from 1.
  ///   - watcher: makes who sees the bodies of one connection; nil when nobody does.
  package static func run<Pacing: LoadPacing & Sendable>(
    _ requests: [HTTPRequest], connections: Int, _ pacing: Pacing,
    watchedBy watcher: (@Sendable () -> any BodyWatcher)? = nil
  ) async throws(TransportError) -> Pacing {
    precondition(!requests.isEmpty && connections > 0, "a load needs a request and a connection")
    let multi = try CurlMulti()
    let ticket = Ticket()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DispatchQueue(label: "cupel.load").async {
          continuation.resume(
            returning: Result { () throws(TransportError) in
              let loop = try LoadLoop(multi, requests, connections: connections, watchedBy: watcher)
              return try loop.run(pacing, until: ticket)
            })
        }
      }
    } onCancel: {
      ticket.cancel()
      multi.wakeUp()
    }
    return try result.get()
  }
}
