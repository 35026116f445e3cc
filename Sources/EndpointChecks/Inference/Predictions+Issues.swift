internal import JSON

extension Predictions {
  /// Where the outputs are not what the model declares: absent, undeclared, or of another datatype.
  func issues(declared: [ModelSignature.Tensor]) -> [OutputTensor.Issue] {
    guard !declared.isEmpty else { return [] }
    var issues: [OutputTensor.Issue] = []
    for output in outputs {
      let place = "outputs.\(output.name)"
      guard let tensor = declaration(of: output, among: declared) else {
        issues.append(.init(place: place, text: "is none of the declared outputs"))
        continue
      }
      if let wanted = tensor.datatype, let datatype = output.datatype {
        if output.saysDatatype, datatype != wanted {
          issues.append(.init(place: place, text: "is \(datatype.rawValue), but \(wanted.rawValue) is declared"))
        } else if !output.saysDatatype, datatype.family != wanted.family, !(datatype.isNumeric && wanted.isNumeric) {
          let kind = datatype.family == .text ? "text" : datatype.family == .boolean ? "true and false" : "numbers"
          issues.append(.init(place: place, text: "holds \(kind), but \(tensor.typeName) is declared"))
        }
      }
      if let wanted = tensor.shape, let shape = output.shape, !Self.fits(shape, wanted) {
        issues.append(.init(place: place, text: "has the shape \(shape), but \(wanted) is declared"))
      }
    }
    let found = outputs.compactMap { declaration(of: $0, among: declared)?.name }
    for tensor in declared where !found.contains(tensor.name) {
      issues.append(.init(place: "outputs.\(tensor.name)", text: "is declared, and is missing"))
    }
    return issues
  }

  /// Outputs that hold nothing but texts without a character, which answer nothing, and numbers that are none, written as
  /// texts: some writers of JSON have no other way.
  var textIssues: [OutputTensor.Issue] {
    outputs.flatMap { output -> [OutputTensor.Issue] in
      let texts = output.elements.compactMap(\.stringValue)
      guard !texts.isEmpty, texts.count == output.elements.count else { return [] }
      let place = "outputs.\(output.name)"
      if texts.allSatisfy(\.isEmpty) {
        return [.init(place: place, text: "holds no text: each of its texts is empty")]
      }
      let numbers = texts.compactMap(Double.init)
      guard numbers.count == texts.count else { return [] }
      return numbers.indices.filter { !numbers[$0].isFinite }.map {
        .init(place: "\(place)[\($0)]", text: "is the text \"\(texts[$0])\", which is no number")
      }
    }
  }

  /// What the model declares of an output. The only one of a model may come without its name: TensorFlow Serving leaves
  /// it out.
  func declaration(of output: OutputTensor, among declared: [ModelSignature.Tensor]) -> ModelSignature.Tensor? {
    if !output.isNamed, outputs.count == 1, declared.count == 1 { return declared[0] }
    return declared.first { $0.name == output.name }
  }

  /// -1 stands for any size.
  private static func fits(_ shape: [Int], _ wanted: [Int]) -> Bool {
    shape.count == wanted.count && zip(shape, wanted).allSatisfy { $1 < 0 || $0 == $1 }
  }

  /// Whether an output is one of probabilities: the config says so, or its name, here or as it is declared.
  func areProbabilities(_ output: OutputTensor, named: [String], declared: [ModelSignature.Tensor]) -> Bool {
    let names = [output.name, declaration(of: output, among: declared)?.name].compactMap { $0?.lowercased() }
    return named.contains(output.name) || names.contains(where: Self.isOfProbabilities)
  }

  private static func isOfProbabilities(_ name: String) -> Bool {
    name.contains("proba") || name.contains("softmax")
      || name.split { !$0.isLetter }.contains { $0 == "prob" || $0 == "probs" }
  }

  /// Numbers that must be probabilities and are none.
  ///
  /// - Parameter named: the outputs that the config says to be probabilities, whatever they are called.
  func probabilityIssues(
    named: [String] = [], declared: [ModelSignature.Tensor] = []
  ) -> [OutputTensor.Issue] {
    let absent = named.filter { self[$0] == nil }.map {
      OutputTensor.Issue(place: "outputs.\($0)", text: "is named under probabilities, and is missing")
    }
    return absent
      + outputs.flatMap { output -> [OutputTensor.Issue] in
        guard areProbabilities(output, named: named, declared: declared), isByRow(output) else { return [] }
        return (0..<rows).compactMap { row in
          let values = (elements(of: output, row: row) ?? []).flatMap { $0.leaves().map(\.value) }
          let numbers = values.compactMap(\.doubleValue).filter(\.isFinite)
          guard let text = Self.probabilityIssue(numbers, width: values.count) else { return nil }
          return OutputTensor.Issue(place: "outputs.\(output.name), row \(row + 1),", text: text)
        }
      } + outputs.flatMap(nestedProbabilityIssues)
  }

  /// The same of members of objects that the elements are.
  private func nestedProbabilityIssues(_ output: OutputTensor) -> [OutputTensor.Issue] {
    output.elements.indices.flatMap { index in
      (output.elements[index].objectValue?.distinctMembers ?? []).compactMap { member -> OutputTensor.Issue? in
        guard Self.isOfProbabilities(member.key.lowercased()) else { return nil }
        let values = member.value.leaves().map(\.value)
        let numbers = values.compactMap(\.doubleValue).filter(\.isFinite)
        return Self.probabilityIssue(numbers, width: values.count).map {
          OutputTensor.Issue(place: "outputs.\(output.name)[\(index)].\(member.key)", text: $0)
        }
      }
    }
  }

  /// Single-precision sums of many classes lose this much.
  private static let sumTolerance = 1e-3

  private static func probabilityIssue(_ numbers: [Double], width: Int) -> String? {
    // Values that are no numbers are told of apart.
    guard numbers.count == width else { return nil }
    if let outside = numbers.first(where: { $0 < 0 || $0 > 1 }) { return "is \(outside), which is no probability" }
    let sum = numbers.reduce(0, +)
    guard width > 1, (sum - 1).magnitude > sumTolerance else { return nil }
    return "sums to \(sum), not to 1"
  }
}
