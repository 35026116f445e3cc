extension ColumnSketches {
  /// The sketches as they are saved, by name. Later ones are left out where they say nothing, as in older profiles.
  var images: [(name: String, bytes: [UInt8])] {
    var later = buckets.total > 0 ? [("buckets", buckets.serialized())] : []
    if areSampled, !frequent.isExact { later.append(("sample", sampleImage)) }
    if areInstants || areTimesOfDay, !instants.isEmpty { later.append(("instants", instants.serialized())) }
    return [
      ("moments", moments.serialized()), ("quantiles", quantiles.serialized()), ("histogram", histogram.serialized()),
      ("distinct", distinct.serialized()), ("frequent", frequent.serialized()), ("lengths", lengths.serialized()),
      ("types", census.serialized()),
    ] + later
  }

  /// The sketches of a column that were saved so.
  init(
    of column: String, rows: Int, nulls: Int, digest: (UInt64, UInt64), images: [String: [UInt8]]
  ) throws(ScanError) {
    func image(_ name: String) throws(ScanError) -> [UInt8] {
      guard let bytes = images[name] else {
        throw ScanError(.malformed, "the sketch \"\(name)\" of \"\(column)\" is missing")
      }
      return bytes
    }
    self.rows = rows
    self.nulls = nulls
    self.digest = Murmur3.Hash(digest.0, digest.1)
    moments = try Moments(serialized: image("moments"))
    quantiles = try KLLSketch(serialized: image("quantiles"))
    histogram = try Histogram(serialized: image("histogram"))
    distinct = try HyperLogLog(serialized: image("distinct"))
    frequent = try FrequentItems(serialized: image("frequent"))
    lengths = try LengthSummary(serialized: image("lengths"))
    census = try TypeCensus(serialized: image("types"))
    if let bytes = images["instants"] { instants = try KLLSketch(serialized: bytes) }
    if let bytes = images["sample"] { try readSample(bytes) }
    if let bytes = images["buckets"] { buckets = try HashBuckets(serialized: bytes) }
  }

  private static let sampleVersion: UInt8 = 1

  /// The version, and the sample.
  private var sampleImage: [UInt8] {
    var image = ImageWriter()
    image.append(Self.sampleVersion)
    sample.append(to: &image)
    return image.bytes
  }

  private mutating func readSample(_ bytes: [UInt8]) throws(ScanError) {
    var image = ImageReader(bytes, name: "the sample of values")
    let version: UInt8 = try image.next()
    try image.require(version == Self.sampleVersion, "version \(version) instead of \(Self.sampleVersion)")
    sample = try BottomKSample(from: &image, limit: ColumnSummary.sampleLimit)
    try image.require(image.remaining == 0, "bytes are left over")
    sampledRows = rows - nulls
  }
}
