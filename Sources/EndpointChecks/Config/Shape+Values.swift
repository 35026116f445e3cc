internal import Language
internal import Scan
internal import Verdict

extension Shape<String> {
  /// A name of the user's choice that is not empty.
  static var name: Shape {
    string.map { text, node, problems in
      if !text.isEmpty { return text }
      problems.report("the name is empty", at: node.location)
      return nil
    }
  }
}

extension Shape<Quantity> {
  /// A duration that is not zero and not more than a day.
  static var positiveDuration: Shape {
    duration.map { duration, node, problems in
      if duration.value > 0, duration.value <= 86400 { return duration }
      problems.report("a limit must be longer than nothing and at most a day, found \(duration)", at: node.location)
      return nil
    }
  }
}

extension Shape<Pattern> {
  /// A regular expression in RE2 syntax.
  static var pattern: Shape {
    Shape<String>.string.map { text, node, problems in
      do throws(PatternError) {
        return try Pattern(text)
      } catch {
        problems.report(
          "the pattern cannot be used: \(error.reason)", at: node.location,
          help: ["patterns are in RE2 syntax, without look-around and back-references"])
        return nil
      }
    }
  }
}

extension Shape {
  /// One of some words, each of which stands for a value.
  static func word(among words: [(name: String, content: Value)]) -> Shape {
    let names = words.map(\.name)
    return Shape(.words(names)) { node, problems in
      if case .scalar(let text, _) = node.content, let word = words.first(where: { $0.name == text }) {
        return word.content
      }
      problems.report(
        "\(node.kind) is not one of \(names.joined(separator: ", "))", at: node.location,
        help: ["what needs more to be said is a mapping: infer: {inputs: …}"])
      return nil
    }
  }
}
