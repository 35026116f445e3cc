internal import Language
internal import Scan
internal import Transport
internal import Verdict

/// The reply has a header with the wanted value.
struct HeaderExpectation: WrittenExpectation {
  var header: String
  var claim: Claim
  var location: SourceLocation?

  enum Claim: Sendable {
    case text(TextClaim)
    case exists(Bool)
  }

  var faults: [ReplyFault] { [.bare] }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "headers",
    summary:
      "A header of the reply has exactly the text, matches a pattern (RE2), contains, starts_with or ends_with a text, or "
      + "is there at all. "
      + "Several fields of one name count as one, joined by commas.",
    why:
      "Clients choose their parser by Content-Type, caches and gateways go by others. A page of HTML with status 200 "
      + "is the classic answer of a proxy that hides a dead server.",
    example: "expect:\n  headers:\n    content-type: {matches: \"application/json.*\"}",
    fix: "Look at the reply with the curl command of the finding, and find out who answered: the server or something "
      + "before it.")

  var name: String { "header " + header.lowercased() }

  func judge(_ reply: Reply) -> Judgement {
    let values = reply.response.headers.values(of: header)
    let value = values.isEmpty ? nil : values.joined(separator: ", ")
    let (holds, limit) = verdict(on: value, reply.captures)
    let evidence = Evidence(observedText: value.map { reply.excerpt($0) } ?? "absent", limit: .text(limit))
    let seen = value.map { "is \"\(reply.excerpt($0))\"" } ?? "is absent"
    return Judgement(
      holds ? .passed : .failed, "header \(header) \(seen)" + (holds ? "" : ", but must \(limit)"), evidence: evidence)
  }

  private func verdict(on value: String?, _ captures: Captures) -> (holds: Bool, limit: String) {
    switch claim {
    case .text(let claim):
      let claim = claim.filled(with: captures)
      return (value.map { claim.accepts($0) } ?? false, claim.limit)
    case .exists(let wanted): return ((value != nil) == wanted, wanted ? "be there" : "be absent")
    }
  }

  static var key: Key<ExpectationList> {
    .each("headers", shape.dictionary, documentation.summary) { headers, _, list in
      for header in headers {
        list.written.append(
          HeaderExpectation(header: header.name.value, claim: header.value.value, location: header.value.location))
      }
    }
  }

  private static var shape: Shape<Located<Claim>> {
    let texts: [Key<[Claim]>] = TextClaim.keys { claim, _, claims in claims.append(.text(claim)) }
    let exists = Key<[Claim]>.each("exists", .bool, "Whether the header is there at all.") { exists, _, claims in
      claims.append(.exists(exists))
    }
    let long = Shape<[Claim]>.object([], texts + [exists]) { claims, node, problems in
      if claims.count != 1 {
        problems.report(
          "a header has one claim: its text, matches, search, contains, starts_with, ends_with or exists",
          at: node.location)
      }
    }
    let one: Shape<Claim> = long.map { claims, _, _ in claims.first }
    let text: Shape<Claim> = Shape<String>.string.map { text in Claim.text(.equals(text)) }
    return one.when(\.isMapping, otherwise: text).located
  }
}
