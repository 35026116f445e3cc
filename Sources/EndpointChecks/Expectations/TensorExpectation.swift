internal import JSON
internal import Language
internal import Verdict

/// The reply to an inference is valid, and its outputs are the expected ones.
struct TensorExpectation: Expectation {
  var model: String
  var version: String?
  /// The id that was sent and has to come back.
  var id: String
  /// The outputs with the values that they must have; empty when only the form is judged.
  var outputs: [ExpectedOutput] = []
  var tolerance: Tolerance?
  var location: SourceLocation?

  /// An output by name, with its elements in row-major order.
  struct ExpectedOutput: Sendable {
    var name: String
    var elements: [JSONValue]
    var location: SourceLocation
  }

  static let documentation = CheckDocumentation(
    suite: .endpoints, kind: "infer",
    summary:
      "The reply to an inference is valid: the right model and id, known datatypes, as many elements as the shape "
      + "says, no null, NaN or infinity. With outputs, the values are the expected ones, numbers within the tolerance.",
    why:
      "Servers answer 200 with null where the model gave NaN, with rows missing, or from another model. Nothing but the "
      + "numbers themselves shows that what is served is what was validated.",
    example: "- infer:\n    id: late-departure\n    inputs: {dep_delay: [95.0], carrier: [AA]}\n"
      + "    expect:\n      outputs: {probability: [0.93]}\n      tolerance: {absolute: 1e-6}",
    fix:
      "Compare the reply in the finding with the offline prediction for the same row. Differences in the last digits "
      + "need a tolerance; larger ones come from another model, other features or another order of columns.")

  var name: String { "outputs" }

  func judge(_ reply: Reply) -> Judgement {
    let limit = Bound.text(
      outputs.isEmpty
        ? "a valid reply" : "the expected outputs" + (tolerance.map { " within \($0)" } ?? ""))
    switch reply.document {
    case .failure(let problem): return Judgement(.failed, problem.message, evidence: Evidence(limit: limit))
    // A success that carries an error is none, whatever stands beside it.
    case .success(let document) where document["error"]?.isComplaint == true:
      let words = document["error"].map { reply.excerpt($0) } ?? ""
      return Judgement(
        .failed, "the reply has a status of success and says: \(words)", evidence: Evidence(limit: limit))
    case .success(let document):
      let predictions = OpenInferenceV2.predictions(in: document, model: model, version: version, id: id, rows: 1)
      let tensors = predictions.outputs
      let issues = predictions.issues + tensors.flatMap(\.issues) + outputs.flatMap { compare($0, with: tensors) }
      let evidence = Evidence(
        observedText: observed(tensors, reply), limit: limit, method: "one request",
        samples: issues.prefix(5).map { Evidence.Sample(key: reply.excerpt($0.place), value: reply.excerpt($0.text)) })
      guard let first = issues.first else {
        let names = tensors.map(\.name).joined(separator: ", ")
        return Judgement(
          .passed, outputs.isEmpty ? "valid reply with \(reply.excerpt(names))" : "outputs are as expected",
          evidence: evidence)
      }
      let more = issues.count > 1 ? " (and \(issues.count - 1) more)" : ""
      let place = outputs.first { first.place.hasPrefix("outputs.\($0.name)") }?.location
      return Judgement(
        .failed, "\(reply.excerpt(first.place)) \(reply.excerpt(first.text, length: 240))\(more)", evidence: evidence,
        location: place)
    }
  }

  private func compare(_ expected: ExpectedOutput, with tensors: [OutputTensor]) -> [OutputTensor.Issue] {
    let place = "outputs.\(expected.name)"
    guard let tensor = tensors.first(where: { $0.name == expected.name }) else {
      return tensors.isEmpty ? [] : [.init(place: place, text: "is missing")]
    }
    guard tensor.elements.count == expected.elements.count else {
      let text = "has \(tensor.elements.count) elements, but \(expected.elements.count) are expected"
      return [.init(place: place, text: text)]
    }
    let tolerance = tolerance ?? tensor.datatype?.precision
    return tensor.elements.indices.compactMap { index in
      let (value, wanted) = (tensor.elements[index], expected.elements[index])
      guard !tolerance.accepts(value, for: wanted) else { return nil }
      let words = self.tolerance.map { " within \($0)" } ?? ""
      return .init(place: "\(place)[\(index)]", text: "is \(value), but must be \(wanted)\(words)")
    }
  }

  private func observed(_ tensors: [OutputTensor], _ reply: Reply) -> String {
    tensors.map { "\($0.name) \(reply.excerpt(.array(Array($0.elements.prefix(20)))))" }.joined(separator: ", ")
  }
}
