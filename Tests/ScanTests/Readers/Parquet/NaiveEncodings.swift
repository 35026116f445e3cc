/// The encodings of Parquet, written bit by bit as Encodings.md describes them: the slow twins of the decoders.
enum NaiveEncodings {
  /// Packs values, the lowest bits first.
  static func packed(_ values: [UInt64], width: Int) -> [UInt8] {
    var bits: [Bool] = []
    for value in values { for bit in 0..<width { bits.append(value >> UInt64(bit) & 1 == 1) } }
    return stride(from: 0, to: bits.count, by: 8).map { start in
      (0..<min(8, bits.count - start)).reduce(UInt8(0)) { $0 | (bits[start + $1] ? 1 << UInt8($1) : 0) }
    }
  }

  /// The hybrid of runs and groups, cut into pieces at random.
  static func runs(_ values: [UInt64], width: Int, using dice: inout some RandomNumberGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = 0
    while index < values.count {
      let same = values[index...].prefix { $0 == values[index] }.count
      if same >= 8 || (same > 1 && Bool.random(using: &dice)) || values.count - index < 8 {
        let length = Int.random(in: 1...same, using: &dice)
        bytes += ThriftBytes.varint(UInt64(length) << 1)
        bytes += (0..<(width + 7) / 8).map { UInt8(truncatingIfNeeded: values[index] >> UInt64(8 * $0)) }
        index += length
      } else {
        let groups = Int.random(in: 1...max(1, (values.count - index) / 8), using: &dice)
        bytes +=
          ThriftBytes.varint(UInt64(groups) << 1 | 1) + packed(Array(values[index..<index + 8 * groups]), width: width)
        index += 8 * groups
      }
    }
    return bytes
  }

  /// Levels as version 1 writes them: with their length.
  static func levels(_ values: [Int], width: Int, using dice: inout some RandomNumberGenerator) -> [UInt8] {
    let bytes = runs(values.map { UInt64($0) }, width: width, using: &dice)
    return ParquetBytes.number(bytes.count, 4) + bytes
  }

  static func delta(_ values: [Int64], block: Int = 128, miniblocks: Int = 4) -> [UInt8] {
    var bytes = ThriftBytes.varint(UInt64(block)) + ThriftBytes.varint(UInt64(miniblocks))
    bytes += ThriftBytes.varint(UInt64(values.count)) + ThriftBytes.varint(ThriftBytes.zigzag(values.first ?? 0))
    let differences = zip(values.dropFirst(), values).map { $0 &- $1 }
    for start in stride(from: 0, to: differences.count, by: block) {
      let part = differences[start..<min(start + block, differences.count)]
      let smallest = part.min() ?? 0
      bytes += ThriftBytes.varint(ThriftBytes.zigzag(smallest))
      let size = block / miniblocks
      var widths: [UInt8] = []
      var bodies: [UInt8] = []
      for miniblock in 0..<miniblocks {
        let first = start + miniblock * size
        guard first < part.endIndex else {
          widths.append(0)
          continue
        }
        var rests = part[first..<min(first + size, part.endIndex)].map { UInt64(bitPattern: $0 &- smallest) }
        rests += [UInt64](repeating: 0, count: size - rests.count)
        let width = 64 - (rests.max() ?? 0).leadingZeroBitCount
        widths.append(UInt8(width))
        bodies += packed(rests, width: width)
      }
      bytes += widths + bodies
    }
    return bytes
  }

  static func deltaLength(_ texts: [[UInt8]]) -> [UInt8] {
    delta(texts.map { Int64($0.count) }) + texts.flatMap(\.self)
  }

  static func deltaBytes(_ texts: [[UInt8]]) -> [UInt8] {
    var prefixes: [Int64] = []
    var suffixes: [[UInt8]] = []
    var last: [UInt8] = []
    for text in texts {
      let shared = zip(last, text).prefix { $0 == $1 }.count
      prefixes.append(Int64(shared))
      suffixes.append(Array(text.dropFirst(shared)))
      last = text
    }
    return delta(prefixes) + deltaLength(suffixes)
  }

  static func split(_ values: [[UInt8]]) -> [UInt8] {
    guard let width = values.first?.count else { return [] }
    return (0..<width).flatMap { byte in values.map { $0[byte] } }
  }

  static func plain(_ texts: [[UInt8]]) -> [UInt8] { texts.flatMap { ParquetBytes.number($0.count, 4) + $0 } }
}
