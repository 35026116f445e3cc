internal import JSON
internal import Language
internal import Verdict

/// Named outputs with their elements for each of some rows: what an endpoint predicted, and what a file or another endpoint
/// says of the same rows.
struct OutputTable: Sendable {
  private(set) var outputs: [Output]
  let count: Int

  struct Output: Sendable {
    var name: String
    /// Nil where nobody says: in files and in protocols without types.
    var datatype: Datatype?
    /// The elements of each row, in row-major order.
    var rows: [[JSONValue]]
    /// Whether the reply says the datatype, so that it is not read off the values.
    var saysDatatype = false

    /// Whether they are written as whole numbers, and nobody says that they are others.
    var isOfWholeNumbers: Bool {
      guard !saysDatatype || datatype?.family == .integer else { return false }
      return rows.joined().allSatisfy { $0.kind == "null" || $0.numberValue?.isWrittenAsInteger == true }
    }

    /// Whether it is a number wherever it is anything.
    var isNumeric: Bool {
      let known = rows.joined().filter { $0.kind != "null" }
      return !known.isEmpty && known.allSatisfy { $0.doubleValue != nil }
    }

    /// Whether nothing is known of a row.
    func isMissing(_ row: Int) -> Bool { rows[row].allSatisfy { $0.kind == "null" } }
  }

  /// The predictions row by row. Outputs that are not one for each row are a complaint: they cannot be compared.
  init(_ predictions: Predictions) throws(Complaint) {
    var outputs: [Output] = []
    for output in predictions.outputs {
      guard predictions.isByRow(output) else {
        throw Complaint(
          .unusable(
            "the output \(output.name) has \(output.elements.count) elements"
              + (output.shape.map { " in the shape \($0)" } ?? "")
              + " for \(Quantity(Double(predictions.rows), .rows)), so they cannot be told apart"))
      }
      let rows = (0..<predictions.rows).map { Array(predictions.elements(of: output, row: $0) ?? []) }
      outputs.append(
        Output(name: output.name, datatype: output.datatype, rows: rows, saysDatatype: output.saysDatatype))
    }
    self.outputs = outputs
    count = predictions.rows
  }

  /// Columns as outputs of these names; columns of lists have several elements a row.
  init(_ columns: [(output: String, column: FeatureRows.Column)], count: Int) {
    outputs = columns.map { name, column in
      Output(name: name, rows: column.values.map { $0.arrayValue == nil ? [$0] : $0.flattened })
    }
    self.count = count
  }

  subscript(name: String) -> Output? { outputs.first { $0.name == name } }

  var names: [String] { outputs.map(\.name) }

  /// The output of that name; one that is not there is a complaint.
  ///
  /// - Parameter location: where the config names it.
  func output(_ name: String, at location: SourceLocation? = nil) throws(Complaint) -> Output {
    if let output = self[name] { return output }
    let advice = nearest(name, among: names).map { "; did you mean \($0)?" } ?? ""
    throw Complaint(
      .unusable("the reply has no output \(name), only \(names.joined(separator: ", "))\(advice)"),
      at: location)
  }

  /// The rows at these places, in this order.
  func rows(_ places: some Sequence<Int>) -> OutputTable {
    var part = self
    let places = Array(places)
    for index in part.outputs.indices { part.outputs[index].rows = places.map { outputs[index].rows[$0] } }
    return OutputTable(part.outputs, count: places.count)
  }

  /// The same, when every element of it is one to be compared with what somebody says another time: null, NaN, infinity
  /// and text for numbers are no predictions, however often they come.
  func comparable() throws(Complaint) -> OutputTable {
    guard (0..<count).contains(where: { row in outputs.contains { !$0.isMissing(row) } }) else {
      throw Complaint(.unusable("the endpoint says nothing of any row: all predictions are null"))
    }
    for output in outputs {
      for (row, elements) in output.rows.enumerated() {
        let faults = elements.lazy.compactMap { element in
          // What is neither null nor a number is taken as it is where no type says what it must be.
          let datatype = output.datatype ?? (element.numberValue == nil ? nil : .fp64)
          return datatype.map { OutputTensor.issue(with: element, of: $0) }
            ?? (element.kind == "null" ? "is null" : nil)
        }
        guard let fault = faults.first else { continue }
        throw Complaint(.unusable("\(output.name) of row \(row + 1) \(fault), which is no prediction"))
      }
    }
    return self
  }

  /// These outputs; one that is not there is a complaint.
  func selecting(_ names: [String]) throws(Complaint) -> OutputTable {
    var part: [Output] = []
    for name in names {
      part.append(try output(name))
    }
    return OutputTable(part, count: count)
  }

  init(_ outputs: [Output], count: Int) {
    self.outputs = outputs
    self.count = count
  }
}
