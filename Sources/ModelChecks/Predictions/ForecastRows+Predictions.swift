internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension ForecastRows: PredictedRows {
  static func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    for role in [.label, .prediction, .lower, .upper, .deviation, .weight] as [ColumnRole] {
      request.add(columns[role], as: .numbers)
    }
    request.add(columns[.members], as: columns[.members]?.single == nil ? .numbers : .words)
    request.add(columns[.series], as: .words)
    return request
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    func numbers(_ role: ColumnRole) throws(RowProblem) -> [Double]? {
      guard let column = columns.column(role) else { return nil }
      return try table.numbers(column, as: role.rawValue)
    }
    let (labels, predictions) = (try numbers(.label) ?? [], try numbers(.prediction))
    let (lower, upper, deviations) = (try numbers(.lower), try numbers(.upper), try numbers(.deviation))
    var ensembles: [[Double]]?
    if let column = columns[.members]?.single {
      ensembles = try table.lists(column, as: "members")
    } else if let members = columns[.members] {
      let group = table.group(members).columns
      let values = try table.matrix(group, as: "members")
      ensembles = stride(from: 0, to: values.count, by: group.count).map { Array(values[$0..<$0 + group.count]) }
    }
    var (series, histories): ([Int]?, [[Double]]) = (nil, [])
    if let history = table.history { (series, histories) = try Self.histories(history, table, columns) }
    let weights = try table.weights(columns)
    do throws(Undefined) {
      try self.init(
        labels: labels, predictions: predictions, lower: lower, upper: upper, deviations: deviations,
        ensembles: ensembles, series: series, histories: histories, weights: weights)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  /// Of each row the place of its series, and the histories in the order of these.
  private static func histories(
    _ known: [String: [Double]], _ table: PredictionTable, _ columns: PredictionColumns
  ) throws(RowProblem) -> ([Int]?, [[Double]]) {
    guard let column = columns.column(.series) else { return (nil, [known[""] ?? []]) }
    let words = try table.words(column, as: "series")
    var histories: [[Double]] = []
    for name in words.texts {
      guard let values = known[name] else {
        throw RowProblem(
          message: "a series of \(table.name) has no history: \"\(name.prefix(60))\"",
          notes: ["the file of history: holds \(Quantity.grouped(known.count)) series"])
      }
      histories.append(values)
    }
    return (words.indices.map { Int($0) }, histories)
  }

  func differsInLabel(_ row: Int, from other: ForecastRows, _ otherRow: Int) -> Bool {
    labels[row] != other.labels[otherRow]
  }

  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> ForecastRows {
    func has(_ role: ColumnRole) -> Bool { columns.map { $0[role] != nil } ?? true }
    return try ForecastRows(
      labels: [10, 12, 14, 9], predictions: has(.prediction) ? [11, 11, 15, 9] : nil,
      lower: has(.lower) ? [9, 9, 13, 8] : nil, upper: has(.upper) ? [12, 11.5, 16, 10] : nil,
      deviations: has(.deviation) ? [1, 2, 1, 0.5] : nil,
      ensembles: has(.members) ? [[9, 11], [11, 12], [13, 15], [8, 10]] : nil,
      histories: columns == nil || terms.history != nil ? [(0..<400).map { Double($0 % 7 + $0) }] : [])
  }
}
