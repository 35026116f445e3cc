internal import Language
internal import Scan
internal import Verdict

// The checks of single values whose violation is a word or two.

extension TypeCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let stored = specimen.table.index(of: specimen.column).map { specimen.table.fields[$0].type }
    switch (type.value, stored) {
    case (.string, .untyped?):
      throw Unviolated("every value of such a file is text: the type only tells how it is read")
    case (.string, .tokens?): return try specimen.replacing(with: ["[1]"])
    case (.string, _): return Trials { [column = specimen.column] in $0.retype(column, as: .binary) }
    default: return try specimen.replacing(with: ["x"])
    }
  }
}

extension FiniteCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.replacing(with: ["inf", "NaN"])
  }
}

extension NotNaNCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials { try specimen.replacing(with: ["NaN"]) }
}

extension TrimmedCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials { try specimen.replacing([{ $0 + " " }]) }
}

extension ASCIICheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.replacing([{ String($0.dropLast()) + "é" }])
  }
}

extension ShapeCheck: Violable {
  /// A list among single values, or a single value among lists; typed files have one shape for a whole column.
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let column = specimen.column
    let stored = specimen.table.index(of: column).map { specimen.table.fields[$0].type }
    // Text has no other shape, whatever it says.
    if stored == .untyped { return try specimen.replacing(with: ["[1]"]) }
    if stored == .tokens { return try specimen.replacing(with: wanted == .scalar ? ["[1]"] : ["text", "[1]", "{}"]) }
    return Trials { $0.retype(column, as: wanted == .scalar ? .nested("list<text>") : .text) }
  }
}

extension MultipleOfCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let step = Literal.number(text) ?? 1
    return try specimen.replacing(with: [step + 1, step * 1.5, step / 7].map { Quantity.brief($0) })
  }
}

extension LengthCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    var changes: [@Sendable (String) -> String?] = []
    if let most = (limits.equals ?? limits.atMost)?.value.value, most < 1_000_000 {
      changes.append { text in
        let scalars = text.unicodeScalars
        let filler = text.allSatisfy(\.isNumber) && !text.isEmpty ? "1" : "x"
        let missing = Int(most) + 1 - scalars.count
        return text + String(repeating: filler, count: max(0, missing))
      }
    }
    if let least = (limits.equals ?? limits.atLeast)?.value.value, least > 0 {
      changes.append { text in
        var short = String.UnicodeScalarView()
        short.append(contentsOf: text.unicodeScalars.prefix(Int(least) - 1))
        return String(short)
      }
    }
    return try specimen.replacing(changes.isEmpty ? [{ _ in "" }, { $0 + "x" }] : changes)
  }
}

extension ListLengthCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    func list(_ count: Double) -> String {
      "[" + [String](repeating: "0", count: Int(count)).joined(separator: ",") + "]"
    }
    var lists: [String] = []
    if let most = (limits.equals ?? limits.atMost)?.value.value, most < 100_000 { lists.append(list(most + 1)) }
    if let least = (limits.equals ?? limits.atLeast)?.value.value, least > 0 {
      lists.append(list(min(least, 100_000) - 1))
    }
    guard !lists.isEmpty else { throw Unviolated("every list has such a length") }
    return try specimen.replacing(with: lists)
  }
}

extension ReferencesCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    try specimen.replacing(with: [specimen.unknownKey(specimen.column)])
  }
}

extension ForeignKeysCheck: Violable {
  package func trials(on specimen: Specimen) throws(Unviolated) -> Trials {
    let (rows, column) = (try specimen.violators(among: specimen.present(columns)), columns[0])
    return Trials { $0.set(column, rows, to: specimen.unknownKey(column)) }
  }
}

extension Specimen {
  /// A value that no look-up has.
  func unknownKey(_ column: String) -> String {
    switch type(of: column) {
    case .integer, .number: "987654321987"
    case .date: "9876-12-31"
    case .time: "23:59:58.765"
    case .timestamp: "9876-12-31T23:59:59Z"
    case .boolean, .string: "no such key"
    }
  }
}
