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

  /// What ought to turn it red in a self-test; nothing when no change of a reply does.
  var faults: [ReplyFault] { get }

  func judge(_ reply: Reply) -> Judgement
}

extension Expectation {
  /// Another value, another text, or none.
  var faults: [ReplyFault] { [.moved, .renamed, .lost] }
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
  /// The exchange that decided, where a check made several.
  var decisive: Transcript?
  /// Whether it concerns one of many and warns, whatever the check's severity.
  var onlyWarns = false
  /// Whether another claim of the same check says why this one could not be evaluated.
  private(set) var isDependent = false

  /// The judgement of a claim that could not be evaluated for the reason that stands with another one.
  static var dependent: Judgement {
    var judgement = Judgement(.skipped, "not evaluated", reason: .dependency)
    judgement.isDependent = true
    return judgement
  }

  init(
    _ outcome: Outcome, _ message: String, reason: Reason? = nil, evidence: Evidence = Evidence(),
    location: SourceLocation? = nil, decisive: Transcript? = nil
  ) {
    self.outcome = outcome
    self.message = message
    self.reason = reason
    self.evidence = evidence
    self.location = location
    self.decisive = decisive
  }

  /// The same with more in its evidence.
  func noting(_ remarks: [String]) -> Judgement {
    var judgement = self
    judgement.evidence.notes += remarks
    return judgement
  }
}
