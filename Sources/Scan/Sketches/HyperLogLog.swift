internal import CKernels
internal import Glibc

/// How many different values there are, in a few kilobytes: HyperLogLog as Apache DataSketches keeps it.
///
/// A value is its 128-bit hash (`Murmur3`). Its coupon is 26 bits of one half, the address, and the number of leading
/// zeros of the other half plus one, the value. Few values are kept as the set of their coupons, which is nearly exact;
/// many as 2^lgK registers, each with the largest value that came to its address.
///
/// Values hash as in DataSketches: texts by their UTF-8, integers and doubles by their eight bytes. The empty text is a
/// value here, where DataSketches leaves it out.
///
/// The state does not depend on the order of the values or on how often each came, and merging is exact, but for one
/// thing: registers that saw all their values one by one also keep the estimate by historic inverse probability (HIP,
/// Cohen 2014; Ting 2014), which is more accurate than any that looks at the registers alone, and lost when two sets
/// of registers are merged.
package struct HyperLogLog: Sendable, Equatable {
  /// The binary logarithm of the number of registers.
  package private(set) var lgK: Int
  /// The coupons in an open-addressing table, 0 for a free slot; empty when there are none, or registers.
  private(set) var coupons: [UInt32]
  private(set) var couponCount = 0
  /// Empty while there are coupons.
  private(set) var registers: [UInt8] = []
  /// The sum of 2^-register, as long as there is a history.
  private(set) var inverseSum = 0.0
  /// The estimate by historic inverse probability; nil when registers were merged, or nobody wants it.
  private(set) var hip: Double? = 0

  static let lgKRange = 4...21
  /// The value of a coupon is in its upper six bits.
  static let addressBits: UInt32 = 26
  static let addressMask: UInt32 = 1 << 26 - 1
  private static let initialSlots = 16

  /// - Parameter lgK: 4 to 21; 12 has a relative standard error of 1.3 %, 1.6 % after a merge.
  package init(lgK: Int = 12) {
    precondition(Self.lgKRange.contains(lgK), "the number of registers is 2^4 to 2^21")
    self.lgK = lgK
    coupons = []
  }

  /// A sketch from the registers of an image.
  init(lgK: Int, registers: [UInt8], hip: Double?) {
    self.lgK = lgK
    self.coupons = []
    self.registers = registers
    self.hip = hip
    inverseSum = registers.reduce(0) { $0 + Self.inverse($1) }
  }

  package var isEmpty: Bool { registers.isEmpty ? couponCount == 0 : !registers.contains { $0 > 0 } }

  /// Whether both saw the same values, and keep the same estimate.
  package static func == (first: HyperLogLog, second: HyperLogLog) -> Bool {
    first.lgK == second.lgK && first.hasHistory == second.hasHistory && first.registers == second.registers
      && (first.registers.isEmpty || first.hip == second.hip)
      && first.couponCount == second.couponCount && first.sortedCoupons == second.sortedCoupons
  }

  /// Whether the estimate is by coupons or by history: false once registers were merged.
  package var hasHistory: Bool { registers.isEmpty || hip != nil }

  /// The coupons, sorted: the one order that does not depend on the history.
  var sortedCoupons: [UInt32] { coupons.filter { $0 != 0 }.sorted() }

  /// The memory that the sketch holds, in bytes.
  var footprint: Int { Footprint.of(coupons) + Footprint.of(registers) }

  // MARK: - Updating

  package mutating func update(_ hash: Murmur3.Hash) {
    update(coupon: Self.coupon(hash))
  }

  /// Takes in hashes; zero is that of no value, and changes nothing.
  package mutating func update(_ hashes: [Murmur3.Hash]) {
    hashes.withUnsafeBufferPointer { hashes in
      var index = 0
      while index < hashes.count, registers.isEmpty {
        if hashes[index] != Murmur3.Hash(0, 0) { insert(Self.coupon(hashes[index])) }
        index += 1
      }
      updateRegisters(UnsafeBufferPointer(rebasing: hashes[index...]))
    }
  }

  /// Gives up the estimate by history for a sketch that is to be merged, which would lose it anyway: updates are faster.
  mutating func forgetHistory() { hip = nil }

  /// Most hashes raise no register, and those that do not raise one as it was do not raise it later.
  private mutating func updateRegisters(_ hashes: UnsafeBufferPointer<Murmur3.Hash>) {
    // Safe because: a hash is its two words.
    let words = UnsafeRawBufferPointer(hashes).assumingMemoryBound(to: UInt64.self)
    if hip == nil {
      // Safe because: of an address no more is used than there are registers.
      return ck_raise_registers(words.baseAddress, hashes.count, &registers, registers.count)
    }
    let raising = [Int32](unsafeUninitializedCapacity: hashes.count) { places, count in
      // Safe because: at most as many places are written as there are hashes.
      count = ck_raising_hashes(words.baseAddress, hashes.count, registers, registers.count, places.baseAddress)
    }
    for place in raising where hashes[Int(place)] != Murmur3.Hash(0, 0) { update(hashes[Int(place)]) }
  }

  /// The hashes of texts, of those that occur.
  package mutating func update(_ texts: CountedTexts, _ hashes: [Murmur3.Hash]) {
    if texts.counts != nil {
      texts.forEachPlace { index, _ in update(hashes[index]) }
    } else {
      update(hashes)
    }
  }

  @inline(__always)
  private static func coupon(_ hash: Murmur3.Hash) -> UInt32 {
    UInt32(value(hash)) &<< addressBits | UInt32(truncatingIfNeeded: hash.h1) & addressMask
  }

  /// The leading zeros plus one, so that a coupon is never 0; at most 63.
  @inline(__always)
  private static func value(_ hash: Murmur3.Hash) -> UInt8 {
    UInt8(truncatingIfNeeded: (hash.h2 | 3).leadingZeroBitCount &+ 1)
  }

  mutating func update(coupon: UInt32) {
    if registers.isEmpty { return insert(coupon) }
    let slot = Int(coupon) & (registers.count - 1)
    let value = UInt8(truncatingIfNeeded: coupon >> Self.addressBits)
    guard value > registers[slot] else { return }
    if let known = hip {
      hip = known + Double(registers.count) / inverseSum
      inverseSum += Self.inverse(value) - Self.inverse(registers[slot])
    }
    registers[slot] = value
  }

  private mutating func insert(_ coupon: UInt32) {
    if coupons.isEmpty { coupons = [UInt32](repeating: 0, count: Self.initialSlots) }
    var slot = Self.firstSlot(coupon, coupons.count)
    while coupons[slot] != 0 {
      if coupons[slot] == coupon { return }
      slot = (slot &+ 1) & (coupons.count &- 1)
    }
    coupons[slot] = coupon
    couponCount += 1
    if isFull { promote() } else if couponCount * 2 > coupons.count { grow() }
  }

  /// Whether coupons would take more room than registers, by the rule of DataSketches.
  private var isFull: Bool {
    lgK < 8 ? couponCount >= 8 : couponCount * 4 > (1 << (lgK - 3)) * 3
  }

  @inline(__always)
  private static func firstSlot(_ coupon: UInt32, _ count: Int) -> Int {
    Int(coupon &* 0x9E37_79B1 &>> 7) & (count &- 1)
  }

  private mutating func grow() {
    let old = coupons
    coupons = [UInt32](repeating: 0, count: old.count * 2)
    for coupon in old where coupon != 0 {
      var slot = Self.firstSlot(coupon, coupons.count)
      while coupons[slot] != 0 { slot = (slot + 1) & (coupons.count - 1) }
      coupons[slot] = coupon
    }
  }

  private mutating func promote() {
    let known = couponEstimate
    let old = coupons
    registers = [UInt8](repeating: 0, count: 1 << lgK)
    inverseSum = Double(registers.count)
    coupons = []
    couponCount = 0
    let hasHistory = hip != nil
    for coupon in old where coupon != 0 { update(coupon: coupon) }
    if hasHistory { hip = known }
  }

  /// 2^-value.
  @inline(__always)
  static func inverse(_ value: UInt8) -> Double {
    Double(bitPattern: UInt64(1023 &- Int(value)) &<< 52)
  }

  // MARK: - Merging

  /// Adds the values of another sketch; of two sizes the result has the smaller.
  package mutating func merge(_ other: HyperLogLog) {
    if other.isEmpty { return }
    fold(to: other.lgK)
    var other = other
    other.fold(to: lgK)
    if isEmpty {
      self = other
    } else if other.registers.isEmpty {
      // A set of coupons is a stream like any other, so that the historic estimate remains good.
      for coupon in other.sortedCoupons { update(coupon: coupon) }
    } else if registers.isEmpty {
      for coupon in sortedCoupons { other.update(coupon: coupon) }
      self = other
    } else {
      for slot in registers.indices { registers[slot] = max(registers[slot], other.registers[slot]) }
      hip = nil
    }
  }

  /// Makes the sketch that fewer registers would be: registers whose addresses fall together keep the largest value.
  private mutating func fold(to smaller: Int) {
    guard smaller < lgK else { return }
    lgK = smaller
    if registers.isEmpty {
      if isFull { promote() }
      return
    }
    let count = 1 << smaller
    for slot in count..<registers.count {
      registers[slot & (count - 1)] = max(registers[slot & (count - 1)], registers[slot])
    }
    registers.removeSubrange(count...)
    hip = nil
  }
}
