internal import Scan

extension ValueType {
  /// Several values of the type, as they are called.
  var plural: String {
    switch self {
    case .string: "texts"
    case .integer: "integers"
    case .number: "numbers"
    case .boolean: "booleans"
    case .date: "dates"
    case .time: "times of day"
    case .timestamp: "timestamps"
    }
  }

  /// How values of the type are written, for who wrote another thing.
  var spelling: String {
    let examples =
      switch self {
      case .string: "any text"
      case .integer: "42"
      case .number: "1.5"
      case .boolean: "true or false"
      case .date: "2013-01-31"
      case .time: "23:59:00"
      case .timestamp: "2013-01-31T23:59:00Z"
      }
    return "\(self == .integer ? "an" : "a") \(rawValue) is written \(examples)"
  }
}
