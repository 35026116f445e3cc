internal import JSON

/// What a model answered about some rows: its outputs by name, and what is wrong with the form of the reply.
struct Predictions: Sendable {
  var outputs: [OutputTensor]
  /// The number of rows that was asked about.
  var rows: Int
  /// What is wrong with the reply besides its outputs: another model's name, another id.
  var issues: [OutputTensor.Issue] = []

  init(_ outputs: [OutputTensor], rows: Int, issues: [OutputTensor.Issue] = []) {
    self.outputs = outputs
    self.rows = rows
    self.issues = issues
  }

  subscript(name: String) -> OutputTensor? { outputs.first { $0.name == name } }

  /// A name that two outputs have.
  var repeatedName: String? {
    var seen: Set<String> = []
    return outputs.first { !seen.insert($0.name).inserted }?.name
  }

  /// Everything that is wrong, the outputs included.
  var allIssues: [OutputTensor.Issue] {
    issues + outputs.flatMap { $0.issues + rowIssues($0) }
  }

  private func rowIssues(_ output: OutputTensor) -> [OutputTensor.Issue] {
    guard !isByRow(output), output.issues.isEmpty else { return [] }
    let elements = output.elements.count == 1 ? "1 element" : "\(output.elements.count) elements"
    return [.init(place: "outputs.\(output.name)", text: "has \(elements) for \(rows) rows")]
  }

  /// The elements of an output that belong to one row; nil when they cannot be told apart: see ``isByRow(_:)``.
  func elements(of output: OutputTensor, row: Int) -> ArraySlice<JSONValue>? {
    guard isByRow(output), row < rows else { return nil }
    let width = output.elements.count / rows
    return output.elements[(row * width)..<((row + 1) * width)]
  }

  /// Whether an output has as many elements for every row.
  func isByRow(_ output: OutputTensor) -> Bool {
    guard rows > 0, !output.elements.isEmpty, output.elements.count.isMultiple(of: rows) else { return false }
    return output.shape.flatMap(\.first).map { $0 == rows } ?? true
  }

  /// The predictions of these rows and of others behind them: as if they had been asked about in one request.
  func appending(_ other: Predictions) -> Predictions {
    var whole = self
    for output in other.outputs {
      guard let index = whole.outputs.firstIndex(where: { $0.name == output.name }) else {
        whole.issues.append(.init(place: "outputs.\(output.name)", text: "is not in every reply"))
        whole.outputs.append(output)
        continue
      }
      whole.outputs[index].append(output)
    }
    for output in outputs where other[output.name] == nil {
      whole.issues.append(.init(place: "outputs.\(output.name)", text: "is not in every reply"))
    }
    whole.rows += other.rows
    whole.issues += other.issues
    return whole
  }
}
