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
    case equals(String)
    case matches(Pattern)
    case exists(Bool)
  }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "headers",
    summary: "A header of the reply has exactly the text, matches the pattern as a whole (RE2), or is there at all. "
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
    let (holds, limit) = verdict(on: value)
    let evidence = Evidence(observedText: value.map { reply.excerpt($0) } ?? "absent", limit: .text(limit))
    let seen = value.map { "is \"\(reply.excerpt($0))\"" } ?? "is absent"
    return Judgement(
      holds ? .passed : .failed, "header \(header) \(seen)" + (holds ? "" : ", but must \(limit)"), evidence: evidence)
  }

  private func verdict(on value: String?) -> (holds: Bool, limit: String) {
    switch claim {
    case .equals(let text): (value == text, "be \"\(text)\"")
    case .matches(let pattern): (value.map { pattern.matches($0) } ?? false, "match \(pattern.text)")
    case .exists(let wanted): ((value != nil) == wanted, wanted ? "be there" : "be absent")
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
    let long = Shape<[Claim]>.object(
      [],
      [
        .each("matches", .pattern, "A pattern in RE2 syntax that the whole value matches.") { pattern, _, claims in
          claims.append(.matches(pattern))
        },
        .each("exists", .bool, "Whether the header is there at all.") { exists, _, claims in
          claims.append(.exists(exists))
        },
      ]
    ) { claims, node, problems in
      if claims.count != 1 {
        problems.report("a header has one claim: its text, matches or exists", at: node.location)
      }
    }.map { claims, _, _ in claims.first }
    return long.when(\.isMapping, otherwise: Shape<String>.string.map { .equals($0) }).located
  }
}
