/// The digest that DVC names contents by (RFC 1321). It guards against damage, not against forgery.
struct MD5: Sendable {
  private var state: (a: UInt32, b: UInt32, c: UInt32, d: UInt32) = (0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476)
  /// What does not fill a block yet.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  private static let blockSize = 64

  private static let shifts: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

  /// The whole part of 2^32 times the sine of 1 to 64, as section 3.4 has it.
  private static let sines: [UInt32] = [
    0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a, 0xa830_4613, 0xfd46_9501,
    0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be, 0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821,
    0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
    0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed, 0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a,
    0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c, 0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70,
    0x289b_7ec6, 0xeaa1_27fa, 0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
    0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
    0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1, 0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
  ]

  /// Takes in more of the content. O(bytes).
  mutating func update(_ bytes: some Collection<UInt8>) {
    rest += bytes
    count += UInt64(bytes.count)
    var start = 0
    while rest.count - start >= Self.blockSize {
      mix(rest[start..<(start + Self.blockSize)])
      start += Self.blockSize
    }
    rest.removeFirst(start)
  }

  /// The digest of all that was taken in, in hexadecimal.
  consuming func finish() -> String {
    let bits = count &* 8
    let padding = 1 + (Self.blockSize * 2 - 9 - rest.count) % Self.blockSize
    update([0x80] + repeatElement(0, count: padding - 1) + (0..<8).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) })
    let digits = Array("0123456789abcdef".utf8)
    let text = [state.a, state.b, state.c, state.d].flatMap { word in
      (0..<4).flatMap { index -> [UInt8] in
        let byte = Int(word >> (index * 8) & 0xff)
        return [digits[byte >> 4], digits[byte & 0xf]]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func mix(_ block: ArraySlice<UInt8>) {
    let words = (0..<16).map { index -> UInt32 in
      let at = block.startIndex + index * 4
      return UInt32(block[at]) | UInt32(block[at + 1]) << 8 | UInt32(block[at + 2]) << 16 | UInt32(block[at + 3]) << 24
    }
    var (a, b, c, d) = state
    for step in 0..<64 {
      let (mixed, word) =
        switch step / 16 {
        case 0: (b & c | ~b & d, step)
        case 1: (d & b | ~d & c, (5 * step + 1) % 16)
        case 2: (b ^ c ^ d, (3 * step + 5) % 16)
        default: (c ^ (b | ~d), 7 * step % 16)
        }
      let sum = a &+ mixed &+ Self.sines[step] &+ words[word]
      let shift = Self.shifts[step / 16 * 4 + step % 4]
      (a, d, c, b) = (d, c, b, b &+ (sum << shift | sum >> (32 - shift)))
    }
    state = (state.a &+ a, state.b &+ b, state.c &+ c, state.d &+ d)
  }
}
