internal import JSON
internal import Scan

/// Some rows of named features: what a model is asked about.
///
/// Values are those of JSON, and NaN and the infinities beside them; a null is a missing value.
struct FeatureRows: Sendable, Equatable {
  private(set) var columns: [Column]
  let count: Int

  /// A feature with its value in every row.
  struct Column: Sendable, Equatable {
    var name: String
    var values: [JSONValue]

    /// What all its values are that are not null.
    var kind: Kind {
      let present = values.filter { $0.kind != "null" }
      guard let first = present.first.map({ Kind(of: $0) }) else { return .empty }
      let kinds = Set(present.map { Kind(of: $0) })
      return kinds.count == 1 ? first : kinds == [.integer, .number] ? .number : .mixed
    }
  }

  /// The kinds of features.
  enum Kind: Sendable, Hashable {
    case boolean, integer, number, text, nested
    /// Nothing but nulls.
    case empty
    case mixed

    init(of value: JSONValue) {
      switch value {
      case .bool: self = .boolean
      case .number(let number): self = Int64(number.literal) == nil ? .number : .integer
      case .string: self = .text
      case .array, .object: self = .nested
      case .null: self = .empty
      }
    }

    var isNumeric: Bool { self == .integer || self == .number }
  }

  /// Rows of columns that have a value for each of them.
  init(_ columns: [Column]) {
    self.columns = columns
    count = columns.first?.values.count ?? 0
    precondition(columns.allSatisfy { $0.values.count == count }, "the columns of rows differ in length")
  }

  var names: [String] { columns.map(\.name) }

  subscript(name: String) -> Column? { columns.first { ExactText($0.name) == ExactText(name) } }

  // MARK: - Parts

  /// These columns in this order; those that are not there are left out.
  func selecting(_ names: [String]) -> FeatureRows { FeatureRows(names.compactMap { self[$0] }) }

  func without(_ names: [String]) -> FeatureRows {
    FeatureRows(columns.filter { column in !names.contains { ExactText($0) == ExactText(column.name) } })
  }

  /// The rows at these places, in this order, as often as they are named.
  func rows(_ places: some Sequence<Int>) -> FeatureRows {
    let places = Array(places)
    return FeatureRows(columns.map { column in Column(name: column.name, values: places.map { column.values[$0] }) })
  }

  /// The same with other values for a column, which is appended when it is not there.
  func replacing(_ name: String, with values: [JSONValue]) -> FeatureRows {
    var columns = columns
    if let index = columns.firstIndex(where: { ExactText($0.name) == ExactText(name) }) {
      columns[index].values = values
    } else {
      columns.append(Column(name: name, values: values))
    }
    return FeatureRows(columns)
  }

  // MARK: - As JSON

  /// One row as an object.
  func record(_ row: Int) -> JSONValue {
    .object(JSONObject(columns.map { JSONObject.Member($0.name, $0.values[row]) }))
  }

  /// One row as a list, in the order of the columns.
  func values(_ row: Int) -> JSONValue { .array(columns.map { $0.values[row] }) }

  var records: JSONValue { .array((0..<count).map(record)) }
  var lists: JSONValue { .array((0..<count).map(values)) }
  /// The columns as an object of lists.
  var lanes: JSONValue {
    .object(JSONObject(columns.map { JSONObject.Member($0.name, .array($0.values)) }))
  }
  var nameList: JSONValue { .array(names.map { .string($0) }) }
}
