internal import Dispatch

/// Sends HTTP requests over libcurl, any number at a time, on one thread of its own, and keeps connections for reuse.
///
/// HTTP/1.1 over clear text, HTTP/2 over TLS where the server offers it. Loopback is never sent through a proxy; for
/// other hosts the usual variables (`http_proxy`, `HTTPS_PROXY`, `NO_PROXY`, …) hold. No cookies, no content decoding.
package final class HTTPClient: Sendable {
  private let inbox: TransferInbox?

  /// Starts the client's thread.
  package init() {
    guard let multi = CurlMulti() else {
      inbox = nil
      return
    }
    let inbox = TransferInbox(waking: multi)
    self.inbox = inbox
    // A serial queue whose only job does not return before the end is a thread of our own.
    DispatchQueue(label: "cupel.transport").async { TransferLoop(multi: multi, inbox: inbox).run() }
  }

  deinit { inbox?.close() }

  /// Sends one request and waits for its whole response. Cancelling the task ends the exchange at once.
  package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    guard let inbox else {
      throw .other(origin: "any host", code: 2, reason: "libcurl could not be initialised")
    }
    let ticket = Ticket()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        inbox.submit(Submission(ticket: ticket, request: request, continuation: continuation))
      }
    } onCancel: {
      inbox.cancel(ticket)
    }
    return try result.get()
  }

  /// Ends every exchange under way as cancelled, closes all connections and returns when the thread is gone.
  /// Requests sent later fail as cancelled.
  package func shutdown() async {
    inbox?.close()
    await inbox?.waitForEnd()
  }
}
