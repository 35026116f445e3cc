package import Language
internal import Scan
internal import Verdict

/// The values of a set as they are written, and the test for being in it.
package struct Members: Sendable, Hashable {
  package var values: [Located<String>]

  static var shape: Shape<Members> {
    Shape<String>.string.located.list.map { values, node, problems in
      if values.isEmpty {
        problems.report("an empty set allows nothing and forbids nothing", at: node.location)
        return nil
      }
      // By bytes, as the data is compared: é in one and in two scalars are different values.
      var seen: Set<[UInt8]> = []
      for value in values where !seen.insert(Array(value.value.utf8)).inserted {
        problems.report("\"\(value.value)\" stands in the set twice", at: value.location)
        return nil
      }
      return Members(values: values)
    }
  }

  /// The set for a person, cut after a few.
  var text: String {
    let shown = values.prefix(8).map(\.value).joined(separator: ", ")
    return values.count > 8 ? "[\(shown), … \(values.count) values]" : "[\(shown)]"
  }

  func test(on column: ColumnContext, isNegated: Bool) throws(Diagnostic) -> MembershipTest {
    let type = column.type?.value ?? .string
    let members: MembershipTest.Members
    switch type {
    case .string: members = .texts(values.map { ExactText($0.value) })
    case .number: members = .numbers(try read(type, column) { Literal.number($0) })
    case .timestamp: members = .moments(try read(type, column) { Literal.moment($0) })
    default: members = .integers(try read(type, column) { Literal.integer($0, as: type) })
    }
    return MembershipTest(column.name, as: type, members, isNegated: isNegated)
  }

  /// Whether a value, as it is written, is one of them.
  func contains(_ text: String, on column: ColumnContext) -> Bool {
    let type = column.type?.value ?? .string
    return values.contains { member in
      switch type {
      case .string: member.value.utf8.elementsEqual(text.utf8)
      case .number: Literal.number(member.value) == Literal.number(text)
      case .timestamp: Literal.moment(member.value) == Literal.moment(text)
      default: Literal.integer(member.value, as: type) == Literal.integer(text, as: type)
      }
    }
  }

  private func read<Value>(
    _ type: ValueType, _ column: ColumnContext, _ parse: (String) -> Value?
  ) throws(Diagnostic) -> [Value] {
    var read: [Value] = []
    for value in values {
      guard let member = parse(value.value) else {
        let isBeyond = type == .integer && Int128(value.value) != nil
        throw Diagnostic(
          isBeyond
            ? "\(value.value) is beyond the signed 64-bit integers, as which \"\(column.name)\" is read"
            : "\"\(value.value)\" is no \(type.rawValue), which the type of \"\(column.name)\" asks for",
          at: value.location, help: isBeyond ? ["type: number takes it, to the 53 bits of a double"] : [type.spelling])
      }
      read.append(member)
    }
    return read
  }
}
