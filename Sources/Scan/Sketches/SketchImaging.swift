/// What a sketch is saved as: bytes that another program, or a later version, can read.
protocol SketchImaging {
  func serialized() -> [UInt8]
  init(serialized bytes: [UInt8]) throws(ScanError)
}

/// The writing of a sketch's image: little-endian numbers one after the other.
struct ImageWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    // Safe because: the bytes of the number are copied before the closure ends.
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ number: Double) { append(number.bitPattern) }

  mutating func append(contentsOf more: some Collection<UInt8>) { bytes.append(contentsOf: more) }
}

/// The reading of a sketch's image: every read is within the bytes or an error.
struct ImageReader {
  private let bytes: [UInt8]
  private let name: String
  private(set) var offset = 0

  /// - Parameter name: What is read, for messages.
  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  var remaining: Int { bytes.count - offset }

  mutating func next<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(ScanError) -> Number {
    let width = Number.bitWidth / 8
    let range = try take(width)
    var number: Number = 0
    for index in range.reversed() { number = number << 8 | Number(truncatingIfNeeded: bytes[index]) }
    return number
  }

  /// A count in eight bytes, which is never negative.
  mutating func nextCount() throws(ScanError) -> Int {
    let count: Int64 = try next()
    guard count >= 0 else { throw ScanError(.malformed, "\(name) in a profile hold a negative count") }
    return Int(count)
  }

  mutating func nextDouble() throws(ScanError) -> Double { Double(bitPattern: try next()) }

  mutating func next(count: Int) throws(ScanError) -> ArraySlice<UInt8> { bytes[try take(count)] }

  private mutating func take(_ count: Int) throws(ScanError) -> Range<Int> {
    guard count >= 0, count <= remaining else { throw malformed("it ends too early") }
    defer { offset += count }
    return offset..<offset + count
  }

  /// The error of an image that says something that cannot be.
  func malformed(_ what: String) -> ScanError {
    ScanError(.malformed, "\(name): \(what) at offset \(offset)", hint: "make the image again from its data")
  }

  /// Holds the image to a condition.
  func require(_ condition: Bool, _ what: @autoclosure () -> String) throws(ScanError) {
    guard condition else { throw malformed(what()) }
  }
}
