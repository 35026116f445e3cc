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
      let repeated = values.filter { !seen.insert(Array($0.value.utf8)).inserted }
      for value in repeated {
        problems.report("\"\(value.value)\" stands in the set twice", at: value.location)
      }
      return repeated.isEmpty ? Members(values: values) : nil
    }
  }

  /// The set for a person, cut after a few.
  var text: String {
    let shown = values.prefix(8).map(\.value).joined(separator: ", ")
    return values.count > 8 ? "[\(shown), … \(values.count) values]" : "[\(shown)]"
  }

  /// The test in the type that the rules declare or else the file stores.
  ///
  /// A member that is no value of the declared type is an error. Of the type that the file alone says it is just none
  /// of the column's values.
  func test(on column: ColumnContext, isNegated: Bool) throws(Diagnostic) -> MembershipTest {
    let form = MemberForm(of: column)
    if let problem = unreadable(on: column).first { throw problem }
    let members = form.members(values.map(\.value))
    if isNegated, members.isEmpty, let stored = column.stored {
      throw Diagnostic(
        "none of \(text) can be a value of \"\(column.name)\", which the file stores as \(stored.words)",
        at: values.first?.location)
    }
    return form.test(column.name, members, isNegated: isNegated)
  }

  /// What is wrong with the set on the column: each member that is none of its type, or what is wrong with the whole.
  func problems(on column: ColumnContext, isNegated: Bool) -> [Diagnostic] {
    do {
      _ = try test(on: column, isNegated: isNegated)
      return []
    } catch {
      let unreadable = unreadable(on: column)
      return unreadable.isEmpty ? [error] : unreadable
    }
  }

  /// Those that a value of the column can be.
  func possible(on column: ColumnContext) -> Members {
    let form = MemberForm(of: column)
    return Members(values: values.filter { !form.members([$0.value]).isEmpty })
  }

  /// Whether a value, as it is written, is one of them.
  func contains(_ text: String, on column: ColumnContext) -> Bool {
    let form = MemberForm(of: column)
    return values.contains { form.areEqual($0.value, text) }
  }

  private func unreadable(on column: ColumnContext) -> [Diagnostic] {
    guard let type = column.type?.value else { return [] }
    return values.filter { !type.canRead($0.value) }.map { unreadable($0, as: type, column) }
  }

  private func unreadable(_ value: Located<String>, as type: ValueType, _ column: ColumnContext) -> Diagnostic {
    let isBeyond = type == .integer && Int128(value.value) != nil
    return Diagnostic(
      isBeyond
        ? "\(value.value) is beyond the signed 64-bit integers, as which \"\(column.name)\" is read"
        : "\"\(value.value)\" is no \(type.rawValue), which the type of \"\(column.name)\" asks for",
      at: value.location, help: isBeyond ? ["type: number takes it, to the 53 bits of a double"] : [type.spelling])
  }
}

extension ValueType {
  /// Whether a text is a value of the type.
  fileprivate func canRead(_ text: String) -> Bool {
    switch self {
    case .string: true
    case .number: Literal.number(text) != nil
    case .timestamp: Literal.moment(text) != nil
    default: Literal.integer(text, as: self) != nil
    }
  }
}
