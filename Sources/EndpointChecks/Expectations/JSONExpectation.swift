internal import JSON
internal import Language
internal import Scan
internal import Verdict

/// What a JSONPath query selects from the reply is as expected.
struct JSONExpectation: WrittenExpectation {
  var path: JSONPath
  var claim: JSONClaim
  var id: String?
  var location: SourceLocation?

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "json",
    summary:
      "What a JSONPath query (RFC 9535) selects from the reply equals a value within a tolerance, has a type, a size, a "
      + "length, a number of matches, is one of some values, has a format, satisfies a JSON Schema, matches, contains, starts_with or ends_with a text, "
      + "includes an element, or exists. Every selected value must satisfy the claim, and there must be one.",
    why: "A status says that the server answered, not what. The contract of a caller is in the fields that it reads.",
    example: "expect:\n  json:\n    - {path: $.error, type: string}\n"
      + "    - {path: \"$.outputs[0].data[0]\", equals: 0.93, tolerance: {absolute: 1e-3}}\n"
      + "    - {path: \"$.outputs[*].name\", count: 2}\n"
      + "    - {path: $.state, in: [queued, done]}\n    - {path: $.user, schema: schemas/user.json}\n"
      + "    - {path: $.debug, exists: false}",
    fix: "Compare the reply in the finding with the query. Numbers from a model need a tolerance.")

  var name: String { id ?? "json " + path.text }

  func judge(_ reply: Reply) -> Judgement {
    let document: JSONValue
    switch reply.document {
    case .success(let value): document = value
    case .failure(let problem):
      return Judgement(.failed, problem.message, evidence: Evidence(limit: .text(claim.limit)))
    }
    let nodes: [JSONPathNode]
    do throws(JSONPathEvaluationError) {
      nodes = try path.nodes(in: document)
    } catch {
      return Judgement(.errored, error.description, reason: .limit)
    }
    return judge(nodes, of: reply)
  }

  private func judge(_ nodes: [JSONPathNode], of reply: Reply) -> Judgement {
    let claim = claim.filled(with: reply.captures)
    let verdict = claim.judge(nodes.map(\.value), isSingular: path.isSingular)
    let offending = verdict.offending.prefix(5).map { index in
      Evidence.Sample(key: reply.excerpt(nodes[index].path), value: reply.excerpt(nodes[index].value))
    }
    var evidence = Evidence(limit: .text(claim.limit), samples: offending)
    if nodes.count == 1, let number = nodes[0].value.doubleValue, number.isFinite {
      evidence.observed = Quantity(number)
    } else {
      evidence.observedText = observed(nodes, reply)
    }
    let seen = "\(path.text) \(verdict.seen.map { reply.excerpt($0, length: 240) } ?? "is " + observed(nodes, reply))"
    return verdict.holds
      ? Judgement(.passed, seen, evidence: evidence)
      : Judgement(.failed, "\(seen), but must \(claim.limit)", evidence: evidence)
  }

  private func observed(_ nodes: [JSONPathNode], _ reply: Reply) -> String {
    switch nodes.count {
    case 0: "absent"
    case 1: reply.excerpt(nodes[0].value)
    default: reply.excerpt(.array(nodes.prefix(20).map(\.value)))
    }
  }

  static var key: Key<ExpectationList> {
    .each("json", JSONEntry.shape.list, documentation.summary) { entries, _, list in
      for entry in entries {
        guard let path = entry.path, let claim = entry.claims.first else { continue }
        list.written.append(
          JSONExpectation(path: path, claim: claim.value, id: entry.id?.value, location: claim.location))
      }
    }
  }
}
