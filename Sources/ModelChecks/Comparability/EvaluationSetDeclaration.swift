internal import Language
internal import Scan
internal import Verdict

/// The rows that metrics files were computed on, as the config names them.
///
/// ```yaml
/// evaluation_set: {data: data/holdout.parquet, id: flight_id, label: delayed}
/// ```
struct EvaluationSetDeclaration: Sendable {
  var data = Located<String>("", at: SourceLocation(file: "", line: 1, column: 1))
  var id: [Located<String>] = []
  var label: Located<String>?
  /// Columns whose values are not shown.
  var sensitive: [String] = []

  static var shape: Shape<EvaluationSetDeclaration> {
    let path = Shape<String>.path.located.map { path, node, problems -> Located<String>? in
      if !path.value.isEmpty { return path }
      problems.report("the path is empty", at: node.location, help: ["name the table with the evaluation set"])
      return nil
    }
    return .object(
      EvaluationSetDeclaration(),
      [
        .key("data", \.data, path, "The table: a file of any format of the data, or a pattern.", required: true),
        .key(
          "id", \.id, Shape<String>.column.oneOrMany,
          "The column, or columns, that tell its rows from each other; their order when it is left out."),
        .optional("label", \.label, Shape<String>.column, "The column with what is true."),
      ])
  }

  /// Reads what stands for the rows.
  func load(_ context: RunContext) async -> Result<EvaluationSet, Obstacle> {
    var request = PredictionRequest()
    if let label { request.add(label.value, as: .words) }
    request.key = id.map(\.value)
    switch await PredictionTable.load(data, request, role: .candidate, context: context) {
    case .success(let table):
      guard table.columns.rows > 0 else {
        return .failure(Obstacle(reason: .nothingToEvaluate, message: "\(table.name) has no rows"))
      }
      return .success(EvaluationSet(table, label: label, id: id, sensitive: sensitive))
    case .failure(let problem): return .failure(problem.obstacle)
    }
  }
}
