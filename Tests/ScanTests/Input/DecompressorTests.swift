import TestSupport
import Testing

@testable import Scan

/// Compressed bytes that were made by hand: gzip with blocks of stored bytes, zstd with raw and repeated blocks.
@Suite struct DecompressorTests {
  /// A gzip member of stored blocks (RFC 1951, section 3.2.4).
  private static func gzip(_ content: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var start = 0
    repeat {
      let block = content[start..<min(content.count, start + 65_535)]
      start = block.endIndex
      let length = UInt16(block.count)
      bytes.append(start == content.count ? 1 : 0)
      bytes += little(length) + little(~length) + block
    } while start < content.count
    return bytes + little(checksum(content)) + little(UInt32(truncatingIfNeeded: content.count))
  }

  /// A zstd frame of one segment, whose one block is raw (RFC 8878, section 3.1.1).
  private static func zstd(_ content: [UInt8]) -> [UInt8] {
    let header = UInt32(content.count) << 3 | 1
    return zstdHead(content.count) + little(header).prefix(3) + content
  }

  /// The same with an empty block at its end, and a header that says how large the content is.
  private static func zstd(_ content: [UInt8], saying size: Int) -> [UInt8] {
    zstdHead(size) + little(UInt32(content.count) << 3).prefix(3) + content + [1, 0, 0]
  }

  private static func zstdHead(_ size: Int) -> [UInt8] { [0x28, 0xB5, 0x2F, 0xFD, 0xA0] + little(UInt32(size)) }

