/// Philox4x32-10: random numbers as a function of a key and a counter.
///
/// Nothing is carried from one draw to the next but the counter, so every resample has numbers of its own, wherever and
/// in whatever order it is computed. Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
package struct Philox: RandomNumberGenerator, Sendable {
  private let key: (UInt32, UInt32)
  private let stream: (UInt32, UInt32)
  private var block: UInt64 = 0
  private var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
  private var used = 4

  /// The numbers of one stream of a seed; streams of the same seed are independent.
  package init(_ seed: Seed, stream: UInt64 = 0) {
    key = Self.halves(seed.value)
    self.stream = Self.halves(stream)
  }

  /// The next 32 random bits.
  @inline(__always)
  package mutating func word() -> UInt32 {
    if used == 4 {
      let (low, high) = Self.halves(block)
      words = Self.block((low, high, stream.0, stream.1), key)
      block &+= 1
      used = 0
    }
    defer { used += 1 }
    switch used {
    case 0: return words.0
    case 1: return words.1
    case 2: return words.2
    default: return words.3
    }
  }

  package mutating func next() -> UInt64 {
    let low = UInt64(word())
    return low | UInt64(word()) << 32
  }

  /// A number in [0, 1), a multiple of 2^-53.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// An index below a count of at most 2^32, each equally likely: Lemire, "Fast random integer generation in an
  /// interval", ACM TOMACS 29 (2019).
  @inline(__always)
  package mutating func index(below count: UInt32) -> Int {
    var product = UInt64(word()) * UInt64(count)
    if UInt32(truncatingIfNeeded: product) < count {
      let threshold = (0 &- count) % count
      while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(word()) * UInt64(count) }
    }
    return Int(product >> 32)
  }

  /// So many indices below a count, as `index(below:)` would give them from here on one by one; four at a time.
  @inline(__always)
  mutating func forEachIndex(below count: UInt32, times: Int, _ body: (Int) -> Void) {
    let threshold = (0 &- count) % count
    var left = times
    while left > 0 {
      if left >= 4, used == 4 {
        let (low, high) = Self.halves(block)
        let words = Self.block((low, high, stream.0, stream.1), key)
        let (a, b) = (UInt64(words.0) &* UInt64(count), UInt64(words.1) &* UInt64(count))
        let (c, d) = (UInt64(words.2) &* UInt64(count), UInt64(words.3) &* UInt64(count))
        let least = min(
          min(UInt32(truncatingIfNeeded: a), UInt32(truncatingIfNeeded: b)),
          min(UInt32(truncatingIfNeeded: c), UInt32(truncatingIfNeeded: d)))
        // A block with a word that must be passed over is taken the slow way.
        if least >= threshold {
          block &+= 1
          body(Int(a >> 32))
          body(Int(b >> 32))
          body(Int(c >> 32))
          body(Int(d >> 32))
          left -= 4
          continue
        }
      }
      body(index(below: count))
      left -= 1
    }
  }

  @inline(__always)
  static func block(
    _ counter: (UInt32, UInt32, UInt32, UInt32), _ key: (UInt32, UInt32)
  ) -> (UInt32, UInt32, UInt32, UInt32) {
    var (x0, x1, x2, x3) = counter
    var (k0, k1) = key
    for _ in 0..<10 {
      let first = UInt64(0xD251_1F53) &* UInt64(x0)
      let second = UInt64(0xCD9E_8D57) &* UInt64(x2)
      (x0, x1, x2, x3) = (
        UInt32(truncatingIfNeeded: second >> 32) ^ x1 ^ k0, UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ x3 ^ k1, UInt32(truncatingIfNeeded: first)
      )
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (x0, x1, x2, x3)
  }

  private static func halves(_ value: UInt64) -> (UInt32, UInt32) {
    (UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32))
  }
}
