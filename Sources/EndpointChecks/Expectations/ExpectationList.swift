internal import JSON
internal import Language
internal import Verdict

/// Everything under `expect:`.
struct ExpectationList: Sendable {
  var written: [any WrittenExpectation] = []
  /// For inferences only.
  var outputs: [TensorExpectation.ExpectedOutput] = []
  var tolerance: Located<Tolerance>?

  /// The expected status: the written one, or the default.
  var status: StatusExpectation { written.lazy.compactMap { $0 as? StatusExpectation }.first ?? .standard }

  /// All but the status, in the order of the config.
  var others: [any WrittenExpectation] { written.filter { !($0 is StatusExpectation) } }

  private static var keys: [Key<ExpectationList>] { EndpointRegistry.written.map { $0.key } }

  /// What can be expected of any reply.
  static var shape: Shape<ExpectationList> {
    Shape<ExpectationList>.object(ExpectationList(), keys, check: validate).named("expectations")
  }

  /// What can be expected of the reply to an inference.
  static var inferenceShape: Shape<ExpectationList> {
    let inferenceKeys: [Key<ExpectationList>] = [
      .each("outputs", Shape<JSONValue>.json.located.dictionary, "The expected elements of each output, by its name.") {
        outputs, _, list in
        list.outputs = outputs.map {
          TensorExpectation.ExpectedOutput(
            name: $0.name.value, elements: $0.value.value.flattened, location: $0.value.location)
        }
      },
      .optional("tolerance", \.tolerance, Tolerance.shape.located, "How far numbers of the outputs may lie off."),
    ]
    return Shape<ExpectationList>.object(ExpectationList(), keys + inferenceKeys, check: validateInference)
      .named("inference-expectations")
  }

  private static func validate(_ list: ExpectationList, _ node: Node, _ problems: inout Problems) {
    if list.written.isEmpty, list.outputs.isEmpty {
      problems.report(
        "nothing is expected here", at: node.location, help: ["leave expect out to expect status 200"])
    }
    for (index, expectation) in list.written.enumerated()
    where list.written[..<index].contains(where: { $0.name == expectation.name }) {
      problems.report(
        "\"\(expectation.name)\" stands here twice", at: expectation.location, label: "the same check again",
        help: ["give one of them an id: of its own"])
    }
  }

  private static func validateInference(_ list: ExpectationList, _ node: Node, _ problems: inout Problems) {
    validate(list, node, &problems)
    if let tolerance = list.tolerance, list.outputs.isEmpty {
      problems.report("a tolerance needs outputs to compare", at: tolerance.location)
    }
    for output in list.outputs {
      if output.elements.isEmpty { problems.report("an output without values expects nothing", at: output.location) }
      if output.elements.contains(where: { $0.objectValue != nil || $0 == .null }) {
        problems.report("an output holds numbers, texts or booleans", at: output.location)
      }
    }
    if let output = list.outputs.first, !list.status.allowsSuccess {
      problems.report(
        "a refused inference has no outputs", at: output.location,
        label: "the expected status is not a success")
    }
  }
}
