internal import Language
internal import Scan
internal import Verdict

extension ColumnReading {
  /// A column read as points in time: as dates where the rules or else the file say so, otherwise as timestamps.
  init(time column: String, declared: ValueType?, stored: StoredType?) {
    self.init(column, as: (declared ?? (stored == .date ? .date : .timestamp)) == .date ? .date : .timestamp)
  }
}

extension ColumnContext {
  var timeReading: ColumnReading { ColumnReading(time: name, declared: type?.value, stored: stored) }
}

extension Quantity {
  /// A duration in microseconds; the longest there is where it is longer.
  var microseconds: Int64 {
    let count = (value * Double(Instant.perSecond)).rounded()
    return count < 0x1p63 ? Int64(count) : .max
  }
}
