internal import Expressions
internal import Language
internal import Scan

/// The columns that say what a row is, beside its label: both files must agree on them.
extension PredictionsRun {
  /// What divides the rows.
  var dividing: [SliceDeclaration.Column] {
    (plan.checks.contains { $0.slice != nil } ? declaration.slices : []).flatMap(\.columns)
      + declaration.fairness.flatMap { $0.by?.columns ?? [] }
  }

  /// The columns by which rows are grouped and sliced, and those that conditions and the metrics of the config read,
  /// each once. A slice that is made of a column of one file alone would have other rows in the other.
  var sharedColumns: (words: [String], numbers: [String]) {
    var words = declaration.grouping.map { [$0.value] } ?? []
    var numbers: [String] = []
    for column in dividing where column.condition == nil {
      guard let name = column.name?.value else { continue }
      if column.bins == nil, !words.contains(name) { words.append(name) }
      if column.bins != nil, !numbers.contains(name) { numbers.append(name) }
    }
    guard declaration.baseline?.predictions != nil else { return (words, numbers) }
    let isSearched = plan.checks.contains { $0.slice?.discovery != nil }
    for name in declaration.slices.compactMap(\.discovery).flatMap(\.columns).map(\.value)
    where isSearched && !words.contains(name) {
      words.append(name)
    }
    for reading in consulted where !words.contains(reading.column) && !numbers.contains(reading.column) {
      switch reading.type {
      case .number?, .integer?: numbers.append(reading.column)
      default: words.append(reading.column)
      }
    }
    return (words, numbers)
  }

  /// What conditions read, and expressions beside the columns that are each model's own.
  private var consulted: [ColumnReading] {
    let conditions = dividing.compactMap(\.condition).flatMap { condition in
      (try? Expression(condition.value, types: [:]))?.compiled.readings ?? []
    }
    let own = Set(
      declaration.sides.flatMap { side in side.columns.roles.flatMap { side.columns[$0]?.columns ?? [] } })
    let columns = declaration.columns(of: declaration.candidate)
    let expressions = declaration.customMetrics.flatMap { metric -> [ColumnReading] in
      guard case .expression = metric.source else { return [] }
      let readings = (try? metric.expression(columns, .candidate))?.compiled.readings ?? []
      return readings.filter { !own.contains($0.column) && !metric.own.contains($0.column) }
    }
    return conditions + expressions
  }
}
