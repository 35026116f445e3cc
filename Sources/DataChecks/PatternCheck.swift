internal import Language
package import Scan
package import Verdict

/// A value check that says how many of some patterns a value matches: what differs between them is the words.
package protocol PatternCheck: ValueCheck, Violable {
  static var quantifier: PatternTest.Quantifier { get }
  /// Whether a pattern covers the whole value.
  static var isFull: Bool { get }
  var patterns: [Pattern] { get }
}

extension PatternCheck {
  package static var isFull: Bool { true }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest {
    PatternTest(column.name, Self.quantifier, of: patterns, full: Self.isFull)
  }
}

extension [Pattern] {
  /// The patterns as they are written, cut after a few.
  var text: String {
    if count == 1 { return self[0].text }
    let shown = prefix(8).map(\.text).joined(separator: ", ")
    return count > 8 ? "[\(shown), … \(count) patterns]" : "[\(shown)]"
  }
}

extension Shape<Pattern> {
  /// A regular expression in RE2 syntax.
  static var expression: Shape {
    Shape<String>.string.map { text, node, problems in
      do throws(PatternError) {
        return try Pattern(text)
      } catch {
        problems.report(
          "this is no RE2 pattern: \(error.reason)", at: node.location,
          help: ["RE2 has no look-around and no back-references, and so stays linear"])
        return nil
      }
    }
  }

  /// A pattern of SQL's LIKE.
  static var like: Shape {
    Shape<String>.string.map { text, node, problems in
      do throws(PatternError) {
        return try Pattern(like: text)
      } catch {
        let place = error.range.map { node.location.part($0, of: text) }
        problems.report("this is no LIKE pattern: \(error.reason)", at: place ?? node.location)
        return nil
      }
    }
  }
}

extension Shape<[Pattern]> {
  /// The same without the empty list, which would claim nothing.
  var notEmpty: Shape {
    map { patterns, node, problems in
      guard patterns.isEmpty else { return patterns }
      problems.report("an empty list of patterns says nothing", at: node.location)
      return nil
    }
  }
}
