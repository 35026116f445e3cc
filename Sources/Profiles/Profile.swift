internal import JSON
package import Planning
package import Scan

/// All aggregates of one dataset: what is saved of it to compare later data with.
///
/// Profiles of parts merge into that of the whole, counters exactly and sketches within their bounds, so that many
/// machines can each look at their share.
package struct Profile: Sendable {
  /// The version of the file format; another one is refused.
  package static let version = 1

  /// The dataset as messages named it.
  package var source: String
  /// Which parts of the data were read, `5%`, where it was not all of it; in merged profiles of any of the parts.
  package private(set) var samples: [String]
  package private(set) var rows: Int
  /// Records that are no rows.
  package private(set) var defects: Int
  package private(set) var columns: [ColumnSummary]
  /// Columns that are not in the profile, because they first occur behind the rows from which columns are taken.
  package private(set) var lateColumns: [String]
  /// Why it was made a baseline although its run had failed; nil otherwise.
  package var acceptedBecause: String?

  init(
    source: String, samples: [String] = [], rows: Int, defects: Int, columns: [ColumnSummary],
    lateColumns: [String] = []
  ) {
    self.source = source
    self.samples = samples
    self.rows = rows
    self.defects = defects
    self.columns = columns
    self.lateColumns = lateColumns
  }

  /// Reads the dataset once.
  ///
  /// - Parameters:
  ///   - isSample: whether the backend reads only a part of it.
  ///   - withMakeup: whether to look into texts, of which characters and words they are made.
  package init(
    of backend: inout some Backend, named source: String, isSample: Bool = false, withMakeup: Bool = false
  ) async throws(ScanError) {
    var plan = Plan()
    let request = try ProfileRequest(
      try backend.fields(), named: source, isSample: isSample, withMakeup: withMakeup, &plan)
    var measurements = try await backend.compute(plan)
    self = try request.profile(taking: &measurements)
  }

  /// Takes in the profile of further rows, which have the same columns.
  ///
  /// Of JSON Lines the columns are the keys that occur: one that no row of a part has is null in all of them.
  package mutating func merge(_ other: Profile) throws(ProfileError) {
    var other = other
    if isOfJSONLines, other.isOfJSONLines {
      addColumns(of: other)
      other.addColumns(of: self)
      let places = Dictionary(columns.enumerated().map { (ExactText($1.column), $0) }) { first, _ in first }
      other.columns.sort { places[ExactText($0.column)] ?? 0 < places[ExactText($1.column)] ?? 0 }
    }
    let names = columns.map(\.column)
    guard names == other.columns.map(\.column) else {
      let theirs = Set(other.columns.map(\.column))
      let differing = names.first { !theirs.contains($0) } ?? other.columns.map(\.column).first { !names.contains($0) }
      let what = differing.map { "only one of them has the column \"\($0)\"" } ?? "their columns are in another order"
      throw ProfileError("\(source) and \(other.source) cannot be merged: \(what)")
    }
    for index in columns.indices {
      let (mine, theirs) = (columns[index], other.columns[index])
      let types = Set([mine.type, theirs.type].compactMap { $0 }).subtracting([.null])
      if types.count > 1, let type = mine.type, let otherType = theirs.type {
        throw ProfileError(
          "\(source) and \(other.source) cannot be merged: \"\(mine.column)\" is \(type.words) and \(otherType.words)")
      }
      columns[index].merge(theirs)
      do {
        columns[index] = try columns[index].saved()
      } catch {
        throw ProfileError(error.message)
      }
    }
    // The share of a sampled part is none of the whole.
    let isMixed = samples.isEmpty != other.samples.isEmpty && rows > 0 && other.rows > 0
    samples += other.samples.filter { !samples.contains($0) }
    if isMixed { samples = samples.map { $0.hasSuffix(Self.ofPart) ? $0 : $0 + Self.ofPart } }
    rows += other.rows
    defects += other.defects
    lateColumns += other.lateColumns.filter { !lateColumns.contains($0) }
  }

  private static let ofPart = " of a part"

  private var isOfJSONLines: Bool { !columns.isEmpty && columns.allSatisfy { $0.type == .tokens } }

  /// Adds what the other one has as columns without a value.
  private mutating func addColumns(of other: Profile) {
    let known = Set(columns.map { ExactText($0.column) })
    for column in other.columns where !known.contains(ExactText(column.column)) {
      var absent = ColumnSummary(column.column, as: .tokens, nulls: rows)
      if column.makeup != nil { absent.makeup = TextMakeup() }
      columns.append(absent)
    }
  }

  /// What a sentence about the profile ends with when it is not one of all the data.
  package var part: String { samples.isEmpty ? "" : ", a sample of \(samples.joined(separator: " and "))" }

  /// The digest of all values, whatever the order of the rows: equal data has equal digests, in the same kind of file.
  package var digest: String {
    var bytes: [UInt8] = []
    for column in columns.lazy.map(\.expanded) {
      bytes += Array(column.column.utf8) + [0]
      for word in [column.digest.h1, column.digest.h2, UInt64(column.nulls)] {
        for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * byte))) }
      }
    }
    let hash = Murmur3.hash(bytes.span)
    return Hexadecimal.text(hash.h1) + Hexadecimal.text(hash.h2)
  }
}

/// Why profiles cannot be read or merged.
package struct ProfileError: Error, Sendable, Hashable {
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
