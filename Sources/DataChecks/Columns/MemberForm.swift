internal import Language
internal import Scan

/// As what the members of a set are compared with the values of a column: as the type that the rules declare, or else
/// as what the file stores.
enum MemberForm {
  case text
  /// A value of JSON, whose kind is its own.
  case token
  case number
  /// A number that the file stores as text, which may have more digits than a double.
  case writtenNumber
  /// A number with so many digits behind its point, which the file stores with all of them.
  case decimal(scale: Int)
  /// A number that the file stores as an integer.
  case wholeNumber
  case moment
  case integer(ValueType)

  init(of column: ColumnContext) {
    let type = column.type?.value ?? column.stored?.meaning ?? .string
    switch (type, column.stored) {
    case (.string, .tokens) where column.type == nil: self = .token
    case (.string, _): self = .text
    case (.number, .decimal(_, let scale)): self = .decimal(scale: scale)
    case (.number, .integer(64, isSigned: false)): self = .decimal(scale: 0)
    case (.number, .integer): self = .wholeNumber
    case (.number, .float), (.number, nil): self = .number
    case (.number, _): self = .writtenNumber
    case (.timestamp, _): self = .moment
    case (let type, _): self = .integer(type)
    }
  }

  /// Those of some written values that a value of the column can be.
  func members(_ written: [String]) -> MembershipTest.Members {
    switch self {
    case .text: .texts(written.map { ExactText($0) })
    case .token: .tokens(written.map { ExactText($0) })
    case .number: .numbers(written.compactMap { Literal.number($0) })
    case .writtenNumber:
      // As of limits: doubles tell numbers apart up to 2^53, and are looked up faster.
      written.contains { Literal.number($0).map(StoredType.isBeyondDoubles) ?? false }
        ? .decimals(written.compactMap { CanonicalText.number($0).map { ExactText($0) } })
        : .numbers(written.compactMap { Literal.number($0) })
    case .decimal(let scale):
      .texts(written.compactMap { DecimalNumber($0)?.text(scale: scale).map { ExactText($0) } })
    case .wholeNumber:
      .integers(written.compactMap { DecimalNumber($0)?.text(scale: 0).flatMap { Int64($0) } })
    case .moment: .moments(written.compactMap { Literal.moment($0) })
    case .integer(let type): .integers(written.compactMap { Literal.integer($0, as: type) })
    }
  }

  /// Whether two written values are one.
  func areEqual(_ a: String, _ b: String) -> Bool {
    if case .token = self, let a = DecimalNumber(a), let b = DecimalNumber(b) { return a == b }
    let members = members([a])
    return !members.isEmpty && members == self.members([b])
  }

  /// Whether every value of a column is one of some members, or none of them.
  func test(_ column: String, _ members: MembershipTest.Members, isNegated: Bool) -> MembershipTest {
    let type: ValueType? =
      switch self {
      case .text, .decimal: .string
      case .token: nil
      case .number, .writtenNumber: .number
      case .wholeNumber: .integer
      case .moment: .timestamp
      case .integer(let type): type
      }
    return MembershipTest(ColumnReading(column, as: type), members, isNegated: isNegated)
  }
}

extension MembershipTest.Members {
  var isEmpty: Bool {
    switch self {
    case .texts(let texts), .tokens(let texts), .decimals(let texts): texts.isEmpty
    case .numbers(let numbers): numbers.isEmpty
    case .integers(let integers): integers.isEmpty
    case .moments(let moments): moments.isEmpty
    }
  }
}
