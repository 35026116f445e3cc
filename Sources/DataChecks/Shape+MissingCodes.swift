internal import Language
internal import Scan
internal import Verdict

extension Shape<MissingCodes> {
  /// A list of codes, or a mapping of codes and a pattern.
  static var missingCodes: Shape {
    let codes = Shape<String>.string.list
    let keys: [Key<MissingCodes>] = [
      .key("values", \.codes, codes, "The codes: texts, or numbers, dates and booleans of typed files."),
      .optional("matches", \.pattern, .expression, "What a text that means no value matches as a whole (RE2)."),
    ]
    let list = Shape<[String]>(codes.schema) { node, problems in
      guard case .sequence(let parts) = node.content, let pattern = parts.first(where: \.isMapping) else {
        return codes.decode(node, &problems)
      }
      problems.report(
        "a pattern is no code of a list", at: pattern.location,
        help: ["write missing_values: {values: [N/A], matches: '-+'}"])
      return nil
    }
    let short = list.map { MissingCodes($0) }
    return short.when({ $0.isSequence }, otherwise: .object(MissingCodes([]), keys)).map { codes, node, problems in
      if !codes.codes.isEmpty || codes.pattern != nil { return codes }
      problems.report("missing_values names no code", at: node.location, help: ["write [-999, N/A]"])
      return nil
    }
  }
}
