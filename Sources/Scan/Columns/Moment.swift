/// A point in time to the nanosecond: readings of timestamps count microseconds, and some files have more digits.
package struct Moment: Hashable, Comparable, Sendable {
  /// Since 1970-01-01T00:00:00Z, rounded down.
  package var microseconds: Int64
  /// What is left of them, 0 to 999.
  package var nanoseconds: Int16

  package init(_ microseconds: Int64, nanoseconds: Int16 = 0) {
    self.microseconds = microseconds
    self.nanoseconds = nanoseconds
  }

  @inline(__always)
  package static func < (a: Moment, b: Moment) -> Bool {
    a.microseconds == b.microseconds ? a.nanoseconds < b.nanoseconds : a.microseconds < b.microseconds
  }

  /// The next nanosecond; nil at the end of time.
  package var next: Moment? {
    if nanoseconds < 999 { return Moment(microseconds, nanoseconds: nanoseconds + 1) }
    return microseconds == .max ? nil : Moment(microseconds + 1)
  }

  /// The nanosecond before; nil at the beginning of time.
  package var previous: Moment? {
    if nanoseconds > 0 { return Moment(microseconds, nanoseconds: nanoseconds - 1) }
    return microseconds == .min ? nil : Moment(microseconds - 1, nanoseconds: 999)
  }

  /// As it is written in rules, with nine digits where six do not say it.
  package var text: String {
    let text = Literal.text(microseconds, as: .timestamp)
    guard nanoseconds > 0 else { return text }
    var whole = text.dropLast()
    if microseconds % 1_000_000 == 0 { whole += ".000000" }
    let digits = String(nanoseconds)
    return whole + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
  }
}

extension Literal {
  /// A timestamp or a date, which is its midnight; nil when the text is none.
  package static func moment(_ text: String) -> Moment? {
    guard let microseconds = integer(text, as: .timestamp) else { return nil }
    return Moment(microseconds, nanoseconds: nanosecondDigits(Array(text.utf8).span))
  }
}

extension Batch {
  /// What the values of a reading of timestamps have beside their microseconds; nil when they all have nothing.
  func nanoseconds(_ reading: ColumnReading) -> [Int16]? {
    guard reading.type == .timestamp, let (field, values) = stored(reading.column) else { return nil }
    let found: [Int16]
    switch (field.type, values) {
    case (.timestamp(.nanosecond, _), .integers(let column)):
      found = column.values.map { value in
        let rest = Int16(value % 1000)
        return rest < 0 ? rest + 1000 : rest
      }
    case (.untyped, .texts(let text)), (_, .tokens(let text, _)): found = text.nanoseconds
    default: return nil
    }
    return found.contains { $0 != 0 } ? found : nil
  }

}

extension ColumnStatistics {
  /// Between which points in time all values lie, or bounds beyond them: what is known is rounded down to microseconds.
  var moments: ClosedRange<Moment>? {
    guard let known = integers(as: .timestamp) else { return nil }
    let rest: Int16 =
      switch type {
      case .date, .timestamp(.second, _), .timestamp(.millisecond, _), .timestamp(.microsecond, _): 0
      default: 999
      }
    return Moment(known.lowerBound)...Moment(known.upperBound, nanoseconds: rest)
  }
}

extension TextColumn {
  /// Of every row the digits of nanoseconds, when it is a timestamp.
  fileprivate var nanoseconds: [Int16] {
    let bytes = bytes.span
    let entries = ends.indices.map { entry in
      ends[entry] < 0 ? 0 : nanosecondDigits(bytes.extracting(Int(starts[entry])..<Int(ends[entry])))
    }
    return codes.map { $0.map { $0 < 0 ? 0 : entries[Int($0)] } } ?? entries
  }
}

/// The digits behind those of the microseconds in a text that `parseTimestamp` reads; 0 when there are none.
private func nanosecondDigits(_ text: Span<UInt8>) -> Int16 {
  // `YYYY-MM-DDTHH:MM:SS.ffffff` has 26 bytes.
  var nanoseconds: Int16 = 0
  var scale: Int16 = 100
  var index = 26
  while index < text.count, scale > 0, text[index] &- 0x30 < 10, isFraction(text) {
    nanoseconds += Int16(text[index] - 0x30) * scale
    scale /= 10
    index += 1
  }
  return nanoseconds
}

/// Whether the text has six digits behind the point of its seconds: a zone may stand there instead.
private func isFraction(_ text: Span<UInt8>) -> Bool {
  (text[19] == UInt8(ascii: ".") || text[19] == UInt8(ascii: ",")) && (20..<26).allSatisfy { text[$0] &- 0x30 < 10 }
}
