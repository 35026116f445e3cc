internal import Dispatch

/// Sends HTTP requests over libcurl, any number at a time, on one thread of its own, and keeps connections for reuse.
///
/// HTTP/1.1 over clear text, HTTP/2 over TLS where the server offers it. Loopback is never sent through a proxy; for
/// other hosts the usual variables (`http_proxy`, `HTTPS_PROXY`, `NO_PROXY`, …) hold. No cookies, no content decoding.
package final class HTTPClient: Sendable {
  /// Where requests go, or why none can be sent.
  private let inbox: Result<TransferInbox, TransportError>

  /// Starts the client's thread.
  package init() {
    inbox = Result { () throws(TransportError) in
      let multi = try CurlMulti()
      let inbox = TransferInbox(waking: multi)
      // A serial queue whose only job does not return before the end is a thread of our own.
      DispatchQueue(label: "cupel.transport").async { TransferLoop(multi: multi, inbox: inbox).run() }
      return inbox
    }
  }

  deinit { try? inbox.get().close() }

  /// Sends one request and waits for its whole response. Cancelling the task ends the exchange at once.
  package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let inbox = try inbox.get()
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
    guard let inbox = try? inbox.get() else { return }
    inbox.close()
    await inbox.waitForEnd()
  }
}
