/// The identity of a check: `suite.subject[.column].check`.
///
/// It is stable between runs and never contains an observed value, so that CI systems can follow a check through
/// time. Parts that contain a dot, a quote, white space or nothing at all are written in double quotes.
package struct CheckID: Sendable, Hashable, CustomStringConvertible {
  /// The suite the subject belongs to.
  package var suite: Suite
  /// The dataset, model or endpoint, by its name in the config.
  package var subject: String
  /// The column, metric or request that the check is about, when it is about one.
  package var column: String?
  /// The check's own name: its kind, or the `id` given in the config.
  package var check: String
  /// Whether it names the test of the check itself, which asks if it can fail: `selftest.suite.subject[.column].check`.
  package var isSelfTest = false

  package init(suite: Suite, subject: String, column: String? = nil, check: String) {
    self.suite = suite
    self.subject = subject
    self.column = column
    self.check = check
  }

  /// Everything before the check's own name: what JUnit calls the class.
  package var scope: String {
    subjectScope + (column.map { ".\(Self.quoted($0))" } ?? "")
  }

  /// What all checks of the subject begin with.
  package var subjectScope: String { "\(isSelfTest ? "selftest." : "")\(suite.rawValue).\(Self.quoted(subject))" }

  /// The name within the scope, quoted when it must be.
  package var name: String { Self.quoted(check) }

  package var description: String { scope + "." + name }

  /// The same identity with the names that the config chose passed through `transform`.
  func mapText(_ transform: (String) -> String) -> CheckID {
    var copy = self
    (copy.subject, copy.column, copy.check) = (transform(subject), column.map(transform), transform(check))
    return copy
  }

  private static func quoted(_ part: String) -> String {
    let plain = part.unicodeScalars.allSatisfy {
      $0 != "." && $0 != "\"" && $0 != "\\" && $0.value > 0x20 && !$0.properties.isWhitespace
    }
    if plain && !part.isEmpty { return part }
    var text = "\""
    for scalar in part.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
