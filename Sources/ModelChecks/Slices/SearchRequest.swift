internal import Scan

/// Which columns of a table are searched for slices: some by their names, or all but some.
struct SearchRequest: Sendable, Hashable {
  /// Those that must be there.
  var columns: [String] = []
  var searchesAll = false
  /// What is predicted and what tells rows from each other: none of them divides rows by itself.
  var except: Set<String> = []

  /// Whether nobody names it, and it is searched with all others.
  fileprivate func includes(_ field: Field) -> Bool {
    searchesAll && !except.contains(field.name) && field.type.dividesRows
  }
}

extension PredictionRequest {
  /// Adds the columns that are searched, each as what it may be; returns their names.
  mutating func addSearched(among fields: [Field]) -> [String] {
    guard let search else { return [] }
    let found = fields.filter { field in
      search.columns.contains(field.name) || search.includes(field) && !isMeant(field.name)
    }
    for field in found {
      if field.type.mayBeNumber, !numbers.contains(field.name) { numbers.append(field.name) }
      if field.type.mayBeWord, !words.contains(field.name) { words.append(field.name) }
    }
    return found.map(\.name)
  }
}

extension StoredType {
  fileprivate var mayBeNumber: Bool {
    switch self {
    case .untyped, .tokens, .integer, .float, .decimal: true
    default: false
    }
  }

  fileprivate var mayBeWord: Bool {
    switch self {
    case .float, .decimal: false
    default: true
    }
  }

  /// Points in time and what has an inside are seldom alike in many rows.
  fileprivate var dividesRows: Bool {
    switch self {
    case .untyped, .tokens, .text, .boolean, .integer, .float, .decimal, .date: true
    default: false
    }
  }
}
