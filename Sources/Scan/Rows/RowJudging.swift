/// What makes an aggregate that counts violating rows, and can tell which ones they are.
package protocol RowJudging: AggregateSpecification {
  var judgement: RowJudgement { get }
}

/// How violating rows are told from the others.
package enum RowJudgement: Sendable {
  /// Each row by itself.
  case test(any RowTest)
  /// Beside all other rows: by an aggregate that remembers where the violating ones stand. Its result is a
  /// `PlacedViolations`.
  case places(any AggregateSpecification)
}

/// An aggregate that remembers where violating rows stand.
package protocol PlacedViolations: Aggregate {
  var places: RowSet { get }
}

extension Violations.Specification: RowJudging {
  package var judgement: RowJudgement { .test(test) }
}

extension DuplicateKeys.Specification: RowJudging {
  package var judgement: RowJudgement {
    var specification = self
    specification.keepsPlaces = true
    return .places(specification)
  }
}

extension ScopedAggregate.Specification: RowJudging where Base: RowJudging {
  /// The rows of all groups: in which group a row is changes nothing about it.
  package var judgement: RowJudgement {
    func scoped(_ test: some RowTest) -> any RowTest { ScopedTest(test, in: scope) }
    func scoped(_ places: some AggregateSpecification) -> any AggregateSpecification {
      ScopedAggregate<_>.Specification(places, in: scope)
    }
    return switch base.judgement {
    case .test(let test): .test(scoped(test))
    case .places(let specification): .places(scoped(specification))
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
