package import Verdict

/// All kinds of checks of the endpoints suite, in the order in which the documentation lists them.
package enum EndpointRegistry {
  /// What can be written under `expect:` of any request.
  static let written: [any WrittenExpectation.Type] = [
    StatusExpectation.self,
    HeaderExpectation.self,
    BodyExpectation.self,
    JSONExpectation.self,
    LatencyExpectation.self,
  ]

  /// What is claimed by the protocols' own entries.
  static let others: [any Expectation.Type] = [
    CaptureExpectation.self,
    MetadataExpectation.self,
    TensorExpectation.self,
  ]

  /// What asks the endpoint itself: the entries of `checks:` that make several requests.
  static let probing: [any ProbingCheck.Type] = [
    ContractCheck.self,
    OutputsCheck.self,
    GoldenCheck.self,
    ParityCheck.self,
    ConsistencyCheck.self,
    BehaviourCheck.self,
    RejectsCheck.self,
    AccessCheck.self,
    StreamCheck.self,
    WarmupCheck.self,
    LatencyCheck.self,
    CanaryCheck.self,
  ]

  /// The names of the types of ``probing``.
  package static var probingChecks: [String] { probing.map { "\($0)" } }

  /// What `cupel explain` says of them.
  package static var documentation: [CheckDocumentation] {
    let all =
      [ReadyCheck.documentation] + (written + others).map { $0.documentation } + probing.map { $0.documentation }
      + [StoppedCheck.documentation]
    // One kind may be written in two places: latency of one reply, and under load.
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
