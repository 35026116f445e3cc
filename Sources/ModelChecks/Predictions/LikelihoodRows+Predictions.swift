internal import Language
internal import Metrics
internal import Scan
internal import Statistics
internal import Verdict

extension LikelihoodRows: PredictedRows {
  static func request(_ columns: PredictionColumns) -> PredictionRequest {
    var request = PredictionRequest()
    for role in [.logLikelihood, .tokens, .words, .bytes] as [ColumnRole] { request.add(columns[role], as: .numbers) }
    return request
  }

  init(_ table: PredictionTable, _ columns: PredictionColumns, _ terms: PredictionTerms) throws(RowProblem) {
    try table.requireRows()
    func numbers(_ role: ColumnRole) throws(RowProblem) -> [Double]? {
      guard let column = columns.column(role) else { return nil }
      return try table.numbers(column, as: role.rawValue)
    }
    let (logs, tokens) = (try numbers(.logLikelihood) ?? [], try numbers(.tokens) ?? [])
    let (words, bytes) = (try numbers(.words), try numbers(.bytes))
    for (what, lengths) in [("tokens", tokens), ("words", words ?? []), ("bytes", bytes ?? [])] {
      guard let row = lengths.firstIndex(where: { $0 < 0 }) else { continue }
      throw RowProblem(
        message:
          "\(table.name): row \(row + 1) has \(Quantity.text(lengths[row])) \(what), and no text has fewer than 0")
    }
    do throws(Undefined) {
      try self.init(logLikelihoods: logs, tokens: tokens, words: words, bytes: bytes)
    } catch {
      throw RowProblem(message: "\(table.name): \(error)")
    }
  }

  /// Models may cut a text into other tokens, but its words and bytes are what they are.
  func differsInLabel(_ row: Int, from other: LikelihoodRows, _ otherRow: Int) -> Bool {
    words?[row] != other.words?[otherRow] || bytes?[row] != other.bytes?[otherRow]
  }

  static func specimen(_ columns: PredictionColumns?, _ terms: PredictionTerms) throws(Undefined) -> LikelihoodRows {
    func has(_ role: ColumnRole) -> Bool { columns.map { $0[role] != nil } ?? true }
    return try LikelihoodRows(
      logLikelihoods: [-4.3, -9], tokens: [4, 7], words: has(.words) ? [3, 5] : nil,
      bytes: has(.bytes) ? [14, 30] : nil)
  }
}
