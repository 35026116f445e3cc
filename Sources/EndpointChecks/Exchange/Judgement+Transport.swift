internal import Processes
internal import Transport
internal import Verdict

extension Judgement {
  /// The outcome table of the endpoints suite, for an exchange without a complete response.
  ///
  /// - Parameters:
  ///   - wasReached: whether the endpoint has answered before, so that silence is its own fault.
  ///   - exit: how the started process ended, when it is gone.
  init(of error: TransportError, wasReached: Bool, exit: ProcessExit? = nil) {
    let evidence = Evidence(observedText: error.kind)
    if let exit {
      self.init(.failed, "the process \(exit) instead of answering. \(error)", evidence: evidence)
    } else if error.isOurs || error.neverArrived && !wasReached {
      self.init(.errored, error.description, reason: .transport, evidence: evidence)
    } else {
      self.init(.failed, error.description, evidence: evidence)
    }
  }
}
