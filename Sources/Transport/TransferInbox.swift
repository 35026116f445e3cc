internal import Synchronization

/// One request on its way to the transfer loop, and the caller who waits for its end.
struct Submission: Sendable {
  let ticket: Ticket
  let request: HTTPRequest
  let continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>

  /// Ends the caller's wait. Exactly once per submission.
  func finish(_ result: Result<HTTPResponse, TransportError>) { continuation.resume(returning: result) }
}

/// Names one submission, so that it can be cancelled before, while and after it is submitted.
final class Ticket: Sendable {
  private let cancelled = Atomic(false)

  var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

  func cancel() { cancelled.store(true, ordering: .releasing) }
}

/// What callers leave for the transfer loop. Any thread may write, only the loop reads.
final class TransferInbox: Sendable {
  /// Everything that arrived since the loop last looked.
  struct Mail {
    var submissions: [Submission] = []
    var cancellations: [Ticket] = []
    var isClosed = false
  }

  private struct State {
    var mail = Mail()
    var hasEnded = false
    var waitingForEnd: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let multi: CurlMulti

  init(waking multi: CurlMulti) { self.multi = multi }

  /// Hands a request over. A closed inbox answers at once that it is cancelled.
  func submit(_ submission: Submission) {
    let isOpen = state.withLock { state in
      if !state.mail.isClosed { state.mail.submissions.append(submission) }
      return !state.mail.isClosed
    }
    if isOpen { multi.wakeUp() } else { submission.finish(.failure(.cancelled)) }
  }

  /// Also right when the submission comes later: the loop looks at the ticket before it starts.
  func cancel(_ ticket: Ticket) {
    ticket.cancel()
    state.withLock { $0.mail.cancellations.append(ticket) }
    multi.wakeUp()
  }

  /// No more requests; those under way end as cancelled.
  func close() {
    state.withLock { $0.mail.isClosed = true }
    multi.wakeUp()
  }

  /// Returns when the loop has left its thread.
  func waitForEnd() async {
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        if !state.hasEnded { state.waitingForEnd.append(continuation) }
        return state.hasEnded
      }
      if hasEnded { continuation.resume() }
    }
  }

  /// For the loop: everything new.
  func collect() -> Mail {
    state.withLock { state in
      let mail = state.mail
      state.mail = Mail(isClosed: mail.isClosed)
      return mail
    }
  }

  /// For the loop: its last word.
  func end() {
    let waiting = state.withLock { state in
      state.hasEnded = true
      return state.waitingForEnd
    }
    for continuation in waiting { continuation.resume() }
  }
}
