/// What two rows have in common is told by: the set of a text's pieces of five characters, or of a row's cells, each by
/// its hash.
enum Shingles {
  /// As many characters make a piece.
  private static let length = 5

  /// The pieces of a text, in ascending order; the text itself when it is shorter than one.
  static func ofText(_ text: Span<UInt8>) -> [UInt64] {
    var starts: [Int] = []
    starts.reserveCapacity(text.count + 1)
    for index in text.indices where text[index] & 0xC0 != 0x80 { starts.append(index) }
    starts.append(text.count)
    guard starts.count > length else { return text.isEmpty ? [] : [Murmur3.hash(text).h1] }
    return ascending(
      (0..<starts.count - length).map { first in
        Murmur3.hash(text.extracting(starts[first]..<starts[first + length])).h1
      })
  }

  /// The cells of a row, as `RecordValues` writes them, in ascending order; a null is none.
  static func ofCells(_ cells: Span<UInt8>) -> [UInt64] {
    var hashes: [UInt64] = []
    RecordValues.forEach(cells) { column, value in
      guard let value else { return }
      hashes.append(SplitMix64.mix(Murmur3.hash(cells.extracting(value)).h1 &+ UInt64(column) &* SplitMix64.step))
    }
    return ascending(hashes)
  }

  private static func ascending(_ hashes: [UInt64]) -> [UInt64] {
    var sorted = hashes.sorted()
    var kept = 0
    for index in sorted.indices where kept == 0 || sorted[index] != sorted[kept - 1] {
      sorted[kept] = sorted[index]
      kept += 1
    }
    sorted.removeSubrange(kept...)
    return sorted
  }

  /// The share of what two sets have together that both have (Jaccard); of ascending hashes. O(both).
  static func similarity(_ a: [UInt64], _ b: [UInt64]) -> Double {
    var (first, second, common) = (0, 0, 0)
    while first < a.count, second < b.count {
      if a[first] == b[second] {
        common += 1
        first += 1
        second += 1
      } else if a[first] < b[second] {
        first += 1
      } else {
        second += 1
      }
    }
    let all = a.count + b.count - common
    return all == 0 ? 0 : Double(common) / Double(all)
  }

  /// A text as it is compared: letters of ASCII small, runs of white space one space, none around it.
  static func append(normalized text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    let start = bytes.count
    for byte in text {
      let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      if isSpace, bytes.count == start || bytes[bytes.count - 1] == 0x20 { continue }
      bytes.append(isSpace ? 0x20 : (0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    }
    if bytes.count > start, bytes[bytes.count - 1] == 0x20 { bytes.removeLast() }
  }
}
