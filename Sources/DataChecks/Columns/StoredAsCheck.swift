package import Language
package import Planning
package import Scan
package import Verdict

/// `stored_as: int32`: the type that the file itself declares.
package struct StoredAsCheck: ColumnCheck {
  package var types: [String]

  package init(types: [String]) { self.types = types }

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "stored_as",
    summary:
      "The file declares the column as the type, or as one of several, in the words of cupel data show: int32, uint8, float64, decimal(10, 2), text, binary, boolean, date, timestamp[us, UTC], list<int64>. Parquet and Arrow declare types; CSV and JSON Lines do not.",
    why:
      "A float that became a double, or a timestamp that lost its zone, breaks readers that a value check never sees.",
    example: "columns:\n  quantity: {stored_as: int32}\n  price: {stored_as: [float64, \"decimal(10, 2)\"]}",
    fix: "Cast the column where the file is written, or widen the list of types.")

  package static let settings: CheckSettings.Kinds = []

  package static var shape: Shape<StoredAsCheck> {
    let type = Shape<String>.string.map { text, node, problems -> String? in
      // A nested type is any word: what is none of these is a slip.
      guard case .nested = StoredType(words: text), !text.contains("<") else { return text }
      let near = nearest(text, among: Self.plainTypes)
      problems.report(
        "\"\(text)\" is no type that a file declares", at: node.location, label: near.map { "did you mean \"\($0)\"?" },
        help: ["cupel data show prints the type of every column"])
      return nil
    }
    return type.oneOrMany.map { StoredAsCheck(types: $0) }
  }

  private static let plainTypes = [
    "text", "binary", "boolean", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16",
    "float32", "float64", "date", "null",
  ]

  package func prepare(_ column: ColumnContext, _ plan: inout Plan) -> Evaluation {
    let finding = judge(column)
    return { _ in finding }
  }

  /// Whether a type is one of those, however it is spaced: `decimal(5,2)` is `decimal(5, 2)`.
  package func accepts(_ stored: StoredType) -> Bool {
    let words = stored.words.filter { $0 != " " }
    return types.contains { $0.filter { $0 != " " } == words }
  }

  private func judge(_ column: ColumnContext) -> Finding {
    let limit = types.joined(separator: " or ")
    guard let stored = column.stored, stored.isDeclared else {
      return column.planned.finding(
        .errored, "the file declares no types", reason: .undefined,
        evidence: Evidence(limit: .text(limit), notes: ["type says what the values read as, in every format"]))
    }
    let evidence = Evidence(observedText: stored.words, limit: .text(limit))
    return accepts(stored)
      ? column.planned.finding(.passed, "the file stores this column as \(stored.words)", evidence: evidence)
      : column.planned.finding(
        .failed, "the file stores this column as \(stored.words), not as \(limit)", evidence: evidence)
  }
}
