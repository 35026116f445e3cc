/// The three truth values of SQL.
package enum Truth: UInt8, Hashable, Sendable {
  case no = 0
  case yes = 1
  case unknown = 2

  init(_ value: Bool?) {
    switch value {
    case false?: self = .no
    case true?: self = .yes
    case nil: self = .unknown
    }
  }

  /// Nil for unknown.
  var value: Bool? { self == .unknown ? nil : self == .yes }

  static func && (a: Truth, b: Truth) -> Truth {
    if a == .no || b == .no { return .no }
    return a == .yes && b == .yes ? .yes : .unknown
  }

  static func || (a: Truth, b: Truth) -> Truth {
    if a == .yes || b == .yes { return .yes }
    return a == .no && b == .no ? .no : .unknown
  }

  static prefix func ! (a: Truth) -> Truth {
    switch a {
    case .no: .yes
    case .yes: .no
    case .unknown: .unknown
    }
  }
}
