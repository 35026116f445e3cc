internal import Language
internal import Verdict

/// How many of some rows may be otherwise than expected: `allow: 1%`, `allow: 3 rows`; none where nothing is said.
struct AllowedRows: Sendable {
  private var limit: Located<Quantity>?

  init(_ limit: Located<Quantity>?) { self.limit = limit }

  /// As evidence shows it.
  var quantity: Quantity { limit?.value ?? Quantity(0, .rows) }

  /// Whether no more are otherwise than may be.
  func contain(_ count: Int, of rows: Int) -> Bool { Double(count) <= largest(of: rows) }

  /// Every endpoint keeps a limit that no row can break, so nothing would be claimed.
  func refuseAll(of rows: Int) throws(Complaint) {
    guard let limit, rows > 0, contain(rows, of: rows) else { return }
    throw Complaint(
      .noRows(
        "allow: \(limit.value) lets all of \(Quantity(Double(rows), .rows)) be otherwise, so nothing is claimed",
        .nothingToEvaluate), at: limit.location)
  }

  /// Shares in binary are a last digit off: 0.1 of 30 is 3.
  private func largest(of rows: Int) -> Double {
    (quantity.unit == .share ? quantity.value * Double(rows) : quantity.value) * (1 + 1e-12)
  }
}
