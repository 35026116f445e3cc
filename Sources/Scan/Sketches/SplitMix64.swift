/// The generator SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
enum SplitMix64 {
  /// What the state grows by from one number to the next.
  static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The number of a state: every bit of it decides on every bit of the number.
  @inline(__always)
  static func mix(_ state: UInt64) -> UInt64 {
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
