/// MurmurHash3, x64, 128 bits (Austin Appleby, public domain), with the seed of Apache DataSketches: equal values have
/// equal hashes there and here.
package enum Murmur3 {
  /// The two halves of a hash; uniform and independent of each other.
  package struct Hash: Sendable, Hashable, Comparable {
    package var h1: UInt64
    package var h2: UInt64

    package init(_ h1: UInt64, _ h2: UInt64) {
      self.h1 = h1
      self.h2 = h2
    }

    /// An order of their own, for what depends on the order of values.
    package static func < (a: Hash, b: Hash) -> Bool { (a.h1, a.h2) < (b.h1, b.h2) }
  }

  /// The default update seed of DataSketches.
  static let seed: UInt64 = 9001
  private static let c1: UInt64 = 0x87c3_7b91_1142_53d5
  private static let c2: UInt64 = 0x4cf5_ad43_2745_937f

  /// The hash of the eight bytes of an integer, little endian.
  @inline(__always)
  package static func hash(_ value: UInt64) -> Hash {
    finish(seed ^ scramble1(value), seed, length: 8)
  }

  /// The hash of the eight bytes of a double; -0 counts as 0, and every NaN as the same NaN.
  @inline(__always)
  package static func hash(_ value: Double) -> Hash {
    // Adding zero turns -0 into 0 and changes nothing else.
    let bits = (value + 0).bitPattern
    return hash(value == value ? bits : 0x7ff8_0000_0000_0000)
  }

  /// The hash of bytes.
  @inline(__always)
  package static func hash(_ bytes: Span<UInt8>) -> Hash {
    bytes.withUnsafeBytes { hash($0) }
  }

  /// The hash of each text, at its place; texts that do not occur keep a zero.
  package static func hashes(_ texts: CountedTexts) -> [Hash] { TextSurvey(texts).hashes }

  @inline(__always)
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> Hash {
    // Safe because: blocks of 16 bytes are loaded while 16 are left, and the tail's loads stay within its length.
    var (h1, h2) = (seed, seed)
    mixBlocks(bytes, &h1, &h2)
    mixRest(bytes, &h1, &h2)
    return finish(h1, h2, length: UInt64(bytes.count))
  }

  @inline(__always)
  private static func mixBlocks(_ bytes: UnsafeRawBufferPointer, _ h1: inout UInt64, _ h2: inout UInt64) {
    guard let base = bytes.baseAddress else { return }
    var offset = 0
    while offset &+ 16 <= bytes.count {
      h1 ^= scramble1(UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      h1 = (rotate(h1, 27) &+ h2) &* 5 &+ 0x52dc_e729
      h2 ^= scramble2(UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)))
      h2 = (rotate(h2, 31) &+ h1) &* 5 &+ 0x3849_5ab5
      offset &+= 16
    }
  }

  /// What is behind the last whole block.
  @inline(__always)
  private static func mixRest(_ bytes: UnsafeRawBufferPointer, _ h1: inout UInt64, _ h2: inout UInt64) {
    let rest = bytes.count & 15
    guard rest > 0, let base = bytes.baseAddress else { return }
    let tail = base + (bytes.count &- rest)
    if rest > 8 { h2 ^= scramble2((tail + 8).loadWord(rest &- 8)) }
    h1 ^= scramble1(tail.loadWord(min(rest, 8)))
  }

  /// The hash of bytes that come piece by piece: that of all of them at once.
  package struct Stream {
    private var (h1, h2) = (seed, seed)
    private var length: UInt64 = 0
    /// Less than a block.
    private var rest: [UInt8] = []

    package init() {}

    package mutating func update(_ bytes: [UInt8]) {
      rest += bytes
      rest.withUnsafeBytes { mixBlocks($0, &h1, &h2) }
      rest.removeFirst(rest.count & ~15)
      length += UInt64(bytes.count)
    }

    package var hash: Hash {
      var (h1, h2) = (h1, h2)
      rest.withUnsafeBytes { mixRest($0, &h1, &h2) }
      return finish(h1, h2, length: length)
    }
  }

  @inline(__always)
  private static func scramble1(_ word: UInt64) -> UInt64 { rotate(word &* c1, 31) &* c2 }

  @inline(__always)
  private static func scramble2(_ word: UInt64) -> UInt64 { rotate(word &* c2, 33) &* c1 }

  @inline(__always)
  private static func finish(_ first: UInt64, _ second: UInt64, length: UInt64) -> Hash {
    var h1 = first ^ length
    var h2 = second ^ length
    h1 &+= h2
    h2 &+= h1
    h1 = avalanche(h1)
    h2 = avalanche(h2)
    h1 &+= h2
    h2 &+= h1
    return Hash(h1, h2)
  }

  @inline(__always)
  private static func avalanche(_ word: UInt64) -> UInt64 {
    var mixed = (word ^ word &>> 33) &* 0xff51_afd7_ed55_8ccd
    mixed = (mixed ^ mixed &>> 33) &* 0xc4ce_b9fe_1a85_ec53
    return mixed ^ mixed &>> 33
  }

  @inline(__always)
  private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { word &<< bits | word &>> (64 &- bits) }
}
