/// Images in the binary format of the HLL sketch of Apache DataSketches, serial version 1 (`HllUtil`, `PreambleUtil`).
extension HyperLogLog {
  private enum Layout {
    static let serialVersion: UInt8 = 1
    static let family: UInt8 = 7
    static let emptyFlag: UInt8 = 4
    static let compactFlag: UInt8 = 8
    static let outOfOrderFlag: UInt8 = 16
    static let list: UInt8 = 0
    static let set: UInt8 = 1
    static let hll: UInt8 = 2
    /// HLL_8 in the bits of the target type.
    static let eightBits: UInt8 = 2 << 2
    /// More coupons than this are a set.
    static let listLimit = 7
    /// The four-bit register that means «look among the exceptions».
    static let exception: UInt8 = 15
  }

  /// The compact image: a list or set of coupons, or HLL_8 registers. Equal states have equal images.
  package func serialized() -> [UInt8] {
    registers.isEmpty ? serializedCoupons() : serializedRegisters()
  }

  private func serializedCoupons() -> [UInt8] {
    let isSet = couponCount > Layout.listLimit
    let flags = Layout.compactFlag | (couponCount == 0 ? Layout.emptyFlag : 0)
    var image = ImageWriter()
    image.append(contentsOf: [isSet ? 3 : 2, Layout.serialVersion, Layout.family, UInt8(lgK)])
    image.append(contentsOf: [lgSlots, flags, isSet ? 0 : UInt8(couponCount)])
    image.append((isSet ? Layout.set : Layout.list) | Layout.eightBits)
    if isSet { image.append(UInt32(couponCount)) }
    for coupon in sortedCoupons { image.append(coupon) }
    return image.bytes
  }

  /// The size that a table of DataSketches has for as many coupons.
  private var lgSlots: UInt8 {
    if couponCount <= Layout.listLimit { return 3 }
    var size: UInt8 = 5
    while couponCount * 4 > (1 << size) * 3 { size += 1 }
    return size
  }

  private func serializedRegisters() -> [UInt8] {
    let flags = Layout.compactFlag | (hip == nil ? Layout.outOfOrderFlag : 0)
    var image = ImageWriter()
    image.append(contentsOf: [10, Layout.serialVersion, Layout.family, UInt8(lgK), 0, flags, 0])
    image.append(Layout.hll | Layout.eightBits)
    image.append(hip ?? 0)
    // Of the two sums one is of the registers below 32, each exact.
    image.append(registers.reduce(0) { $1 < 32 ? $0 + Self.inverse($1) : $0 })
    image.append(registers.reduce(0) { $1 < 32 ? $0 : $0 + Self.inverse($1) })
    image.append(UInt32(registers.count { $0 == 0 }))
    image.append(UInt32(0))
    image.append(contentsOf: registers)
    return image.bytes
  }

  /// Reads an image, compact or updatable, of any mode and any width of registers.
  package init(serialized bytes: [UInt8]) throws(ScanError) {
    var image = ImageReader(bytes, name: "HLL sketch")
    let preambleInts: UInt8 = try image.next()
    let version: UInt8 = try image.next()
    let family: UInt8 = try image.next()
    let lgK = Int(try image.next() as UInt8)
    let lgSlots = Int(try image.next() as UInt8)
    let flags: UInt8 = try image.next()
    let countOrMinimum: UInt8 = try image.next()
    let mode: UInt8 = try image.next()
    try image.require(version == Layout.serialVersion && family == Layout.family, "not a sketch of this kind")
    try image.require(Self.lgKRange.contains(lgK), "2^\(lgK) registers are out of range")
    let isCompact = flags & Layout.compactFlag != 0
    switch (mode & 3, preambleInts) {
    case (Layout.list, 2):
      let slots = isCompact ? Int(countOrMinimum) : 8
      try self.init(lgK: lgK, count: Int(countOrMinimum), slots: slots, &image)
    case (Layout.set, 3):
      let count = Int(try image.next() as UInt32)
      try image.require(isCompact || lgSlots <= Self.lgKRange.upperBound, "a table of 2^\(lgSlots) is too large")
      try self.init(lgK: lgK, count: count, slots: isCompact ? count : 1 << lgSlots, &image)
    case (Layout.hll, 10):
      let header = RegisterHeader(
        lgK: lgK, width: mode >> 2 & 3, minimum: countOrMinimum, exceptionSlots: isCompact ? nil : lgSlots,
        isOutOfOrder: flags & Layout.outOfOrderFlag != 0)
      try self.init(header, &image)
    default: throw image.malformed("an unknown mode")
    }
  }

