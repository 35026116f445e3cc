/// What makes an aggregate that counts violating rows, and can tell which ones they are.
package protocol RowJudging: AggregateSpecification {
  /// Nil when it is asked for something else.
  var judgement: RowJudgement? { get }
}

/// How violating rows are told from the others.
package enum RowJudgement: Sendable {
  /// Each row by itself.
  case test(any RowTest)
  /// Beside all other rows: by an aggregate that remembers where the violating ones stand. Its result is a
  /// `PlacedViolations`.
  case places(any AggregateSpecification)
  /// Nothing tells them, for this reason.
  case untold(ScanError)
}

/// An aggregate that remembers where violating rows stand.
package protocol PlacedViolations: Aggregate {
  var places: RowSet { get }
}

extension Violations.Specification: RowJudging {
  package var judgement: RowJudgement? { .test(test) }
}

extension DuplicateKeys.Specification: RowJudging {
  package var judgement: RowJudgement? {
    guard details.isEmpty else { return nil }
    var specification = self
    specification.details = .places
    return .places(specification)
  }
}

extension ConflictingValues.Specification: RowJudging {
  package var judgement: RowJudgement? {
    var specification = self
    specification.keepsPlaces = true
    return .places(specification)
  }
}

extension SuccessiveValues.Specification: RowJudging {
  package var judgement: RowJudgement? {
    var specification = self
    specification.keepsPlaces = true
    return .places(specification)
  }
}

extension ForeignKeys.Specification: RowJudging {
  /// Each row by itself when the other table's keys are in memory.
  package var judgement: RowJudgement? {
    guard lookup.keys > 0 else { return .untold(.nothing(in: table, lookup.columns)) }
    if let set = lookup.set { return .test(ForeignKeyTest(specification: self, set: set)) }
    var specification = self
    specification.keepsPlaces = true
    return .places(specification)
  }
}

extension MatchedRows.Specification: RowJudging {
  /// The rows that only this table has, that it has with other values, and that repeat a key.
  package var judgement: RowJudgement? {
    guard there.keys > 0 else { return .untold(.nothing(in: table, key)) }
    var specification = self
    specification.keepsPlaces = true
    return .places(specification)
  }
}

extension SharedKeys.Specification: RowJudging {
  /// The rows whose key one of the other tables has.
  package var judgement: RowJudgement? {
    for (table, rows) in zip(tables, there) where rows.keys == 0 { return .untold(.nothing(in: table, self.rows.key)) }
    var specification = self
    specification.keepsPlaces = true
    return .places(specification)
  }
}

extension NearDuplicates.Specification: RowJudging {
  /// The rows that resemble another one.
  package var judgement: RowJudgement? {
    for (table, rows) in zip(tables, there) where rows.texts == 0 {
      return .untold(.nothing(in: table, self.rows.columns))
    }
    return .places(self)
  }
}

extension ScanError {
  fileprivate static func nothing(in table: String, _ columns: [String]) -> ScanError {
    ScanError(.unreadable, "the dataset \"\(table)\" has no row with a value in \(columns.joined(separator: ", "))")
  }
}

extension ScopedAggregate.Specification: RowJudging where Base: RowJudging {
  package var judgement: RowJudgement? { base.judgement?.scoped(to: scope) }
}

extension GroupedKeys.Specification: RowJudging where Base: RowJudging {
  var judgement: RowJudgement? { base.judgement?.scoped(to: scope) }
}

extension RowJudgement {
  /// The rows of all groups: in which group a row is changes nothing about a test of it.
  fileprivate func scoped(to scope: RowScope) -> RowJudgement {
    func scoped(_ test: some RowTest) -> any RowTest { ScopedTest(test, in: scope) }
    return switch self {
    case .test(let test): .test(scoped(test))
    case .places(let specification): .places(specification.scoped(to: scope))
    case .untold(let reason): .untold(reason)
    }
  }
}

extension ScopedAggregate: PlacedViolations where Base.Result: PlacedViolations {
  package var places: RowSet {
    groups.reduce(into: RowSet()) { places, group in
      if let part = result(of: group) as? Base.Result { places.formUnion(part.places) }
    }
  }
}
