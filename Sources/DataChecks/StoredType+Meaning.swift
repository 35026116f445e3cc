internal import Scan

extension StoredType {
  /// The type as which values of this one are compared with others; nil when the file says nothing of it, or nothing
  /// but that it is text.
  var meaning: ValueType? {
    switch self {
    case .integer, .float, .decimal: .number
    case .boolean: .boolean
    case .date: .date
    case .time: .time
    case .timestamp: .timestamp
    default: nil
    }
  }
}
