/// Where random numbers come from: the content that is resampled, so that the same inputs give the same answer, and a
/// changed value gives other numbers.
package struct Seed: Sendable, Hashable {
  package let value: UInt64

  package init(_ value: UInt64) { self.value = value }

  /// The seed of a method's name and its samples, their order and lengths included.
  package init(_ name: String, _ samples: [Double]...) {
    var mixed: UInt64 = 0x6A09_E667_F3BC_C908
    func absorb(_ word: UInt64) {
      mixed = (mixed ^ word) &* 0x9E37_79B9_7F4A_7C15
      mixed ^= mixed >> 29
    }
    for byte in name.utf8 { absorb(UInt64(byte)) }
    for sample in samples {
      absorb(UInt64(sample.count))
      for value in sample { absorb(value.bitPattern) }
    }
    // The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    value = mixed ^ (mixed >> 31)
  }
}
