internal import Language
internal import Verdict

/// One claim about a reply. Every kind is a file of its own and a line in ``EndpointRegistry``.
///
/// Judging is pure: it sees a complete reply and sends nothing.
protocol Expectation: Sendable {
  static var documentation: CheckDocumentation { get }
  /// The last part of the check's identity.
  var name: String { get }
  /// Where the limit is written; nil for one that holds by default.
  var location: SourceLocation? { get }

  func judge(_ reply: Reply) -> Judgement
}

/// An expectation that is written under `expect:`.
protocol WrittenExpectation: Expectation {
  /// How it is written: the key appends it to the list.
  static var key: Key<ExpectationList> { get }
}

/// What an expectation found: all of a finding that does not depend on which check it belongs to.
struct Judgement: Sendable {
  var outcome: Outcome
  var reason: Reason?
  var message: String
  var evidence: Evidence
  /// A place that is nearer to the limit than the check's own.
  var location: SourceLocation?

  init(
    _ outcome: Outcome, _ message: String, reason: Reason? = nil, evidence: Evidence = Evidence(),
    location: SourceLocation? = nil
  ) {
    self.outcome = outcome
    self.message = message
    self.reason = reason
    self.evidence = evidence
    self.location = location
  }
}
