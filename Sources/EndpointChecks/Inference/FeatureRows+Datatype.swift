internal import JSON
internal import Scan

extension FeatureRows.Column {
  /// The element type that holds its values when nobody declares one.
  var datatype: Datatype {
    switch kind {
    case .boolean: .bool
    // A missing value among integers is sent as it is; servers that read it at all read a number.
    case .integer: values.contains { $0.kind == "null" } ? .fp64 : .int64
    case .number, .empty: .fp64
    case .text, .nested, .mixed: .bytes
    }
  }

  /// The values as elements of a type, so that 95 is no integer where the model declares FP64 and 1 is true where it
  /// declares BOOL. What is none stays as it is: a server must be asked about that, too.
  func cast(to datatype: Datatype) -> [JSONValue] { values.map { datatype.element($0) ?? $0 } }

  /// The first row whose value is no element of a type; nil when all are.
  func misfit(_ datatype: Datatype) -> Int? { values.firstIndex { datatype.element($0) == nil } }
}

extension Datatype {
  /// A value as an element of this type, and a vector as one of its elements; nil when it is none.
  func element(_ value: JSONValue) -> JSONValue? {
    switch (family, value) {
    case (_, .null): return value
    case (.boolean, .bool), (.text, .string): return value
    case (.boolean, .number(let number)): return number.double == 0 ? false : number.double == 1 ? true : nil
    case (.boolean, .string(let text)): return Literal.integer(text, as: .boolean).map { .bool($0 != 0) }
    case (.integer, .number(let number)):
      // What is no whole number is sent as it is, so that the server says what it makes of it.
      return number.int64.map { .number(JSONNumber($0)) } ?? value
    case (.floating, .number(let number)):
      return Int64(number.literal) == nil ? value : .number(JSONNumber(number.double))
    case (.integer, .bool(let flag)), (.floating, .bool(let flag)): return flag ? 1 : 0
    case (.integer, .string(let text)): return Literal.integer(text, as: .integer).map { .number(JSONNumber($0)) }
    case (.floating, .string(let text)): return Literal.number(text).map { .number(JSONNumber($0)) }
    case (.text, _): return .string(value.description)
    case (_, .array(let members)):
      let elements = members.compactMap { element($0) }
      return elements.count == members.count ? .array(elements) : nil
    case (_, .object): return nil
    }
  }
}