  /// A zstd frame that repeats a byte: 128 KiB a block of four bytes.
  private static func zstdBomb(_ blocks: Int) -> [UInt8] {
    var bytes: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58]
    for block in 1...blocks {
      bytes += little(UInt32(1 << 17) << 3 | 2 | (block == blocks ? 1 : 0)).prefix(3) + [0x61]
    }
    return bytes
  }

  private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// CRC-32 bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in rest >> 1 ^ (rest & 1 == 0 ? 0 : 0xEDB8_8320) }
    }
  }

  private static func decompressed(
    _ bytes: [UInt8], _ compression: Compression, piece: Int = .max, step: Int = 1000, limit: Int = 1 << 40
  ) throws -> [UInt8] {
    var source = try Decompressor(PiecewiseSource(bytes, piece: piece), compression, maximumBytes: limit)
    var result: [UInt8] = []
    while true {
      let before = result.count
      let count = try source.read(step, into: &result)
      #expect(result.count == before + count)
      if count == 0 { return result }
    }
  }

  private static let skipped: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
  private static let content = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }

  @Test(arguments: [1, 3, 4096, Int.max], [1, 7, 1 << 20])
  func membersAndFramesAreOneStream(piece: Int, step: Int) throws {
    let short = Array(Self.content.prefix(3000))
    let members = Self.gzip(short) + Self.gzip([]) + Self.gzip(Array("end".utf8))
    #expect(try Self.decompressed(members, .gzip, piece: piece, step: step) == short + Array("end".utf8))
    let frames =
      Self.skipped + Self.zstd(short) + Self.skipped + Self.zstd([]) + Self.zstd(Array("end".utf8)) + Self.skipped
    #expect(try Self.decompressed(frames, .zstd, piece: piece, step: step) == short + Array("end".utf8))
  }

  @Test func longContentIsRead() throws {
    #expect(try Self.decompressed(Self.gzip(Self.content), .gzip) == Self.content)
    #expect(try Self.decompressed(Self.zstd(Self.content), .zstd) == Self.content)
  }

  @Test(arguments: Compression.allCases)
  func everyTruncationIsAnError(_ compression: Compression) throws {
    let content = Array("some rows\n".utf8)
    let one = compression == .gzip ? Self.gzip(content) : Self.zstd(content)
    for count in 0..<2 * one.count where count != one.count {
      let error = #expect(throws: ScanError.self) {
        try Self.decompressed(Array((one + one).prefix(count)), compression)
      }
      #expect(error?.message == "pieces: the compressed data ends before it is complete, at offset \(count)")
    }
  }

  @Test(arguments: Compression.allCases)
  func bytesBehindTheEndAreAnError(_ compression: Compression) throws {
    let one = compression == .gzip ? Self.gzip([1, 2]) : Self.zstd([1, 2])
    let error = #expect(throws: ScanError.self) { try Self.decompressed(one + Array("garbage".utf8), compression) }
    #expect(error?.kind == .malformed)
  }

  @Test func aWrongChecksumIsAnError() {
    var bytes = Self.gzip(Self.content)
    bytes[bytes.count - 5] ^= 1
    let error = #expect(throws: ScanError.self) { try Self.decompressed(bytes, .gzip) }
    #expect(error?.message.contains("corrupt at offset") == true)
  }

  /// The decoder itself does not see it when a frame's last block is empty.
  @Test(arguments: [1, 3, Int.max], [1, 1000])
  func framesShorterThanTheySayAreAnError(piece: Int, step: Int) throws {
    let content = Array("some rows\n".utf8)
    let good = Self.zstd(content, saying: content.count) + Self.skipped
    #expect(try Self.decompressed(good + good, .zstd, piece: piece, step: step) == content + content)
    for size in [0, content.count - 1, content.count + 1, 1000] {
      let bytes = good + Self.zstd(content, saying: size)
      let error = #expect(throws: ScanError.self) {
        try Self.decompressed(bytes + good, .zstd, piece: piece, step: step)
      }
      #expect(error?.kind == .malformed)
      // A frame that is all there and has room is refused by the decoder as a whole.
      guard size > content.count, step == 1 else { continue }
      #expect(
        error?.message == "pieces: the compressed data that ends at offset \(bytes.count) holds less than it says")
    }
  }

  @Test func bombsStopAtTheLimit() throws {
    let bomb = Self.zstdBomb(800)
    #expect(bomb.count < 4000)
    #expect(try Self.decompressed(bomb, .zstd, step: 1 << 20).count == 800 << 17)
    let error = #expect(throws: ScanError.self) { try Self.decompressed(bomb, .zstd, step: 1 << 20, limit: 10 << 20) }
    #expect(error?.kind == .limit)
  }

  /// Whatever the size, so that a bomb ends before its terabyte.
  @Test func whatExpandsBeyondReasonIsALimit() throws {
    let bomb = Self.zstdBomb(800)
    var source = try Decompressor(PiecewiseSource(bomb, piece: 64), .zstd, trustedBytes: 10 << 20)
    var result: [UInt8] = []
    let error = #expect(throws: ScanError.self) { while try source.read(1 << 20, into: &result) > 0 {} }
    #expect(error?.kind == .limit && error?.message.contains("expands to more than 500 times its size") == true)
    #expect((10 << 20) - (2 << 20)...(12 << 20) ~= result.count)
    var honest = try Decompressor(
      PiecewiseSource(Self.gzip(Self.content), piece: 64), .gzip, trustedBytes: 100)
    result = []
    while try honest.read(1000, into: &result) > 0 {}
    #expect(result == Self.content)
  }

  @Test func largeWindowsAreALimit() {
    // A window descriptor of 2^(10 + 31) bytes.
    let error = #expect(throws: ScanError.self) {
      try Self.decompressed([0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xF8, 1, 0, 0], .zstd)
    }
    #expect(error?.kind == .limit)
  }

  @Test(arguments: Compression.allCases)
  func mutationsAreBytesOrErrors(_ compression: Compression) throws {
    var generator = SeededGenerator(seed: 5)
    let content = Array(Self.content.prefix(500))
    let whole = compression == .gzip ? Self.gzip(content) + Self.gzip(content) : Self.zstd(content) + Self.zstdBomb(2)
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      do {
        #expect(try Self.decompressed(bytes, compression, limit: 4 << 20).count <= 4 << 20)
      } catch is ScanError {}
    }
  }

  @Test func theFirstBytesTell() {
    #expect(Compression.detect(Self.gzip([])) == .gzip)
    #expect(Compression.detect(Self.zstd([])) == .zstd)
    #expect(Compression.detect(Self.skipped) == .zstd)
    for other in [[], [0x1F], Array("{\"a\":1}".utf8), [0x50, 0x2A], [0x60, 0x2A, 0x4D, 0x18]] {
      #expect(Compression.detect(other) == nil)
    }
  }
}
