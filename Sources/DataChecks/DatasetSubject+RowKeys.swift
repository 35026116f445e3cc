internal import Planning
internal import Scan
internal import Verdict

/// The row's key beside every row that a finding shows.
///
/// A test of single rows keeps it as it reads them. What all rows together tell (a value that comes again, or that
/// another table lacks) leaves only where the row stands: the key is looked up there when all findings are known, for
/// all of them at once.
extension DatasetSubject {
  /// The findings, with the key of each row that one which does not hold shows without it. The rows of a stream, and of
  /// a table that can no longer be read, stay as they are: what a finding says does not depend on them.
  func keyed(
    _ findings: [[Finding]], _ rows: RowCount, on backend: inout some Backend
  ) async -> [[Finding]] {
    let files = source.files.map(\.name)
    let places = Set(
      findings.joined().filter(Self.isShown).flatMap(\.evidence.samples).compactMap { $0.unkeyedPlace(in: files) })
    guard !places.isEmpty, !rules.rowKey.isEmpty else { return findings }
    let cells: [RowPlace: [ViolatingRow.Cell]]
    do throws(ScanError) {
      let fields = try backend.fields()
      let columns = rules.rowKey.filter { name in fields.contains { $0.name == name && $0.type.isRead } }
      cells = try await backend.cells(at: places, of: columns, among: rows)
    } catch {
      return findings
    }
    return findings.map { $0.map { Self.isShown($0) ? $0.keyed(by: cells, files) : $0 } }
  }

  private static func isShown(_ finding: Finding) -> Bool {
    finding.outcome != .passed && finding.outcome != .skipped
  }
}

extension Finding {
  fileprivate func keyed(by cells: [RowPlace: [ViolatingRow.Cell]], _ files: [String]) -> Finding {
    var finding = self
    for index in evidence.samples.indices {
      guard let row = evidence.samples[index].unkeyedPlace(in: files).flatMap({ cells[$0] }) else { continue }
      // The column that the check is about shows its value already.
      finding.evidence.samples[index].add(row.filter { $0.column != id.column })
    }
    return finding
  }
}

extension Evidence.Sample {
  /// Where the row stands that is shown without a key, the counterpart of `SampleRows.sample`; nil when it has a key, or
  /// is no row of these files.
  fileprivate func unkeyedPlace(in files: [String]) -> RowPlace? {
    guard key == nil, let file = file.flatMap(files.firstIndex), let number = line ?? row else { return nil }
    return RowPlace(file: file, number: number, countsRows: line == nil)
  }

  /// Adds the values of the row's key that the sample does not show itself.
  fileprivate mutating func add(_ cells: [ViolatingRow.Cell]) {
    let words = cells.filter { !value.contains("\($0.column) = ") }.map(\.words)
    key = words.isEmpty ? nil : words.joined(separator: ", ")
  }
}

extension ViolatingRow.Cell {
  /// `id = 7`.
  var words: String { "\(column) = \(value ?? "(no value)")" }
}
