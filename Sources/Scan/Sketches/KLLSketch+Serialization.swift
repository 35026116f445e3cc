/// Images in the binary format of the KLL sketch of doubles of Apache DataSketches, serial versions 1 and 2.
extension KLLSketch {
  private enum Layout {
    static let family: UInt8 = 15
    static let leastWidth: UInt8 = 8
    static let emptyFlag: UInt8 = 1
    static let sortedFlag: UInt8 = 2
    static let singleFlag: UInt8 = 4
    /// More levels than this would count more values than there can be.
    static let levelLimit = 61
  }

  /// The image: empty, of a single value, or of all levels. Equal sketches have equal images.
  package func serialized() -> [UInt8] {
    let settled = settled()
    var image = ImageWriter()
    let isShort = count <= 1
    let flags = Layout.sortedFlag | (count == 0 ? Layout.emptyFlag : count == 1 ? Layout.singleFlag : 0)
    image.append(contentsOf: [isShort ? 2 : 5, count == 1 ? 2 : 1, Layout.family, flags])
    image.append(UInt16(k))
    image.append(contentsOf: [Layout.leastWidth, 0])
    if !isShort {
      image.append(UInt64(count))
      image.append(UInt16(statedK))
      image.append(contentsOf: [UInt8(settled.levels.count), 0])
      // Levels fill an array of all capacities from its end; only their beginnings are written.
      let kept = settled.levels.reduce(0) { $0 + $1.count }
      var place = Self.capacity(k: k, levels: settled.levels.count) - kept
      for values in settled.levels {
        image.append(UInt32(place))
        place += values.count
      }
      image.append(minimum ?? .nan)
      image.append(maximum ?? .nan)
    }
    for values in settled.levels { for value in values { image.append(value) } }
    return image.bytes
  }

  /// Reads an image.
  /// - Parameter seed: The seed of the coins of later updates.
  package init(serialized bytes: [UInt8], seed: UInt64 = 0) throws(ScanError) {
    var image = ImageReader(bytes, name: "KLL sketch")
    let preambleInts: UInt8 = try image.next()
    let version: UInt8 = try image.next()
    let family: UInt8 = try image.next()
    let flags: UInt8 = try image.next()
    let k = Int(try image.next() as UInt16)
    let width: UInt8 = try image.next()
    _ = try image.next() as UInt8
    try image.require(family == Layout.family && (1...2).contains(version), "not a sketch of this kind")
    try image.require(width == Layout.leastWidth && Self.kRange.contains(k), "k or m is out of range")
    let isShort = flags & (Layout.emptyFlag | Layout.singleFlag) != 0
    try image.require(preambleInts == (isShort ? 2 : 5), "a preamble of another length")
    self.init(k: k, seed: seed)
    if flags & Layout.emptyFlag != 0 { return }
    if flags & Layout.singleFlag != 0 {
      let value = try image.nextDouble()
      try image.require(!value.isNaN, "the value is NaN")
      update(Numbers([value]))
      return
    }
    try self.init(k: k, seed: seed, &image)
  }

  private init(k: Int, seed: UInt64, _ image: inout ImageReader) throws(ScanError) {
    let count: UInt64 = try image.next()
    let leastK = Int(try image.next() as UInt16)
    let levelCount = Int(try image.next() as UInt8)
    _ = try image.next() as UInt8
    try image.require(count > 0 && count < 1 << 48, "the count is out of range")
    try image.require(Self.kRange.contains(leastK), "the least k is out of range")
    try image.require((1...Layout.levelLimit).contains(levelCount), "\(levelCount) levels are out of range")
    var places: [Int] = []
    for _ in 0..<levelCount { places.append(Int(try image.next() as UInt32)) }
    places.append(Self.capacity(k: k, levels: levelCount))
    let least = try image.nextDouble()
    let greatest = try image.nextDouble()
    try image.require(least <= greatest, "the least value is above the greatest")
    var levels: [[Double]] = []
    var total: UInt64 = 0
    for level in 0..<levelCount {
      let size = places[level + 1] - places[level]
      try image.require(size >= 0 && size <= image.remaining / 8, "level \(level) has no possible size")
      var values: [Double] = []
      for _ in 0..<size { values.append(try image.nextDouble()) }
      if level == 0 { values.sort() }
      try image.require(values.allSatisfy { $0 >= least && $0 <= greatest }, "a value is out of the range of all")
      try image.require(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }, "level \(level) is not sorted")
      // Fits: a level has fewer than 2^22 values, and the last of a full sum is refused first.
      let (weight, isTooLarge) = UInt64(size).multipliedReportingOverflow(by: 1 << UInt64(level))
      try image.require(!isTooLarge && weight <= count - total, "the levels count more values than there are")
      total += weight
      levels.append(values)
    }
    try image.require(total == count, "the levels count \(total) values of \(count)")
    self.init(k: k, leastK: leastK, count: Int(count), levels: levels, range: least...greatest, seed: seed)
  }
}
