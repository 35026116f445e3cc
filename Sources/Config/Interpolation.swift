internal import Language
internal import Verdict

/// Puts the values of environment variables into scalars.
///
/// `${NAME}`, `${NAME:-default}` (for a variable that is unset or empty), `${secret:NAME}`, and `$${` for the two
/// characters themselves. What comes from the environment is data: it is not read again, neither as YAML nor for
/// further `${`.
struct Interpolation {
  let environment: [String: String]
  /// The values that were taken by `${secret:NAME}`, and what URLs hide, in the order of the file, each once.
  private(set) var secrets: [String] = []

  /// Notes what a text holds that no report may show.
  mutating func hide(partsOf text: String) {
    for secret in URLSecrets.all(in: text) where !secrets.contains(secret) { secrets.append(secret) }
  }

  /// A shorter secret cannot be masked without masking half of every report.
  static let shortestSecret = Redaction.shortestSecret
  /// How many bytes the environment may add to one file.
  static let sizeLimit = 1_000_000
  private var size = 0

  init(environment: [String: String]) { self.environment = environment }

  /// - Parameters:
  ///   - range: where the scalar stands in `source`, for the places of what is wrong with it.
  /// - Returns: the text, where it comes from, and the secrets in it.
  mutating func expand(
    _ text: String, at range: Range<Int>, of source: SourceText, problems: inout Problems
  ) -> (text: String, origin: Node.Origin, secrets: [String]) {
    guard text.utf8.contains(UInt8(ascii: "$")), text.contains("${") else {
      return (text, .file, [])
    }
    let template = Template(text)
    let openings = Template.openingOffsets(in: source.scalars[range])
    var result = ""
    var origin = Node.Origin.file
    var inserted: [String] = []
    for piece in template.pieces {
      switch take(piece.part) {
      case .success(let taken):
        result += taken.text
        if taken.origin == .secret { inserted.append(taken.text) }
        origin = origin.stronger(taken.origin)
      case .failure(var diagnostic):
        // An escape such as "\\x24{A}" or a folded line hides where the expression stands: then it is the whole scalar.
        let isVisible = openings.count == template.openings
        let start = isVisible ? openings[piece.opening] : range.lowerBound
        let end = isVisible ? min(start + piece.length, range.upperBound) : range.upperBound
        diagnostic.location = source.location(start..<end)
        problems.report(diagnostic)
        origin = .unavailable
      }
    }
    return (result, origin, inserted)
  }

  private mutating func take(_ part: Template.Part) -> Result<(text: String, origin: Node.Origin), Diagnostic> {
    switch part {
    case .text(let text): return .success((text, .file))
    case .variable(let name, let fallback):
      if let value = environment[name], !(value.isEmpty && fallback != nil) { return insert(value, .environment) }
      if let fallback { return insert(fallback, .environment) }
      return .failure(
        Diagnostic(
          "the environment variable \(name) is not set", help: ["set it, or write a default: ${\(name):-value}"]))
    case .secret(let name):
      guard let value = environment[name], !value.isEmpty else {
        let state = environment[name] == nil ? "not set" : "empty"
        return .failure(
          Diagnostic(
            "the secret \(name) is \(state)", help: ["give it to this run as the environment variable \(name)"]))
      }
      guard value.utf8.count >= Self.shortestSecret else {
        return .failure(
          Diagnostic(
            "the secret \(name) is too short to be masked in reports",
            help: ["use one of at least \(Self.shortestSecret) bytes, or ${\(name)} when it is no secret"]))
      }
      if !secrets.contains(value) { secrets.append(value) }
      return insert(value, .secret)
    case .malformed(let reason):
      return .failure(
        Diagnostic(
          "this ${…} \(reason)",
          help: ["write ${NAME}, ${NAME:-default} or ${secret:NAME}; $${ stands for the two characters ${ themselves"]))
    }
  }

  private mutating func insert(
    _ value: String, _ origin: Node.Origin
  ) -> Result<(text: String, origin: Node.Origin), Diagnostic> {
    size += value.utf8.count
    guard size <= Self.sizeLimit else {
      return .failure(
        Diagnostic(
          "environment variables make this config larger than 1 MB", help: ["write fewer of them, or shorter ones"]))
    }
    return .success((value, origin))
  }
}

extension Node.Origin {
  /// The origin of a text that is made of two parts.
  fileprivate func stronger(_ other: Node.Origin) -> Node.Origin {
    let order: [Node.Origin] = [.file, .environment, .secret, .unavailable]
    return order.last { $0 == self || $0 == other } ?? other
  }
}
