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
    let short = codes.map { MissingCodes($0) }
    return short.when({ $0.isSequence }, otherwise: .object(MissingCodes([]), keys)).map { codes, node, problems in
      if !codes.codes.isEmpty || codes.pattern != nil { return codes }
      problems.report("missing_values names no code", at: node.location, help: ["write [-999, N/A]"])
      return nil
    }
  }
}
