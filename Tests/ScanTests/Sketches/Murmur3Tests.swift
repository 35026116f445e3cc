import TestSupport
import Testing

@testable import Scan

@Suite struct Murmur3Tests {
  /// The same hash written from the definition: byte by byte, with the constants alone in common.
  private func slow(_ bytes: [UInt8]) -> Murmur3.Hash {
    let (c1, c2): (UInt64, UInt64) = (0x87c3_7b91_1142_53d5, 0x4cf5_ad43_2745_937f)
    func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }
    func mix(_ word: UInt64) -> UInt64 {
      var mixed = word ^ word >> 33
      mixed = mixed &* 0xff51_afd7_ed55_8ccd
      mixed ^= mixed >> 33
      mixed = mixed &* 0xc4ce_b9fe_1a85_ec53
      return mixed ^ mixed >> 33
    }
    var (h1, h2): (UInt64, UInt64) = (9001, 9001)
    for start in stride(from: 0, to: bytes.count, by: 16) {
      let block = Array(bytes[start..<min(start + 16, bytes.count)])
      var (k1, k2): (UInt64, UInt64) = (0, 0)
      for (index, byte) in block.enumerated() {
        if index < 8 { k1 |= UInt64(byte) << UInt64(index * 8) } else { k2 |= UInt64(byte) << UInt64(index * 8 - 64) }
      }
      let isWhole = block.count == 16
      h1 ^= rotate(k1 &* c1, 31) &* c2
      if isWhole { h1 = (rotate(h1, 27) &+ h2) &* 5 &+ 0x52dc_e729 }
      h2 ^= rotate(k2 &* c2, 33) &* c1
      if isWhole { h2 = (rotate(h2, 31) &+ h1) &* 5 &+ 0x3849_5ab5 }
    }
    h1 ^= UInt64(bytes.count)
    h2 ^= UInt64(bytes.count)
    h1 = h1 &+ h2
    h2 = h2 &+ h1
    h1 = mix(h1)
    h2 = mix(h2)
    h1 = h1 &+ h2
    return Murmur3.Hash(h1, h2 &+ h1)
  }

  @Test func agreesWithTheDefinitionForEveryLength() {
    var generator = SeededGenerator(seed: 7)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      #expect(Murmur3.hash(bytes.span) == slow(bytes))
    }
  }

  @Test func piecesHashAsTheWhole() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<200 {
      let pieces = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        (0..<Int.random(in: 0...40, using: &generator)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      }
      var stream = Murmur3.Stream()
      for piece in pieces { stream.update(piece) }
      #expect(stream.hash == slow(Array(pieces.joined())))
    }
  }

  @Test func numbersHashTheirEightBytes() {
    for value: UInt64 in [0, 1, .max, 0x0123_4567_89ab_cdef] {
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
      #expect(Murmur3.hash(value) == slow(bytes))
      if !Double(bitPattern: value).isNaN {
        #expect(Murmur3.hash(Double(bitPattern: value)) == slow(bytes))
      }
    }
  }

  @Test func zerosAndNaNsAreCanonical() {
    #expect(Murmur3.hash(-0.0) == Murmur3.hash(0.0))
    #expect(Murmur3.hash(0.0) == Murmur3.hash(UInt64(0)))
    #expect(Murmur3.hash(Double(nan: 77, signaling: false)) == Murmur3.hash(UInt64(0x7ff8_0000_0000_0000)))
    #expect(Murmur3.hash(-Double.nan) == Murmur3.hash(Double.nan))
  }

  /// Around the lengths of a word, of a block and of the blocks that are hashed together, up to the end of the bytes.
  @Test(arguments: VectorLevel.allCases)
  func manyTextsAreHashedAsEach(level: VectorLevel) {
    var generator = SeededGenerator(seed: 3)
    for isASCII in [true, false] {
      var column = TextColumn()
      for row in 0..<2000 {
        column.starts.append(Int32(column.bytes.count))
        let length = Int.random(in: 0...(row % 100 == 1 ? 300 : row % 5 == 0 ? 70 : 17), using: &generator)
        column.bytes += (0..<length).map { _ in UInt8.random(in: 0...127, using: &generator) }
        column.ends.append(row % 11 == 7 ? -1 : Int32(column.bytes.count))
      }
      if !isASCII, let last = column.ends.last, last > 0 { column.bytes[Int(last) - 1] |= 0x80 }
      let found = level.run { TextSurvey(CountedTexts(column)) }
      #expect(found.isASCII == isASCII)
      for row in column.ends.indices {
        let expected = column.range(row).map { slow(Array(column.bytes[$0])) } ?? Murmur3.Hash(0, 0)
        #expect(found.hashes[row] == expected)
      }
      let lengths = column.ends.indices.compactMap { column.range($0)?.count }
      #expect(
        found.lengths.prefix(257).enumerated().allSatisfy { length, count in
          lengths.count { $0 == length } == count
        })
      #expect(found.lengths[257] == lengths.count { $0 > 256 } && found.lengths[257] > 0)
    }
  }

  @Test(arguments: VectorLevel.allCases)
  func wordsAreHashedAsTheirBytes(level: VectorLevel) {
    var generator = SeededGenerator(seed: 4)
    let words = (0..<1000).map { _ in generator.next() }
    let hashes = level.run { Murmur3.hashes(CountedTexts(CountedWords(words))) }
    #expect(hashes == words.map { Murmur3.hash($0) })
  }

  @Test func textsAreHashedInTheirPlaces() {
    let column = TextColumn(bytes: Array("onetwo".utf8), starts: [0, 0, 3], ends: [3, -1, 6])
    let hashes = Murmur3.hashes(CountedTexts(column))
    #expect(hashes == [slow(Array("one".utf8)), Murmur3.Hash(0, 0), slow(Array("two".utf8))])
  }
}
