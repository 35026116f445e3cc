/// A set of rows by their places: a bit for each line or row of a file, in blocks that are there where a row is.
///
/// So its memory is at most a bit for each row of the table, and a little, whatever the rows are.
package struct RowSet: Sendable, Hashable {
  private static let blockBits = 12
  private static let wordsPerBlock = 1 << (blockBits - 6)

  private var blocks: [Int: [UInt64]] = [:]

  package init() {}

  /// The memory that the set holds, in bytes, or a little less.
  var footprint: Int { blocks.count * (Self.wordsPerBlock * 8 + 64) }

  /// - Parameter limit: the memory, in bytes, that the set may take.
  func checkMemory(_ limit: Int) throws(ScanError) {
    guard footprint <= limit else {
      throw ScanError(
        .limit, "the places of the rows do not fit into the memory limit", hint: "allow more with --max-memory")
    }
  }

  package mutating func insert(_ place: RowPlace) {
    let bit = place.rawValue & (1 << Self.blockBits - 1)
    let empty = [UInt64](repeating: 0, count: Self.wordsPerBlock)
    blocks[place.rawValue >> Self.blockBits, default: empty][bit >> 6] |= 1 << UInt64(bit & 63)
  }

  package func contains(_ place: RowPlace) -> Bool {
    let bit = place.rawValue & (1 << Self.blockBits - 1)
    guard let block = blocks[place.rawValue >> Self.blockBits] else { return false }
    return block[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }

  package mutating func formUnion(_ other: RowSet) {
    blocks.merge(other.blocks) { ours, theirs in zip(ours, theirs).map { $0 | $1 } }
  }

  /// How many rows there are. O(memory).
  package var count: Int { blocks.values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.nonzeroBitCount } } }
}
