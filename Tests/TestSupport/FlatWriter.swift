/// A value of a FlatBuffers table, for tests that build messages by hand.
package indirect enum FlatValue: Sendable {
  case number([UInt8])
  case text(String)
  case table([Int: FlatValue])
  case tables([[Int: FlatValue]])
  /// A vector of structs, as 64-bit words.
  case words([Int64], perElement: Int)

  package static func int<Number: FixedWidthInteger>(_ number: Number) -> FlatValue { .number(littleEndian(number)) }
}

package func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * Number($0))) }
}

/// Writes tables front to back: every reference points forward, to what is written after it.
struct FlatWriter {
  private var bytes: [UInt8] = [0, 0, 0, 0]

  static func buffer(_ root: [Int: FlatValue]) -> [UInt8] {
    var writer = FlatWriter()
    writer.patch(0, writer.write(root))
    return writer.bytes
  }

  private mutating func patch(_ place: Int, _ target: Int) {
    bytes.replaceSubrange(place..<place + 4, with: littleEndian(UInt32(target - place)))
  }

  private mutating func write(_ fields: [Int: FlatValue]) -> Int {
    let vtable = bytes.count
    let slots = (fields.keys.max() ?? -1) + 1
    bytes += littleEndian(UInt16(4 + 2 * slots)) + littleEndian(UInt16(0)) + [UInt8](repeating: 0, count: 2 * slots)
    let table = bytes.count
    bytes += littleEndian(Int32(table - vtable))
    var references: [(place: Int, value: FlatValue)] = []
    for (field, value) in fields.sorted(by: { $0.key < $1.key }) {
      let slot = vtable + 4 + 2 * field
      bytes.replaceSubrange(slot..<slot + 2, with: littleEndian(UInt16(bytes.count - table)))
      if case .number(let number) = value {
        bytes += number
      } else {
        references.append((bytes.count, value))
        bytes += [0, 0, 0, 0]
      }
    }
    for (place, value) in references { patch(place, write(value)) }
    return table
  }

  private mutating func write(_ value: FlatValue) -> Int {
    let start = bytes.count
    switch value {
    case .number(let number): bytes += number
    case .text(let text): bytes += littleEndian(UInt32(text.utf8.count)) + Array(text.utf8)
    case .table(let fields): return write(fields)
    case .words(let words, let width):
      bytes += littleEndian(UInt32(words.count / width)) + words.flatMap { littleEndian($0) }
    case .tables(let tables):
      bytes += littleEndian(UInt32(tables.count)) + [UInt8](repeating: 0, count: 4 * tables.count)
      for (index, fields) in tables.enumerated() { patch(start + 4 + 4 * index, write(fields)) }
    }
    return start
  }
}
