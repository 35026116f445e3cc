/// What the texts of a column are made of; nothing of columns that hold none.
///
/// It looks at every byte once more, so it is asked for by those who compare free texts, beside the `ColumnSummary`.
package struct ColumnMakeup: Aggregate {
  private let column: String
  package private(set) var texts = TextMakeup()

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    /// Which texts are numbers is found out once for this and for the summary.
    package var readings: [ColumnReading] { [ColumnReading(column), ColumnReading(column, as: .number)] }
    package var empty: ColumnMakeup { ColumnMakeup(column) }
  }

  private init(_ column: String) { self.column = column }

  package mutating func update(_ batch: Batch) {
    guard let (_, values) = batch.stored(column) else { return }
    switch values {
    case .texts(let column), .tokens(let column, _):
      let counted = CountedTexts(column.coded())
      if counted.counts == nil, case .number(let numbers)? = batch.derived[ColumnReading(self.column, as: .number)] {
        texts.update(counted, numbers)
      } else {
        texts.update(counted, counted.numbers())
      }
    case .numbers, .integers: break
    }
  }

  package var footprint: Int { texts.footprint }

  package mutating func merge(_ other: ColumnMakeup) { texts.merge(other.texts) }
}
