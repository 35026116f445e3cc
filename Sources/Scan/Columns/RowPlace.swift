/// Where a row stands in a dataset: which of its files, and which line or row of that file.
///
/// While a chunk is decoded its places count from the chunk's beginning; `moved(after:)` makes them absolute once
/// the chunks before it are known. Places order as the rows do.
package struct RowPlace: Hashable, Comparable, Sendable {
  /// 22 bits of file, one that is set for rows, 40 bits of line or row: a file may have a million million lines.
  let rawValue: Int

  private static let numberBits = 40

  init(rawValue: Int) { self.rawValue = rawValue }

  package init(file: Int = 0, number: Int, countsRows: Bool = false) {
    rawValue = (file << 1 | (countsRows ? 1 : 0)) << Self.numberBits | number
  }

  /// The index of the file in the dataset.
  package var file: Int { rawValue >> (Self.numberBits + 1) }
  /// Whether the number is that of a row, because the format has no lines.
  package var countsRows: Bool { rawValue >> Self.numberBits & 1 == 1 }
  /// The line of a text file, the row of any other, counted from 1 when the place is absolute.
  package var number: Int { rawValue & (1 << Self.numberBits - 1) }

  /// This place, relative to a chunk, once the chunk is known to begin at `origin`.
  func moved(after origin: RowPlace) -> RowPlace { RowPlace(rawValue: rawValue &+ origin.rawValue) }

  mutating func move(after origin: RowPlace) { self = moved(after: origin) }

  /// The place of a row so many rows on.
  func advanced(by rows: Int) -> RowPlace { RowPlace(rawValue: rawValue &+ rows) }

  package static func < (a: RowPlace, b: RowPlace) -> Bool { a.rawValue < b.rawValue }
}
