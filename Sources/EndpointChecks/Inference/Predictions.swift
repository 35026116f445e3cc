internal import JSON

/// What a model answered about some rows: its outputs by name, and what is wrong with the form of the reply.
struct Predictions: Sendable {
  var outputs: [OutputTensor]
  /// The number of rows that was asked about.
  var rows: Int
  /// What is wrong with the reply besides its outputs: another model's name, another id.
  var issues: [OutputTensor.Issue] = []
  /// The model that the reply says to be of, where the protocol leaves room for another name than that asked for.
  var answeringModel: AnsweringModel?

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
    issues + modelIssues(named: nil) + outputIssues
  }

  var outputIssues: [OutputTensor.Issue] { outputs.flatMap { $0.issues + rowIssues($0) } }

  /// What is wrong with the model that the reply says to be of.
  ///
  /// - Parameter name: what it should be called, where that is not the name that was asked for.
  func modelIssues(named name: String?) -> [OutputTensor.Issue] {
    guard let answeringModel, name.map({ $0 != answeringModel.name }) ?? !answeringModel.isAsked else { return [] }
    let wanted = name.map { "must be \"\($0)\"" } ?? "\"\(answeringModel.asked)\" was asked"
    // Who answers may write anything there.
    let shown = answeringModel.name.count > 100 ? answeringModel.name.prefix(100) + "…" : answeringModel.name[...]
    return [.init(place: answeringModel.place, text: "is \"\(shown)\", but \(wanted)")]
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
    // Another model in a later reply is the one to tell of.
    if let served = other.answeringModel, served.name != whole.answeringModel?.name {
      if whole.answeringModel?.isAsked != false { whole.answeringModel = served }
    }
    whole.rows += other.rows
    whole.issues += other.issues
    return whole
  }
}
