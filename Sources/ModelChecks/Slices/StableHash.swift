/// A hash that is the same in every run and on every machine: what rows are divided by.
enum StableHash {
  /// FNV-1a of 64 bits, and the finaliser of SplitMix64, whose bits all depend on all bytes.
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }

  /// Whether it falls into the first of two halves.
  static func half(_ bytes: some Sequence<UInt8>) -> Bool { hash(bytes) & 1 == 0 }
}
