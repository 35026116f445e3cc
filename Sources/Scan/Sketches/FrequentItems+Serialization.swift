/// Images in the binary format of the frequent strings sketch of Apache DataSketches, serial version 1.
///
/// A sketch whose items have all gone in a purge is written with no items but with its total and error, which the
/// original forgets. The weight of oversized items is not part of an image.
extension FrequentItems {
  private enum Layout {
    static let serialVersion: UInt8 = 1
    static let family: UInt8 = 10
    /// Early versions set bit 2, later ones both.
    static let emptyFlags: UInt8 = 0b101
  }

  /// The image, with the items by count and bytes.
  package func serialized() -> [UInt8] {
    var image = ImageWriter()
    image.append(contentsOf: [isEmpty ? 1 : 4, Layout.serialVersion, Layout.family, UInt8(lgMaxMapSize)])
    image.append(contentsOf: [lgMapSize, isEmpty ? Layout.emptyFlags : 0, 0, 0])
    if isEmpty { return image.bytes }
    let rows = rows
    image.append(UInt32(rows.count))
    image.append(UInt32(0))
    image.append(UInt64(totalWeight))
    image.append(UInt64(maximumError))
    for row in rows { image.append(UInt64(row.lowerBound)) }
    for row in rows {
      image.append(UInt32(row.item.count))
      image.append(contentsOf: row.item)
    }
    return image.bytes
  }

  /// The size that a map of DataSketches needs for as many items.
  private var lgMapSize: UInt8 {
    var size: UInt8 = 3
    while entries.count > (3 << size) / 4 { size += 1 }
    return size
  }

  /// Reads an image.
  package init(serialized bytes: [UInt8]) throws(ScanError) {
    var image = ImageReader(bytes, name: "frequent items sketch")
    let preambleLongs: UInt8 = try image.next()
    let version: UInt8 = try image.next()
    let family: UInt8 = try image.next()
    let lgMaxMapSize = Int(try image.next() as UInt8)
    let lgMapSize = Int(try image.next() as UInt8)
    let flags: UInt8 = try image.next()
    _ = try image.next() as UInt16
    try image.require(version == Layout.serialVersion && family == Layout.family, "not a sketch of this kind")
    try image.require(
      Self.lgMapSizeRange.contains(lgMaxMapSize) && lgMapSize <= lgMaxMapSize, "the size of the map is out of range")
    let isEmpty = flags & Layout.emptyFlags != 0
    try image.require(preambleLongs == (isEmpty ? 1 : 4), "a preamble of another length")
    self.init(lgMaxMapSize: lgMaxMapSize)
    if isEmpty { return }
    let count = Int(try image.next() as UInt32)
    _ = try image.next() as UInt32
    let total: UInt64 = try image.next()
    let error: UInt64 = try image.next()
    try image.require(count <= capacity, "\(count) items are more than the map holds")
    try image.require(total < 1 << 48 && error <= total, "the weights are out of range")
    var counts: [UInt64] = []
    var sum: UInt64 = 0
    for _ in 0..<count {
      let weight: UInt64 = try image.next()
      try image.require(weight > 0 && weight <= total - sum, "the items weigh more than the total")
      sum += weight
      counts.append(weight)
    }
    for weight in counts {
      let length = Int(try image.next() as UInt32)
      let item = Array(try image.next(count: length))
      try image.require(length <= Self.longestItem, "an item of \(length) bytes is too long")
      update(item.span, hash: Murmur3.hash(item.span), count: Int(weight))
    }
    try image.require(itemCount == count, "an item is there twice")
    restore(totalWeight: Int(total), maximumError: Int(error))
  }
}