  private init(lgK: Int, count: Int, slots: Int, _ image: inout ImageReader) throws(ScanError) {
    try image.require(slots <= image.remaining / 4, "it ends before its \(slots) coupons")
    self.init(lgK: lgK)
    var found = 0
    for _ in 0..<slots {
      let coupon: UInt32 = try image.next()
      if coupon == 0 { continue }
      try image.require(coupon >> Self.addressBits > 0, "a coupon has no value")
      found += 1
      update(coupon: coupon)
    }
    try image.require(found == count, "\(found) coupons instead of \(count)")
  }

  private struct RegisterHeader {
    var lgK: Int
    var width: UInt8
    var minimum: UInt8
    /// The binary logarithm of the table of exceptions of an updatable image; nil for a list of them.
    var exceptionSlots: Int?
    var isOutOfOrder: Bool
  }

  private init(_ header: RegisterHeader, _ image: inout ImageReader) throws(ScanError) {
    let hip = try image.nextDouble()
    // The sums and the number of zeros follow from the registers.
    _ = try image.next(count: 20)
    let exceptions = Int(try image.next() as UInt32)
    let count = 1 << header.lgK
    var registers: [UInt8]
    switch header.width {
    case 0:
      let nibbles = try image.next(count: count / 2)
      registers = nibbles.flatMap { [$0 & 15, $0 >> 4] }
      try Self.resolve(&registers, exceptions: exceptions, header, &image)
    case 1:
      // Six bits each, from the lowest on, and one byte of padding.
      let packed = Array(try image.next(count: count / 4 * 3 + 1))
      registers = (0..<count).map { slot in
        let pair = UInt16(packed[slot * 6 / 8]) | UInt16(packed[slot * 6 / 8 + 1]) << 8
        return UInt8(truncatingIfNeeded: pair >> UInt16(slot * 6 % 8)) & 63
      }
    case 2:
      registers = Array(try image.next(count: count))
    default: throw image.malformed("an unknown width of registers")
    }
    try image.require(registers.allSatisfy { $0 <= 63 }, "a register is above 63")
    try image.require(header.isOutOfOrder || hip.isFinite && hip >= 0, "the estimate is no number")
    self.init(lgK: header.lgK, registers: registers, hip: header.isOutOfOrder ? nil : hip)
  }

  /// Makes four-bit registers, which count from a minimum, whole.
  private static func resolve(
    _ registers: inout [UInt8], exceptions: Int, _ header: RegisterHeader, _ image: inout ImageReader
  ) throws(ScanError) {
    try image.require(header.minimum <= 63, "the minimum of the registers is above 63")
    var isOpen = registers.map { $0 == Layout.exception }
    var open = isOpen.count { $0 }
    try image.require(open == exceptions, "\(open) registers have exceptions, and there are \(exceptions)")
    for slot in registers.indices where !isOpen[slot] { registers[slot] += header.minimum }
    guard exceptions > 0 else { return }
    let pairs: Int
    if let slots = header.exceptionSlots {
      try image.require(slots <= header.lgK, "a table of 2^\(slots) is too large")
      pairs = 1 << slots
    } else {
      pairs = exceptions
    }
    try image.require(pairs <= image.remaining / 4, "it ends before its \(pairs) exceptions")
    for _ in 0..<pairs {
      let pair: UInt32 = try image.next()
      if pair == 0 { continue }
      let slot = Int(pair & addressMask) & (registers.count - 1)
      try image.require(isOpen[slot], "an exception for a register without one")
      isOpen[slot] = false
      registers[slot] = UInt8(truncatingIfNeeded: pair >> addressBits)
      open -= 1
    }
    try image.require(open == 0, "a register's exception is missing")
  }
}
