internal import JSON
internal import Language
internal import Transport
internal import Verdict

/// The reply has one of the wanted status codes.
struct StatusExpectation: WrittenExpectation {
  var allowed: [Int]
  /// Nil when nothing is written and the default holds.
  var location: SourceLocation?

  /// What is expected of a request that says nothing about it.
  static let standard = StatusExpectation(allowed: [200], location: nil)

  var faults: [ReplyFault] { [.status] }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "status",
    summary: "The reply has the expected HTTP status: 200 unless another is written.",
    why: "A reply with the wrong status is not the answer to the question, whatever stands in it. Bad input must be "
      + "refused with a 4xx: a 500 or a 200 for nonsense is how broken callers go unnoticed.",
    example: "expect:\n  status: {in: [400, 422]}",
    fix: "Send the request again with the curl command of the finding, and look into the server's log for the time of "
      + "the request.")

  var name: String { "status" }

  /// Whether a successful reply could satisfy it.
  var allowsSuccess: Bool { allowed.contains { (200..<300).contains($0) } }

  private var limit: Bound {
    allowed.count == 1
      ? .equals(Quantity(Double(allowed[0])))
      : .text("one of " + allowed.map { String($0) }.joined(separator: ", "))
  }

  func judge(_ reply: Reply) -> Judgement {
    let status = reply.response.status
    let evidence = Evidence(observed: Quantity(Double(status)), limit: limit)
    if allowed.contains(status) {
      return Judgement(.passed, "status is \(reply.response.statusWords)", evidence: evidence)
    }
    let wanted = allowed.map { String($0) }.joined(separator: " or ")
    return Judgement(.failed, "status is \(reply.response.statusWords), but must be \(wanted)", evidence: evidence)
  }

  static var key: Key<ExpectationList> {
    .each("status", shape.located, documentation.summary) { allowed, _, list in
      list.written.append(StatusExpectation(allowed: allowed.value, location: allowed.location))
    }
  }

  /// `200`, or `{in: [400, 422]}`.
  private static var shape: Shape<[Int]> {
    let code = Shape<Int>.integer(in: 100...599)
    let set = Shape<[Int]>.object(
      [], [.key("in", \.self, code.list, "The allowed status codes.", required: true)]
    ) { codes, node, problems in
      if codes.isEmpty { problems.report("no status is allowed here, so nothing could pass", at: node.location) }
    }
    return set.when(\.isMapping, otherwise: code.map { [$0] })
  }
}
