internal import Language
internal import Scan
internal import Transport
internal import Verdict

/// The body of the reply, as bytes or as text, is as expected.
struct BodyExpectation: WrittenExpectation {
  var claim: Claim
  var location: SourceLocation?

  enum Claim: Sendable {
    case text(TextClaim)
    case size(Bound)

    var limit: String {
      switch self {
      case .text(let claim): claim.limit
      case .size(let bound): "have \(bound)"
      }
    }
  }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "body",
    summary: "The body of the reply is exactly the text, matches a pattern as a whole (matches) or in a part (search), "
      + "contains, starts_with or ends_with a text, or has a size. RE2 patterns; a text claim needs UTF-8.",
    why:
      "Not every endpoint speaks JSON: health pages, metrics and CSV replies are text, and an empty body with status "
      + "200 is how a proxy answers for a server that is gone.",
    example: "expect:\n  body: {search: \"model_info\\\\{version=\\\"3\\\"\\\\} 1\"}",
    fix: "Look at the reply with the curl command of the finding, and compare it byte by byte: a line end counts.")

  var name: String { "body" }

  func judge(_ reply: Reply) -> Judgement {
    let bytes = reply.response.body
    switch claim {
    case .size(let bound):
      let size = Quantity(Double(bytes.count), .bytes)
      return judgement(
        bound.contains(size.value) == true, "has \(size)", Evidence(observed: size, limit: bound))
    case .text(let claim):
      let claim = claim.filled(with: reply.captures)
      let limit = Bound.text(claim.limit)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        return judgement(false, "is not UTF-8", Evidence(observedText: "\(bytes.count) bytes", limit: limit))
      }
      let shown = bytes.isEmpty ? "empty" : "\"\(reply.excerpt(text))\""
      return judgement(claim.accepts(text), "is \(shown)", Evidence(observedText: shown, limit: limit))
    }
  }

  private func judgement(_ holds: Bool, _ seen: String, _ evidence: Evidence) -> Judgement {
    Judgement(
      holds ? .passed : .failed, "the body \(seen)" + (holds ? "" : ", but must \(claim.limit)"), evidence: evidence)
  }

  static var key: Key<ExpectationList> {
    .each("body", shape, documentation.summary) { claim, _, list in
      list.written.append(BodyExpectation(claim: claim.value, location: claim.location))
    }
  }

  private static var shape: Shape<Located<Claim>> {
    let equals = Key<[Claim]>.each("equals", Shape<String>.string, "The whole body.") { text, _, claims in
      claims.append(.text(.equals(text)))
    }
    let size = Key<[Claim]>.each("size", bytes, "How large the body is: {at_least: 1B, at_most: 64KB}.") {
      bound, _, claims in
      claims.append(.size(bound))
    }
    let texts: [Key<[Claim]>] = TextClaim.keys { claim, _, claims in claims.append(.text(claim)) }
    let long = Shape<[Claim]>.object([], [equals] + texts + [size]) { claims, node, problems in
      if claims.count != 1 {
        problems.report(
          "a body has one claim: equals, matches, search, contains, starts_with, ends_with or size", at: node.location)
      }
    }
    let one: Shape<Claim> = long.map { claims, _, _ in claims.first }
    let text: Shape<Claim> = Shape<String>.string.map { text in Claim.text(.equals(text)) }
    return one.when(\.isMapping, otherwise: text).located
  }

  private static var bytes: Shape<Bound> {
    Shape<Limits>.limits(of: Shape<Quantity>.bytes).map { limits, _, _ in limits.bound }
  }
}
