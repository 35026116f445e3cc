internal import Language
internal import Planning
internal import Scan
internal import Verdict

/// The claim that no row of this split has a key that another split has, too.
struct SplitOverlapClaim: Sendable {
  /// The columns that make the key, in every split.
  var columns: [String]
  /// The declared types of the columns.
  private let types: [String: ValueType]
  /// Whether a null in the key is a value: for whole rows rather than keys.
  let nullsAreValues: Bool
  var splits: [PeerTable]
  /// The counts of the rows as a finding; sensitive columns of the other splits are hidden in it as well.
  var rows: ValueClaim

  /// As many values of a row are shown.
  private static let shownColumns = 8

  /// - Parameter ofWholeRows: whether rows are compared and not keys: then texts that are numbers are compared as numbers,
  ///   for the same row may have passed through pandas, which writes 5.0 where a column has missing values; a key may be a
  ///   code.
  init(
    _ table: TableContext, _ columns: [String], with splits: [Located<String>], ofWholeRows: Bool = false,
    _ violation: String
  ) {
    let peers = splits.map { table.peers[$0] }
    let names = peers.map(\.name).joined(separator: " or ")
    rows = table.rowClaim(of: columns, limit: .text("not in \(names)"), violation: "\(violation) \(names)")
    rows.names = Array(columns.prefix(Self.shownColumns))
    rows.column.isSensitive = rows.column.isSensitive || peers.contains { $0.hides(columns) }
    self.columns = columns
    var types = table.keyTypes(columns, and: peers)
    if ofWholeRows {
      let stored = [table.types] + peers.map { ColumnTypes($0.fields) }
      for column in columns where types[column] == nil && stored.allSatisfy({ $0[column] == .untyped }) {
        types[column] = .number
      }
    }
    self.types = types
    nullsAreValues = ofWholeRows
    self.splits = peers
  }

  func prepare(_ plan: inout Plan) -> Evaluation {
    let names = splits.map(\.name)
    let keys = KeyedRows.Specification(
      key: columns, as: types, values: [], nullsAreValues: nullsAreValues)
    let others = names.map { plan.require(keys, of: $0) }
    let slot = plan.require(keys, ofEach: names) { SharedKeys.Specification(keys, with: $0, of: names) }
    return { measurements in
      for (split, other) in zip(splits, others) {
        do throws(ScanError) {
          if let finding = unanswered(by: split, try measurements[other].get()) { return finding }
        } catch {
          return rows.column.planned.unanswered(by: split.name, error)
        }
      }
      do throws(ScanError) {
        return judge(try measurements[slot].get())
      } catch {
        return rows.column.planned.unanswered(by: names.joined(separator: ", "), error)
      }
    }
  }

  /// The finding when another split has nothing that a row could be found among.
  private func unanswered(by split: PeerTable, _ found: KeyedRows) -> Finding? {
    let planned = rows.column.planned
    if found.rows == 0 { return planned.unanswered(byEmpty: split.name) }
    guard found.keys == 0 else { return nil }
    return planned.unanswered(byEmpty: split.name, "has no row with a value in \(columns.joined(separator: ", "))")
  }

  private func judge(_ found: SharedKeys) -> Finding {
    let summary = found.summary.showing { Array($0.prefix(Self.shownColumns)) }
    var finding = rows.judge(summary)
    for (index, places) in found.others.enumerated() where finding.evidence.samples.indices.contains(index) {
      let others = zip(splits, places).compactMap { words($0, $1) }.joined(separator: " and ")
      // Before the values: of a long row a terminal shows the beginning.
      finding.evidence.samples[index].value = "also \(others): \(finding.evidence.samples[index].value)"
    }
    if splits.count > 1, summary.violating > 0 {
      finding.evidence.notes += zip(splits, found.counts).map { "rows also in \($0.name): \(Quantity.grouped($1))" }
    }
    return finding
  }

  /// `test, line 7`, and of several files which one.
  private func words(_ split: PeerTable, _ place: RowPlace?) -> String? {
    guard let place else { return nil }
    let rows = SampleRows(files: split.files, isSensitive: false)
    return
      ([split.name, split.files.count > 1 ? rows.sample(place, "").file : nil].compactMap { $0 }
      + [rows.number(of: place)]).joined(separator: ", ")
  }
}
