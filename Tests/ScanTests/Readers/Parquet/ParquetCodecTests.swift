import TestSupport
import Testing

@testable import Scan

/// Blocks compressed by pyarrow and Python, and some by hand.
@Suite struct ParquetCodecTests {
  private let text = Array("one pass over any table, one pass over any table\n".utf8)

  private func bytes(_ hexadecimal: String) -> [UInt8] {
    var digits = Substring(hexadecimal)
    var bytes: [UInt8] = []
    while !digits.isEmpty {
      bytes.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
      digits = digits.dropFirst(2)
    }
    return bytes
  }

  private func decompress(_ codec: Int, _ block: [UInt8], size: Int) throws(PageFault) -> [UInt8] {
    var target = [UInt8](repeating: 0xEE, count: size + 10)
    try ParquetCodec(codec).decompress([1] + block + [2], 1..<block.count + 1, into: &target, 5..<size + 5)
    #expect(target[..<5] + target[(size + 5)...] == ArraySlice(repeating: 0xEE, count: 10))
    return Array(target[5..<size + 5])
  }

  static let blocks: [(codec: Int, hexadecimal: String)] = [
    (1, "31606f6e652070617373206f76657220616e79207461626c652c205a1900000a"),
    (
      2,
      "1f8b0800000000000203cbcf4b5528482c2e56c82f4b2d5248ccab5428494cca49d551c8c72ec105008db252f9310000"
        + "00"
    ),
    (4, "1b30000004ea645d49b7ae960f2ac666938a50335155d6a80c5abbd4c5a07c62719001"),
    (6, "28b52ffd2031050100d06f6e652070617373206f76657220616e79207461626c652c200a0100713dc7"),
    (7, "ff0a6f6e652070617373206f76657220616e79207461626c652c201900005061626c650a"),
    (
      2,
      "1f8b0800000000000203cbcf4b5528482c2e56c82f4b2d5248ccab5428490400cad1fe96140000001f8b080000000000"
        + "02034bca49d551c8cf4b5528482c2e56c82f4b2d5248ccab5428494cca49e5020011a0a3c01d000000"
    ),
  ]

  @Test(arguments: blocks) func everyCodec(codec: Int, hexadecimal: String) throws {
    let block = bytes(hexadecimal)
    #expect(try decompress(codec, block, size: text.count) == text)
    // Any other size, and any truncation, is refused.
    for size in [1, text.count - 1, text.count + 1, 1000] {
      #expect(throws: PageFault.self) { try decompress(codec, block, size: size) }
    }
    for length in 0..<block.count {
      let whole = try? decompress(codec, Array(block[..<length]), size: text.count)
      #expect(whole == nil || whole == text)
    }
  }

  /// A random block of Snappy and what it stands for, element by element as format_description.txt has them.
  private func snappy(using dice: inout SeededGenerator) -> (block: [UInt8], text: [UInt8]) {
    var text: [UInt8] = []
    var block: [UInt8] = []
    for _ in 0..<Int.random(in: 0...60, using: &dice) {
      let kind = text.isEmpty ? 0 : Int.random(in: 0...3, using: &dice)
      let nearest = Bool.random(using: &dice) ? min(20, text.count) : text.count
      let offset = kind == 0 ? 0 : Int.random(in: 1...min(nearest, kind == 1 ? 2047 : 65535), using: &dice)
      switch kind {
      case 0:
        let length = Int.random(in: 1...[8, 60, 300][Int.random(in: 0...2, using: &dice)], using: &dice)
        let literal = (0..<length).map { _ in UInt8.random(in: 0...255, using: &dice) }
        block += length <= 60 ? [UInt8(length - 1) << 2] : [61 << 2] + ParquetBytes.number(length - 1, 2)
        block += literal
        text += literal
      case 1:
        let length = Int.random(in: 4...11, using: &dice)
        block += [UInt8(offset >> 8) << 5 | UInt8(length - 4) << 2 | 1, UInt8(offset & 0xFF)]
        for _ in 0..<length { text.append(text[text.count - offset]) }
      default:
        let length = Int.random(in: 1...64, using: &dice)
        block += [UInt8(length - 1) << 2 | UInt8(kind)] + ParquetBytes.number(offset, kind == 2 ? 2 : 4)
        for _ in 0..<length { text.append(text[text.count - offset]) }
      }
    }
    return (ThriftBytes.varint(UInt64(text.count)) + block, text)
  }

  @Test(arguments: VectorLevel.allCases) func blocksOfSnappy(level: VectorLevel) throws {
    var dice = SeededGenerator(seed: 21)
    for _ in 0..<500 {
      var (block, text) = snappy(using: &dice)
      #expect(try level.run { try decompress(1, block, size: text.count) } == text)
      // Damage yields what the library makes of it, and nothing beyond the target, which `decompress` sees.
      for _ in 0..<3 {
        block[Int.random(in: 0..<block.count, using: &dice)] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
        for damaged in [block, Array(block[..<Int.random(in: 0..<block.count, using: &dice)])] {
          let library = VectorLevel.base.run { try? decompress(1, damaged, size: text.count) }
          let found = level.run { try? decompress(1, damaged, size: text.count) }
          #expect(found == library)
        }
      }
    }
    // Copies from before the beginning, and from nowhere; a literal and a copy that end with the block.
    for block in [
      [4, 0, 65, 0b0000_0010, 2, 0], [4, 0, 65, 0b0000_1010, 0, 0], [4, 63 << 2, 3, 0], [4, 0, 65, 0b0000_1010, 1],
    ] as [[UInt8]] {
      #expect(throws: PageFault.self) { try level.run { try decompress(1, block, size: 4) } }
    }
  }

  @Test func framesOfHadoop() throws {
    // Two blocks, each a token for up to 14 literals, its literals, and before it both sizes.
    func frame(_ part: ArraySlice<UInt8>) -> [UInt8] {
      [0, 0, 0, UInt8(part.count), 0, 0, 0, UInt8(part.count + 1), UInt8(part.count << 4)] + part
    }
    let block = frame(text[..<14]) + frame(text[14..<20])
    #expect(try decompress(5, block, size: 20) == Array(text[..<20]))
    // Without frames it is one bare block.
    #expect(try decompress(5, [6 << 4] + text[..<6], size: 6) == Array(text[..<6]))
    #expect(throws: PageFault.self) { try decompress(5, block, size: 19) }
  }

  @Test func checksumOfTheTextbook() {
    let digits = Array("x123456789".utf8)
    #expect(ParquetCodec.checksum(digits, 1..<10) == 0xCBF4_3926)
  }

  @Test func claimsThatNoCodecCanKeep() throws {
    #expect(throws: PageFault.self) { try ParquetCodec(1).check(100, unpacksTo: 100_000) }
    #expect(throws: PageFault.self) { try ParquetCodec(7).check(100, unpacksTo: 100_000) }
    try ParquetCodec(1).check(100, unpacksTo: 2100)
    try ParquetCodec(6).check(100, unpacksTo: 3_276_800)
    #expect(throws: PageFault.self) { try ParquetCodec(6).check(100, unpacksTo: 3_400_000) }
    try ParquetCodec(4).check(100, unpacksTo: 1 << 30)
  }
}
